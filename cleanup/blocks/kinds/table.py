"""A table: rows of cells, whatever parts them, or one cell a line as the text layer of a PDF gives it.

Told by: pipes, tabs or wide gaps in a line; for cells a line each, many short lines in a row of which a
quarter are numbers; for cells parted by a single space, three and more short lines with the same number
of short pieces (东河乡 已完成 100%); times of day at the head of lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page, runs
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "table"
CASES = (
    Case("东河乡 已完成 100%\n西岭乡 已完成 98%\n南坪乡 未完成 56%\n", (0, 1, 2)),
    Case(
        "姓名　赵玉兰　性别　女\n学历　大专　职称　教员\n地址　东河县第一中学\n邮编　719000\n", (0, 1, 2, 3)
    ),
    Case("8:00 开幕式\n9:30 大会报告\n14:00 大会选举\n", (0, 1, 2)),
    Case("主任 张建国\n副主任 李秀英\n委员 赵玉兰\n", (0, 1, 2)),
    Case("项目\n\n本期数\n\n货币资金\n\n1,234.50\n\n-74.77\n\n应收票据\n\n88.10\n\n0\n", tuple(range(8))),
    Case("| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n", (0, 1, 2), "pipes", "markdown"),
    Case("┌────┬────┐\n│乡别│户数│\n├────┼────┤\n│柳湾│ 312│\n└────┴────┘\n", tuple(range(5)), "drawn"),
    Case(
        "全县修了三座桥 两座通车\n群众十分高兴，说今后出门方便\n多了，再不用绕路了 大家都来看\n",
        (),
        "specks of space",
    ),
    Case(
        "本報訊 (記者 間陽曉) 法國廣播電\n台發表署名文章 〈為什麼\n政府?》 引述分析稱\n",
        (),
        "spaces around brackets",
    ),
    Case("他问了三遍：\n一九五八年，\n1958年3月2日修好的桥在哪里？\n", (), "numbers in sentences"),
)
_CELL = 16.0
"""Printed width of a cell that stands alone on its line, at the most."""
_NUMBER = regex_pattern(
    r"[（(]?[-−+－±]?[￥¥$]?\d[\d,，.．]*(?:[ 　]?[%％‰]|[ 　]?[万亿]?[元吨亩人个户])?[）)]?"
    r"|[-—－–/／×√○]{1,2}|不适用|无|合格|\d{4}(?:年度?)?|\d{1,2}[-/.]\d{1,2}"
)
_DRAWN = regex_pattern(r".*[\u2500-\u257f]{3}.*|[\u2502\u2503\u2551|].*[\u2502\u2503\u2551|]")
"""A line of a table whose frame is drawn with characters."""
_SENTENCE = regex_pattern(r"[。！？；]|，.*，")
_NEWS = regex_pattern(r"本[报報][讯訊電电]|[记記]者|[〈《]")
"""The head of a report, a title: no row of cells, whatever spaces an engine saw there."""
_TIME = regex_pattern(r"(?:[上下]午|晚上?)?\d{1,2}[:：]\d{2}(?:[—~～-]\d{1,2}[:：]\d{2})?[ 　]*\S")
_PIECES = regex_pattern(r"[ 　\t]+")
_LONGEST_PIECE, _LONGEST_ROW = 12, 36
_MANY, _NUMBERS = 6, 0.25
"""Cells in a row, at the least, and the share of numbers among them."""


@lru_cache(maxsize=KEPT)
def _pieces(words: str) -> int:
    """Into how many short pieces spaces part a line; 0: it is no row of cells."""
    if len(words) > _LONGEST_ROW or _SENTENCE.search(words) or words[-1] in "，、：" or _NEWS.search(words):
        return 0
    pieces = _PIECES.split(words)
    if not 2 <= len(pieces) <= 8 or not all(len(piece) <= _LONGEST_PIECE for piece in pieces):
        return 0
    if all(piece.isascii() and piece.isalpha() for piece in pieces):
        return 0
    return len(pieces)


@lru_cache(maxsize=KEPT)
def is_number(words: str) -> bool:
    """Whether a line holds a number and nothing else, or what stands for one in a table."""
    return bool(_NUMBER.fullmatch(words))


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    for first, last in runs([row.line.kind == "table" for row in rows], 1):
        yield Claim(first, last, 0.98)
    for first, last in runs([row.plain and bool(_DRAWN.fullmatch(row.words)) for row in rows], 2):
        yield Claim(first, last, 0.98)
    plain = [row.plain for row in rows]
    pieces = [_pieces(row.words) if fit else 0 for fit, row in zip(plain, rows, strict=True)]
    yield from _columns(page, pieces)
    times = [fit and bool(_TIME.match(row.words)) for fit, row in zip(plain, rows, strict=True)]
    for first, last in runs(times, 2):
        yield Claim(first, last)
    cells = [
        fit
        and row.size <= _CELL
        and (is_number(row.words) or not (row.marked or row.words[-1] in "。！？；"))
        for fit, row in zip(plain, rows, strict=True)
    ]
    for first, last in runs(cells, _MANY):
        numbers = [is_number(row.words) for row in rows[first : last + 1]]
        if sum(numbers) >= _NUMBERS * len(numbers):
            yield Claim(first, last, 0.95)


def _columns(page: Page, pieces: list[int]) -> Iterator[Claim]:
    """Lines in a row with about the same number of pieces; within a column of prose most are shorter."""
    for first, last in runs([bool(count) for count in pieces], 3):
        found = pieces[first : last + 1]
        usual = max(set(found), key=found.count)
        fields = max(found) >= 4 and all(count % 2 == 0 for count in found)  # labels with what was filled in
        rows = page.rows[first : last + 1]
        shorter = sum(row.size < 0.8 * row.width for row in rows)
        if 2 * shorter < len(rows) and 2 * len(rows) < len(page.rows):
            continue  # stray spaces in wrapped lines
        if fields or found.count(usual) >= 0.7 * len(found):
            yield Claim(first, last)
