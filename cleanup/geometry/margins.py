"""Page furniture by place: what stands at the head or the foot of a page and is no text of it.

A short row over or under everything else is furniture where it holds what running heads are made of (paper,
date, number of the page, credits), or where its parts stand far apart with a number among them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleanup.geometry.parts import Part
from cleanup.model.box import BoxedLine
from cleanup.text.page_edges import is_head, is_number, is_prose, kinds, weight
from cleanup.text.scripts import is_han

# All by hand.
_ROWS = 3
"""Rows of furniture that a page has at its head or its foot, at the most."""
_SMALL = 1.35
"""In ems of the page's text: furniture is not set bigger …"""
_TOLD, _BIG_NUMBER = 2.0, 2.2
"""… but for one whose words tell it, and for a number."""
_LONG = 22.0
"""Characters of a part beside proven furniture, at the most."""
_APART = 4.0
"""Ems of white between the parts of a running head."""
_NEAR, _FREE = 1.6, 2.0
"""Ems from furniture to the text, from middle to middle: where its words tell it, and where little does."""
_LISTED = 3
"""Numbers under one another that are a list."""
_STROKES = frozenset("一二三口十")


@dataclass(frozen=True, slots=True)
class Spot:
    """A part as it stands on the page as scanned."""

    part: Part
    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def margins(
    parts: Sequence[Part], lines: Sequence[BoxedLine], em: float, vertical: bool
) -> tuple[list[Part], list[Part]]:
    """The furniture at the head and at the foot."""
    spots = [spot for part in parts if not _is_speck(spot := _spot(part, lines, vertical))]
    parts = [spot.part for spot in spots] or parts
    if vertical:
        spots = [spot for spot in spots if spot.part.crosswise or len(spot.text) < 4]
    spots = _without_lists(spots, em)
    spots.sort(key=lambda spot: (spot.middle, spot.left))
    edge = [_edge(parts, vertical, low) for low in (False, True)]
    head = _peeled(spots, em, edge[0], 1)
    taken = {(part.line, part.start) for part in head}
    rest = [spot for spot in spots if (spot.part.line, spot.part.start) not in taken]
    foot = _peeled(rest[::-1], em, edge[1], -1)
    if len(head) + len(foot) == len(parts):
        return [], []
    return head, foot[::-1]


def _without_lists(spots: list[Spot], em: float) -> list[Spot]:
    """Without the rows whose numbers stand one under another: of tables and contents, also the outermost."""
    numbers = [spot for spot in spots if is_number(spot.text)]
    ends = sorted(spot.right for spot in numbers)
    heights = sorted(spot.middle for spot in numbers if _within(ends, spot.right, em) >= _LISTED)
    return [spot for spot in spots if not _within(heights, spot.middle, 0.5 * em)]


def _within(values: list[float], value: float, reach: float) -> int:
    """How many of these, in order, are so near a value."""
    return bisect_left(values, value + reach) - bisect_left(values, value - reach)


def _spot(part: Part, lines: Sequence[BoxedLine], vertical: bool) -> Spot:
    text = lines[part.line].text[part.start : part.end].strip()
    if vertical:
        return Spot(part, -part.y1, part.x0, -part.y0, part.x1, text)
    return Spot(part, part.x0, part.y0, part.x1, part.y1, text)


def _is_speck(spot: Spot) -> bool:
    """Whether it is what engines read out of dirt: one or two marks, strokes or letters, no figure."""
    marks = [char for char in spot.text if char not in _STROKES]
    return len(spot.text) <= 2 and not any(char.isdigit() or is_han(char) for char in marks)


def _edge(parts: Sequence[Part], vertical: bool, low: bool) -> float:
    """The height of the outermost print at the head or the foot."""
    if vertical:
        return max(part.x1 for part in parts) if low else min(part.x0 for part in parts)
    return max(part.y1 for part in parts) if low else min(part.y0 for part in parts)


def _peeled(spots: list[Spot], em: float, edge: float, step: int) -> list[Part]:
    """Furniture from one end of the page inwards, as far as row after row is furniture."""
    found: list[Part] = []
    at = 0
    for _ in range(_ROWS):
        row: list[Spot] = []
        while at < len(spots) and (not row or abs(spots[at].middle - row[0].middle) < 0.7 * em):
            row.append(spots[at])
            at += 1
        if not row:
            break
        outer = row[0].top if step > 0 else row[0].bottom
        if abs(outer - edge) > 2.5 * em:
            break
        rest = spots[at:]
        white = min((abs(spot.middle - row[0].middle) for spot in rest), default=1e9) / em
        taken = _furniture(row, em, white)
        if not taken:
            break
        found += [spot.part for spot in sorted(taken, key=lambda spot: spot.left)]
        edge = row[0].bottom if step > 0 else row[0].top
        if len(taken) < len(row):
            break
    return found


def _furniture(row: list[Spot], em: float, white: float) -> list[Spot]:
    """The spots of a row that are furniture; `white` in ems from the row's middle to the next's."""
    texts = [spot.text for spot in sorted(row, key=lambda spot: spot.left)]
    whole = max(weight("  ".join(texts)), weight("".join(texts)))
    if white > _FREE and len(row) == 1 and row[0].part.size <= _SMALL * em and is_head(texts[0]):
        return row
    most = _TOLD if whole >= 3 else _SMALL
    small = [spot for spot in row if spot.part.size <= most * em or _is_number(spot, em)]
    told = [spot for spot in small if weight(spot.text) >= 2 or (_is_number(spot, em) and white > _NEAR)]
    strong = sum(weight(spot.text) for spot in told) >= 3 or whole >= 3
    numbers = [spot for spot in small if is_number(spot.text)]
    told_kinds = _kinds([*texts, "  ".join(texts), "".join(texts)])
    if told_kinds and told_kinds <= {"date", "weekday"} and not numbers:
        return []  # it dates a text
    if not told and not strong and not (numbers and len(row) > 1):
        return []
    if len(row) == 1:
        return told if strong or white > _NEAR else []
    short = all(spot.part.units <= _LONG for spot in small)
    prose = any(weight(spot.text) < 2 and is_prose(spot.text) for spot in row)
    apart = white > _NEAR and not prose and _are_apart(row, em)
    if len(small) == len(row) and short and (apart or strong):
        return row
    return told if strong or white > _NEAR else []


def _is_number(spot: Spot, em: float) -> bool:
    return is_number(spot.text) and spot.part.size <= _BIG_NUMBER * em


def _kinds(texts: list[str]) -> set[str]:
    """What texts hold of all that running heads are made of."""
    return {kind for text in texts for kind in kinds(text)}


def _are_apart(row: list[Spot], em: float) -> bool:
    some = sorted(row, key=lambda spot: spot.left)
    return all(two.left - one.right > _APART * em for one, two in pairwise(some))
