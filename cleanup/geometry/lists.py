"""What lists of parts tell: how big their text is, how many rows they are, which lie between two heights."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from cleanup.geometry.parts import Part

MIDDLE = attrgetter("middle")


def em_of(parts: list[Part]) -> float:
    """The size that most of the text is set in."""
    return max(weighted([(part.size, part.units) for part in parts]), 1e-6) if parts else 1.0


def weighted(some: list[tuple[float, float]]) -> float:
    """The median of values with weights."""
    some = sorted(some)
    half, seen = sum(weight for _, weight in some) / 2, 0.0
    for value, weight in some:
        seen += weight
        if seen >= half:
            return value
    return some[-1][0]


def without(parts: list[Part], gone: list[Part]) -> list[Part]:
    """The parts that are not among those gone."""
    held = {(part.line, part.start) for part in gone}
    return [part for part in parts if (part.line, part.start) not in held]


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
