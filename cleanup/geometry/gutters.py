"""Gutters: the white between two columns, found from many lines; one box that runs over it hides nothing.

A gutter holds between two heights: what really stands across it (a headline, a picture's caption) ends it,
whereas a line as big as the text around it whose ends lie in both columns is two lines in one box.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cleanup.geometry.hidden import SLIP, hidden_lines, opened
from cleanup.geometry.lists import MIDDLE, between, count_rows, without
from cleanup.geometry.parts import Part

# All by hand, in ems of the region's text.
_EDGE = 0.6
"""Left edges so near one another are one edge; a box may reach so far over a gutter."""
_BACK = 3.0
"""A gutter is looked for so far before an edge where lines start."""
_BIG = 1.7
"""A headline is set so big."""
_NARROW = 4.0
"""A column is not narrower."""
_SHORT_RUN, _FULL_SHARE = 7, 0.34
"""Stretches of fewer rows are a table rather than columns where fewer of their lines are full."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip, and the heights between which it parts columns."""

    x: float
    left: float
    """Where the column before it ends."""
    right: float
    """Where the column behind it starts."""
    top: float
    bottom: float
    full: bool
    """Nothing in the region stands across it."""
    over: tuple[Part, ...] = ()
    """Boxes that hold a line of both columns."""


def gutters(parts: list[Part], em: float) -> list[Gutter]:
    """The gutters of a region, from left to right; a place has as many as it has stretches."""
    if len(parts) < 4:
        return []
    x0 = np.array([part.x0 for part in parts])
    x1 = np.array([part.x1 for part in parts])
    holes = [hole for part in parts for hole in part.holes]
    starts = np.concatenate([x0, [hole.x1 for hole in holes]])
    ends = np.concatenate([x1, [hole.x0 for hole in holes]])
    found: list[Gutter] = []
    for place in _places(starts, ends, em):
        for gutter in _at(parts, x0, x1, place, em):
            same = [other for other in found if _is_same(gutter, other, em)]
            if all(_weighs(gutter) > _weighs(other) for other in same):
                found = [other for other in found if other not in same]
                found.append(gutter)
    return sorted(found, key=lambda gutter: (gutter.x, gutter.top))


def _is_same(one: Gutter, two: Gutter, em: float) -> bool:
    """Whether two stretches are of one white strip."""
    beside = min(one.right, two.right) - max(one.left, two.left)
    below = min(one.bottom, two.bottom) - max(one.top, two.top)
    return (beside > 0 or abs(one.x - two.x) < 1.5 * em) and below > 0


def _weighs(gutter: Gutter) -> tuple[bool, float, float]:
    return gutter.full, gutter.bottom - gutter.top, gutter.right - gutter.left


def _places(x0: np.ndarray, x1: np.ndarray, em: float) -> list[float]:
    """Middles of white strips before edges where lines start, from left to right."""
    starts = np.sort(x0)
    near = np.searchsorted(starts, starts + _EDGE * em) - np.searchsorted(starts, starts - _EDGE * em)
    ends = np.sort(x1)
    spots: list[float] = []
    taken = starts - starts[0] < _NARROW * em
    for index in np.argsort(-near, kind="stable"):
        if near[index] < 2:
            break
        if taken[index]:
            continue
        spots.append(float(starts[index]))
        taken |= np.abs(starts - starts[index]) < em
        if len(spots) >= min(60, 10 + 100_000 // len(starts)):
            break
    middles: list[tuple[float, float]] = []
    for edge in spots:
        steps = np.arange(edge - _BACK * em, edge + 0.3 * em, em / 8)
        begun = np.searchsorted(starts, steps - 0.3 * em)
        over = begun - np.searchsorted(ends, steps + 0.3 * em)
        least = over.min()
        flat = np.flatnonzero(over == least)
        run = flat[flat > flat[-1] - _length_of_last_run(flat)]
        middles.append((float(least), float(steps[run].mean())))
    middles.sort()
    kept: list[float] = []
    for _, middle in middles:
        if all(abs(middle - other) >= 1.5 * em for other in kept):
            kept.append(middle)
    return sorted(kept)


def _length_of_last_run(flat: np.ndarray) -> int:
    length = 1
    while length < len(flat) and flat[-1 - length] == flat[-length] - 1:
        length += 1
    return length


def _at(parts: list[Part], x0: np.ndarray, x1: np.ndarray, x: float, em: float) -> list[Gutter]:
    """The stretches in which a place is a gutter."""
    reach = _EDGE * em
    lefts = [parts[i] for i in np.flatnonzero(x1 <= x + reach)]
    rights = [parts[i] for i in np.flatnonzero(x0 >= x - reach)]
    crossing = [parts[i] for i in np.flatnonzero((x0 < x - reach) & (x1 > x + reach))]
    open_at = []
    for part in crossing:
        if halves := opened(part, x, reach):
            open_at.append(part)
            lefts.append(halves[0])
            rights.append(halves[1])
    if len(lefts) < 2 or len(rights) < 2:
        return []
    left, right = _column_end(lefts, em), _column_start(rights, em)
    across = [part for part in (*lefts, *rights) if _reaches_in(part, left, right, em)]
    lefts = [part for part in lefts if part not in across]
    rights = [part for part in rights if part not in across]
    for part in crossing:
        if part in open_at:
            continue
        before, behind = left - part.x0, part.x1 - right
        if part.size > 1.45 * em:
            across.append(part)
        elif before < SLIP * em and x - part.x0 < 2 * SLIP * em < behind:
            rights.append(part)
        elif behind < SLIP * em and part.x1 - x < 2 * SLIP * em < before:
            lefts.append(part)
        else:
            across.append(part)
    for some in (across, lefts, rights):
        some.sort(key=MIDDLE)
    column = (left, right)
    hidden = hidden_lines(across, lefts, rights, column, em)
    blocks = without(across, hidden)
    top = min(part.y0 for part in parts) - 1
    bottom = max(part.y1 for part in parts) + 1
    found = []
    edges = [(top, 0.0), *((part.middle, 0.35 * (part.y1 - part.y0)) for part in blocks), (bottom, 0.0)]
    for index, ((y, core), (below, next_core)) in enumerate(pairwise(edges)):
        a, b = y + core, below - next_core
        inner = [part for part in hidden if a < part.middle < b]
        one, two = between(lefts, a, b), between(rights, a, b)
        body = bool(blocks) and _are_body(blocks, index, em)
        if not _holds(one, two, inner, column, em, body):
            continue
        y0 = min(part.middle for part in (*one, *two, *inner)) - em / 2
        y1 = max(part.middle for part in (*one, *two, *inner)) + em / 2
        over = (*inner, *(part for part in open_at if a < part.middle < b))
        found.append(Gutter((left + right) / 2, left, right, y0, y1, not blocks, over))
    return found


def _reaches_in(part: Part, left: float, right: float, em: float) -> bool:
    """Whether a headline begins or ends in the white, and so belongs to neither column alone."""
    if part.size < _BIG * em or part.units < 4 or part.crosswise:
        return False
    return left + 0.4 * em < part.x0 < right - 0.8 * em or left + 0.8 * em < part.x1 < right - 0.4 * em


def _column_end(lefts: list[Part], em: float) -> float:
    """Where the column before a gutter ends: most of its full lines do so."""
    ends = sorted((part.x1 for part in lefts if part.units >= 3), reverse=True) or [max(p.x1 for p in lefts)]
    far = ends[min(2, len(ends) // 4)]
    some = [end for end in ends if end > far - 4 * em]
    return some[int(0.2 * (len(some) - 1))]


def _column_start(rights: list[Part], em: float) -> float:
    starts = sorted(part.x0 for part in rights if part.units >= 3) or [min(part.x0 for part in rights)]
    near = starts[min(2, len(starts) // 4)]
    some = [start for start in starts if start < near + 4 * em]
    return some[int(0.2 * (len(some) - 1))]


def _are_body(blocks: list[Part], index: int, em: float) -> bool:
    """Whether a stretch lies under or over lines of running text that cross the place."""
    near = blocks[max(0, index - 1) : index + 1]
    return all(0.8 * em <= part.size <= 1.2 * em and part.units >= 12 for part in near)


def _holds(
    one: list[Part], two: list[Part], inner: list[Part], column: tuple[float, float], em: float, body: bool
) -> bool:
    """Whether enough text stands on both sides, beside one another, and is set in columns."""
    left, right = column
    beside_left = [part for part in one if part.x1 > left - 12 * em]
    beside_right = [part for part in two if part.x0 < right + 4 * em]
    if not beside_left or not beside_right:
        return False
    top = max(min(p.y0 for p in beside_left), min(p.y0 for p in beside_right))
    bottom = min(max(p.y1 for p in beside_left), max(p.y1 for p in beside_right))
    if bottom - top < 1.0 * em:
        return False
    inside = sum(min(p.x1, right) - max(p.x0, left) > SLIP * em for p in (*one, *two) if p.units >= 2)
    rows_left, rows_right = count_rows(beside_left), count_rows(beside_right)
    if inside > 0.15 * min(rows_left, rows_right):
        return False
    rows = min(rows_left, rows_right)
    least = 0.4 if rows >= 4 * len(inner) else 0.7
    if rows < 2 or right - left < least * em or len(inner) > rows:
        return False
    wide_left = left - min(part.x0 for part in beside_left)
    wide_right = max(part.x1 for part in beside_right) - right
    if min(wide_left, wide_right) < _NARROW * em:
        return False
    full_left = sum(part.x1 > left - 1.3 * em and part.units >= 3 for part in beside_left) / rows_left
    far = sorted(part.x1 for part in beside_right)[int(0.9 * (len(beside_right) - 1))]
    full_right = sum(part.x1 > far - 1.3 * em and part.units >= 3 for part in beside_right) / rows_right
    units = sorted(part.units for part in (*beside_left, *beside_right))[len(beside_left + beside_right) // 2]
    if units < 3:
        return False
    rows += len(inner)
    if rows < _SHORT_RUN and body:
        return rows >= 4 and min(full_left, full_right) >= _FULL_SHARE and units >= 6
    return max(full_left, full_right) >= 0.2 or rows >= 4
