"""Page furniture by place: what stands at the head or the foot of a page and is no text of it.

A short row over or under everything else is furniture where it holds what running heads are made of (paper,
date, number of the page, credits), or where its parts stand far apart with a number among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleanup.geometry.parts import Part
from cleanup.model.box import BoxedLine
from cleanup.text import folios
from cleanup.text.patterns import re_pattern

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
_NAME = 14
"""Characters of a journal's name beside its issue, at the most."""
_ISSUE = re_pattern(
    r"(?:19|20)\d\d ?年?[ .·]?第? ?\d{1,3} ?[期号]|[总總]第? ?\d{1,4} ?期|[第共] ?\d{1,4} ?[页頁]"
)
"""The issue of a journal, the number of a leaf: furniture at a page's edge, whatever they are in a text."""


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
    spots = [_spot(part, lines, vertical) for part in parts]
    if vertical:
        spots = [spot for spot in spots if spot.part.crosswise or len(spot.text) < 4]
    spots.sort(key=lambda spot: (spot.middle, spot.left))
    edge = [_edge(parts, vertical, low) for low in (False, True)]
    head = _peeled(spots, em, edge[0], 1)
    taken = {(part.line, part.start) for part in head}
    rest = [spot for spot in spots if (spot.part.line, spot.part.start) not in taken]
    foot = _peeled(rest[::-1], em, edge[1], -1)
    if len(head) + len(foot) == len(parts):
        return [], []
    return head, foot[::-1]


def _spot(part: Part, lines: Sequence[BoxedLine], vertical: bool) -> Spot:
    text = lines[part.line].text[part.start : part.end].strip()
    if vertical:
        return Spot(part, -part.y1, part.x0, -part.y0, part.x1, text)
    return Spot(part, part.x0, part.y0, part.x1, part.y1, text)


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
    whole = max(_weight("  ".join(texts)), _weight("".join(texts)))
    most = _TOLD if whole >= 3 else _SMALL
    small = [spot for spot in row if spot.part.size <= most * em or _is_number(spot, em)]
    told = [spot for spot in small if _weight(spot.text) >= 2 or (_is_number(spot, em) and white > 1.6)]
    strong = sum(_weight(spot.text) for spot in told) >= 3 or whole >= 3
    numbers = [spot for spot in small if folios.folio_number(spot.text) is not None]
    if _kinds([*texts, "  ".join(texts), "".join(texts)]) == {"date"} and not numbers:
        return []  # it dates a text
    if not told and not strong and not (numbers and len(row) > 1):
        return []
    if len(row) == 1:
        return told if strong or white > 1.6 else []
    short = all(spot.part.units <= _LONG for spot in small)
    if len(small) == len(row) and short and (_are_apart(row, em) or strong):
        return row
    return told if strong or white > 1.6 else []


def _is_number(spot: Spot, em: float) -> bool:
    return folios.folio_number(spot.text) is not None and spot.part.size <= _BIG_NUMBER * em


def _weight(text: str) -> float:
    """How much a text speaks for furniture; 0 where it holds other things as well."""
    rest, issues = _ISSUE.subn(" ", text)
    if not issues:
        folio = folios.alone(text)
        return 0.0 if folio is None else folio.weight
    rest = rest.strip()
    folio = folios.alone(rest) if rest else None
    if folio is not None:
        return 2.0 + folio.weight
    return 2.0 if len(rest) <= _NAME and not any(mark in rest for mark in "，。；：？！") else 0.0


def _kinds(texts: list[str]) -> set[str]:
    """What texts hold of all that running heads are made of."""
    read = map(folios.alone, texts)
    return {kind for folio in read if folio for kind, _ in folio.facts}


def _are_apart(row: list[Spot], em: float) -> bool:
    some = sorted(row, key=lambda spot: spot.left)
    return all(two.left - one.right > _APART * em for one, two in pairwise(some))
