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
_BETWEEN = 2
"""Characters in both between one that only one reading has and one that only the other has, which are of one
change: 强化, 加强 (by hand)."""


class Difference(NamedTuple):
    """Characters of one reading, and those of the other in their place."""

    start: int
    end: int
    other_start: int
    other_end: int


def are_alike(one: str, two: str) -> bool:
    """Whether two readings are of the same words."""
    return likeness(one, two) >= _RATIO


def likeness(one: str, two: str) -> float:
    """The share of characters that two readings have in common, 0 to 1."""
    return Levenshtein.normalized_similarity(one, two)


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


def whole(ops: Sequence[Opcode]) -> Iterator[Opcode]:
    """The steps, with as one what is put in shortly beside something taken out: 强化 -> 加强."""
    at = 0
    while at < len(ops):
        end = at
        while end + 2 < len(ops) and _is_one(*ops[end : end + 3]):
            end += 2
        first, last = ops[at], ops[end]
        if end == at:
            yield first
        else:
            yield Opcode("replace", first.src_start, last.src_end, first.dest_start, last.dest_end)
        at = end + 1


def _is_one(one: Opcode, between: Opcode, two: Opcode) -> bool:
    sizes = (op.src_end - op.src_start + op.dest_end - op.dest_start for op in (one, two))
    is_short = max(sizes) <= SHORT and between.src_end - between.src_start <= _BETWEEN
    return is_short and {one.tag, two.tag} == {"insert", "delete"} and between.tag == "equal"
