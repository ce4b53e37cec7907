"""Two pages on one scan parted where the fold is, so that each is read for itself."""

from __future__ import annotations

from collections.abc import Sequence

from cleanup.geometry.gutters import gutters
from cleanup.geometry.lists import em_of
from cleanup.geometry.parts import Part

# By hand.
_WIDE = 1.1
"""Width over height of the print from which it may be two pages."""
_MIDDLE = (0.38, 0.62)
"""Where the fold is, as a share of the width."""
_FOLD = 2.5
"""Ems of white at the fold."""


def pages(parts: Sequence[Part], vertical: bool) -> list[list[Part]]:
    """One page's parts, or those of two in the order in which they are read."""
    some = list(parts)
    if len(some) < 8:
        return [some]
    left, right = min(part.x0 for part in some), max(part.x1 for part in some)
    top, bottom = min(part.y0 for part in some), max(part.y1 for part in some)
    em = em_of(some)
    if vertical:  # the right page is above in the turned frame
        if bottom - top < _WIDE * (right - left):
            return [some]
        fold = _band(some, top, bottom, em)
        return [some] if fold is None else _parted(some, [part.middle > fold for part in some])
    if right - left < _WIDE * (bottom - top):
        return [some]
    for gutter in gutters(some, em):
        share = (gutter.x - left) / (right - left)
        white = gutter.right - gutter.left
        if gutter.full and not gutter.over and _MIDDLE[0] < share < _MIDDLE[1] and white > _FOLD * em:
            return _parted(some, [part.x0 + part.x1 > 2 * gutter.x for part in some])
    return [some]


def _parted(parts: list[Part], later: list[bool]) -> list[list[Part]]:
    one = [part for part, is_later in zip(parts, later, strict=True) if not is_later]
    two = [part for part, is_later in zip(parts, later, strict=True) if is_later]
    return [one, two] if one and two else [parts]


def _band(parts: list[Part], top: float, bottom: float, em: float) -> float | None:
    """The middle of the widest white band near the middle of a vertical page."""
    reach, best, found = top, _FOLD * em, None
    for part in sorted(parts, key=lambda one: one.y0):
        share = ((reach + part.y0) / 2 - top) / (bottom - top)
        if part.y0 - reach > best and _MIDDLE[0] < share < _MIDDLE[1]:
            best, found = part.y0 - reach, (reach + part.y0) / 2
        reach = max(reach, part.y1)
    return found
