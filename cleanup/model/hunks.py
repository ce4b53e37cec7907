"""Where two versions of a text differ, and how further edits change that.

A hunk says that left[a:b] became right[c:d]; between hunks the texts are equal, so one list of hunks
maps every position of one text to the other. Positions are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleanup.model.fix import Span


@dataclass(frozen=True, slots=True)
class Hunk:
    left: Span
    right: Span
    marks: tuple[int, ...] = ()
    """What made it (indexes into the journal's records)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement of `span` by text of `length`, made by `mark`."""

    span: Span
    length: int
    mark: int = -1


def clash(one: Span, two: Span) -> bool:
    """Whether two replacements on one text depend on each other's order.

    They do when they share a character, when one stands strictly inside the other, and when both
    insert at the same place.
    """
    if one.start == one.end == two.start == two.end:
        return True
    return one.start < two.end and two.start < one.end


def compose(hunks: Sequence[Hunk], changes: Iterable[Change]) -> list[Hunk]:
    """Hunks from left to the text that `changes` (sorted, disjoint, on the right text) make of right."""
    items: list[tuple[int, int, Hunk | Change]] = [(h.right.start, h.right.end, h) for h in hunks]
    items += [(c.span.start, c.span.end, c) for c in changes]
    items.sort(key=lambda item: item[:2])
    out: list[Hunk] = []
    to_left = to_new = 0
    at = 0
    while at < len(items):
        start, end, item = items[at]
        left_start, new_start = start + to_left, start + to_new
        marks: tuple[int, ...] = ()
        while True:
            if isinstance(item, Hunk):
                to_left = item.left.end - item.right.end
                marks += item.marks
            else:
                to_new += item.length - len(item.span)
                marks += (item.mark,)
            at += 1
            if at == len(items):
                break
            item_start, item_end, item = items[at]
            # clash() on bare numbers, for items in order: this loop runs for every edit of every step.
            if item_start >= end and not start == end == item_start == item_end:
                break
            end = max(end, item_end)
        if len(marks) > 1:
            marks = tuple(dict.fromkeys(marks))
        out.append(Hunk(Span(left_start, end + to_left), Span(new_start, end + to_new), marks))
    return out


def diverge(
    hunks: Sequence[Hunk], kept: Iterable[Change], gone: Iterable[Change]
) -> tuple[list[Hunk], list[int]]:
    """Hunks after left has taken all the changes (spans on left) and right the kept ones only.

    Kept changes must not clash with a hunk. Returns with them where each kept change starts on right.
    """
    items: list[tuple[int, int, Hunk | Change, bool]] = []
    items += [(h.left.start, h.left.end, h, False) for h in hunks]
    items += [(c.span.start, c.span.end, c, True) for c in kept]
    items += [(c.span.start, c.span.end, c, False) for c in gone]
    items.sort(key=lambda item: item[:2])
    out: list[Hunk] = []
    places: list[int] = []
    across = left = right = 0  # offsets: old left to old right, old to new left, old to new right
    at = 0
    while at < len(items):
        start, end, item, both = items[at]
        if both and isinstance(item, Change):
            places.append(start + across)
            left += item.length - len(item.span)
            right += item.length - len(item.span)
            at += 1
            continue
        new_left, new_right = start + left, start + across + right
        first = at
        while at < len(items) and not items[at][3]:
            item_start, item_end, item, _ = items[at]
            if at > first and not clash(Span(start, end), Span(item_start, item_end)):
                break
            if isinstance(item, Hunk):
                across = item.right.end - item.left.end
            else:
                left += item.length - len(item.span)
            end = max(end, item_end)
            at += 1
        out.append(Hunk(Span(new_left, end + left), Span(new_right, end + across + right)))
    return out, places


class LeftOf:
    """Maps ranges of the right text to the ranges of the left text that they came from."""

    def __init__(self, hunks: Sequence[Hunk]) -> None:
        self._hunks = hunks
        self._starts = [hunk.right.start for hunk in hunks]
        self._ends = [hunk.right.end for hunk in hunks]

    def __call__(self, span: Span) -> Span:
        start = self._start(span.start)
        return Span(start, max(start, self._end(span.end)) if len(span) else start)

    def _start(self, position: int) -> int:
        at = bisect_right(self._ends, position) - 1
        offset = self._offset(at)
        if at + 1 < len(self._hunks) and self._starts[at + 1] <= position:
            return self._hunks[at + 1].left.start
        return position + offset

    def _end(self, position: int) -> int:
        at = bisect_left(self._starts, position) - 1
        if at >= 0 and position < self._ends[at]:
            return self._hunks[at].left.end
        return position + self._offset(at)

    def _offset(self, at: int) -> int:
        return self._hunks[at].left.end - self._hunks[at].right.end if at >= 0 else 0
