"""Boosted trees over named numbers: how likely a line goes on in the next.

A tree asks for one number after another and ends in a leaf; the leaves of all trees add up to the log
odds. The trees are a table (built by dictionaries/build/joins.py from pages with their truth), one row a
node: TREE.NODE, what it asks for, the bar, and the nodes of the same tree that come next: "yes" where the
number is not above the bar. A leaf has nothing but its value.

All nodes of all trees are asked at once: each whose answer is no rules out the leaves beyond its yes, and the
first leaf that is left is the one that the tree ends in (Lucchese and others, QuickScorer, SIGIR 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanup.model.errors import OcrfixError

LEAF = "="
_PART = 128
"""So many rows are weighed at a time: what they need stays where it is read fastest."""
_LEAVES = 16
"""The most that a tree may have: one bit each."""
_Rows = Sequence[Sequence[str]]


class BrokenTrees(OcrfixError):
    """The table does not hold trees over the numbers asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """The nodes of all trees that ask: the first of each tree, the second of each, and so on."""

    column: NDArray[np.intp]
    """Which number a node asks for."""
    bar: NDArray[np.float64]
    left: NDArray[np.uint16]
    """Which leaves, by bit, a node leaves over where the number is above the bar."""
    value: NDArray[np.float64]
    """What each leaf of each tree adds, in nats."""

    @property
    def parts(self) -> tuple[bytes, bytes, bytes, bytes]:
        """The same as plain bytes, to be kept."""
        return self.column.tobytes(), self.bar.tobytes(), self.left.tobytes(), self.value.tobytes()

    @classmethod
    def of(cls, parts: tuple[bytes, bytes, bytes, bytes]) -> Trees:
        """The trees of such parts."""
        column, bar, left, value = parts
        return cls(
            np.frombuffer(column, np.intp), np.frombuffer(bar, np.float64), np.frombuffer(left, np.uint16),
            np.frombuffer(value, np.float64),
        )  # fmt: skip

    def probability(self, rows: Sequence[Sequence[float]] | NDArray[np.float32]) -> list[float]:
        """For each row of numbers, between 0 and 1; calibrated on the pages that the trees were fitted on."""
        found: list[float] = []
        many = len(self.value) // _LEAVES
        first = np.arange(many) * _LEAVES
        for start in range(0, len(rows), _PART):
            numbers = np.array(rows[start : start + _PART], dtype=np.float64).T.copy()
            yes = numbers.take(self.column, axis=0) <= self.bar[:, None]
            left = np.where(yes, np.uint16(0xFFFF), self.left[:, None]).reshape(-1, many, numbers.shape[1])
            leaves = np.bitwise_and.reduce(left, axis=0)
            leaf = (np.frexp(leaves & -leaves)[1] - 1).T
            # Summed in the order of the trees, whatever else is weighed at the same time.
            score = np.cumsum(self.value.take(leaf + first), axis=1)[:, -1]
            found += (1.0 / (1.0 + np.exp(-score))).tolist()
        return found


def trees(rows: _Rows, columns: Sequence[str]) -> Trees:
    """The trees of a table with the columns node, ask, bar, yes, no.

    Raises BrokenTrees where a number that is asked for is not among `columns`, or a node leads nowhere.
    """
    index = {name: at for at, name in enumerate(columns)}
    if not rows or not rows[0][0].endswith(".000"):
        raise BrokenTrees("没有一棵树。", "no tree begins")
    try:
        found = [_tree(tree, index) for tree in _apart(rows)]
    except (ValueError, KeyError, IndexError) as error:
        raise BrokenTrees(f"表不完整（{error}）。", str(error)) from None
    nodes = max(len(asked) for asked, _ in found)
    nothing = (0, np.inf, 0xFFFF)
    table = [[*asked, *[nothing] * (nodes - len(asked))] for asked, _ in found]
    column, bar, left = zip(*(tree[at] for at in range(nodes) for tree in table), strict=True)
    return Trees(
        np.array(column), np.array(bar), np.array(left, dtype=np.uint16),
        np.array([value for _, values in found for value in values]),
    )  # fmt: skip


def _apart(rows: _Rows) -> Iterator[_Rows]:
    """The rows of each tree."""
    starts = [at for at, (node, *_) in enumerate(rows) if node.endswith(".000")]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield rows[start:end]


def _tree(rows: _Rows, index: dict[str, int]) -> tuple[list[tuple[int, float, int]], list[float]]:
    """What each node of a tree asks, its bar and the leaves it leaves over; and the values of all leaves."""
    many, next_ = [1] * len(rows), [(0, 0)] * len(rows)
    parents = set[int]()
    for at in range(len(rows) - 1, -1, -1):
        node, ask, _, *ways = rows[at]
        if ask != LEAF:
            yes, no = next_[at] = int(ways[0]), int(ways[1])
            if min(yes, no) <= at or yes == no or {yes, no} & parents:
                raise BrokenTrees(f"节点 {node} 指回自身。", f"node {node} leads back")
            parents |= {yes, no}
            many[at] = many[yes] + many[no]
    if many[0] > _LEAVES:
        raise BrokenTrees(f"树的叶子多于 {_LEAVES} 片。", f"a tree has more than {_LEAVES} leaves")
    asked, values, first = [], [0.0] * _LEAVES, [0] * len(rows)
    for at, (_, ask, number, *_) in enumerate(rows):
        if ask == LEAF:
            values[first[at]] = float(number)
            continue
        yes, no = next_[at]
        first[yes], first[no] = first[at], first[at] + many[yes]
        ruled_out = ((1 << many[yes]) - 1) << first[yes]
        asked.append((index[ask], float(number), 0xFFFF & ~ruled_out))
    return asked, values
