"""The lines of a page in the order of a better reading of it: cut where that has gutters, put in its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from cleanup.engine.readings import by_place
from cleanup.model.box import Box, BoxedPage, PageLayout, Piece, PlacedRow, mean
from cleanup.model.placed import around, box_in

_SURE = 0.9
"""Mean confidence of a page, from which on its order is believed (by hand)."""
_MOST = 0.5
"""Share of the characters that must stand on lines of the guide (by hand)."""

Rows = dict[int, list[tuple[int, int, int, int]]]
"""Line of the guide → (first character, the one behind the last, row, number of the piece in it)."""


class _Run(NamedTuple):
    """Neighbours in a line that stand in one row of the guide."""

    piece: Piece
    box: Box
    row: int | None
    order: int
    """Number of the guide's piece in its row."""


class Arranged(NamedTuple):
    layout: PageLayout
    rows: tuple[int | None, ...]
    """The row of the guide in which each stands."""


def arranged(page: BoxedPage, guide: BoxedPage, layout: PageLayout) -> Arranged | None:
    """The layout of a page by that of its guide; None where the guide does not know it well enough."""
    if (mean(line.confidence for line in guide.lines) or 0.0) < _SURE:
        return None
    guide = replace(guide, lines=tuple(by_place.scaled(page, guide)))
    lines, known = by_place.Lines(guide.lines), _rows_of(layout)
    runs = [run for number in range(len(page.lines)) for run in _runs(page, number, guide, lines, known)]
    placed = sum(run.piece.end - run.piece.start for run in runs if run.row is not None)
    if placed < _MOST * sum(run.piece.end - run.piece.start for run in runs):
        return None
    by_row: dict[int, list[_Run]] = defaultdict(list)
    alone: dict[int, list[_Run]] = defaultdict(list)
    for run in runs:
        if run.row is not None:
            by_row[run.row].append(run)
        else:
            alone[_before(run.box, layout)].append(run)
    rows, numbers = list[PlacedRow](), list[int | None]()
    for number in range(-1, len(layout.rows)):
        if some := by_row.get(number):
            some.sort(key=lambda run: (run.order, run.box.top if run.box.is_tall else run.box.left))
            rows.append(_row(page, some, layout.rows[number].kind, layout.rows[number].follows))
            numbers.append(number)
        for run in sorted(alone.get(number, ()), key=lambda run: (run.box.top, run.box.left)):
            rows.append(_row(page, [run], "body", 0.0))
            numbers.append(None)
    return Arranged(replace(layout, page=page.number, rows=tuple(rows), doubtful=()), tuple(numbers))


def _runs(
    page: BoxedPage, number: int, guide: BoxedPage, lines: by_place.Lines, rows: Rows
) -> Iterator[_Run]:
    """A line in runs, each with its row of the guide."""
    line = page.lines[number]
    found = [
        (_row_at(char.box, lines.at(char.box), guide, rows), char.at) for char in by_place.chars(number, line)
    ]
    for (row, order), some in groupby(found, key=lambda pair: pair[0]):
        at = [place for _, place in some]
        yield _Run(Piece(number, at[0], at[-1] + 1), box_in(line, at[0], at[-1] + 1), row, order)


def _rows_of(layout: PageLayout) -> Rows:
    found: Rows = defaultdict(list)
    for number, row in enumerate(layout.rows):
        for order, piece in enumerate(row.pieces):
            found[piece.line].append((piece.start, piece.end, number, order))
    return found


def _row_at(box: Box, line: int | None, guide: BoxedPage, rows: Rows) -> tuple[int | None, int]:
    if line is None or not (pieces := rows.get(line)):
        return None, 0
    own = guide.lines[line]
    if own.box.is_tall:
        share = ((box.top + box.bottom) / 2 - own.box.top) / max(own.box.height, 1e-9)
    else:
        share = ((box.left + box.right) / 2 - own.box.left) / max(own.box.width, 1e-9)
    at = share * len(own.text)
    nearest = min(pieces, key=lambda piece: max(piece[0] - at, at - piece[1], 0.0))
    return nearest[2], nearest[3]


def _before(box: Box, layout: PageLayout) -> int:
    """The row of the guide behind which something on none stands: the last above it; -1: before all."""
    above = [
        (row.box.bottom, number)
        for number, row in enumerate(layout.rows)
        if row.box.top <= box.top and min(row.box.right, box.right) > max(row.box.left, box.left)
    ]
    return max(above)[1] if above else -1


def _row(page: BoxedPage, runs: list[_Run], kind: str, follows: float) -> PlacedRow:
    text = ""
    for run in runs:
        words = page.lines[run.piece.line].text[run.piece.start : run.piece.end]
        apart = text[-1:].isascii() and text[-1:].isalnum() and words[:1].isascii() and words[:1].isalnum()
        text += " " * apart + words
    return PlacedRow(text, tuple(run.piece for run in runs), around([run.box for run in runs]), kind, follows)
