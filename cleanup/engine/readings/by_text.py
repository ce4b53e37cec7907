"""Another reading of the same pages beside the base, by the words alone."""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.engine.readings import differences
from cleanup.model.document import OtherReading
from cleanup.model.fix import Span

LEAST = 8
"""Characters: less that only the other reading has is no passage lost (by hand)."""
_ANCHOR = 6
"""Characters on each side of a passage lost on which both readings agree (by hand)."""


def compare(text: str, other: str, source: str) -> Iterator[OtherReading]:
    """Where `other`, the reading called `source`, has something else than `text`."""
    ones = [at for at, char in enumerate(text) if not char.isspace()]
    twos = [at for at, char in enumerate(other) if not char.isspace()]
    one, two = "".join(text[at] for at in ones), "".join(other[at] for at in twos)
    ops = differences.aligned(one, two)
    for found in differences.short(ops):
        new = two[found.other_start : found.other_end]
        if found.start < found.end:
            first, last = ones[found.start], ones[found.end - 1] + 1
            if last - first == found.end - found.start:
                yield OtherReading(Span(first, last), new, source)
        else:
            yield OtherReading(_gap(ones, found.start), new, source)
    for at, op in enumerate(ops):
        size = op.dest_end - op.dest_start
        if op.tag != "insert" or size < LEAST or not 0 < at < len(ops) - 1:
            continue
        if min(ops[at + by].dest_end - ops[at + by].dest_start for by in (-1, 1)) < _ANCHOR:
            continue
        words = other[twos[op.dest_start] : twos[op.dest_end - 1] + 1]
        before = ones[op.src_start - 1]
        broken = "\n" in text[before : ones[op.src_start]]
        rows = [row.strip() for row in words.splitlines() if row.strip()]
        if broken:
            start = text.index("\n", before) + 1
            yield OtherReading(Span(start, start), "".join(f"{row}\n" for row in rows), source, lost=True)
        else:
            yield OtherReading(Span(before + 1, before + 1), "".join(rows), source, lost=True)


def _gap(places: list[int], at: int) -> Span:
    """The place directly behind the character before."""
    start = places[at - 1] + 1 if at else 0
    return Span(start, start)
