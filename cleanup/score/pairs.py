"""How strongly one character follows another: the smallest useful language model.

The table holds pointwise mutual information of neighbouring characters in 4-bit levels
(built by dictionaries/build/pairs.py); it is mapped into memory, not read.
"""

from __future__ import annotations

import json
import mmap
from pathlib import Path

from cleanup.model.errors import OcrfixError

UNSEEN = -8.0
"""Bits for a pair that the model never saw."""


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

    def _at(self, char: str) -> int | None:
        if char.isdigit() and char.isascii():
            char = "0"
        elif char.isascii() and char.isalpha():
            char = "a"
        return self._index.get(char)
