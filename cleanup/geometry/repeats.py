"""Lines that an engine gives twice: boxes that lie over one another and say the same."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from cleanup.geometry.parts import Part
from cleanup.model.box import BoxedLine

# By hand.
_OVER = 0.6
"""Share of the smaller box that lies in the other."""
_ALIKE = 75.0
"""Likeness of the shorter text to a part of the longer, of 100."""
_WINDOW = 60
"""Boxes below that one is compared with: bounds the time."""


def repeats(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> list[Part]:
    """The parts that say again what another says; of two, the shorter text or the less sure goes."""
    some = sorted(parts, key=lambda part: (part.y0, part.x0, part.line, part.start))
    gone: set[tuple[int, int]] = set()
    found: list[Part] = []
    for index, one in enumerate(some):
        if (one.line, one.start) in gone:
            continue
        for two in some[index + 1 : index + 1 + _WINDOW]:
            if two.y0 >= one.y1:
                break
            if (two.line, two.start) in gone or two.line == one.line or not _over(one, two):
                continue
            first, second = _text(one, lines), _text(two, lines)
            if fuzz.partial_ratio(first, second) < _ALIKE:
                continue
            worse = min((one, two), key=lambda part: (part.end - part.start, _sure(part, lines), -part.line))
            if not _within(worse, two if worse is one else one):
                continue
            gone.add((worse.line, worse.start))
            found.append(worse)
            if worse is one:
                break
    return found


def _over(one: Part, two: Part) -> bool:
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    high = min(one.y1, two.y1) - max(one.y0, two.y0)
    if wide <= 0 or high <= 0:
        return False
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
