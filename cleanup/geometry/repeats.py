"""Lines that an engine gives twice: boxes that lie over one another and say the same, wholly or where the one
ends and the other begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz

from cleanup.geometry.lists import without
from cleanup.geometry.parts import Part, cut
from cleanup.model.box import BoxedLine
from cleanup.text.widths import measure

# By hand.
_OVER = 0.6
"""Share of the smaller box that lies in the other."""
_ALIKE = 75.0
"""Likeness of the shorter text to a part of the longer, of 100."""
_WINDOW, _MOST = 60, 200_000
"""Boxes below that one is compared with, and comparisons of a page: bound the time."""
_LOOSE = 2
"""Characters of the one that may stand between its edge and what both say …"""
_OFF = 1.2
"""… and by how many ems what both say may be narrower or wider than what their boxes share."""


def repeats(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> tuple[list[Part], list[Part]]:
    """The parts that stay, and those that say again what another says: of two, the shorter or the less sure,
    and the edge of a line where only that is said again."""
    again = _whole(parts, lines)
    some = _from_top(without(list(parts), again))
    for index, other in _pairs(some):
        left, right = sorted((index, other), key=lambda at: some[at].x0)
        if (cuts := _at_edge(some[left], some[right], lines)) is not None:
            some[left], some[right], edge = cuts
            again.append(edge)
    return some, again


def _from_top(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (part.y0, part.x0, part.line, part.start))


def _pairs(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Of parts from the top, the indices of each two whose boxes share something, in their order."""
    x0, y0, x1, y1 = np.array([(part.x0, part.y0, part.x1, part.y1) for part in parts]).reshape(-1, 4).T
    found: list[tuple[int, int]] = []
    for step in range(1, min(_WINDOW, len(parts) - 1) + 1):
        both = np.minimum(x1[:-step], x1[step:]) > np.maximum(x0[:-step], x0[step:])
        at = np.flatnonzero(both & (y0[step:] < y1[:-step]))
        found += zip(at.tolist(), (at + step).tolist(), strict=True)
        if len(found) > _MOST:
            break
    return iter(sorted(found)[:_MOST])


def _at_edge(one: Part, two: Part, lines: Sequence[BoxedLine]) -> tuple[Part, Part, Part] | None:
    """Two parts of a row whose boxes lie over one another, and the edge of the one that the other says too;
    None where it does not."""
    both = one.x1 - two.x0
    size = min(one.size, two.size)
    level = abs(one.middle - two.middle) < 0.5 * min(one.y1 - one.y0, two.y1 - two.y0)
    if one.line == two.line or not level or both < 0.6 * size or two.x1 < one.x1 or two.x0 < one.x0:
        return None
    first, second = _text(one, lines), _text(two, lines)
    end, begin = len(first.rstrip()), len(second) - len(second.lstrip())
    for count in range(min(end, len(second) - begin) - 1, 0, -1):
        said = first[end - count : end]
        for loose in range(_LOOSE + 1):
            at, here = begin + loose, end - loose - count
            is_before = said == second[at : at + count]  # two goes on before what both say
            is_behind = here > 0 and first[here : here + count] == second[begin : begin + count]
            if not (is_before or is_behind):
                continue
            if abs(measure(said) * size + loose * size - both) > _OFF * size:
                continue
            if is_before:
                left, edge = cut(one, lines[one.line].text, one.start + end - count, two.x0, two.x0)
                return left, two, edge
            edge, right = cut(two, lines[two.line].text, two.start + begin + count, one.x1, one.x1)
            return one, right, edge
    return None


def _whole(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> list[Part]:
    """The parts of which nothing is left."""
    some = _from_top(parts)
    gone: set[int] = set()
    found: list[Part] = []
    for index, other in _pairs(some):
        one, two = some[index], some[other]
        if index in gone or other in gone or two.line == one.line or not _over(one, two):
            continue
        if fuzz.partial_ratio(_text(one, lines), _text(two, lines)) < _ALIKE:
            continue
        worse = min((one, two), key=lambda part: (part.end - part.start, _sure(part, lines), -part.line))
        if _within(worse, two if worse is one else one):
            gone.add(index if worse is one else other)
            found.append(worse)
    return found


def _over(one: Part, two: Part) -> bool:
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    high = min(one.y1, two.y1) - max(one.y0, two.y0)
    least = min(one.width * (one.y1 - one.y0), two.width * (two.y1 - two.y0))
    return wide * high >= _OVER * least


def _within(one: Part, two: Part) -> bool:
    """Whether a part reaches nowhere beyond another, so that it has nothing of its own."""
    slip = 0.5 * min(one.y1 - one.y0, two.y1 - two.y0)
    return one.x0 > two.x0 - slip and one.x1 < two.x1 + slip


def _text(part: Part, lines: Sequence[BoxedLine]) -> str:
    return lines[part.line].text[part.start : part.end]


def _sure(part: Part, lines: Sequence[BoxedLine]) -> float:
    return lines[part.line].confidence or 0.0
