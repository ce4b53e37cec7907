"""How wide the column is that lines of prose are wrapped to.

It is as wide as its longer lines are, where they break off in mid-sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cleanup.text.cues import Look

_OPEN = 0.45
"""Share of wrapped lines that end inside a sentence, at the least."""
_NARROWEST, WIDEST = 7.0, 130.0
_FEW, _BRIEF = 4, 14.0
"""Fewer lines than this tell a width only where they are as long as the second, and all but the last end
open."""
EVEN = 3.0
"""Characters by which full lines of one paragraph differ at the most, its indent with it."""
_TITLE = 0.65
"""Share of the width up to which a line without a mark may be a title above."""


def typical(sizes: Sequence[float]) -> float:
    """The width that a quarter of lines reach."""
    return sorted(sizes)[int(len(sizes) * 0.75)]


def width_of(looks: Sequence[Look], briefs: bool) -> float:
    """The width of the column that these lines stand in; 0 where they are not wrapped.

    `briefs`: two or three lines may tell it as well.
    """
    if len(looks) < _FEW:
        return _brief(looks) if briefs else 0.0
    sizes = [look.size for look in looks]
    width = typical(sizes)
    if not _NARROWEST <= width <= WIDEST:
        return 0.0
    full = [look for look in looks if look.size >= 0.85 * width]
    wide = sum(look.size > 1.3 * width + 2 for look in looks)
    broken = sum([look.cut for look in full])
    if sum(look.open for look in looks) < _OPEN * len(looks):
        return 0.0  # a line is a sentence
    if broken < max(3, 0.4 * len(full)) or len(full) < 0.35 * len(looks) or wide > 0.2 * len(looks):
        return 0.0
    return width


def _brief(looks: Sequence[Look]) -> float:
    """The width of a paragraph of two or three lines: all but the last are full and end in mid-sentence."""
    if len(looks) < 2:
        return 0.0
    width = max(look.size for look in looks)
    above = looks[:-1]
    wrapped = all(look.open and look.size >= 0.85 * width for look in above) and any(
        look.prose for look in above
    )
    return width if wrapped and _BRIEF <= width <= WIDEST else 0.0


def own_width(
    looks: Sequence[Look], fit: Collection[int], barred: Collection[int], at: int, briefs: bool
) -> float:
    """The width of the few lines of prose around a break, between lines of other kinds: those that end in
    mid-sentence are equally long but for an indent, none is longer, the last is over; 0 where they
    tell none. Lines behind which something bars a join are over as well.
    """
    if not briefs or at not in fit or at + 1 not in fit or not looks[at].open:
        return 0.0
    first = last = at
    while first - 1 in fit:
        first -= 1
    while last + 1 in fit:
        last += 1
    around = looks[first : last + 1]
    width = max(look.size for look in around)
    broken = [
        look
        for place, look in enumerate(around, first)
        if look.open and place not in barred and place < last and (look.inner or look.size > _TITLE * width)
    ]
    told = sum(look.inner and look.prose and look.cut for look in broken)
    even = all(look.size >= width - max(EVEN, 0.06 * width) for look in broken)
    end = looks[last]
    over = last in barred or end.size < width - EVEN
    if (
        len(broken) < 2
        or told < 1 + end.open
        or not even
        or not (over or not end.open)
        or not _BRIEF <= width <= WIDEST
    ):
        return 0.0
    return width
