"""A reading with places beside a text of its own order and markup: its lines are found in the text.

Both may be damaged, and their order may differ: what stands in both is matched first, what lies between two
matches that follow one another in both is laid side by side, and what only the reading has hangs on what
stands before or behind it on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cleanup.engine.readings import differences
from cleanup.engine.readings.matching import Match, matches
from cleanup.engine.readings.rows import Reading, Row, plain, words
from cleanup.model.document import Document, OtherReading, SeenOnce
from cleanup.model.fix import Span
from cleanup.model.placed import GOES_ON
from cleanup.model.scan import SeenAt

_FURNITURE = ("furniture", "repeat")
_EDGE, _LONGER = 6, 2
"""Characters at the edge of a match that are laid beside those of the same row, where nothing follows, and
how many more one may have."""
_SURE = 0.9
"""From here on the picture does show what both have (by hand)."""
_UNSEEN = 8
"""Characters that stand nowhere on the page, from which on it is worth saying (by hand)."""


class Found(NamedTuple):
    """What a reading says of a text."""

    others: list[OtherReading]
    seen: list[SeenAt]
    agreed: list[Span]
    """Where both have the same."""
    unseen: list[Span]
    """What stands in the text and nowhere in the reading."""


def compare(document: Document, read: Reading, source: str) -> Found:
    """Where a reading, called `source`, has something else than a text, or something more, and where the
    text stands on its pages."""
    places = [at for at in words(document) if not document.text[at].isspace()]
    own = plain("".join(document.text[at] for at in places))
    other = plain(read.text)
    return _Laid(document, places, own, read, other, source).found()


class _Laid:
    """A text and a reading side by side."""

    def __init__(
        self, document: Document, places: list[int], own: str, read: Reading, other: str, source: str
    ) -> None:
        self._text, self._places, self._own = document.text, places, own
        self._read, self._other, self._source = read, other, source
        self._is_paragraphs = document.format == "markdown"
        self._matches = matches(own, other)
        self._others = list[OtherReading]()
        self._seen = list[SeenAt]()
        self._unseen = list[tuple[int, int]]()
        self._met = set[int]()
        """Where stretches begin of the text that were laid beside something."""
        self._pairs: dict[int, int] = {}
        """Characters of the text → of the reading that stand for the same character of print."""

    def found(self) -> Found:
        for match in self._matches:
            self._pair(match.one, match.two, match.size)
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
                self._side_by_side(first, behind.one, start, behind.two)
            else:
                self._hanging(before, behind)
        for start, end in [(0, by_own[0].one if by_own else 0), *self._free.items()]:
            if start not in self._met and end - start >= _UNSEEN:
                self._unseen.append((start, end))
        places = self._places
        return Found(
            self._others,
            [*self._seen, *self._stretches()],
            self._agreed(),
            [Span(places[start], places[end - 1] + 1) for start, end in sorted(self._unseen)],
        )

    def _pair(self, one: int, two: int, size: int) -> None:
        self._pairs.update(zip(range(one, one + size), range(two, two + size), strict=True))

    def _side_by_side(self, start: int, end: int, other_start: int, other_end: int) -> None:
        """What stands between two matches that follow one another in both."""
        for op in differences.whole(
            differences.aligned(self._own[start:end], self._other[other_start:other_end])
        ):
            first, last = start + op.src_start, start + op.src_end
            other_first, other_last = other_start + op.dest_start, other_start + op.dest_end
            if op.tag == "equal":
                self._pair(first, other_first, last - first)
            elif op.tag == "insert":
                self._lost(first, other_first, other_last, True, True)
            elif op.tag == "delete" and last - first >= _UNSEEN:
                self._unseen.append((first, last))
            else:
                self._pair(first, other_first, min(last - first, other_last - other_first))
                self._differ(first, last, other_first, other_last)

    def _differ(self, start: int, end: int, other_start: int, other_end: int) -> None:
        one, two = self._places[start], self._places[end - 1] + 1
        if two - one != end - start:
            return  # a line end, or markup, stands between
        chars = self._read.chars[other_start:other_end]
        self._others.append(
            OtherReading(
                Span(one, two),
                self._as_text(other_start, other_end),
                self._source,
                min((char.sure for char in chars if char.sure is not None), default=None),
                seen=SeenOnce(
                    self._rival(start, end, other_start, other_end), self._clear(other_start, other_end)
                ),
            )
        )

    def _rival(self, start: int, end: int, other_start: int, other_end: int) -> float:
        """The probability that the picture shows what the text has."""
        if end - start != other_end - other_start:
            return 0.0
        chance = 1.0
        for at, char in zip(range(start, end), self._read.chars[other_start:other_end], strict=True):
            said = self._text[self._places[at]]
            if char.char != said:
                chance *= dict(char.others).get(said, 0.0)
        return chance

    def _clear(self, start: int, end: int) -> float:
        """How sure of their lines the recogniser is, of the worst one around some characters."""
        near = self._read.chars[max(0, start - 1) : end + 1]
        return min((self._read.line(char.line).confidence or 0.0 for char in near), default=0.0)

    def _as_text(self, start: int, end: int) -> str:
        """Characters of the reading, as they are printed."""
        return "".join(char.char for char in self._read.chars[start:end])

    def _hanging(self, before: Match | None, behind: Match | None) -> None:
        """Rows that only the reading has, at whose ends the text goes on elsewhere."""
        start = before.two + before.size if before else 0
        end = behind.two if behind else len(self._other)
        at, until = before and before.one + before.size, behind and behind.one
        if at is not None and start < end:
            size = self._edge(self._free[at] - at, min(self._row(start).span.end, end) - start)
            self._side_by_side(at, at + size[0], start, start + size[1])
            at, start = at + size[0], start + size[1]
        if until is not None and start < end:
            size = self._edge(until - self._behind[until], end - max(self._row(end - 1).span.start, start))
            self._side_by_side(until - size[0], until, end - size[1], end)
            until, end = until - size[0], end - size[1]
        if start < end:
            self._between(at, until, start, end)

    def _edge(self, one: int, two: int) -> tuple[int, int]:
        """How many characters at the edge of a match are laid side by side, where the text has `one` before
        another match, and the reading `two` in the same row."""
        return (one, two) if 0 < one <= _EDGE and 0 < two <= _EDGE and abs(one - two) <= _LONGER else (0, 0)

    def _row(self, at: int) -> Row:
        return self._read.rows[self._read.chars[at].row]

    def _between(self, at: int | None, until: int | None, start: int, end: int) -> None:
        """Characters [start, end) that only the reading has; what is before them stands before `at` in the
        text, what is behind them from `until` on."""
        rows = self._read.rows
        first, last = self._read.chars[start].row, self._read.chars[end - 1].row
        # What goes on with the text before, and with the text behind; the rest stands alone.
        left = start
        if at is not None:
            left = min(rows[first].span.end, end) if rows[first].span.start < start else start
            while left < end and left == self._row(left).span.start and self._follows(self._row(left)):
                left = min(self._row(left).span.end, end)
        right = end
        if until is not None:
            if rows[last].span.end > end:
                right = max(rows[last].span.start, left)
            while right > left and right < len(self._other) and self._follows(self._row(right)):
                if self._row(right - 1).kind in _FURNITURE:
                    break
                right = max(self._row(right - 1).span.start, left)
        if at is not None and left > start:
            self._lost(at, start, left, True, False)
        for row in rows[first : last + 1]:
            if row.kind not in _FURNITURE and left <= row.span.start and row.span.end <= right:
                place = at if at is not None else until
                if place is not None:
                    self._lost(place, row.span.start, row.span.end, False, False)
        if until is not None and right < end:
            self._lost(until, right, end, False, True)

    def _follows(self, row: Row) -> bool:
        """Whether a row goes on with the one before it."""
        return row.follows >= GOES_ON and row.kind not in _FURNITURE

    def _lost(self, at: int, start: int, end: int, goes_on: bool, goes_behind: bool) -> None:
        """Characters [start, end) of the reading, of which the text has nothing; they stand before its `at`.

        `goes_on`, `goes_behind`: whether the text before, and that behind, go on over the seam.
        """
        place, words = self._placed(at, start, end, goes_on, goes_behind)
        span = Span(place, place)
        chars = self._read.chars[start:end]
        said = [char.sure for char in chars if char.sure is not None]
        page, box = self._read.box(start, end)
        self._seen.append(SeenAt(span, page, box))
        self._others.append(
            OtherReading(
                span,
                words,
                self._source,
                sum(said) / len(said) if said else None,
                lost=True,
                seen=SeenOnce(0.0, self._clear(start, end), goes_on, goes_behind),
            )
        )

    def _placed(self, at: int, start: int, end: int, goes_on: bool, goes_behind: bool) -> tuple[int, str]:
        """Where in the text characters of the reading are put in before its `at`, and as what: as a paragraph
        of their own where the text has a line end and they are one; else behind what they go on with."""
        words, parting = self._joined(start, end), "\n\n" if self._is_paragraphs else "\n"
        before = self._places[at - 1] + 1 if at else 0
        if at == len(self._places):
            return before, words if goes_on else parting + words
        behind = self._places[at]
        if goes_on != goes_behind:
            return (before, words) if goes_on else (behind, words)
        if at and "\n" not in self._text[before:behind]:
            return before, words
        if not self._begins(start) and goes_on:
            return before, words
        return self._text.rfind("\n", 0, behind) + 1, words + parting * self._begins(end)

    def _begins(self, at: int) -> bool:
        """Whether a paragraph of print begins with a character of the reading, or its text ends before it."""
        if at == len(self._other):
            return True
        row = self._row(at)
        return at == row.span.start and row.follows < GOES_ON

    def _joined(self, start: int, end: int) -> str:
        """Characters of the reading; where a paragraph begins in them, a blank line."""
        text = ""
        for row in self._read.rows[self._read.chars[start].row : self._read.chars[end - 1].row + 1]:
            first, last = max(start, row.span.start), min(end, row.span.end)
            if text and first == row.span.start and row.follows < GOES_ON:
                text += "\n\n" if self._is_paragraphs else "\n"
            text += self._as_text(first, last)
        return text

    def _stretches(self) -> Iterator[SeenAt]:
        """Where the text stands on the pages: neighbours in it that are neighbours in a line of print."""
        pairs = sorted(self._pairs.items())
        at = 0
        while at < len(pairs):
            end = at + 1
            while end < len(pairs) and self._are_neighbours(pairs[end - 1], pairs[end]):
                end += 1
            page, box = self._read.box(pairs[at][1], pairs[end - 1][1] + 1)
            yield SeenAt(Span(self._places[pairs[at][0]], self._places[pairs[end - 1][0]] + 1), page, box)
            at = end

    def _are_neighbours(self, one: tuple[int, int], two: tuple[int, int]) -> bool:
        chars = self._read.chars
        return (
            self._places[two[0]] == self._places[one[0]] + 1
            and two[1] == one[1] + 1
            and chars[two[1]].line == chars[one[1]].line
        )

    def _agreed(self) -> list[Span]:
        found = list[Span]()
        for one, two in sorted(self._pairs.items()):
            if self._own[one] == self._other[two] and (self._read.chars[two].sure or 0.0) >= _SURE:
                at = self._places[one]
                if found and found[-1].end == at:
                    found[-1] = Span(found[-1].start, at + 1)
                else:
                    found.append(Span(at, at + 1))
        return found
