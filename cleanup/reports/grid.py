"""A table for a terminal: columns under their names, wide characters counted as two, long cells folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import combining, east_asian_width

GAP = "   "
LEAST = 8
"""Cells that a folded column keeps."""
_RESET = "\x1b[0m"
BOLD = "1"


class Column(NamedTuple):
    """How a column is set."""

    name: str
    style: str = ""
    """Of its cells, as the terminal has it: 32 is green."""
    right: bool = False
    """Numbers stand to the right, and are never folded."""


def width(text: str) -> int:
    """The cells that a text takes."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def draw(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], last: Sequence[str], room: int, colour: bool
) -> Iterator[str]:
    """The lines of a table not wider than `room`, as far as that can be; `last` is a row by itself, of sums,
    or nothing."""
    names = [column.name for column in columns]
    cells = [names, *rows, *([last] if last else [])]
    sizes = [max(width(row[at]) for row in cells) for at in range(len(columns))]
    _fold(columns, sizes, room)
    styles = [column.style for column in columns]
    blank = " " * (sum(sizes) + len(GAP) * (len(sizes) - 1) + 2)

    def lines(row: Sequence[str], styles: Sequence[str]) -> Iterator[str]:
        parts = [list(_folded(cell, size)) for cell, size in zip(row, sizes, strict=True)]
        for at in range(max(map(len, parts))):
            shown = (
                _painted(
                    _padded(part[at] if at < len(part) else "", size, column.right), style if colour else ""
                )
                for part, size, column, style in zip(parts, sizes, columns, styles, strict=True)
            )
            yield f" {GAP.join(shown)} "

    yield blank
    yield from lines(names, [BOLD] * len(columns))
    yield f" {'─' * (len(blank) - 2)} "
    for row in rows:
        yield from lines(row, styles)
    yield blank
    if last:
        yield from lines(last, [f"{BOLD};{style}" if style else BOLD for style in styles])
        yield blank


def _fold(columns: Sequence[Column], sizes: list[int], room: int) -> None:
    """Make columns of words narrower, the widest first, until the table fits."""
    words = [at for at, column in enumerate(columns) if not column.right]
    while sum(sizes) + len(GAP) * (len(sizes) - 1) + 2 > room:
        widest = max(words, key=lambda at: sizes[at])
        if sizes[widest] <= LEAST:
            return
        sizes[widest] -= 1


def _folded(cell: str, size: int) -> Iterator[str]:
    part, used = "", 0
    for char in cell:
        if used + width(char) > size:
            yield part
            part, used = "", 0
        part, used = part + char, used + width(char)
    yield part


def _padded(cell: str, size: int, right: bool) -> str:
    space = " " * (size - width(cell))
    return space + cell if right else cell + space


def _painted(cell: str, style: str) -> str:
    return f"\x1b[{style}m{cell}{_RESET}" if style else cell
