"""What is known of the source's places, at the places of the text that it became."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cleanup.model.document import Document, EngineReading, OtherReading, RowAt
from cleanup.model.fix import Span
from cleanup.model.hunks import Hunk


def carry(document: Document, source: Document, hunks: Sequence[Hunk]) -> Document:
    """The document of a text that its hunks made of the source's, with all that was known of the source."""
    found = placed(carried(document, source.engine, hunks), source.rows, hunks)
    if source.scans:
        found = replace(
            found,
            scans=source.scans,
            agreed=tuple(_left(source.agreed, hunks)),
            unseen=tuple(_left(source.unseen, hunks)),
        )
    return with_others(found, source.others, hunks) if source.others else found


def _left(spans: Sequence[Span], hunks: Sequence[Hunk]) -> Iterator[Span]:
    """What no hunk changed of disjoint spans in order, at its place now."""
    at = 0
    for span in spans:
        start = span.start
        while at < len(hunks) and hunks[at].left.end <= start and hunks[at].left.start < start:
            at += 1
        number = at
        while start < span.end:
            by = hunks[number - 1].right.end - hunks[number - 1].left.end if number else 0
            end = min(span.end, hunks[number].left.start) if number < len(hunks) else span.end
            if start < end:
                yield Span(start + by, end + by)
            if number == len(hunks) or hunks[number].left.start >= span.end:
                break
            start = max(start, hunks[number].left.end)
            number += 1


def with_others(document: Document, others: Sequence[OtherReading], hunks: Sequence[Hunk]) -> Document:
    """The document with what other readings have of the places that no hunk changed, and with the rows of
    the lines that were put in from them."""
    found, rows, starts = list[OtherReading](), list(document.rows), [hunk.left.start for hunk in hunks]
    for other in others:
        start, end = other.span.start, other.span.end
        last = bisect_right(starts, start) if start == end else bisect_left(starts, end)
        met = [hunk for hunk in hunks[max(0, last - 2) : last] if _meets(hunk, other.span)]
        if other.seen and other.seen.is_whole and not any(hunk.left == other.span for hunk in hunks):
            found.append(replace(other, span=Span(0, len(document.text))))
            continue
        for hunk in met:
            at = document.text.find(other.text, hunk.right.start, hunk.right.end) if other.rows else -1
            if at >= 0:
                rows += [replace(row, start=row.start + at, end=row.end + at) for row in other.rows]
        if not met:
            behind = [hunk for hunk in hunks[max(0, last - 2) : last] if hunk.left.end <= start]
            by = behind[-1].right.end - behind[-1].left.end if behind else 0
            found.append(replace(other, span=Span(start + by, end + by)))
    rows.sort(key=lambda row: row.start)
    return replace(document, others=tuple(found), rows=tuple(rows))


def _meets(hunk: Hunk, span: Span) -> bool:
    """Whether a hunk changed what stands at a span, or put something in at a place between two characters."""
    if len(span):
        return hunk.left.start < span.end and span.start < hunk.left.end
    if hunk.left.start < span.start < hunk.left.end:
        return True
    return hunk.left.start <= span.start <= hunk.left.end and len(hunk.right) > len(hunk.left)


def placed(document: Document, rows: Sequence[RowAt], hunks: Sequence[Hunk]) -> Document:
    """The document with the rows of an engine's file that are left of it, at their places now."""
    if not rows:
        return document
    starts = [hunk.left.start for hunk in hunks]
    found = []
    for row in rows:
        before = bisect_right(starts, row.start) - 1
        start, end = row.start, row.end
        if before >= 0:
            start = _first(hunks[before], row.start)
        before = bisect_left(starts, row.end) - 1
        if before >= 0:
            end = _behind(hunks[before], row.end)
        if start < end:
            found.append(replace(row, start=start, end=end))
    return replace(document, rows=tuple(found))


def _first(hunk: Hunk, place: int) -> int:
    """Where what begins at a place begins now; `hunk` is the last that begins there or before."""
    if place >= hunk.left.end:
        return place + hunk.right.end - hunk.left.end
    return hunk.right.start if place == hunk.left.start else hunk.right.end


def _behind(hunk: Hunk, place: int) -> int:
    """Where what ends at a place ends now; `hunk` is the last that begins before it."""
    return place + hunk.right.end - hunk.left.end if place >= hunk.left.end else hunk.right.start


def carried(document: Document, engine: Sequence[EngineReading], hunks: Sequence[Hunk]) -> Document:
    """The document with what the engine says of the characters that no hunk changed."""
    if not engine:
        return document
    found, at, by = [], 0, 0
    for reading in engine:
        while at < len(hunks) and hunks[at].left.end <= reading.span.start:
            by = hunks[at].right.end - hunks[at].left.end
            at += 1
        if at == len(hunks) or reading.span.end <= hunks[at].left.start:
            found.append(replace(reading, span=Span(reading.span.start + by, reading.span.end + by)))
    return replace(document, engine=tuple(found))


def part_of(part: Document, whole: Document, span: Span) -> Document:
    """A part of a long document with what is known of its places; what is said of all its pictures goes with
    the first."""
    engine = tuple(
        replace(found, span=Span(found.span.start - span.start, found.span.end - span.start))
        for found in whole.engine
        if span.start <= found.span.start < span.end
    )
    rows = tuple(
        replace(row, start=row.start - span.start, end=row.end - span.start)
        for row in whole.rows
        if span.start <= row.start < span.end
    )
    others = tuple(
        replace(other, span=Span(other.span.start - span.start, other.span.end - span.start))
        for other in whole.others
        if span.start <= other.span.start and other.span.end <= span.end
    )
    found = replace(part, engine=engine, rows=rows, others=others, scans=() if span.start else whole.scans)
    return replace(found, agreed=_cut(whole.agreed, span), unseen=_cut(whole.unseen, span))


def _cut(spans: Sequence[Span], to: Span) -> tuple[Span, ...]:
    """What lies of spans within one, at its place there."""
    return tuple(
        Span(max(one.start, to.start) - to.start, min(one.end, to.end) - to.start)
        for one in spans
        if one.start < to.end and to.start < one.end
    )
