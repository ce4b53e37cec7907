"""How often each rule was right where it was measured: counts that `python -m bench precision` wrote."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from cleanup.data import files
from cleanup.text.once import once

TABLE = "precision.tsv"
Z = 1.959964
"""Two-sided 95 %."""


class Rate(NamedTuple):
    """How many of `total` were right, with the 95 % interval of the true share."""

    right: int
    total: int
    low: float
    high: float


class Measured(NamedTuple):
    """What a rule did on texts whose truth is known; what was as wrong before as after is left out."""

    made: Rate
    """Changes on the sets of the benchmark."""
    suggested: Rate
    """What it only suggested there, each as if it had been made."""
    damaged: Rate
    """Changes in right texts that were damaged for this rule, where the sets have too little for it."""


def wilson(right: int, total: int) -> Rate:
    """The share `right` of `total` with its Wilson score interval; nothing decided: 0 to 1."""
    if not total:
        return Rate(0, 0, 0.0, 1.0)
    share = right / total
    middle = share + Z * Z / (2 * total)
    reach = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    down = 1 + Z * Z / total
    return Rate(right, total, max(0.0, (middle - reach) / down), min(1.0, (middle + reach) / down))


@once
def table() -> dict[str, Measured]:
    """Rule → what was measured of it; rules of which nothing was, and a user's own, are not in it."""
    found = {}
    for rule, *cells in files.rows(TABLE, 7):
        right, wrong = cells[::2], cells[1::2]
        rates = (wilson(int(one), int(one) + int(two)) for one, two in zip(right, wrong, strict=True))
        found[rule] = Measured(*rates)
    return found
