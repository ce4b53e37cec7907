"""What an engine may have printed before it: how alike characters look, and what was misread for what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float32]
Misread = Mapping[str, Mapping[str, float]]
"""Character read → {character printed: how often}."""


class BrokenChannel(Exception):
    """A file of the channel model is broken."""


class Glyphs:
    """Characters as points: the cosine of two is how alike they look."""

    def __init__(self, file: Path) -> None:
        try:
            data = file.read_bytes()
            head = data.index(b"\n") + 1
            meta = json.loads(data[:head])
            points = np.frombuffer(data, dtype=np.int8, offset=head).reshape(-1, int(meta["size"]))
            chars: str = meta["chars"]
            rows = points.astype(np.float32)[: len(chars)]
        except (OSError, ValueError, KeyError, TypeError):
            raise BrokenChannel(f"{file} is no table of glyphs; reinstall ocrfix.") from None
        length = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        self._rows = np.concatenate((rows / np.maximum(length, 1e-6), np.zeros((1, rows.shape[1]))))
        self._rows = self._rows.astype(np.float32)
        self._index = {char: at for at, char in enumerate(chars)}

    def points(self, chars: Iterable[str]) -> Reals:
        """One row for each character; zeros for one that was not drawn."""
        found = self._rows[[self._index.get(char, -1) for char in chars]]
        return np.asarray(found, dtype=np.float32)


class Channel:
    """P(read | printed), as far as it is known: likeness, listed likeness, counts of real misreadings."""

    def __init__(self, glyphs: Glyphs, shapes: Mapping[str, Mapping[str, int]], misread: Misread) -> None:
        self.glyphs = glyphs
        self._shapes = shapes
        self.misread = misread
        self._known: dict[tuple[str, str], tuple[float, float, float, float, float]] = {}

    def listed(self, read: str) -> dict[str, float]:
        """Characters that `read` may stand for, with a weight: 0 for barely, 1 and more for well known."""
        found = {char: (score - 60) / 40 for char, score in self._shapes.get(read, {}).items()}
        for char, count in self.misread.get(read, {}).items():
            if char:
                found[char] = found.get(char, 0.0) + 0.5 + 0.4 * log(1 + count)
        return found

    def known(self, read: str, printed: str) -> tuple[float, float, float, float, float]:
        """Listed likeness (0 to 1), counts of the misreading and of its reverse, of all misreadings that gave
        `read` (logarithms), and whether `read` is a Latin letter."""
        found = self._known.get((read, printed))
        if found is None:
            both = self._shapes.get(read, {}).get(printed, 0), self._shapes.get(printed, {}).get(read, 0)
            row = self.misread.get(read, {})
            found = (
                max(0.0, (max(both) - 50) / 50),
                log(1 + row.get(printed, 0.0)),
                log(1 + self.misread.get(printed, {}).get(read, 0.0)),
                log(1 + sum(row.values())),
                float(read.isascii() and read.isalpha()),
            )
            self._known[read, printed] = found
        return found

    def and_also(self, counts: Iterable[tuple[str, str, float]]) -> Channel:
        """The channel with (read, printed, how often) added; itself where nothing is."""
        misread = {read: dict(row) for read, row in self.misread.items()}
        added = False
        for read, printed, count in counts:
            row = misread.setdefault(read, {})
            row[printed] = row.get(printed, 0.0) + count
            added = True
        return Channel(self.glyphs, self._shapes, misread) if added else self

    def without(self, counts: Mapping[tuple[str, str], float]) -> Channel:
        """The channel as if `counts` had not been seen."""
        misread = {read: dict(row) for read, row in self.misread.items()}
        for (read, printed), count in counts.items():
            if printed in misread.get(read, {}):
                misread[read][printed] = max(0.0, misread[read][printed] - count)
        return Channel(self.glyphs, self._shapes, misread)


@cache
def glyphs(file: Path) -> Glyphs:
    """The table in `file`, read once."""
    return Glyphs(file)
