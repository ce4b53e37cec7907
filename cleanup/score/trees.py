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

from cleanup.model.errors import OcrfixError

LEAF = "="
_PART = 4_096
"""So many rows are weighed at a time: what they need in memory stays small."""


class BrokenTrees(OcrfixError):
    """The table does not hold trees over the numbers asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """All nodes in one row; a leaf leads to itself."""

    roots: NDArray[np.intp]
    column: NDArray[np.intp]
    """Which number a node asks for."""
    bar: NDArray[np.float64]
    next: NDArray[np.intp]
    """Twice as long: the next node where the number is above the bar, and where it is not."""
    value: NDArray[np.float64]
    """What a leaf adds, in nats; 0 elsewhere."""
    depth: int

    @property
    def parts(self) -> tuple[bytes, bytes, bytes, bytes, bytes, int]:
        """The same as plain bytes, to be kept."""
        return (
            self.roots.tobytes(), self.column.tobytes(), self.bar.tobytes(), self.next.tobytes(),
            self.value.tobytes(), self.depth,
        )  # fmt: skip

    @classmethod
    def of(cls, parts: tuple[bytes, bytes, bytes, bytes, bytes, int]) -> Trees:
        """The trees of such parts."""
        roots, column, bar, following, value, depth = parts
        return cls(
            np.frombuffer(roots, np.intp), np.frombuffer(column, np.intp), np.frombuffer(bar, np.float64),
            np.frombuffer(following, np.intp), np.frombuffer(value, np.float64), depth,
        )  # fmt: skip

    def probability(self, rows: Sequence[Sequence[float]] | NDArray[np.float32]) -> list[float]:
        """For each row of numbers, between 0 and 1; calibrated on the pages that the trees were fitted on."""
        found: list[float] = []
        for start in range(0, len(rows), _PART):
            numbers = np.array(rows[start : start + _PART], dtype=np.float64)
            first = np.arange(len(numbers))[:, None] * numbers.shape[1]
            numbers = numbers.ravel()
            at = np.tile(self.roots, (len(first), 1))
            for _ in range(self.depth):
                below = numbers.take(self.column.take(at) + first) <= self.bar.take(at)
                at = self.next.take(2 * at + below)
            # Summed in the order of the trees, whatever else is weighed at the same time.
            score = np.cumsum(self.value.take(at), axis=1)[:, -1]
            found += (1.0 / (1.0 + np.exp(-score))).tolist()
        return found


def trees(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> Trees:
    """The trees of a table with the columns node, ask, bar, yes, no.

    Raises BrokenTrees where a number that is asked for is not among `columns`, or a node leads nowhere.
    """
    index = {name: at for at, name in enumerate(columns)}
    roots: list[int] = []
    column, bar, following, value = [0] * len(rows), [0.0] * len(rows), [0] * 2 * len(rows), [0.0] * len(rows)
    depth = [0] * len(rows)
    if not rows or not rows[0][0].endswith(".000"):
        raise BrokenTrees("没有一棵树。", "no tree begins")
    try:
        for at, (node, ask, number, yes, no) in enumerate(rows):
            if node.endswith(".000"):
                roots.append(at)
            if ask == LEAF:
                value[at] = float(number)
                following[2 * at] = following[2 * at + 1] = at
                continue
            column[at], bar[at] = index[ask], float(number)
            for side, place in enumerate((no, yes)):
                child = roots[-1] + int(place)
                if child <= at:
                    raise BrokenTrees(f"节点 {node} 指回自身。", f"node {node} leads back")
                following[2 * at + side] = child
                depth[child] = depth[at] + 1
    except (ValueError, KeyError, IndexError) as error:
        raise BrokenTrees(f"表不完整（{error}）。", str(error)) from None
    return Trees(
        np.array(roots), np.array(column), np.array(bar), np.array(following), np.array(value), max(depth)
    )
