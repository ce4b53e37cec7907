"""The text that rows of boxed pages make, and where each of its characters stands on the scan."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from cleanup.model.box import Box, BoxedLine, BoxedPage, PageLayout
from cleanup.model.document import RowAt
from cleanup.model.fix import Span
from cleanup.model.scan import SeenAt

GOES_ON = 0.5
"""From here on a row goes on with the paragraph before it; else a blank line parts them."""


def text_of(layouts: Sequence[PageLayout]) -> str:
    """The rows as text: a line each, blank lines between paragraphs, form feeds between pages."""
    pages = list[str]()
    for layout in layouts:
        parts = list[str]()
        for row in layout.rows:
            if row.text.strip():
                parts.append(f"\n{row.text}\n" if parts and row.follows < GOES_ON else f"{row.text}\n")
        pages.append("".join(parts))
    return "\f".join(pages)


class Stretch(NamedTuple):
    """Characters of the text that are neighbours in one boxed line."""

    span: Span
    """In the text."""
    page: int
    """Index of the page."""
    row: int
    """Index of the row in the page's layout."""
    line: int
    """Index of the line in the page."""
    start: int
    """Of the line's text, its first character."""


class Placed:
    """Where the characters of a text of boxed pages stand."""

    def __init__(self, text: str, pages: Sequence[BoxedPage], layouts: Sequence[PageLayout]) -> None:
        """`text` is what `text_of` made of the layouts, whose own texts may be empty."""
        self._pages, self._layouts = pages, layouts
        self.stretches = tuple(_stretches(text, pages, layouts))

    @cached_property
    def _ends(self) -> list[int]:
        return [stretch.span.end for stretch in self.stretches]

    def rows(self) -> Iterator[RowAt]:
        """The rows, each with where it stands in the text."""
        doubts = [{order for order, _ in layout.doubtful} for layout in self._layouts]
        for (page, order), span in self.row_spans().items():
            row = self._layouts[page].rows[order]
            yield RowAt(span.start, span.end, row.kind, row.follows, order in doubts[page])

    def row_spans(self) -> dict[tuple[int, int], Span]:
        """(index of the page, index of the row) → where the row stands in the text; in order."""
        found = dict[tuple[int, int], Span]()
        for key, parts in groupby(self.stretches, key=lambda part: (part.page, part.row)):
            spans = [part.span for part in parts]
            found[key] = Span(spans[0].start, spans[-1].end)
        return found

    def within(self, span: Span) -> Iterator[Stretch]:
        """The stretches that hold characters of a span, cut to it."""
        at = bisect_right(self._ends, span.start)
        while at < len(self.stretches) and self.stretches[at].span.start < span.end:
            yield _cut(self.stretches[at], span)
            at += 1

    def line(self, stretch: Stretch) -> BoxedLine:
        """The boxed line of a stretch."""
        return self._pages[stretch.page].lines[stretch.line]

    def box(self, span: Span) -> tuple[int, Box] | None:
        """The index of the page, and the box around the characters of a span that stand on the page of its
        first; None where none is printed.

        Of a place between two characters it is the box of the one before.
        """
        return _first(
            (part.page, box_in(self.line(part), part.start, part.start + len(part.span)))
            for part in self.within(span if len(span) else _before(span))
        )


def _cut(stretch: Stretch, span: Span) -> Stretch:
    start, end = max(stretch.span.start, span.start), min(stretch.span.end, span.end)
    return stretch._replace(span=Span(start, end), start=stretch.start + start - stretch.span.start)


def _stretches(text: str, pages: Sequence[BoxedPage], layouts: Sequence[PageLayout]) -> Iterator[Stretch]:
    at = 0
    for number, layout in enumerate(layouts):
        for order, row in enumerate(layout.rows):
            for piece in row.pieces:
                words = pages[number].lines[piece.line].text[piece.start : piece.end]
                start = piece.start + len(words) - len(words.lstrip())
                words = words.strip()
                if not words:
                    continue
                while text[at : at + 1].isspace():
                    at += 1
                if not text.startswith(words, at):
                    raise ValueError(f"row {order} of page {layout.page} is not what its pieces say")
                yield Stretch(Span(at, at + len(words)), number, order, piece.line, start)
                at += len(words)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of these."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def box_in(line: BoxedLine, start: int, end: int) -> Box:
    """Where characters of a line stand, by its words, else by their share of its length."""
    end = max(end, start + 1)
    if not line.words:
        return _part(line.box, start, end, len(line.text))
    found, at = list[Box](), 0
    for word in line.words:
        first, last = max(start, at), min(end, at + len(word.text))
        if first < last:
            found.append(_part(word.box, first - at, last - at, len(word.text)))
        at += len(word.text) + word.space_after
    return around(found) if found else line.box


def _part(box: Box, start: int, end: int, length: int) -> Box:
    """The part of a box that some of its characters take, which run along its longer side."""
    if length <= 1:
        return box
    first, last = start / length, min(end, length) / length
    if box.is_tall:
        return replace(box, top=box.top + first * box.height, bottom=box.top + last * box.height)
    return replace(box, left=box.left + first * box.width, right=box.left + last * box.width)


class Seen:
    """Where characters of a text stand on its pictures."""

    def __init__(self, places: Iterable[SeenAt]) -> None:
        self._places = sorted(places, key=lambda place: place.span)
        self._starts = [place.span.start for place in self._places]
        self._most = max((len(place.span) for place in self._places), default=0)

    def box(self, span: Span) -> tuple[int, Box] | None:
        """The index of the picture, and the box around the characters of a span that were found on one
        picture with its first; None where none was.

        Of a place between two characters it is that of the line lost there, else of the character before.
        """
        return self.lost(span) or _first(self._within(span if len(span) else _before(span)))

    def lost(self, span: Span) -> tuple[int, Box] | None:
        """The same of the lines that the text has lost at a place between two characters."""
        at = bisect_left(self._starts, span.start)
        found = list[tuple[int, Box]]()
        while not len(span) and at < len(self._places) and self._starts[at] == span.start:
            if self._places[at].span == span:
                found.append((self._places[at].scan, self._places[at].box))
            at += 1
        return _first(found)

    def _within(self, span: Span) -> Iterator[tuple[int, Box]]:
        """(picture, box) of the stretches that hold characters of a span, cut to it."""
        at = bisect_left(self._starts, span.start - self._most)
        while at < len(self._places) and self._starts[at] < span.end:
            place = self._places[at]
            at += 1
            first, last = max(place.span.start, span.start), min(place.span.end, span.end)
            if first < last:
                own = place.span.start
                yield place.scan, _part(place.box, first - own, last - own, len(place.span))


def _before(span: Span) -> Span:
    return Span(max(0, span.start - 1), span.start)


def _first(found: Iterable[tuple[int, Box]]) -> tuple[int, Box] | None:
    """The boxes on the page of the first, as one."""
    every = list(found)
    return (every[0][0], around([box for page, box in every if page == every[0][0]])) if every else None
