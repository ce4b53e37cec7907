"""Which ends of jumps belong together: all ways to join them, each as probable as its pairs make it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp
from typing import NamedTuple

HOPELESS = -4.0
"""Log odds below which a pair is not considered."""
MOST_ENDS = 12
"""So many ends are weighed together."""


class Pair(NamedTuple):
    """A part that breaks off, one that may go on from it, and what speaks for that."""

    odds: float
    before: int
    behind: int
    """Indexes of fragments."""
    agree: int
    """How many of the two ends name the other's page."""
    disagree: int
    evidence: tuple[str, ...]


def groups(pairs: Sequence[Pair], least: float = HOPELESS) -> Iterator[list[Pair]]:
    """Pairs that share ends, directly or through others; hopeless ones are left out."""
    left = [pair for pair in pairs if pair.odds > least]
    while left:
        group, befores, behinds = [left[0]], {left[0].before}, {left[0].behind}
        size = 0
        while size < len(group):
            size = len(group)
            group = [pair for pair in left if pair.before in befores or pair.behind in behinds]
            befores, behinds = {pair.before for pair in group}, {pair.behind for pair in group}
        left = [pair for pair in left if pair.before not in befores]
        if len(behinds) > MOST_ENDS:
            yield from groups(group, least + 1.0)
        else:
            yield group


def shares(group: Sequence[Pair]) -> list[float]:
    """For each pair the share of the ways to join the ends that hold it (forward and backward sums)."""
    befores = sorted({pair.before for pair in group})
    bits = {behind: 1 << at for at, behind in enumerate(sorted({pair.behind for pair in group}))}
    steps = [[pair for pair in group if pair.before == before] for before in befores]
    ahead: list[dict[int, float]] = [{0: 1.0}]
    for step in steps:
        sums: dict[int, float] = {}
        for mask, weight in ahead[-1].items():
            sums[mask] = sums.get(mask, 0.0) + weight
            for pair in step:
                if not mask & bits[pair.behind]:
                    new = mask | bits[pair.behind]
                    sums[new] = sums.get(new, 0.0) + weight * exp(pair.odds)
        ahead.append(sums)
    after: dict[int, float] = dict.fromkeys(ahead[-1], 1.0)
    found: dict[Pair, float] = {}
    total = sum(ahead[-1].values())
    for at in range(len(steps) - 1, -1, -1):
        before: dict[int, float] = {}
        for mask, weight in ahead[at].items():
            before[mask] = after[mask]
            for pair in steps[at]:
                if not mask & bits[pair.behind]:
                    part = exp(pair.odds) * after[mask | bits[pair.behind]]
                    before[mask] += part
                    found[pair] = found.get(pair, 0.0) + weight * part / total
        after = before
    return [found[pair] for pair in group]
