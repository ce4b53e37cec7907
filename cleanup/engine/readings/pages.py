"""A base with places and others with places: the order of all together, and what is lost or differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from cleanup.engine.readings import by_place, differences
from cleanup.geometry import order
from cleanup.model.box import BoxedLine, BoxedPage, PageLayout, PlacedRow, mean
from cleanup.model.document import OtherReading, RowAt
from cleanup.model.fix import Span
from cleanup.model.placed import GOES_ON, Placed, Stretch, text_of

_FURNITURE = "furniture"
"""The kind of rows that would be taken out again."""
Lost = list[list[tuple[str, BoxedLine]]]
"""For each page the lines that the base has lost, with the names of their readings."""
Seen = list[list[tuple[str, by_place.Beside]]]
"""For each page what stands in other readings where the base has a line."""


def gather(
    base: Sequence[BoxedPage],
    others: Sequence[tuple[str, Sequence[BoxedPage]]],
    wanted: Callable[[BoxedLine], bool],
) -> tuple[Lost, Seen]:
    """What other readings have of the pages of the base; of lines lost only what is `wanted`."""
    lost: Lost = []
    seen: Seen = []
    for number, page in enumerate(base):
        gone, beside, whole = [], [], page
        for source, pages in others:
            found = by_place.compare(whole, pages[number])
            beside += [(source, one) for one in found.beside if one.line < len(page.lines)]
            more = [line for line in found.lost if wanted(line)]
            gone += [(source, line) for line in more]
            whole = replace(whole, lines=(*whole.lines, *more))
        lost.append(gone)
        seen.append(beside)
    return lost, seen


class Together(NamedTuple):
    """The base in the order that its lines have among those lost."""

    text: str
    layouts: tuple[PageLayout, ...]
    places: Placed
    lost: list[OtherReading]
    """The lines lost."""


def together(base: Sequence[BoxedPage], lost: Lost) -> Together:
    """The base's lines put in order together with those lost."""
    wholes = [
        order(replace(page, lines=(*page.lines, *(line for _, line in gone))))
        for page, gone in zip(base, lost, strict=True)
    ]
    layouts = tuple(_own(whole, len(page.lines), page) for whole, page in zip(wholes, base, strict=True))
    text = text_of(layouts)
    placed = Placed(text, base, layouts)
    ends = placed.row_spans()
    found = list[OtherReading]()
    for number, whole in enumerate(wholes):
        count = len(base[number].lines)
        own = iter(range(len(layouts[number].rows)))
        places = [
            ends.get((number, next(own))) if any(piece.line < count for piece in row.pieces) else None
            for row in whole.rows
        ]
        found += _put_in(text, whole, lost[number], count, places)
    return Together(text, layouts, placed, found)


def _own(whole: PageLayout, count: int, page: BoxedPage) -> PageLayout:
    """The layout without the pieces of lines that are not the page's own."""
    rows, doubts = list[PlacedRow](), list[tuple[int, str]]()
    doubtful = dict(whole.doubtful)
    for at, row in enumerate(whole.rows):
        pieces = tuple(piece for piece in row.pieces if piece.line < count)
        if pieces:
            if at in doubtful:
                doubts.append((len(rows), doubtful[at]))
            text = "".join(page.lines[piece.line].text[piece.start : piece.end] for piece in pieces)
            rows.append(replace(row, pieces=pieces, text=text))
    return replace(whole, rows=tuple(rows), doubtful=tuple(doubts))


def _put_in(
    text: str,
    whole: PageLayout,
    gone: list[tuple[str, BoxedLine]],
    count: int,
    places: list[Span | None],
) -> Iterator[OtherReading]:
    """What is lost of a page that has `count` lines of its own, whose rows stand at `places` in the text."""
    before: Span | None = None
    at = next((span for span in places if span), None)
    if at is None:
        return
    first = at.start
    for is_lost, some in groupby(enumerate(whole.rows), key=lambda one: places[one[0]] is None):
        group = list(some)
        if not is_lost:
            for index, row in group:
                if (span := places[index]) is not None:
                    before = span
                    if row.kind != _FURNITURE:
                        yield from _within(row, span, gone, count)
            continue
        words, rows = "", list[RowAt]()
        for _, row in group:
            if row.text.strip() and row.kind != _FURNITURE:
                words += "\n" if row.follows < GOES_ON and (words or before) else ""
                rows.append(RowAt(len(words), len(words) + len(row.text), row.kind, row.follows))
                words += f"{row.text}\n"
        if not words:
            continue
        if before is None:
            behind = whole.rows[group[-1][0] + 1]
            words += "\n" if behind.follows < GOES_ON else ""
            start = first
        else:
            start = before.end + (text[before.end : before.end + 1] == "\n")
        pieces = [
            gone[piece.line - count] for _, row in group if row.kind != _FURNITURE for piece in row.pieces
        ]
        yield _lost(start, words, pieces, tuple(rows))


def _within(
    row: PlacedRow, span: Span, gone: list[tuple[str, BoxedLine]], count: int
) -> Iterator[OtherReading]:
    """The parts of a row that are lost."""
    at = span.start
    for piece in row.pieces:
        size = piece.end - piece.start
        if piece.line < count:
            at = min(at + size, span.end)
        else:
            source, line = gone[piece.line - count]
            yield _lost(at, line.text[piece.start : piece.end].strip(), [(source, line)], ())


def _lost(at: int, words: str, lines: list[tuple[str, BoxedLine]], rows: tuple[RowAt, ...]) -> OtherReading:
    sure = mean(line.confidence for _, line in lines)
    return OtherReading(Span(at, at), words, lines[0][0], sure, lost=True, rows=rows)


def differing(base: Sequence[BoxedPage], places: Placed, seen: Seen) -> Iterator[OtherReading]:
    """Where the base and another reading of the same line differ in a few characters."""
    at: dict[tuple[int, int], list[Stretch]] = defaultdict(list)
    for stretch in places.stretches:
        at[stretch.page, stretch.line].append(stretch)
    for number, page in enumerate(seen):
        for source, beside in page:
            line = base[number].lines[beside.line].text
            solid = [place for place, char in enumerate(line) if not char.isspace()]
            own = "".join(line[place] for place in solid)
            if not differences.are_alike(own, beside.text):
                continue
            for found in differences.short(differences.aligned(own, beside.text)):
                new = beside.text[found.other_start : found.other_end]
                if normalize("NFKC", new) == normalize("NFKC", own[found.start : found.end]):
                    continue
                span = _span(at[number, beside.line], solid, found)
                if span is None:
                    continue
                said = [
                    one for one in beside.confidences[found.other_start : found.other_end] if one is not None
                ]
                yield OtherReading(
                    span, new, source, min(said) if said else None, found.start == found.end == len(own)
                )


def _span(stretches: list[Stretch], solid: list[int], found: differences.Difference) -> Span | None:
    """Where characters of a line stand in the text; None where they are parted."""
    if found.start == found.end:
        before = _place(stretches, solid[found.start - 1]) if found.start else None
        if before is not None:
            return Span(before + 1, before + 1)
        first = _place(stretches, solid[0])
        return None if first is None else Span(first, first)
    first, last = _place(stretches, solid[found.start]), _place(stretches, solid[found.end - 1])
    if first is None or last is None or last - first != solid[found.end - 1] - solid[found.start]:
        return None
    return Span(first, last + 1)


def _place(stretches: list[Stretch], at: int) -> int | None:
    for stretch in stretches:
        if stretch.start <= at < stretch.start + len(stretch.span):
            return stretch.span.start + at - stretch.start
    return None
