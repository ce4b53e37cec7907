"""Runs of characters as hashes, and tables that say which runs there are (Bloom filters)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleanup.text.wording import Codes

Ints = NDArray[np.int64]
BITS = 18
"""Of a hash."""
SALT = np.uint64(0x9E3779B97F4A7C15)


def columns(codes: Codes, size: int) -> list[Codes]:
    """The first, second … characters of all runs of `size`."""
    many = max(0, len(codes) - size + 1)
    return [codes[at : many + at] for at in range(size)]


def hashed(columns: Sequence[Codes]) -> Ints:
    """A hash of BITS of the characters of each row."""
    return (mixed(columns) >> np.uint64(64 - BITS)).astype(np.int64)


def mixed(columns: Sequence[Codes]) -> NDArray[np.uint64]:
    """One mixed number for the characters of each row."""
    found = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        found *= SALT
        found += column
    found ^= found >> np.uint64(29)
    found *= SALT
    return found


def bloom(keys: NDArray[np.uint64], bits: int, ways: int) -> NDArray[np.uint8]:
    """A table of so many bits (a logarithm), `ways` of which are set for each key."""
    table = np.zeros(1 << bits, dtype=bool)
    for way in range(ways):
        table[(keys << np.uint64(20 * way)) >> np.uint64(64 - bits)] = True
    return np.packbits(table, bitorder="little")


def is_in(table: NDArray[np.uint8], keys: NDArray[np.uint64], ways: int) -> NDArray[np.bool_]:
    """Whether each key may be one of those that the table was made of."""
    bits = np.uint64(64 - (len(table).bit_length() + 2))
    found = np.ones(len(keys), dtype=bool)
    for way in range(ways):
        cell = ((keys << np.uint64(20 * way)) >> bits).astype(np.int64)
        found &= (table.take(cell >> 3) >> (cell & 7).astype(np.uint8) & 1).astype(bool)
    return found


def threes(codes: Codes, at: Ints, side: int, many: int) -> NDArray[np.uint64]:
    """The three characters from each place on, and from the next ones on, as one number; with side -1 those
    that end at each place, and before it."""
    steps = np.arange(many + 2) if side > 0 else np.arange(-1, -many - 3, -1)
    wide = codes.take(at[:, None] + steps, mode="clip").astype(np.uint64)
    return wide[:, :-2] << np.uint64(32) | wide[:, 1:-1] << np.uint64(16) | wide[:, 2:]
