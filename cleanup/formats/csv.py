"""Tables as CSV or TSV: separators, quotes and rows are kept, each cell is repaired in itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cleanup.formats import inside
from cleanup.model.document import Document, Envelope, Format, LineKind
from cleanup.model.fix import Span
from cleanup.text.patterns import re_pattern

NAME: Format = "csv"
_SEPARATORS = ",\t;"
_NUMBER = re_pattern(r"[+-]?[\d.%:/,-]*\d[\d.%:/,-]*")
_SAMPLE = 200
"""Rows that are looked at."""
_LONGEST = 40
"""Characters of a cell without quotes."""
_HEAD = re_pattern(
    "(?:姓名|职务|单位|编号|序号|名称|电话|日期|时间|地点|地址|数量|金额|备注|性别|年龄|类别|项目|单价|合计|籍贯|部门|科目|学历|民族"
    "|id|name|date|title|type|page|text|number|no|count|price|amount|address|phone)s?",
    re.I,
)
"""Cells of a first row that tell a table."""
_STOPS = re_pattern(r"[。！？；]")


class _Cell(NamedTuple):
    start: int
    end: int
    quoted: bool


def sniff(text: str, name: str) -> float:
    low = name.lower()
    named = low.endswith((".csv", ".tsv"))
    first = text.lstrip("\n").partition("\n")[0]
    best = 0.0
    for mark in _SEPARATORS:
        if mark not in first:
            continue
        rows = _sample(text, mark)
        if named and _is_even(rows, 0.6):
            return 2.0
        if (
            not low.endswith((".md", ".markdown", ".mkd"))
            and _is_even(rows, 1.0)
            and _is_table(text, rows, mark)
        ):
            best = 0.95
    return best


def parse(text: str, name: str, envelope: Envelope) -> Document:
    mark = _separator(text)
    shut = list[Span]()
    for row in _rows(text, mark):
        for cell in row:
            if cell.quoted:
                shut += [Span(cell.start, cell.start + 1), Span(cell.end - 1, cell.end)]
                shut += [
                    Span(cell.start + 1 + found.start(), cell.start + 1 + found.end())
                    for found in re.finditer('""', text[cell.start + 1 : cell.end - 1])
                ]
            elif any(char in text[cell.start : cell.end] for char in "，；＂"):
                # A rule may write a number's comma half-width: here it would be a separator.
                words = text[cell.start : cell.end]
                shut += [
                    Span(cell.start + found.start(), cell.start + found.end())
                    for found in re.finditer(r"(?<=\d)[，；](?=\d)|＂", words)
                ]
            shut.append(Span(cell.end, min(cell.end + 1, len(text))))
    return inside.document(text, name, NAME, envelope, _kind, [span for span in shut if len(span)])


def unbroken(text: str) -> list[Span]:
    """A row is not cut."""
    rows = list(_rows(text, _separator(text)))
    return [Span(row[0].start, min(row[-1].end + 1, len(text))) for row in rows]


def _kind(_line: int) -> LineKind:
    return "table"


@lru_cache(maxsize=64)
def _cells(mark: str) -> re.Pattern[str]:
    return re.compile(rf'"(?:[^"]|"")*"(?=[{mark}\n\f]|\Z)|[^{mark}\n\f]*')


def _rows(text: str, mark: str) -> Iterator[list[_Cell]]:
    """The rows of a table, each a list of its cells; a blank line is a row of one empty cell."""
    pattern, at, row = _cells(mark), 0, list[_Cell]()
    while at <= len(text):
        found = pattern.match(text, at)
        assert found is not None  # an empty cell matches everywhere
        row.append(
            _Cell(
                at,
                found.end(),
                text[at : at + 1] == '"' and found.end() > at + 1 and text[found.end() - 1] == '"',
            )
        )
        at = found.end() + 1
        if text[at - 1 : at] != mark:
            yield row
            row = []


def _sample(text: str, mark: str) -> list[list[_Cell]]:
    found = list[list[_Cell]]()
    for row in _rows(text, mark):
        if len(row) > 1 or row[0].end > row[0].start:
            found.append(row)
        if len(found) >= _SAMPLE:
            break
    return found


def _is_even(rows: list[list[_Cell]], share: float) -> bool:
    """Whether so many rows have the same number of cells."""
    if len(rows) < 2:
        return False
    size, count = Counter(map(len, rows)).most_common(1)[0]
    return size > 1 and count >= share * len(rows)


def _is_table(text: str, rows: list[list[_Cell]], mark: str) -> bool:
    """Whether even rows are a table, not lines of prose or verse that have as many commas."""
    cells = [text[cell.start : cell.end] for row in rows for cell in row if not cell.quoted]
    if any(len(cell) > _LONGEST or _STOPS.search(cell) for cell in cells):
        return False
    if mark != "\t" and sum(cell.startswith((" ", "　")) for cell in cells) > 0.1 * len(cells):
        return False
    size = len(rows[0])
    below = [[text[cell.start : cell.end].strip('" ') for cell in row] for row in rows[1:]]
    numbers = any(all(_NUMBER.fullmatch(row[at]) for row in below) for at in range(size))
    quoted = any(cell.quoted for row in rows for cell in row)
    if numbers or sum(bool(_HEAD.fullmatch(text[cell.start : cell.end].strip('" '))) for cell in rows[0]) > 1:
        return (
            size > 2 or len(rows) > 2 or not any(map(str.isdigit, text[rows[0][0].start : rows[0][-1].end]))
        )
    return size > 2 and (quoted or len(rows) > 3 or (mark == "\t" and len(rows) > 2))


def _separator(text: str) -> str:
    """The separator that parts most rows evenly."""

    def score(mark: str) -> tuple[float, int]:
        rows = _sample(text, mark)
        if not rows:
            return 0.0, 0
        size, count = Counter(map(len, rows)).most_common(1)[0]
        return (count / len(rows), size) if size > 1 else (0.0, 0)

    return max(_SEPARATORS, key=score)
