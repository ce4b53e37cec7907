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

from cleanup.model.errors import OcrfixError

Ints = NDArray[np.int64]
Reals = NDArray[np.float32]
UNSEEN = -8.0
"""Bits for a pair that the model never saw."""

FLOOR = -3.5
"""Nats below which all pairs are alike when characters are ranked."""


class BrokenModel(OcrfixError):
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
            raise BrokenModel(
                f"{file} 不是字对表；请重新安装 ocrfix。", f"{file} is not a pair model; reinstall ocrfix."
            ) from None
        self._size = len(chars)
        if head + self._size * self._size // 2 != len(self._map):
            raise BrokenModel(
                f"{file} 不完整；请重新安装 ocrfix。", f"{file} is cut short; reinstall ocrfix."
            )
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

    def columns(self, chars: str) -> Ints:
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
    """Association in nats of characters with what is on their left and on their right."""

    def __init__(self, chars: str, packed: NDArray[np.uint8], values: Reals) -> None:
        self.chars = chars
        self._packed = packed
        self._neutral = int(np.argmin(np.abs(values)))
        """Of what is no character the model knows."""
        self._nats = np.maximum(values * np.log(2), FLOOR)
        self._both = (self._nats[:, None] + self._nats[None, :]).astype(np.float32).ravel()
        self.range = float(self._both.max() - self._both.min())
        """Between the best and the worst that can stand between two."""

    def over_floor(self, unit: float) -> NDArray[np.uint8]:
        """Association over the least, in units, by level."""
        return np.asarray(np.rint((self._nats - FLOOR) / unit), dtype=np.uint8)

    def after(self, first: Ints) -> NDArray[np.uint8]:
        """For each of `first` (columns), its level with every character behind it."""
        known = first < len(self.chars)
        cells = self._packed[np.where(known, first, 0)]
        found = np.stack((cells & 15, cells >> 4), axis=2).reshape(len(first), -1)
        found[~known] = self._neutral
        return found

    def before(self, second: Ints) -> NDArray[np.uint8]:
        """For each of `second`, its level with every character before it."""
        known = second < len(self.chars)
        cells = self._packed[:, np.where(known, second, 0) >> 1]
        found = (cells >> ((second & 1) << 2).astype(np.uint8) & 15).T
        found[~known] = self._neutral
        return np.asarray(found)

    def links(self, left: Ints, middle: Ints, right: Ints) -> Reals:
        """How well each of `middle` stands between its `left` and `right`."""
        return np.asarray(self._both[self._level(left, middle) << 4 | self._level(middle, right)])

    def _level(self, first: Ints, second: Ints) -> NDArray[np.uint8]:
        last = len(self.chars) - 1
        cell = self._packed[np.minimum(first, last), np.minimum(second, last) >> 1]
        level = cell >> ((second & 1) << 2).astype(np.uint8) & 15
        level[(first > last) | (second > last)] = self._neutral
        return np.asarray(level)
