"""How well columns go on in one another in an order.

A column whose last line is full and ends no sentence goes on at a column whose first line is not indented;
one whose last line is short is followed by an indented line, a headline, nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cleanup.geometry.column import Column

_STOPS = set("。！？!?…”』」》）)")
_BIG = 1.25
"""Over the text's size: a headline (by hand)."""


def flow(columns: Sequence[Column]) -> float:
    """Bits in favour of an order, over all its joints."""
    return sum(joint(one, two) for one, two in pairwise(columns))


def joint(one: Column, two: Column) -> float:
    """Bits in favour of one column's being read right after another (by hand)."""
    last, first = one.set[-1], two.set[0]
    low, high = one.rows[-1].size, two.rows[0].size
    full = last.short < 1.3
    ends = last.text[-1:] in _STOPS
    if low > _BIG * high:  # below a headline
        return 0.6 if 1.2 < first.indent < 3.5 else -0.4 if first.indent < 0.8 else 0.0
    if high > _BIG * low:  # a headline comes
        return -1.5 if full and not ends else 0.3
    if full:
        if first.indent < 1.2:
            return 0.5 if ends else 2.0
        return 0.7 if ends else -1.5
    if first.indent < 1.2:
        return -1.5 if ends else -0.5
    return 0.7 if ends else 0.0
