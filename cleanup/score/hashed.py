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


def windows(codes: Codes, at: Ints, side: Ints, many: int) -> Codes:
    """The `many` + 2 characters from each place on, first all that come first, then all that come second …;
    where the side is -1 those before it, the nearest first."""
    size = many + 2
    first = at - size * (side < 0)
    inside = first.clip(0, max(0, len(codes) - size))
    # Rows are taken whole: numpy needs ten times as long to take character after character.
    rows = np.ndarray((len(codes) - size + 1,), f"V{2 * size}", codes, strides=(codes.itemsize,))
    found = rows[inside].view("<u2").reshape(len(at), size)
    edge = np.flatnonzero(inside != first)
    found[edge] = codes.take(first[edge, None] + np.arange(size), mode="clip")
    found = np.ascontiguousarray(found.T)
    return np.where(side > 0, found, found[::-1])


def same_threes(ours: Codes, asked: NDArray[np.bool_], theirs: Codes, row: Ints) -> tuple[Ints, Ints, Ints]:
    """Where three characters of a window are those of another: for each such pair, in order, the number of
    the window of `theirs`, from which character of the window `row` of `ours` on, of those `asked` for, and
    from which of theirs."""
    steps = len(theirs) - 2
    marks, cells = np.zeros(CELLS * len(asked), dtype=bool), _cells(ours)
    window, less = np.nonzero(asked)
    marks[CELLS * window + cells[less, window]] = True
    more, pair = np.divmod(np.flatnonzero(marks.take(CELLS * row + _cells(theirs))), max(1, len(row)))
    mine = row[pair]
    same = asked[mine].T
    for offset in range(3):
        same &= ours[offset : offset + steps, mine] == theirs[more + offset, pair]
    less, found = np.nonzero(same)
    order = np.lexsort((more[found], less, pair[found]))
    return pair[found][order], less[order], more[found][order]


CELLS = 256
"""So many cells has the table in which three characters are looked for first, for each window."""


def _cells(codes: Codes) -> NDArray[np.uint16]:
    """A cell for each three characters in a row."""
    mixed = codes * np.uint16(0x9E35)
    found = mixed[:-2] ^ mixed[1:-1] << np.uint16(3) ^ mixed[2:] << np.uint16(6)
    return np.asarray(found >> np.uint16(8))
