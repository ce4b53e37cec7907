"""A text and a witness's reading of its pages side by side: what differs, what is lost, what stands where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from cleanup.engine.readings import differences
from cleanup.engine.readings.rows import Reading, Row, plain, words
from cleanup.model.document import Document, OtherReading, SeenOnce
from cleanup.model.fix import Span
from cleanup.model.placed import GOES_ON
from cleanup.model.scan import SeenAt
from cleanup.text import simplify
from cleanup.text.scripts import is_traditional

FURNITURE = ("furniture", "repeat")
"""Kinds of rows that are no text of an article."""
UNSEEN = 8
"""Characters that stand nowhere on the page, from which on it is worth saying (by hand)."""
_SURE = 0.9
"""From here on the picture does show what both have (by hand)."""
_SOME = 4
"""Characters up to which a reading is as sure as its least sure one; longer ones as on average (by hand)."""
_ODD = 0.005
"""Share of the letters of a simplified text that another script has too: 乾隆, 著名 (by hand)."""
_SEAM = 3
"""Characters around a place, a full stop mostly, that may have been matched over an edge of columns."""


class Found(NamedTuple):
    """What a reading says of a text."""

    others: list[OtherReading]
    seen: list[SeenAt]
    agreed: list[Span]
    """Where both have the same."""
    unseen: list[Span]
    """What stands in the text and nowhere in the reading."""


class Laid:
    """A text and a reading side by side."""

    def __init__(self, document: Document, read: Reading, source: str) -> None:
        self._text = document.text
        self.places = [at for at in words(document) if not document.text[at].isspace()]
        self.own = plain("".join(document.text[at] for at in self.places))
        self.read, self.other, self._source = read, plain(read.text), source
        self._is_paragraphs = document.format == "markdown"
        self._is_in_order = True
        self._as_simplified = _is_simplified(document.text) or (
            is_traditional(read.text) and not is_traditional(document.text)
        )
        """Whether what the page has is put in the text's simplified script."""
        self._others = list[OtherReading]()
        self._seen = list[SeenAt]()
        self.unseen = list[tuple[int, int]]()
        self._last, self._first = (-1, -1), 0
        """Of what was last found lost: (where in the text, its end in the reading), its beginning there."""
        self.pairs: dict[int, int] = {}
        """Characters of the text → of the reading that stand for the same character of print."""

    def found(self) -> Found:
        """All that was said."""
        places = self.places
        return Found(
            self._others,
            [*self._seen, *self._stretches()],
            self._agreed(),
            [Span(places[start], places[end - 1] + 1) for start, end in sorted(self.unseen)],
        )

    def pair(self, one: int, two: int, size: int) -> None:
        self.pairs.update(zip(range(one, one + size), range(two, two + size), strict=True))

    @contextmanager
    def between(self, start: int, end: int) -> Iterator[None]:
        """Where characters [start, end) of the reading are laid beside a text of its own order: rows that
        seem to go over two columns are none, and what is said of them is in doubt."""
        around = range(start - _SEAM, end + _SEAM + 1)
        self._is_in_order = not any(map(self.read.is_apart, around))
        yield
        self._is_in_order = True

    def side_by_side(self, start: int, end: int, other_start: int, other_end: int) -> None:
        """Characters of the text and of the reading that stand at the same place of the page."""
        for op in differences.whole(
            differences.aligned(self.own[start:end], self.other[other_start:other_end])
        ):
            first, last = start + op.src_start, start + op.src_end
            other_first, other_last = other_start + op.dest_start, other_start + op.dest_end
            if op.tag == "equal":
                self.pair(first, other_first, last - first)
            elif op.tag == "insert":
                self.lost(first, other_first, other_last, True, True)
            elif op.tag == "delete" and last - first >= UNSEEN:
                self.unseen.append((first, last))
            else:
                self.pair(first, other_first, min(last - first, other_last - other_first))
                self._differ(first, last, other_first, other_last)

    def _differ(self, start: int, end: int, other_start: int, other_end: int) -> None:
        one, two = self.places[start], self.places[end - 1] + 1
        if two - one != end - start:
            return  # a line end, or markup, stands between
        said = [char.sure for char in self.read.chars[other_start:other_end] if char.sure is not None]
        self._others.append(
            OtherReading(
                Span(one, two),
                self._as_text(other_start, other_end),
                self._source,
                None if not said else min(said) if len(said) <= _SOME else sum(said) / len(said),
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
        for at, char in zip(range(start, end), self.read.chars[other_start:other_end], strict=True):
            said = self._text[self.places[at]]
            if char.char != said:
                chance *= dict(char.others).get(said, 0.0)
        return chance

    def _clear(self, start: int, end: int) -> float:
        """How sure of their lines the recogniser is, of the worst one around some characters; not at all
        where another order is likely."""
        if not self._is_in_order:
            return 0.0
        near = self.read.chars[max(0, start - 1) : end + 1]
        return min((self.read.line(char.line).confidence or 0.0 for char in near), default=0.0)

    def _as_text(self, start: int, end: int) -> str:
        """Characters of the reading, as they are printed."""
        words = "".join(char.char for char in self.read.chars[start:end])
        return simplify.one_script(words) if self._as_simplified else words

    def row(self, at: int) -> Row:
        return self.read.rows[self.read.chars[at].row]

    def lost(self, at: int, start: int, end: int, goes_on: bool, goes_behind: bool) -> None:
        """Characters [start, end) of the reading, of which the text has nothing; they stand before its `at`.

        `goes_on`, `goes_behind`: whether the text before, and that behind, go on over the seam.
        """
        if self._last == (at, start) and self._others[-1].lost:  # the line's end, and lines behind it
            self._others.pop()
            self._seen.pop()
            start = self._first
        self._last, self._first = (at, end), start
        goes_on = goes_on and self._is_in_order
        goes_behind = goes_behind and self._is_in_order
        if goes_on and goes_behind and self._parts(at, start, end):
            goes_on = goes_behind = False
        place, words = self._placed(at, start, end, goes_on, goes_behind)
        span = Span(place, place)
        page, box = self.read.box(start, end)
        self._seen.append(SeenAt(span, page, box))
        self._others.append(
            OtherReading(
                span,
                words,
                self._source,
                self.read.sure(start, end),
                lost=True,
                seen=SeenOnce(0.0, self._clear(start, end), goes_on, goes_behind),
            )
        )

    def _placed(self, at: int, start: int, end: int, goes_on: bool, goes_behind: bool) -> tuple[int, str]:
        """Where in the text characters of the reading are put in before its `at`, and as what: as a paragraph
        of their own where the text has a line end and they are one; else behind what they go on with."""
        words, parting = self._joined(start, end), "\n\n" if self._is_paragraphs else "\n"
        before = self.places[at - 1] + 1 if at else 0
        if at == len(self.places):
            return before, words if goes_on else parting + words
        behind = self.places[at]
        if goes_on != goes_behind:
            return (before, words) if goes_on else (behind, words)
        if at and "\n" not in self._text[before:behind]:
            return before, words
        if not self._begins(start) and goes_on:
            return before, words
        return self._text.rfind("\n", 0, behind) + 1, words + parting * self._begins(end)

    def _parts(self, at: int, start: int, end: int) -> bool:
        """Whether whole paragraphs of print lie where the text goes on in one line: a caption."""
        if not 0 < at < len(self.places) or not self._begins(start):
            return False
        return self._begins(end) and "\n" not in self._text[self.places[at - 1] : self.places[at]]

    def _begins(self, at: int) -> bool:
        """Whether a paragraph of print begins with a character of the reading, or its text ends before it."""
        if at == len(self.other):
            return True
        row = self.row(at)
        return at == row.span.start and row.follows < GOES_ON

    def _joined(self, start: int, end: int) -> str:
        """Characters of the reading; where a paragraph begins in them, a blank line."""
        text = ""
        for row in self.read.rows[self.read.chars[start].row : self.read.chars[end - 1].row + 1]:
            first, last = max(start, row.span.start), min(end, row.span.end)
            if text and first == row.span.start and row.follows < GOES_ON:
                text += "\n\n" if self._is_paragraphs else "\n"
            text += self._as_text(first, last)
        return text

    def _stretches(self) -> Iterator[SeenAt]:
        """Where the text stands on the pages: neighbours in it that are neighbours in a line of print."""
        pairs = sorted(self.pairs.items())
        at = 0
        while at < len(pairs):
            end = at + 1
            while end < len(pairs) and self._are_neighbours(pairs[end - 1], pairs[end]):
                end += 1
            page, box = self.read.box(pairs[at][1], pairs[end - 1][1] + 1)
            yield SeenAt(Span(self.places[pairs[at][0]], self.places[pairs[end - 1][0]] + 1), page, box)
            at = end

    def _are_neighbours(self, one: tuple[int, int], two: tuple[int, int]) -> bool:
        chars = self.read.chars
        return (
            self.places[two[0]] == self.places[one[0]] + 1
            and two[1] == one[1] + 1
            and chars[two[1]].line == chars[one[1]].line
        )

    def _agreed(self) -> list[Span]:
        found = list[Span]()
        for one, two in sorted(self.pairs.items()):
            if self.own[one] == self.other[two] and (self.read.chars[two].sure or 0.0) >= _SURE:
                at = self.places[one]
                if found and found[-1].end == at:
                    found[-1] = Span(found[-1].start, at + 1)
                else:
                    found.append(Span(at, at + 1))
        return found


def _is_simplified(text: str) -> bool:
    """Whether next to all letters of a text are simplified ones."""
    other = sum(one != two for one, two in zip(text, simplify.one_script(text), strict=True))
    return other <= _ODD * len(text)
