"""A reading with places beside a text of its own order and markup: its lines are found in the text.

Both may be damaged, and their order may differ: what stands in both is matched first, what lies between two
matches that follow one another in both is laid side by side, and what only the reading has hangs on what
stands before or behind it on the page.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import NamedTuple

from cleanup.engine.readings.laid import FURNITURE, UNSEEN, Found, Laid
from cleanup.engine.readings.matching import Match, matches
from cleanup.engine.readings.rows import Reading, Row
from cleanup.model.document import Document
from cleanup.model.placed import GOES_ON

_EDGE, _LONGER = 6, 2
"""Characters at the edge of a match that are laid beside those of the same row, where nothing follows, and
how many more one may have."""


class Lines(NamedTuple):
    """What a reading says of a text in which its lines were found."""

    found: Found
    breaks: int
    """How often the text goes on elsewhere where the page goes on."""
    share: float
    """Of the page's characters, those that stand in the text."""
    misread: float
    """Of the text's characters, those that the page has otherwise; marks and what is lost aside."""
    behind: dict[int, int]
    """Where a stretch unseen begins in the text → behind which character of the reading the text before it
    stands."""


def compare(document: Document, read: Reading, source: str) -> Lines:
    """Where a reading, called `source`, has something else than a text, or something more, and where the
    text stands on its pages."""
    return _Lines(Laid(document, read, source)).found()


class _Lines:
    def __init__(self, laid: Laid) -> None:
        self._laid, self._read = laid, laid.read
        self._own, self._other = laid.own, laid.other
        self._matches = matches(laid.own, laid.other)
        self._met = set[int]()
        """Where stretches begin of the text that were laid beside something."""

    def found(self) -> Lines:
        for match in self._matches:
            self._laid.pair(match.one, match.two, match.size)
        by_own = sorted(self._matches)
        self._free = dict(zip((m.one + m.size for m in by_own), (m.one for m in by_own[1:]), strict=False))
        """Where a match ends in the text → where the next begins."""
        if by_own:
            self._behind = {end: start for start, end in self._free.items()} | {by_own[0].one: 0}
            self._free[by_own[-1].one + by_own[-1].size] = len(self._own)
        ends = [None, *self._matches, None]
        for before, behind in pairwise(ends):
            if before and behind and self._free[before.one + before.size] == behind.one:
                first, start = before.one + before.size, before.two + before.size
                self._met.add(first)
                with self._laid.between(start, behind.two):
                    self._laid.side_by_side(first, behind.one, start, behind.two)
            else:
                with self._laid.between(
                    before.two + before.size if before else 0, behind.two if behind else 0
                ):
                    self._hanging(before, behind)
        for start, end in [(0, by_own[0].one if by_own else 0), *self._free.items()]:
            if start not in self._met and end - start >= UNSEEN:
                self._laid.unseen.append((start, end))
        places, pairs, said = self._laid.places, self._laid.pairs, self._laid.found()
        misread = (len(one.span) for one in said.others if not one.lost and any(map(str.isalnum, one.text)))
        return Lines(
            said,
            len(self._matches) - 1 - len(self._met),
            sum(match.size for match in self._matches) / max(1, len(self._other)),
            sum(misread) / max(1, len(self._own)),
            {places[start]: pairs.get(start - 1, -1) + 1 for start, _ in self._laid.unseen},
        )

    def _hanging(self, before: Match | None, behind: Match | None) -> None:
        """Rows that only the reading has, at whose ends the text goes on elsewhere."""
        start = before.two + before.size if before else 0
        end = behind.two if behind else len(self._other)
        at, until = before and before.one + before.size, behind and behind.one
        if at is not None and start < end:
            size = self._edge(self._free[at] - at, min(self._laid.row(start).span.end, end) - start)
            self._laid.side_by_side(at, at + size[0], start, start + size[1])
            at, start = at + size[0], start + size[1]
        if until is not None and start < end:
            size = self._edge(
                until - self._behind[until], end - max(self._laid.row(end - 1).span.start, start)
            )
            self._laid.side_by_side(until - size[0], until, end - size[1], end)
            until, end = until - size[0], end - size[1]
        if start < end:
            self._between(at, until, start, end)

    def _edge(self, one: int, two: int) -> tuple[int, int]:
        """How many characters at the edge of a match are laid side by side, where the text has `one` before
        another match, and the reading `two` in the same row."""
        return (one, two) if 0 < one <= _EDGE and 0 < two <= _EDGE and abs(one - two) <= _LONGER else (0, 0)

    def _between(self, at: int | None, until: int | None, start: int, end: int) -> None:
        """Characters [start, end) that only the reading has; what is before them stands before `at` in the
        text, what is behind them from `until` on."""
        rows = self._read.rows
        first, last = self._read.chars[start].row, self._read.chars[end - 1].row
        # What goes on with the text before, and with the text behind; the rest stands alone.
        left = start
        if at is not None:
            left = min(rows[first].span.end, end) if rows[first].span.start < start else start
            while (
                left < end and left == self._laid.row(left).span.start and self._follows(self._laid.row(left))
            ):
                left = min(self._laid.row(left).span.end, end)
        right = end
        if until is not None:
            if rows[last].span.end > end:
                right = max(rows[last].span.start, left)
            while right > left and right < len(self._other) and self._follows(self._laid.row(right)):
                if self._laid.row(right - 1).kind in FURNITURE:
                    break
                right = max(self._laid.row(right - 1).span.start, left)
        if at is not None and left > start:
            self._laid.lost(at, start, left, True, False)
        place = at if at is not None else until
        inner = (row for row in rows[first : last + 1] if left <= row.span.start and row.span.end <= right)
        for is_furniture, some in groupby(inner, key=lambda row: row.kind in FURNITURE):
            alone = list(some)
            if place is not None and not is_furniture:
                self._laid.lost(place, alone[0].span.start, alone[-1].span.end, False, False)
        if until is not None and right < end:
            self._laid.lost(until, right, end, False, True)

    def _follows(self, row: Row) -> bool:
        """Whether a row goes on with the one before it."""
        return row.follows >= GOES_ON and row.kind not in FURNITURE
