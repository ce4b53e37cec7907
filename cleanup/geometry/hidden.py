"""Boxes over a gutter that hold a line of both columns: by their words, or by how wide their text is."""

from __future__ import annotations

from bisect import bisect_left
from statistics import median

from cleanup.geometry.lists import between, count_rows
from cleanup.geometry.parts import Part

SLIP = 1.5
"""In ems: what reaches less far into a column is a slip of its box (by hand)."""


def opened(part: Part, x: float, reach: float) -> tuple[Part, Part] | None:
    """The halves of a line whose words leave a hole at a place."""
    for hole in part.holes:
        if hole.x0 < x + reach / 2 and hole.x1 > x - reach / 2:
            share = (hole.x0 - part.x0) / max(1e-6, part.width - (hole.x1 - hole.x0))
            left = part.between(part.x0, hole.x0, part.units * share)
            return left, part.between(hole.x1, part.x1, part.units * (1 - share))
    return None


def hidden_lines(
    across: list[Part], lefts: list[Part], rights: list[Part], column: tuple[float, float], em: float
) -> list[Part]:
    """Parts that stand across and are a line of each column in one box."""
    left, right = column
    gap = max(0.0, right - left)
    by_left = [part for part in lefts if part.x1 > left - 3 * em and part.units >= 3]
    by_right = [part for part in rights if part.x0 < right + 3 * em and part.units >= 3]
    if not by_left or not by_right:
        return []
    begins = sorted(part.x0 for part in by_left)
    first, last = begins[0] - 1.5 * em, max(part.x1 for part in by_right) + 1.5 * em
    by_left = [part for part in lefts if part.x0 >= first and part.units >= 3]
    likely = []
    for part in across:
        if not 0.7 * em <= part.size <= 1.45 * em or part.crosswise:
            continue
        if part.x1 - right < SLIP * em or left - part.x0 < SLIP * em:
            continue
        at = bisect_left(begins, part.x0 - 2.6 * em)
        if first <= part.x0 and part.x1 <= last and begins[at : at + 1] and begins[at] <= part.x0 + 2.6 * em:
            likely.append(part)
    found = []
    often = min(count_rows(by_left), count_rows(by_right)) >= 2 * len(likely)
    for run in _runs(likely, em):
        reach = 1.9 * max(run[0].y1 - run[0].y0, em)
        one = between(by_left, run[0].middle - reach, run[-1].middle + reach)
        two = between(by_right, run[0].middle - reach, run[-1].middle + reach)
        pitch = median([other.size for other in (*one, *two)] or [em])
        more = median(part.width - part.units * pitch for part in run)
        width = run[0].width
        beside = bool(one) + bool(two) if len(run) < 3 or often else 0
        least = {2: -0.08 * width, 1: 0.1 * gap, 0: 0.35 * gap}[beside]
        if least <= more <= 2 * gap + 0.12 * width + 2 * em:
            found += run
    return found


def _runs(parts: list[Part], em: float) -> list[list[Part]]:
    """Parts that follow one another line by line."""
    found: list[list[Part]] = []
    for part in parts:
        if found and part.middle - found[-1][-1].middle < 1.9 * max(part.y1 - part.y0, em):
            found[-1].append(part)
        else:
            found.append([part])
    return found
