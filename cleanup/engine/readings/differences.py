"""Where two readings of the same words differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein, Opcode

SHORT = 3
"""Characters: what differs in more is no misreading of a character, but other words (by hand)."""
_ALIKE = 8
"""Characters on both sides together that must agree, so many at the most counted on one (by hand)."""
_ONE_SIDE = 6
_RATIO = 0.6
"""Readings less alike are of different words, or one is junk."""


class Difference(NamedTuple):
    """Characters of one reading, and those of the other in their place."""

    start: int
    end: int
    other_start: int
    other_end: int


def are_alike(one: str, two: str) -> bool:
    """Whether two readings are of the same words."""
    return Levenshtein.normalized_similarity(one, two) >= _RATIO


def aligned(one: str, two: str) -> list[Opcode]:
    """What makes one reading of another, stretch by stretch."""
    return list(Levenshtein.opcodes(one, two))


def short(ops: Sequence[Opcode]) -> Iterator[Difference]:
    """The places of a few characters in which two aligned readings differ that agree around them."""
    length = ops[-1].src_end if ops else 0
    for at, op in enumerate(ops):
        if op.tag == "equal":
            continue
        sides = 0
        for by in (at - 1, at + 1):
            if 0 <= by < len(ops):
                sides += min(_ONE_SIDE, ops[by].src_end - ops[by].src_start)
        size = max(op.src_end - op.src_start, op.dest_end - op.dest_start)
        if size <= SHORT and sides >= min(_ALIKE, length // 2):
            yield Difference(op.src_start, op.src_end, op.dest_start, op.dest_end)
