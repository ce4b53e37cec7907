"""A reading with places as one row of characters, each with what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from cleanup.model.box import Box, BoxedLine, BoxedPage, PageLayout, mean
from cleanup.model.document import Document
from cleanup.model.fix import Span
from cleanup.model.placed import around, box_in
from cleanup.text import simplify

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_WHITE = 0.8
"""Heights of a line that part columns; what a detector parts within a line is less (by hand)."""


class Char(NamedTuple):
    """A character of the reading."""

    char: str
    sure: float | None
    others: tuple[tuple[str, float], ...]
    row: int
    """Number of its row, over all pages, in the order in which they are read."""
    line: tuple[int, int]
    """Its page and line."""
    at: int
    """In the line's text."""


class Row(NamedTuple):
    """A row of print."""

    kind: str
    follows: float
    """How likely it goes on with the paragraph before it."""
    span: Span
    """Its characters, in the reading."""


@dataclass(frozen=True)
class Reading:
    """What was read, as one row of characters."""

    chars: tuple[Char, ...]
    rows: tuple[Row, ...]
    pages: Sequence[BoxedPage]
    numbers: Mapping[tuple[int, int], int]
    """(page, number of the row on it) → number of the row here; rows without characters have none."""

    @cached_property
    def text(self) -> str:
        return "".join(char.char for char in self.chars)

    def box(self, start: int, end: int) -> tuple[int, Box]:
        """The page of the first of some characters, and the box around those on it."""
        page = self.chars[start].line[0]
        parts = [
            box_in(self.line(key), min(c.at for c in some), max(c.at for c in some) + 1)
            for key, group in groupby(self.chars[start:end], key=lambda char: char.line)
            if key[0] == page and (some := list(group))
        ]
        return page, around(parts)

    def sure(self, start: int = 0, end: int | None = None) -> float | None:
        """How sure the recogniser is of some characters on average; None where it does not say."""
        return mean(char.sure for char in self.chars[start:end])

    def is_apart(self, at: int) -> bool:
        """Whether white stands in its row before a character: the row may be of two columns."""
        if not 0 < at < len(self.chars) or self.chars[at - 1].row != self.chars[at].row:
            return False
        before, behind = self.chars[at - 1].line, self.chars[at].line
        if before == behind:
            return False
        one, two = self.line(before).box, self.line(behind).box
        white = two.top - one.bottom if one.is_tall else two.left - one.right
        return white > _WHITE * min(one.width, one.height)

    def line(self, key: tuple[int, int]) -> BoxedLine:
        return self.pages[key[0]].lines[key[1]]


def reading(pages: Sequence[BoxedPage], layouts: Sequence[PageLayout]) -> Reading:
    """The characters of pages in the order of their rows."""
    chars, rows, numbers = list[Char](), list[Row](), dict[tuple[int, int], int]()
    for number, layout in enumerate(layouts):
        for order, row in enumerate(layout.rows):
            first = len(chars)
            for piece in row.pieces:
                line = pages[number].lines[piece.line]
                said = _said(line)
                chars += (
                    Char(line.text[at], *said[at], len(rows), (number, piece.line), at)
                    for at in range(piece.start, piece.end)
                    if not line.text[at].isspace()
                )
            if len(chars) > first:
                numbers[number, order] = len(rows)
                rows.append(Row(row.kind, row.follows, Span(first, len(chars))))
    return Reading(tuple(chars), tuple(rows), pages, numbers)


def _said(line: BoxedLine) -> list[tuple[float | None, tuple[tuple[str, float], ...]]]:
    """(how sure, what else) of each character of a line."""
    said: list[tuple[float | None, tuple[tuple[str, float], ...]]] = []
    for word in line.words:
        others = word.others if len(word.text) == 1 else ()
        said += [(word.confidence, others)] * len(word.text) + [(None, ())] * word.space_after
    return said + [(line.confidence, ())] * (len(line.text) - len(said))


def plain(text: str) -> str:
    """A text of the same length in which what differs in script and width alone is the same."""
    return simplify.one_script(text).translate(_NARROW)


def words(document: Document) -> Iterator[int]:
    """The places of the text's words, without markup."""
    for line in document.lines:
        for at in range(line.content.start, line.content.end):
            if not document.is_opaque(at, at + 1):
                yield at
