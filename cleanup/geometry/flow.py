"""How well rows go on in one another in an order.

A row that is full and ends no sentence goes on at one that is not indented; one that is short is followed by
an indented line, a headline, nothing. Rows at the usual distance one under another belong together: a cut
between them tears a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cleanup.geometry.column import Column, Set

# All by hand, in bits.
_STOPS = set("。！？!?…”」』》）)")
_BIG = 1.25
"""Over the text's size: a headline."""
_TURN = 0.8
"""Against every step from column to column: pieces that are no columns agree by chance now and then."""
_CLOSE, _NEAR = 2.5, 1.0
"""Rows up to a quarter, up to six tenths farther from one another than is usual."""


def flow(columns: Sequence[Column]) -> float:
    """Bits in favour of an order, over all its steps from row to row."""
    total = sum(
        joint(one.set[-1], two.set[0], one.rows[-1].size / two.rows[0].size) - _TURN
        for one, two in pairwise(columns)
    )
    for column in columns:
        for (row, one), (below, two) in pairwise(zip(column.rows, column.set, strict=True)):
            total += joint(one, two, row.size / below.size)
            total += _CLOSE if two.leading < 1.25 else _NEAR if two.leading < 1.6 else 0.0
    return total


def joint(last: Set, first: Set, ratio: float) -> float:
    """Bits in favour of one row's being read right after another; `ratio` of their sizes."""
    full = last.short < 1.3
    ends = last.text[-1:] in _STOPS
    if ratio > _BIG:  # below a headline
        return 0.6 if 1.2 < first.indent < 3.5 else -0.4 if first.indent < 0.8 else 0.0
    if ratio < 1 / _BIG:  # a headline comes
        return -1.5 if full and not ends else 0.3
    if full:
        if first.indent < 1.2:
            return 0.5 if ends else 2.0
        return 0.7 if ends else -1.5
    if first.indent < 1.2:
        return -1.5 if ends else -0.5
    return 0.7 if ends else 0.0
