"""Boosted trees over named numbers: how likely a line goes on in the next.

A tree asks for one number after another and ends in a leaf; the leaves of all trees add up to the log
odds. The trees are a table (built by dictionaries/build/joins.py from pages with their truth), one row a
node: TREE.NODE, what it asks for, the bar, and the nodes of the same tree that come next: "yes" where the
number is not above the bar. A leaf has nothing but its value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAF = "="
_PART = 4_096
"""So many rows are weighed at a time: what they need in memory stays small."""


class BrokenTrees(Exception):
    """The table does not hold trees over the numbers asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """All nodes in one row; a leaf leads to itself."""

    roots: NDArray[np.int32]
    column: NDArray[np.int32]
    """Which number a node asks for."""
    bar: NDArray[np.float64]
    children: NDArray[np.int32]
    """(nodes, 2): the next node, where the number is above the bar and where it is not."""
    value: NDArray[np.float64]
    """What a leaf adds, in nats; 0 elsewhere."""
    depth: int

    def probability(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """For each row of numbers, between 0 and 1; calibrated on the pages that the trees were fitted on."""
        found: list[float] = []
        for start in range(0, len(rows), _PART):
            numbers = np.array(rows[start : start + _PART], dtype=np.float64)
            at = np.tile(self.roots, (len(numbers), 1))
            every = np.arange(len(numbers))[:, None]
            for _ in range(self.depth):
                below = numbers[every, self.column[at]] <= self.bar[at]
                at = self.children[at, below.view(np.int8)]
            # Summed in the order of the trees, whatever else is weighed at the same time.
            score = np.cumsum(self.value[at], axis=1)[:, -1]
            found += (1.0 / (1.0 + np.exp(-score))).tolist()
        return found


def trees(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> Trees:
    """The trees of a table with the columns node, ask, bar, yes, no.

    Raises BrokenTrees where a number that is asked for is not among `columns`, or a node leads nowhere.
    """
    index = {name: at for at, name in enumerate(columns)}
    roots: list[int] = []
    column, bar, value = np.zeros(len(rows), np.int32), np.zeros(len(rows)), np.zeros(len(rows))
    children = np.zeros((len(rows), 2), np.int32)
    depth = np.zeros(len(rows), np.int32)
    places = {row[0]: at for at, row in enumerate(rows)}
    try:
        for at, (node, ask, number, yes, no) in enumerate(rows):
            tree, _, place = node.partition(".")
            if int(place) == 0:
                roots.append(at)
            if ask == LEAF:
                value[at], children[at] = float(number), (at, at)
                continue
            column[at], bar[at] = index[ask], float(number)
            children[at] = places[f"{tree}.{int(no):03}"], places[f"{tree}.{int(yes):03}"]
            if min(children[at]) <= at:
                raise BrokenTrees(f"node {node} leads back")
            depth[children[at]] = depth[at] + 1
    except (ValueError, KeyError) as error:
        raise BrokenTrees(str(error)) from None
    return Trees(np.array(roots, np.int32), column, bar, children, value, int(depth.max(initial=0)))
