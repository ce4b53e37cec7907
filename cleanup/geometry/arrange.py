"""The order of a page's parts: regions cut along gutters and across bands, as they nest.

Where a region can be cut both ways, both orders are made, and the one whose columns go on better in one
another is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from cleanup.geometry.column import Column
from cleanup.geometry.flow import flow
from cleanup.geometry.gutters import Gutter, gutters
from cleanup.geometry.lists import MIDDLE, em_of
from cleanup.geometry.parting import parted
from cleanup.geometry.parts import Part, Place
from cleanup.model.box import BoxedPage

_DEEPEST = 40
_HEADED, _BIG, _ACROSS = 1.0, 1.3, 2.0
"""Bits for a cut under a headline that stands alone, set so much bigger than the text, and against others;
bits against a cut across columns where there is white alone (by hand)."""
_BEHEADED, _LEVEL = 8.0, 2.0
"""Bits against a cut that takes the headlines of articles side by side off their columns; so many of their
sizes their feet differ by, at the most."""
_KICKER = 3.5
"""In ems: a kicker stands no farther above its headline (by hand)."""
_ENOUGH, _MANY, _PARTED = 3, 8, 0.88
"""Gaps between rows that tell what is usual: their middle; from so many on that above this share of them, for
blank lines may part paragraphs (by hand)."""
_BEGUN, _SOME, _BESIDE = 1.0, 0.1, 4.0
"""Bits for a cut over a headline, along white so many ems wider than usual; so far from a region one that
runs across may stand (by hand)."""
_RULED, _OVER = 8.0, 0.8
"""Bits for a cut along a printed rule, over so much of its length (by hand)."""
_CLOSE = 0.8
"""Orders whose flow differs by less are nearly as good."""


@dataclass
class Arranging:
    """What the cutting of one page keeps beside."""

    page: BoxedPage
    rules: Sequence[Place] = ()
    """Where the engine says that rules are printed."""
    heads: Sequence[Place] = ()
    """Where headlines stand that run across."""
    tries: int = 64
    """Regions that may still be cut both ways …"""
    looks: int = 30_000
    """… and parts that may still be looked at: bound the time."""
    doubts: list[Part] = field(default_factory=list)
    """First parts of regions whose other order was nearly as good."""
    known: dict[tuple[tuple[int, float, float], ...], list[Column]] = field(default_factory=dict)
    """The columns of regions that were met before: ways of cutting often come to the same."""

    def columns(self, parts: list[Part], depth: int = 0) -> list[Column]:
        """The columns of a region in the order in which they are read."""
        if not parts:
            return []
        key = tuple((part.line, part.x0, part.x1) for part in parts)
        if key not in self.known:
            self.known[key] = self._columns(parts, depth)
        return self.known[key]

    def _columns(self, parts: list[Part], depth: int) -> list[Column]:
        self.looks -= len(parts)
        if len(parts) < 3 or depth > _DEEPEST or self.looks < 0:
            return [Column(parts, self.page.lines)]
        em = em_of(parts)
        found = gutters(parts, em)
        full = [gutter for gutter in found if gutter.full]
        heads = _bands(parts, [gutter for gutter in found if not gutter.full], em)
        ways: list[tuple[float, Callable[[], list[Column]]]] = []
        if full:
            bonus = _RULED if _are_ruled(parts, full, self.rules, em) else 0.0
            ways.append((bonus, lambda: self._beside(parts, full, depth)))
        if heads:
            bonus = _HEADED if _is_headed(parts, heads) else -_HEADED
            bonus -= _BEHEADED if _are_beheaded(parts, heads, full, em) else 0.0
            ways.append((bonus, lambda: self._below(parts, heads, depth)))
        wide = _wide_bands(parts, full, em) if full and self.tries > 0 else []
        if wide and wide != heads:
            bonus = _HEADED if _is_headed(parts, wide) else -_ACROSS
            bonus -= _BEHEADED if _are_beheaded(parts, wide, full, em) else 0.0
            ways.append((bonus, lambda: self._below(parts, wide, depth)))
        if full and self.tries > 0 and (begun := _begun_bands(parts, full, self.heads, em)) and begun != wide:
            ways.append((_BEGUN, lambda: self._below(parts, begun, depth)))
        if full and self.tries > 0 and (ruled := _ruled_bands(parts, self.rules, em)):
            ways.append((_RULED, lambda: self._below(parts, ruled, depth)))
        if not ways:
            return [Column(parts, self.page.lines)]
        if len(ways) == 1 or self.tries <= 0:
            return ways[0][1]()
        self.tries -= 1
        made = [(bonus, way()) for bonus, way in ways]
        good = [(bonus + flow(columns), columns) for bonus, columns in made]
        good.sort(key=lambda one: -one[0])
        if good[0][0] - good[1][0] < _CLOSE:
            self.doubts.append(good[0][1][0].parts[0])
        return good[0][1]

    def _beside(self, parts: list[Part], full: list[Gutter], depth: int) -> list[Column]:
        """Strips between gutters, from left to right."""
        for gutter in full:
            parts = self._split(parts, gutter)
        return [column for strip in _strips(parts, full) for column in self.columns(strip, depth + 1)]

    def _split(self, parts: list[Part], gutter: Gutter) -> list[Part]:
        hidden = set(gutter.over)
        kept: list[Part] = []
        for part in parts:
            if part not in hidden:
                # an earlier gutter may have cut it
                wide = part.x0 < gutter.left - 1.2 * part.size and part.x1 > gutter.right + 1.2 * part.size
                if not (wide and any(part.line == other.line for other in hidden)):
                    kept.append(part)
                    continue
            halves = parted(part, gutter, self.page.lines[part.line])
            kept += halves or (part,)
        return kept

    def _below(self, parts: list[Part], cuts: list[float], depth: int) -> list[Column]:
        """Bands between cuts, from the top."""
        bands: list[list[Part]] = [[] for _ in range(len(cuts) + 1)]
        for part in parts:
            bands[sum(part.middle > cut for cut in cuts)].append(part)
        return [column for band in bands if band for column in self.columns(band, depth + 1)]


def _is_headed(parts: list[Part], cuts: list[float]) -> bool:
    """Whether nothing but a headline, set bigger than what follows, stands above the first cut."""
    if not cuts:
        return False
    above = [part for part in parts if part.middle < cuts[0]]
    below = [part for part in parts if part.middle >= cuts[0]]
    if not above or not below or len(above) > 4:
        return False
    heads = sorted(above, key=lambda part: part.middle)
    alone = all(two.middle - one.middle > 0.5 * (one.y1 - one.y0) for one, two in pairwise(heads))
    return alone and min(part.size for part in above) > _BIG * em_of(below)


def _are_beheaded(parts: list[Part], cuts: list[float], full: list[Gutter], em: float) -> bool:
    """Whether a cut goes under headlines that stand beside one another, with a gutter between them."""
    for cut in cuts:
        above = [part for part in parts if part.middle < cut]
        foot = max((part.y1 for part in above), default=0.0)
        last = [max(strip, key=MIDDLE) for strip in _strips(above, full)] if above else []
        heads = [part for part in last if part.size > _BIG * em and foot - part.y1 < _LEVEL * part.size]
        if any(not _are_one_line(one, two) for one, two in pairwise(heads)):
            return True
    return False


def _are_one_line(one: Part, two: Part) -> bool:
    """Whether two big parts, from left to right, may be pieces of one headline."""
    size = min(one.size, two.size)
    return abs(one.middle - two.middle) < 0.3 * size and two.x0 - one.x1 < 2.5 * size


def _bands(parts: list[Part], some: list[Gutter], em: float) -> list[float]:
    """Heights at which the longest stretch of a gutter begins and ends, where no part stands there."""
    if not some:
        return []
    rows = sorted((part.middle, 0.25 * (part.y1 - part.y0)) for part in parts)
    middles = [middle for middle, _ in rows]
    lowest = list(accumulate((middle + core for middle, core in rows), max))
    highest = list(accumulate((middle - core for middle, core in reversed(rows)), min))[::-1]
    for gutter in sorted(some, key=lambda one: one.top - one.bottom):
        cuts = []
        for spot in (gutter.top, gutter.bottom):
            at = bisect_left(middles, spot)
            if not 0 < at < len(rows) or highest[at] <= lowest[at - 1]:
                continue
            white = highest[at] - lowest[at - 1]
            if spot == gutter.bottom:  # a kicker stands over the headline, across no gutter
                for up in range(at - 1, max(0, at - 3), -1):
                    if middles[up] < spot - _KICKER * em:
                        break
                    if highest[up] - lowest[up - 1] > white + 0.3 * em:
                        at, white = up, highest[up] - lowest[up - 1]
            cuts.append((highest[at] + lowest[at - 1]) / 2)
        if cuts:
            return cuts
    return []


def _wide_bands(parts: list[Part], full: list[Gutter], em: float) -> list[float]:
    """White bands over the whole region that are wider than those between the lines of its columns, and
    between its paragraphs where blank lines part them."""
    inner = sorted(gap for strip in _strips(parts, full) for gap, _ in _whites(strip))
    if not inner:
        return []
    usual = inner[len(inner) // 2 if len(inner) < _MANY else int(_PARTED * len(inner))]
    return [
        at
        for gap, at in _whites(parts)
        if gap > usual + 0.3 * em and (len(inner) >= _ENOUGH or gap > 1.3 * em)
    ]


def _begun_bands(parts: list[Part], full: list[Gutter], heads: Sequence[Place], em: float) -> list[float]:
    """White bands over the whole region right under which an article begins: with a headline in its first
    column, or one of `heads`, which run across."""
    first = sorted(_strips(parts, full)[0], key=MIDDLE)
    middles = [part.middle for part in first]
    left, right = min(part.x0 for part in parts), max(part.x1 for part in parts)
    tops = [y0 for x0, y0, x1, _ in heads if x1 > left - _BESIDE * em and x0 < right + _BESIDE * em]
    inner = sorted(gap for strip in _strips(parts, full) for gap, _ in _whites(strip))
    usual = inner[len(inner) // 2] if inner else 0.0
    found: list[float] = []
    best: dict[int, tuple[float, float]] = {}
    for gap, at in _whites(parts):
        below = bisect_left(middles, at)
        for kicker, part in enumerate(first[below : below + 2]):
            if (
                part.size > _BIG * em
                and part.units >= 2
                and part.y0 - at < _KICKER * em
                and gap > usual + _SOME * em
            ):
                weight = gap - 0.3 * em * kicker
                best[below + kicker] = max(best.get(below + kicker, (0.0, 0.0)), (weight, at))
        if gap > usual + 0.3 * em and any(abs(top - at) < 1.5 * em for top in tops):
            found.append(at)
    return sorted({*found, *(at for _, at in best.values())})


def _ruled_bands(parts: list[Part], rules: Sequence[Place], em: float) -> list[float]:
    """Heights of rules that are printed over nearly the whole width of a region, between its rows."""
    if not rules:
        return []
    left, right = min(part.x0 for part in parts), max(part.x1 for part in parts)
    found = []
    for x0, y0, x1, y1 in rules:
        at = (y0 + y1) / 2
        if y1 - y0 < em and min(x1, right) - max(x0, left) > _OVER * (right - left):
            above = any(part.middle < at for part in parts)
            below = any(part.middle > at for part in parts)
            across = any(part.y0 + 0.2 * part.size < at < part.y1 - 0.2 * part.size for part in parts)
            if above and below and not across:
                found.append(at)
    return sorted(found)


def _are_ruled(parts: list[Part], full: list[Gutter], rules: Sequence[Place], em: float) -> bool:
    """Whether a rule is printed in one of the gutters, along most of it."""
    if not rules:
        return False
    top, bottom = min(part.y0 for part in parts), max(part.y1 for part in parts)
    return any(
        gutter.left - em < (x0 + x1) / 2 < gutter.right + em
        and x1 - x0 < em
        and min(y1, bottom) - max(y0, top) > _OVER * (bottom - top)
        for gutter in full
        for x0, y0, x1, y1 in rules
    )


def _strips(parts: list[Part], full: list[Gutter]) -> list[list[Part]]:
    """Parts between gutters, from left to right."""
    edges = [gutter.x for gutter in full]
    strips: list[list[Part]] = [[] for _ in range(len(edges) + 1)]
    for part in parts:
        middle = (part.x0 + part.x1) / 2
        strips[sum(middle > edge for edge in edges)].append(part)
    return [strip for strip in strips if strip]


def _whites(parts: list[Part]) -> list[tuple[float, float]]:
    """(height, middle) of the white between rows, from the top."""
    rows = sorted(
        (part.y0 + 0.1 * (part.y1 - part.y0), part.y1 - 0.1 * (part.y1 - part.y0)) for part in parts
    )
    found: list[tuple[float, float]] = []
    reach = rows[0][1]
    for y0, y1 in rows[1:]:
        if y0 > reach:
            found.append((y0 - reach, (y0 + reach) / 2))
        reach = max(reach, y1)
    return found
