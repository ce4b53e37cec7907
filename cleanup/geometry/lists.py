"""What lists of parts tell: how big their text is, how many rows they are, which lie between two heights."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from cleanup.geometry.parts import Part

MIDDLE = attrgetter("middle")


def em_of(parts: list[Part]) -> float:
    """The size that most of the text is set in."""
    if not parts:
        return 1.0
    some = sorted((part.size, part.units) for part in parts)
    half, seen = sum(units for _, units in some) / 2, 0.0
    for size, units in some:
        seen += units
        if seen >= half:
            return max(size, 1e-6)
    return max(some[-1][0], 1e-6)


def between(parts: list[Part], top: float, bottom: float) -> list[Part]:
    """Of parts by height, those whose middles lie between."""
    return parts[bisect_left(parts, top, key=MIDDLE) : bisect_left(parts, bottom, key=MIDDLE)]


def count_rows(parts: list[Part]) -> int:
    """Parts that stand one under another."""
    count, last = 0, -1e18
    for part in sorted(parts, key=MIDDLE):
        if part.middle - last > 0.6 * (part.y1 - part.y0):
            count += 1
            last = part.middle
    return max(1, count)
