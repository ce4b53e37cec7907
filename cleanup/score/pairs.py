"""How strongly one character follows another: the smallest useful language model.

The table holds pointwise mutual information of neighbouring characters in 4-bit levels
(built by dictionaries/build/pairs.py); it is mapped into memory, not read.
"""

from __future__ import annotations

import json
import mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float32]
UNSEEN = -8.0
"""Bits for a pair that the model never saw."""

FLOOR = -3.5
"""Nats below which all pairs are alike when characters are ranked."""


class BrokenModel(Exception):
    """The file is not a pair model."""


class Pairs:
    """PMI in bits of neighbouring characters; digits count as 0, Latin letters as a."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        head = self._map.find(b"\n") + 1
        try:
            meta = json.loads(self._map[:head])
            chars: str = meta["chars"]
            self._low, self._step = float(meta["low"]), float(meta["step"])
        except (ValueError, KeyError, TypeError):
            raise BrokenModel(f"{file} is no pair model; reinstall ocrfix.") from None
        self._size = len(chars)
        if head + self._size * self._size // 2 != len(self._map):
            raise BrokenModel(f"{file} is cut short; reinstall ocrfix.")
        self._head = head
        self._index = {char: at for at, char in enumerate(chars)}

    def link(self, first: str, second: str) -> float | None:
        """Bits of association between two characters; None where the model does not know one of them."""
        row, column = self._at(first), self._at(second)
        if row is None or column is None:
            return None
        cell = row * self._size + column
        byte = self._map[self._head + cell // 2]
        level = byte >> 4 if cell & 1 else byte & 15
        return self._low + (level - 1) * self._step if level else UNSEEN

    def columns(self, chars: str) -> NDArray[np.int64]:
        """Row and column of each of `chars`, two places on (0 and 1 are for what is no character)."""
        found = [self._size, self._size]
        for char in chars:
            at = self._at(char)
            found.append(self._size if at is None else at)
        return np.array(found, dtype=np.int64)

    def matrix(self) -> Matrix:
        """All pairs at once, for scoring in bulk."""
        packed = np.frombuffer(self._map, dtype=np.uint8, offset=self._head)
        values = np.array([UNSEEN, *(self._low + level * self._step for level in range(15))], np.float32)
        return Matrix("".join(self._index), packed.reshape(self._size, self._size // 2), values)

    def _at(self, char: str) -> int | None:
        if char.isdigit() and char.isascii():
            char = "0"
        elif char.isascii() and char.isalpha():
            char = "a"
        return self._index.get(char)


class Matrix:
    """Association in nats of every character with one on its left and one on its right.

    Rows and columns are unpacked when they are first asked for.
    """

    def __init__(self, chars: str, packed: NDArray[np.uint8], values: Reals) -> None:
        self.chars = chars
        self._packed = packed
        size = len(chars)
        self._after, self._before = (np.empty((size + 1, size), dtype=np.uint8) for _ in range(2))
        self._has_after, self._has_before = (np.zeros(size + 1, dtype=bool) for _ in range(2))
        for table, has in ((self._after, self._has_after), (self._before, self._has_before)):
            table[size], has[size] = int(np.argmin(np.abs(values))), True
        nats = np.maximum(values * np.log(2), FLOOR)
        self._both = (nats[:, None] + nats[None, :]).astype(np.float32).ravel()

    def links(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Reals:
        """For each of `left` and `right` (columns of them), how well every character stands between."""
        for at in np.unique(left[~self._has_after[left]]):
            self._after[at, 0::2], self._after[at, 1::2] = self._packed[at] & 15, self._packed[at] >> 4
        for at in np.unique(right[~self._has_before[right]]):
            self._before[at] = (self._packed[:, at // 2] >> (4 if at % 2 else 0)) & 15
        self._has_after[left] = self._has_before[right] = True
        return np.asarray(self._both[self._after[left] << 4 | self._before[right]], dtype=np.float32)
