"""Source and repaired text side by side: rows of pieces, told by the journal alone.

A row holds whole lines of both texts, so its left and right columns stand beside each other; the lefts of
all pieces make up the source, their rights the repaired text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleanup.model.fix import Span
from cleanup.model.hunks import Hunk
from cleanup.model.journal import Record
from cleanup.model.replay import hunks
from cleanup.model.result import Result
from cleanup.text.patterns import re_pattern

_BREAK = re_pattern("[\n\f]")


class Piece(NamedTuple):
    """A stretch that stayed as it was, or one that edits changed."""

    left: str
    right: str
    marks: tuple[int, ...]
    """The records that made it (indexes); none where the text stayed."""
    at: int
    """Where `right` starts in the repaired text."""


class Row(NamedTuple):
    """Pieces from one line start to the next that both texts share."""

    line: int
    """Line of the source, from 1, that `left` starts in."""
    pieces: list[Piece]

    @property
    def changed(self) -> bool:
        return any(piece.marks for piece in self.pieces)

    @property
    def left(self) -> str:
        return "".join(piece.left for piece in self.pieces)

    @property
    def right(self) -> str:
        return "".join(piece.right for piece in self.pieces)


class Open(NamedTuple):
    """A place of the repaired text that the journal speaks of without having changed it."""

    start: int
    end: int
    record: int
    """Its index."""
    becomes: str | None
    """What a withheld edit would put there; None for a flag."""


def rows(result: Result) -> Iterator[Row]:
    """The rows of a result, in order."""
    source, repaired = result.original, result.repaired
    ends = [match.end() for match in _BREAK.finditer(source)]
    pieces: list[Piece] = []
    row_start = left = right = 0

    def row() -> Row:
        return Row(bisect_right(ends, row_start) + 1, pieces)

    last = Hunk(Span(len(source), len(source)), Span(len(repaired), len(repaired)))
    for hunk in (*hunks(result.journal.records), last):
        line = bisect_right(ends, left)
        while left < hunk.left.start:
            end = min(hunk.left.start, ends[line] if line < len(ends) else len(source))
            pieces.append(Piece(source[left:end], source[left:end], (), right))
            left, right = end, right + end - left
            if line < len(ends) and end == ends[line]:
                yield row()
                pieces, row_start, line = [], left, line + 1
        if hunk is last:
            break
        left, right = hunk.left.end, hunk.right.end
        pieces.append(
            Piece(
                source[hunk.left.start : left],
                repaired[hunk.right.start : right],
                hunk.marks,
                hunk.right.start,
            )
        )
        starts = all(_at_line_start(side) for side in zip(*((p.left, p.right) for p in pieces), strict=True))
        if starts and any(piece.left or piece.right for piece in pieces):
            yield row()
            pieces, row_start = [], left
    if pieces:
        yield row()


def _at_line_start(side: tuple[str, ...]) -> bool:
    """Whether nothing, or a line end, comes last in one side of a row."""
    return next(filter(None, reversed(side)), "\n")[-1] in "\n\f"


def opens(records: Sequence[Record], length: int) -> list[Open]:
    """Flags and withheld edits by place, within a repaired text of `length`."""

    def place(span: Span, index: int, becomes: str | None) -> Open:
        # A journal from elsewhere may point past the text; the report still shows what it says.
        start = min(max(span.start, 0), length)
        return Open(start, min(max(span.end, start), length), index, becomes)

    found: list[Open] = []
    for index, record in enumerate(records):
        if record.status == "applied":
            continue
        if record.edits:
            found += [place(edit.span, index, edit.after) for edit in record.edits]
        elif record.output is not None:
            found.append(place(record.output, index, None))
    return sorted(found, key=lambda one: (one.start, one.end, one.record))
