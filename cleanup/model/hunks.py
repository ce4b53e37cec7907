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
    out: list[Hunk] = []
    waiting = list(changes)[::-1]
    done = to_left = to_new = 0
    while waiting:
        apart = _before(hunks, done, waiting[-1].span)
        out += _moved(hunks[done:apart], to_new)
        if apart > done:
            to_left = hunks[apart - 1].left.end - hunks[apart - 1].right.end
        done = apart
        # The next change, and all that clash with it and with one another, are one hunk.
        marks: tuple[int, ...] = ()
        first, left, new = None, 0, 0
        while waiting or done < len(hunks):
            hunk = hunks[done] if done < len(hunks) else None
            if hunk and waiting and waiting[-1].span < hunk.right:
                hunk = None
            span = hunk.right if hunk else waiting[-1].span
            if first is None:
                first, end, left, new = span, span.end, span.start + to_left, span.start + to_new
            elif not clash(Span(first.start, end), span):
                break
            end = max(end, span.end)
            if hunk:
                to_left = hunk.left.end - hunk.right.end
                marks += hunk.marks
                done += 1
            else:
                change = waiting.pop()
                to_new += change.length - len(span)
                marks += (change.mark,)
        out.append(Hunk(Span(left, end + to_left), Span(new, end + to_new), tuple(dict.fromkeys(marks))))
    return out + _moved(hunks[done:], to_new)


def _before(hunks: Sequence[Hunk], first: int, change: Span) -> int:
    """How many hunks stand before a change without clashing with it; `first` do."""
    at = bisect_left(hunks, change.start, first, key=lambda hunk: hunk.right.end)
    while at < len(hunks) and hunks[at].right <= change and not clash(hunks[at].right, change):
        at += 1
    return at


def _moved(hunks: Iterable[Hunk], by: int) -> list[Hunk]:
    """Hunks whose right text grew before them; those that took away neighbours are one from now on."""
    out: list[Hunk] = []
    gone = -1
    for hunk in hunks:
        right = hunk.right
        if right.start == right.end == gone:
            last = out.pop()
            marks = tuple(dict.fromkeys(last.marks + hunk.marks))
            hunk = Hunk(Span(last.left.start, hunk.left.end), right, marks)
        gone = right.end if right.start == right.end else -1
        out.append(Hunk(hunk.left, Span(right.start + by, right.end + by), hunk.marks) if by else hunk)
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
