"""Columns of prose that stand side by side on the same lines, a gap of white space between them, as text
layers of pages give them: each piece goes on below itself, and no line in the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleanup.text import paragraphs
from cleanup.text.patterns import re_pattern
from cleanup.text.widths import has_marks, measure

LEAST = 5
"""Lines with a piece in every column, at the least."""
_PIECE = re_pattern(r"[^ \t　]+(?:[ 　][^ \t　]+)*")
"""What stands between gaps of two spaces and more, or tabs."""
_GAP = re_pattern(r"[ \t　]{2}|\t")
_MOST = 3
"""Columns, at the most."""
_NARROWEST = 7.0
"""Printed width of a column, in characters."""
_SHIFT = 2.0
"""By how much the pieces of a column begin apart, in characters."""
_FULL, _MOSTLY, _MARKED = 0.8, 0.6, 0.2
"""Share of its width that a piece fills; share of pieces that do, and that end in mid-sentence; share with a
mark inside: cells of tables, names and verse have none of these."""


class Abreast(NamedTuple):
    """Lines that hold several columns."""

    first: int
    last: int
    columns: list[list[str]]
    """The pieces of each column, from above."""


def find(lines: Sequence[str]) -> Abreast | None:
    """The longest stretch of lines that hold columns of prose side by side; None: there is none."""
    rows = [_pieces(line) if _GAP.search(line) else [(0.0, line)] for line in lines]
    best: Abreast | None = None
    at = 0
    while at < len(rows):
        end = at + 1
        if 2 <= len(rows[at]) <= _MOST:
            starts = [start for start, _ in rows[at]]
            placed = [list(range(len(starts)))]
            while end < len(rows) and (places := _placed(rows[end], starts)):
                placed.append(places)
                end += 1
            while len(placed[-1]) < len(starts):
                placed.pop()
            found = _columns(rows[at:end], placed, at)
            if found and (best is None or found.last - found.first > best.last - best.first):
                best = found
        at = end
    return best


def _pieces(line: str) -> list[tuple[float, str]]:
    """(where it begins, what it holds) of the pieces of a line, in characters from the margin."""
    line = line.expandtabs()
    return [(_cells(line[: match.start()]), match[0]) for match in _PIECE.finditer(line)]


def _cells(text: str) -> float:
    """The width of a text in a fixed pitch, white space as well, in Chinese characters."""
    return sum(0.5 if char < "\u2010" else 1.0 for char in text)


def _placed(row: Sequence[tuple[float, str]], starts: Sequence[float]) -> list[int]:
    """The column of each piece of a line; empty: they do not stand in these columns."""
    if len(row) > len(starts):
        return []
    if len(row) < len(starts):
        (start, piece), *others = row
        places = [at for at in range(1, len(starts)) if abs(start - starts[at]) <= _SHIFT]
        within = start + _cells(piece) <= starts[1]
        return [] if others else places or [0] * within  # where a paragraph ends, a column has a gap
    fits = all(abs(piece - start) <= _SHIFT for (piece, _), start in zip(row[1:], starts[1:], strict=True))
    return list(range(len(starts))) if fits else []


def _columns(
    rows: Sequence[Sequence[tuple[float, str]]], placed: Sequence[Sequence[int]], first: int
) -> Abreast | None:
    count = len(rows[0])
    if sum(len(places) == count for places in placed) < LEAST:
        return None
    columns: list[list[str]] = [[] for _ in range(count)]
    for row, places in zip(rows, placed, strict=False):
        for (_, piece), place in zip(row, places, strict=True):
            columns[place].append(piece)
    if all(map(_is_prose, columns)):
        return Abreast(first, first + len(placed) - 1, columns)
    return None


def _is_prose(pieces: Sequence[str]) -> bool:
    sizes = [measure(piece) for piece in pieces]
    width = max(sizes)
    opens = sum(map(paragraphs.ends_open, pieces))
    full = sum(size >= _FULL * width for size in sizes)
    marked = sum(map(has_marks, pieces))
    least = _MOSTLY * len(pieces)
    return width >= _NARROWEST and full >= least and opens >= least and marked >= _MARKED * len(pieces)
