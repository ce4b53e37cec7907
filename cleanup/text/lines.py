"""Physical lines and what each of them is: heading, list item, table row, body …"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from cleanup.model.document import Line, LineKind, Mark, Page
from cleanup.model.fix import Span
from cleanup.text.patterns import re_pattern

_HEADING = re_pattern(r"(#{1,6})[ \t　]+(?=\S)")
_LIST = re_pattern(r"(?:[-*+•●○■□▲△◆◇★☆▶►·][ \t　]+|\d{1,3}[.)][ \t　]+)(?=\S)")
_RULE = re_pattern(r"([-*_=])(?:[ \t]*\1){2,}$")
_TABLE = re_pattern(r"\|.*\||.*\S(?:\t|[ 　]{3,})\S.*\S(?:\t|[ 　]{3,})\S|.*\S\t\S")
_FIGURE = re_pattern(r"!\[|</?(?:img|table|tr|td|th|thead|tbody|figure|div|center)\b", re.I)
_BOLD = re_pattern(r"(\*\*|__)(?=\S)([^*_]{2,60})(?<=\S)\1$")

_STOP = re_pattern("[，。；：！？、“”]")
_DATUM = re_pattern("[!-~]+|[^!-~]{1,2}")
_ROWS, _CELL = 3, 20
"""Rows in a row at least, characters of a cell at most."""
KEPT = 4096
"""Lines that are remembered: more than a part of a long text has."""
MARK = "〔版面〕"
"""Stands before a line of page furniture that was kept and marked."""


def split(text: str) -> tuple[Line, ...]:
    """The lines of plain `text`; line feeds and form feeds end lines."""
    lines: list[Line] = []
    start = 0
    for raw in text.replace("\f", "\n").split("\n"):
        bare = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        at, span = start + indent, Span(start, start + len(raw))
        if not bare:
            lines.append(Line(span, "blank", Span(start, start)))
        else:
            kind, level, skip, tail = read(bare, False)
            lines.append(Line(span, kind, Span(at + skip, at + len(bare) - tail), level))
        start += len(raw) + 1
    return tuple(lines)


def separated(text: str, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Mark, ...]]:
    """The lines, as a table where several have the same cells parted by commas (CSV); and those commas."""
    if text.count(",") < 2 * _ROWS:
        return lines, ()
    found, marks = list(lines), list[Mark]()
    cells = [_cells(text[line.span.start : line.span.end]) for line in lines]
    for size, run in groupby(range(len(lines)), lambda at: len(cells[at])):
        rows = list(run)
        if not size or len(rows) < _ROWS or not _has_data([cells[at] for at in rows[1:]]):
            continue
        for at in rows:
            span = lines[at].span
            found[at] = replace(lines[at], kind="table", content=span)
            commas = [comma.start() + span.start for comma in re.finditer(",", text[span.start : span.end])]
            marks += [Mark(comma, comma + 1, True) for comma in commas]
    return tuple(found), tuple(marks)


def _cells(raw: str) -> list[str]:
    """The cells of a row; none where a sentence or a Latin list may be meant."""
    if raw.count(",") < 2 or ", " in raw or _STOP.search(raw):
        return []
    cells = raw.split(",")
    return cells if max(map(len, cells)) <= _CELL else []


def _has_data(rows: list[list[str]]) -> bool:
    """Whether a column holds figures, codes or single words alone: no clauses of a sentence."""
    return any(all(map(_DATUM.fullmatch, column)) for column in zip(*rows, strict=True))


def apart(text: str, lines: tuple[Line, ...], places: Iterable[Span]) -> tuple[Line, ...]:
    """The lines, as code where nothing stands in them but the given places: formulas, notation, tokens."""
    filled: dict[int, int] = {}
    starts = [line.span.start for line in lines]
    for place in places:
        at = max(0, bisect_right(starts, place.start) - 1)
        while at < len(lines) and lines[at].span.start < place.end:
            line = lines[at]
            part = text[max(place.start, line.span.start) : min(place.end, line.span.end)]
            filled[at] = filled.get(at, 0) + len("".join(part.split()))
            at += 1
    if not filled:
        return lines
    found = list(lines)
    for at, size in filled.items():
        line = lines[at]
        if size and size >= len("".join(text[line.span.start : line.span.end].split())):
            found[at] = replace(line, kind="code")
    return tuple(found)


@lru_cache(maxsize=KEPT)
def read(bare: str, markdown: bool) -> tuple[LineKind, int, int, int]:
    """The kind of a line outside of code, its level, and how many characters at its ends are marks."""
    kind: LineKind = "body"
    level = skip = tail = 0
    if markdown and (mark := _HEADING.match(bare)):
        kind, level, skip = "heading", len(mark.group(1)), mark.end()
    elif markdown and (mark := _BOLD.match(bare)) and bare[-3] not in "。，；：:":
        kind, level, skip, tail = "heading", 6, 2, 2
    elif _RULE.match(bare) or bare.startswith(MARK):
        kind = "rule"
    elif mark := _LIST.match(bare):
        kind, skip = "list", mark.end()
    elif ("|" in bare or "\t" in bare or " " in bare or "　" in bare) and _TABLE.match(bare):
        kind = "table"
    elif markdown and bare.startswith(">"):
        kind = "quote"
        skip = len(bare) - len(bare[1:].lstrip())
    elif _FIGURE.match(bare):
        kind = "figure"
    return kind, level, skip, tail


def pages(text: str) -> tuple[Page, ...]:
    """Pages of `text`, parted by form feeds; at least one."""
    cuts = [match.start() for match in re.finditer("\f", text)]
    starts = [0] + [cut + 1 for cut in cuts]
    ends = [cut + 1 for cut in cuts] + [len(text)]
    return tuple(
        Page(number, Span(start, end))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )
