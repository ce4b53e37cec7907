"""A table of contents: 第二章 组织机构………4. An entry, leaders or a gap, and a page number.

Told by: two lines with leaders near one another, or one below 目录; without leaders, three and more short
lines in a row that end with numbers that do not fall.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page, runs
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "contents"
CASES = (
    Case("目录\n\n一、总则……………………1\n二、机构与职责……………3\n附则………………………18\n", (0, 1, 2, 3)),
    Case("第一章 总则·········1\n第二章 组织机构·········4\n", (0, 1)),
    Case("目  录\n总则（1）\n组织机构（4）\n财务管理（9）\n", (0, 1, 2, 3), "folios in brackets"),
    Case(
        "目录\n一、关于合作化问题\n（在会议上的讲话）　1\n二、关于粮食工作\n的几个问题　15\n三、报告　28\n",
        tuple(range(6)),
    ),
    Case("目录\n他翻开书，找到 12\n上面写着他的名字。\n", (), "the word, above prose"),
    Case("回忆早年的生活 12\n学徒 35\n到省城去 61\n", (0, 1, 2)),
    Case("热菜\n红烧鲤鱼……38元\n辣子鸡丁……28元\n", (1, 2), "prices"),
    Case("姓名…………………………电话………………………………\n", (), "blanks to fill in"),
    Case("产生活秩序。        0\n部分列车停运        7\n", (), "specks behind a sentence"),
    Case("他说到这里……\n大家都不作声……\n", (), "a pause"),
    Case("沪指报3176.08\n深成指报10808.87\n创业板指报2176.05\n", ()),
)
_HEAD = regex_pattern(r"(?:总)?[目][ 　]*[录次錄](?:[ 　（(].{0,10})?|CONTENTS|Contents")
_LEADERS = regex_pattern(
    r"\S.*?(?:[.．·•・…‥。_＿—–-]{3,}|…{2,}|(?:[.．·•・…][ 　]?){3,}|[ 　]{4,})"
    r"[ 　]*[（(〔\[]?[\dⅠ-Ⅹivx一二三四五六七八九十百〇○.]{1,6}(?:[页頁元角分]|元[/／]\p{Han})?[）)〕\]]?"
)
_SPECK = regex_pattern(r"[，。；！？][ 　]{3,}\S{1,4}$")
"""A sentence, a gap and a mark: read off dirt."""
_NUMBERED = regex_pattern(r"\S.{1,28}?(?:[ 　\t/／]+|[（(])(\d{1,4})[）)]?")
_NEAR = 3
_SPLIT, _ENTRIES = 2, 3
"""Lines of an entry before the one with its folio, at the most; entries below 目录, at the least."""


@lru_cache(maxsize=KEPT)
def _leads(words: str) -> bool:
    some = any(
        mark in words
        for mark in ("..", "…", "··", "••", "・・", "．．", "__", "--", "——", "   ", "　　", ". .", "· ·")
    )
    found = some and len(words) <= 90 and _LEADERS.fullmatch(words)
    return bool(found) and not _SPECK.search(words)


@lru_cache(maxsize=KEPT)
def _folio(words: str) -> int:
    """The number that a short line without a mark ends with; -1: there is none."""
    if len(words) > 40 or any(mark in words for mark in "，。；！？"):
        return -1
    found = _NUMBERED.fullmatch(words)
    return int(found[1]) if found else -1


def _below(page: Page, head: int, folios: list[int]) -> int:
    """The last row of the entries below 目录, of one line or two, whose folios do not fall; `head`: none."""
    rows = page.rows
    last, at, folio, found, open_ = head, head + 1, 0, 0, 0
    while at < len(rows) and page.is_plain(at):
        if folios[at] >= folio:
            last, folio, found, open_ = at, folios[at], found + 1, 0
        elif (
            folios[at] >= 0 or open_ == _SPLIT or len(rows[at].words) > 40 or rows[at].words[-1] in "。！？；"
        ):
            break
        else:
            open_ += 1
        at += 1
    return last if found >= _ENTRIES else head


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    plain = [row.plain or row.line.kind in ("table", "heading") for at, row in enumerate(rows)]
    heads = [at for at, row in enumerate(rows) if len(row.words) <= 14 and _HEAD.fullmatch(row.words)]
    led = [at for at, row in enumerate(rows) if plain[at] and _leads(row.words)]
    for at, row in enumerate(led):
        near = [other for other in led[max(0, at - 1) : at + 2] if other != row and abs(other - row) <= _NEAR]
        if near or any(0 < row - head <= _NEAR for head in heads):
            first = row
            # An entry of two lines: its first has no leaders.
            if row - 1 in heads or (row and row - 1 not in led and any(other < row for other in near)):
                first = row if rows[row - 1].closed and row - 1 not in heads else row - 1
            yield Claim(first, row, 0.95)
    folios = [_folio(row.words) if plain[at] else -1 for at, row in enumerate(rows)]
    for head in heads:
        if (last := _below(page, head, folios)) > head:
            yield Claim(head, last, 0.96)
    for first, last in runs([number >= 0 for number in folios], 3):
        found = folios[first : last + 1]
        if found == sorted(found) and found[-1] > found[0]:
            yield Claim(first - (first - 1 in heads), last, 0.92)
