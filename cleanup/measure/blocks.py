"""Two texts side by side in linear memory: cut at passages that both have once, aligned between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

EXACT = 10_000
"""Texts up to this length are aligned whole; longer ones between anchors."""
ANCHOR = 24
"""Length of an anchor: what both texts say once, in the same words."""
STRIDE = 1_500
"""Least distance of two cuts."""
_BASE = np.uint64(0x9E3779B97F4A7C15)


class Block(NamedTuple):
    """left[start:end] stands beside right[other:other_end]; `equal` or not."""

    equal: bool
    start: int
    end: int
    other: int
    other_end: int


def align(left: str, right: str) -> list[Block]:
    """Blocks that cover both texts in order, with the fewest edits (for each stretch between anchors)."""
    found: list[Block] = []
    for (a, c), (b, d) in pairwise(_cuts(left, right)):
        for op in Levenshtein.opcodes(left[a:b], right[c:d]):
            block = Block(
                op.tag == "equal", op.src_start + a, op.src_end + a, op.dest_start + c, op.dest_end + c
            )
            if found and block.equal and found[-1].equal:
                last = found.pop()
                block = Block(True, last.start, block.end, last.other, block.other_end)
            found.append(block)
    return found


def distance(left: str, right: str) -> int:
    """The fewest insertions, deletions and substitutions (of each stretch between anchors)."""
    return sum(Levenshtein.distance(left[a:b], right[c:d]) for (a, c), (b, d) in pairwise(_cuts(left, right)))


def _cuts(left: str, right: str) -> Iterator[tuple[int, int]]:
    """Where both texts are cut: beginning, anchors, end."""
    yield 0, 0
    if max(len(left), len(right)) > EXACT:
        last = 0
        for one, two in _anchors(left, right):
            if one - last >= STRIDE and min(len(left) - one, len(right) - two) >= ANCHOR:
                last = one
                yield one + ANCHOR // 2, two + ANCHOR // 2
    yield len(left), len(right)


def _anchors(left: str, right: str) -> list[tuple[int, int]]:
    """Places of passages that both texts have once, as many as stand in the same order."""
    one, two = _unique(left), _unique(right)
    shared, at_left, at_right = np.intersect1d(one[0], two[0], assume_unique=True, return_indices=True)
    if not len(shared):
        return []
    places, others = one[1][at_left], two[1][at_right]
    order = np.argsort(places)
    return _rising(places[order].tolist(), others[order].tolist())


def _unique(text: str) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Digests of the passages that `text` has once, and where they begin."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    size = max(0, len(codes) - ANCHOR + 1)
    digest = np.zeros(size, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for step in range(ANCHOR):
            digest = digest * _BASE + codes[step : step + size]
            digest ^= digest >> np.uint64(29)
    values, first, counts = np.unique(digest, return_index=True, return_counts=True)
    return values[counts == 1], first[counts == 1]


def _rising(places: list[int], others: list[int]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both (patience)."""
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for at, other in enumerate(others):
        slot = bisect_left(tails, other)
        before.append(heads[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(other)
            heads.append(at)
        else:
            tails[slot], heads[slot] = other, at
    found: list[tuple[int, int]] = []
    at = heads[-1] if heads else -1
    while at >= 0:
        found.append((places[at], others[at]))
        at = before[at]
    return found[::-1]
