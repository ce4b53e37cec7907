"""A numbered or lettered item: 一、… （二）… 3. … ④ … - ….

It begins anew; where it ends its mark does not say.

Told by: its mark, at a place where something new may begin, or where its neighbours in the series stand at
the heads of other lines. A short one without the end of a sentence is the head of a section: nothing goes
on behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "item"
CASES = (
    Case("会议要求：\n一、抓紧备耕，不误农时；\n二、加强值守。\n", (1, 2)),
    Case("1. 修桥\n2. 修路\n（一）筹款\n（二）备料\n", (0, 1, 2, 3)),
    Case("- 把旧仓库改成书库，务必在五月\n底以前完工。\n- 校对目录\n", (0, 1, 2), "", "markdown"),
    Case("全县第\n一、二产业都有增长，\n", (), "numbers in a row"),
    Case("增长了\n3.5个百分点\n", ()),
)
_NUMERALS = {char: at for at, char in enumerate("一二三四五六七八九十", 1)}
_CIRCLED = {chr(first + at): at + 1 for first in (0x2460, 0x2474, 0x2488) for at in range(20)} | {
    chr(first + at): at + 1 for first in (0x3220, 0x3280, 0x2776) for at in range(10)
}
_N = r"[一二三四五六七八九十]{1,3}"
_MARK = regex_pattern(
    rf"(?P<a>{_N})[、．.](?!{_N}[、．.产次个类])|(?P<b>[（(〔]{_N}[）)〕])[、．.]?"
    rf"|(?P<c>\d{{1,3}})[、．](?!\d)|(?P<d>\d{{1,3}})\.(?!\d)"
    r"|(?P<e>[（(〔]\d{1,3}[）)〕])|(?P<f>\d{1,3}[）)])|(?P<g>[①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉❶-❿])"
    r"|(?P<h>[（(]?[A-Ha-h][）).．、])(?=[ 　\p{Han}])"
    r"|(?P<i>[甲乙丙丁戊己庚辛])、(?![甲乙丙丁])|(?P<k>其[一二三四五六七八九])[：:，、]"
    r"|(?P<l>[-*+•●○■□▲△◆◇★☆▶►▪‣·—][ 　]?)(?=[\p{Han}\p{L}\d“《])"
)


@lru_cache(maxsize=KEPT)
def _read(words: str) -> tuple[str, int]:
    """(which sort of mark, its number) at the head of a line; empty: none. 0: it does not count."""
    found = _MARK.match(words)
    if not found:
        return "", 0
    sort = found.lastgroup or ""
    return sort, _number(found[sort].strip("（(〔）)〕．.、 　"))


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED[text]
    tens, ten, ones = text.rpartition("十")
    if all(char in _NUMERALS for char in text) and len(text) <= 3:
        return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
    return 0


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    marks = [_read(row.words) if row.plain else ("", 0) for at, row in enumerate(rows)]
    markdown = page.document.format == "markdown"
    seen = {mark for at, mark in enumerate(marks) if mark[0] and page.is_fresh(at)}
    for at, (sort, number) in enumerate(marks):
        row = rows[at]
        if row.line.kind == "list":
            end = _end(page, at) if markdown else at
            yield Claim(at, end, 0.97, closes=markdown or row.size < 0.8 * row.width, joins="inside")
            continue
        if not sort:
            continue
        series = bool(number) and ((sort, number - 1) in seen or (sort, number + 1) in seen)
        if not (page.is_fresh(at) or (series and sort not in "hkl")):
            continue
        if sort == "l" and not (
            row.blank or at == 0 or any(other == "l" for other, _ in (marks[at - 1], *marks[at + 1 : at + 2]))
        ):
            continue
        apart = at + 1 == len(rows) or rows[at + 1].blank or bool(marks[at + 1][0])
        brief = apart and len(rows) < 4
        short = brief or row.size < (0.8 if apart else 0.6) * row.width
        head = row.open and short and row.words[-1] not in "，、"
        yield Claim(at, at, 0.95 if series or page.is_fresh(at) else 0.8, closes=head, joins="inside")


def _end(page: Page, at: int) -> int:
    """The last row of an item of Markdown: the lines that its words may run over."""
    rows, end = page.rows, at
    while (
        end + 1 < len(rows)
        and rows[end + 1].line.kind == "body"
        and not rows[end + 1].blank
        and not rows[end + 1].page
    ):
        end += 1
    return end
