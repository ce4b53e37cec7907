"""What an engine may have printed before it: how alike characters look, and what was misread for what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import expm1, log, log1p
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
        self._place = np.full(0x110000, -1, dtype=np.int32)
        self._place[[ord(char) for char in chars]] = np.arange(len(chars))

    def points(self, chars: Iterable[str]) -> Reals:
        """One row for each character; zeros for one that was not drawn."""
        return self.drawn(np.array([ord(char) for char in chars], dtype=np.uint32))

    def drawn(self, codes: NDArray[np.uint32]) -> Reals:
        """The same for code points."""
        return np.asarray(self._rows[self._place[codes]], dtype=np.float32)


ENGINES = ("tesseract", "paddleocr")


class Reread:
    """What engines took drawn and worn characters for: log(1 + 100,000 × P(read | printed)), by engine."""

    most: float
    """The largest of these numbers."""

    def __init__(self, file: Path) -> None:
        try:
            data = file.read_bytes()
            head = data.index(b"\n") + 1
            meta = json.loads(data[:head])
            size, step = int(meta["pairs"]), float(meta["step"])
            self._keys = np.frombuffer(data, dtype="<u4", offset=head, count=size).astype(np.uint64)
            cells = np.frombuffer(data, dtype=np.uint8, offset=head + 4 * size).reshape(len(ENGINES), size)
            self._steps = np.concatenate((cells, np.zeros((len(ENGINES), 1), dtype=np.uint8)), axis=1)
            self._value = np.arange(256, dtype=np.float32) * np.float32(step)
            self.most = float(self._value[int(self._steps.max())])
        except (OSError, ValueError, KeyError, TypeError):
            raise BrokenChannel(f"{file} is no table of misreadings; reinstall ocrfix.") from None

    def look(self, read: NDArray[np.uint32], printed: NDArray[np.uint32]) -> Reals:
        """A row for each engine, a column for each two code points; 0 for what was never seen."""
        wanted = (read.astype(np.uint64) << np.uint64(16)) | printed
        at = np.searchsorted(self._keys, wanted)
        at[self._keys[np.minimum(at, len(self._keys) - 1)] != wanted] = len(self._keys)
        return np.asarray(self._value[self._steps[:, at]], dtype=np.float32)

    def usual(self, read: str, printed: str) -> float:
        """The same for two characters and the engines' mean rate."""
        key = np.uint64(ord(read) << 16 | ord(printed))
        at = int(self._keys.searchsorted(key))
        if at == len(self._keys) or self._keys[at] != key:
            return 0.0
        rates = [expm1(float(self._value[step])) for step in self._steps[:, at]]
        return log1p(sum(rates) / len(rates))

    def row(self, read: str) -> tuple[NDArray[np.uint32], Reals]:
        """The code points that were read as `read`, and a row of numbers for each engine."""
        first = np.array([ord(read), ord(read) + 1], dtype=np.uint64) << np.uint64(16)
        low, high = np.searchsorted(self._keys, first)
        printed = (self._keys[low:high] & np.uint64(0xFFFF)).astype(np.uint32)
        return printed, np.asarray(self._value[self._steps[:, low:high]], dtype=np.float32)


Pairings = tuple[NDArray[np.uint32], NDArray[np.uint32], Reals]
"""Characters, others, and a number for each two."""


class _Table:
    """Numbers for pairs of characters; 0 for those that are not in it. No character counts as U+0000."""

    def __init__(self, first: NDArray[np.uint32], second: NDArray[np.uint32], values: Reals) -> None:
        keys = _keys(first, second)
        order = np.argsort(keys, kind="stable")
        self._keys, self._values = keys[order], values[order]
        self._first, self._second = first[order], second[order]
        bits = max(10, (_SPARSE * len(keys)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._some = np.zeros(1 << bits, dtype=np.bool_)
        self._some[self._hashed(keys)] = True
        """Most pairs that are asked for are not in the table; this tells it of nearly all."""

    def _hashed(self, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        return keys * _SALT >> self._shift

    def look(self, wanted: NDArray[np.uint64]) -> Reals:
        """The numbers of some pairs, each as `_keys` makes it one."""
        found = np.zeros(len(wanted), dtype=np.float32)
        some = np.flatnonzero(self._some[self._hashed(wanted)])
        if len(some):
            keys = wanted[some]
            at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            found[some] = np.where(self._keys[at] == keys, self._values[at], 0)
        return found

    def row(self, char: str) -> tuple[list[int], list[float]]:
        """What stands beside `char`, and the numbers."""
        code = ord(char) if char else 0
        low, high = np.searchsorted(self._first, [code, code + 1])
        return self._second[low:high].tolist(), self._values[low:high].tolist()


_SALT = np.uint64(0x9E3779B97F4A7C15)
_SPARSE = 16


def _keys(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return np.asarray((first.astype(np.uint64) << np.uint64(21)) | second, dtype=np.uint64)


class Channel:
    """P(read | printed), as far as it is known: likeness, listed likeness, counts of real misreadings."""

    def __init__(self, glyphs: Glyphs, reread: Reread, shapes: Pairings, misread: Misread) -> None:
        self.glyphs = glyphs
        self.reread = reread
        self.misread = misread
        self._pairings = shapes
        self._shapes = _Table(*shapes)
        reads = [(read, printed) for read, row in misread.items() for printed in row]
        first, second = (
            np.array([ord(char) if char else 0 for char in chars], dtype=np.uint32)
            for chars in ([pair[0] for pair in reads], [pair[1] for pair in reads])
        )
        counts = np.array([misread[read][printed] for read, printed in reads], dtype=np.float32)
        self._misread = _Table(first, second, counts)
        sums = {read: sum(row.values()) for read, row in misread.items()}
        codes = np.array([ord(char) if char else 0 for char in sums], dtype=np.uint32)
        self._habit = np.zeros(0x110000, dtype=np.float32)
        self._habit[codes] = np.log1p(np.array([*sums.values()], dtype=np.float32))

    def listed(self, read: str) -> dict[str, float]:
        """Characters that `read` may stand for, with a weight: 0 for barely, 1 and more for well known."""
        chars, scores = self._shapes.row(read)
        found = {chr(char): (score - 60) / 40 for char, score in zip(chars, scores, strict=True)}
        for char, count in self.misread.get(read, {}).items():
            if char:
                found[char] = found.get(char, 0.0) + 0.5 + 0.4 * log(1 + count)
        return found

    @cached_property
    def most(self) -> float:
        """The largest weight that `listed` may give."""
        counts = [count for row in self.misread.values() for count in row.values()]
        return 1.0 + 0.5 + 0.4 * log(1 + max(counts, default=0.0))

    def known(self, read: NDArray[np.uint32], printed: NDArray[np.uint32]) -> Reals:
        """A row for each two code points (0: no character), eight columns.

        Listed likeness (0 to 1), counts of the misreading, of its reverse, and of all misreadings that gave
        `read` (logarithms), whether `read` is a Latin letter, what each engine took drawn characters for, and
        the more of that the other way round.
        """
        size = len(read)
        keys = np.concatenate((_keys(read, printed), _keys(printed, read)))
        alike = self._shapes.look(keys)
        seen = np.log1p(self._misread.look(keys))
        reread = self.reread.look(np.concatenate((read, printed)), np.concatenate((printed, read)))
        found = np.empty((size, 8), dtype=np.float32)
        found[:, 0] = np.maximum(0.0, (np.maximum(alike[:size], alike[size:]) - 50) / 50)
        found[:, 1], found[:, 2] = seen[:size], seen[size:]
        found[:, 3] = self._habit[read]
        found[:, 4] = ((read >= 65) & (read <= 90)) | ((read >= 97) & (read <= 122))
        found[:, 5:7], found[:, 7] = reread[:, :size].T, reread[:, size:].max(axis=0)
        return found

    def and_also(self, counts: Iterable[tuple[str, str, float]]) -> Channel:
        """The channel with (read, printed, how often) added; itself where nothing is."""
        misread = {read: dict(row) for read, row in self.misread.items()}
        added = False
        for read, printed, count in counts:
            row = misread.setdefault(read, {})
            row[printed] = row.get(printed, 0.0) + count
            added = True
        return Channel(self.glyphs, self.reread, self._pairings, misread) if added else self

    def without(self, counts: Mapping[tuple[str, str], float]) -> Channel:
        """The channel as if `counts` had not been seen."""
        misread = {read: dict(row) for read, row in self.misread.items()}
        for (read, printed), count in counts.items():
            if printed in misread.get(read, {}):
                misread[read][printed] = max(0.0, misread[read][printed] - count)
        return Channel(self.glyphs, self.reread, self._pairings, misread)
