"""What an engine may have printed before it: how alike characters look, and what was misread for what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import expm1, log1p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleanup.model.errors import OcrfixError
from cleanup.text import simplify

Reals = NDArray[np.float32]
Misread = Mapping[str, Mapping[str, float]]
"""Character read → {character printed: how often}."""


class BrokenChannel(OcrfixError):
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
            rows = np.zeros((len(chars) + 1, points.shape[1]), dtype=np.float32)
            rows[:-1] = points[: len(chars)]
        except (OSError, ValueError, KeyError, TypeError):
            raise BrokenChannel(
                f"{file} 不是字形表；请重新安装 ocrfix。",
                f"{file} is not a table of glyphs; reinstall ocrfix.",
            ) from None
        length = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        rows /= np.maximum(length, 1e-6)
        self._rows = rows
        codes = np.frombuffer(chars.encode("utf-32-le"), dtype="<u4")
        self._place = np.full(int(codes.max()) + 2, -1, dtype=np.int32)
        self._place[codes] = np.arange(len(chars))

    @cached_property
    def _traditional(self) -> NDArray[np.int32]:
        """The row of each code point as traditional script sets it, where that was drawn."""
        found = self._place.copy()
        codes = np.flatnonzero(self._place >= 0)
        for code in codes[codes > ord("一")].tolist():
            form = simplify.traditional(chr(code))
            if len(form) == 1 and (row := self._place[min(ord(form), len(self._place) - 1)]) >= 0:
                found[code] = row
        return found

    def traditional(self, codes: NDArray[np.uint32]) -> Reals:
        """One row for each code point of a simplified letter, as traditional script sets it."""
        return np.asarray(self._rows[self._traditional.take(codes, mode="clip")], dtype=np.float32)

    def points(self, chars: Iterable[str]) -> Reals:
        """One row for each character; zeros for one that was not drawn."""
        return self.drawn(np.array([ord(char) for char in chars], dtype=np.uint32))

    def drawn(self, codes: NDArray[np.uint32]) -> Reals:
        """The same for code points."""
        return np.asarray(self._rows[self._place.take(codes, mode="clip")], dtype=np.float32)


_SALT = np.uint64(0x9E3779B97F4A7C15)
_SPARSE = 8


def _keys(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One number for each two code points."""
    return np.asarray((first.astype(np.uint64) << np.uint64(21)) | second, dtype=np.uint64)


class _Places:
    """Where keys stand in a sorted array of them."""

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._keys = keys
        bits = max(10, (_SPARSE * len(keys)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._some = np.zeros(1 << bits, dtype=np.bool_)
        self._some[self._hashed(keys)] = True
        """Most keys that are asked for are not among them; this tells it of nearly all."""

    def _hashed(self, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
        return keys * _SALT >> self._shift

    def of(self, wanted: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The place of each; behind the last for those that are not there."""
        found = np.full(len(wanted), len(self._keys))
        some = np.flatnonzero(self._some[self._hashed(wanted)])
        if len(some):
            keys = wanted[some]
            at = np.searchsorted(self._keys, keys)
            there = self._keys[np.minimum(at, len(self._keys) - 1)] == keys
            found[some[there]] = at[there]
        return found

    def one(self, key: int) -> int:
        """The place of one key, the same way; many times as fast as `of` for one."""
        at = int(self._keys.searchsorted(np.uint64(key)))
        return at if at < len(self._keys) and self._keys[at] == key else len(self._keys)

    def between(self, first: int, last: int) -> slice:
        """Where keys from `first` up to, but not with, `last` stand."""
        return slice(*np.searchsorted(self._keys, np.array([first, last], dtype=np.uint64)).tolist())


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
            keys = np.frombuffer(data, dtype="<u4", offset=head, count=size)
            self._printed = keys & np.uint32(0xFFFF)
            self._places = _Places(_keys(keys >> np.uint32(16), self._printed))
            cells = np.frombuffer(data, dtype=np.uint8, offset=head + 4 * size).reshape(len(ENGINES), size)
            self._steps = np.concatenate((cells, np.zeros((len(ENGINES), 1), dtype=np.uint8)), axis=1)
            self._value = np.arange(256, dtype=np.float32) * np.float32(step)
            self.most = float(self._value[int(self._steps.max())])
        except (OSError, ValueError, KeyError, TypeError):
            raise BrokenChannel(
                f"{file} 不是误读表；请重新安装 ocrfix。",
                f"{file} is not a table of misreadings; reinstall ocrfix.",
            ) from None

    def look(self, read: NDArray[np.uint32], printed: NDArray[np.uint32]) -> Reals:
        """A row for each engine, a column for each two code points; 0 for what was never seen."""
        return np.asarray(self._value[self._steps[:, self._places.of(_keys(read, printed))]])

    def usual(self, read: str, printed: str) -> float:
        """The same for two characters and the engines' mean rate."""
        at = self._places.one(ord(read) << 21 | ord(printed))
        rates = [expm1(value) for value in self._value[self._steps[:, at]].tolist()]
        return log1p(sum(rates) / len(rates))

    def row(self, read: str) -> tuple[NDArray[np.uint32], Reals]:
        """The code points that were read as `read`, and a row of numbers for each engine."""
        some = self._places.between(ord(read) << 21, (ord(read) + 1) << 21)
        return self._printed[some], np.asarray(self._value[self._steps[:, some]])


class Channel:
    """P(read | printed), as far as it is known: likeness, what was read again, counts of real misreadings."""

    def __init__(self, glyphs: Glyphs, reread: Reread, misread: Misread) -> None:
        self.glyphs = glyphs
        self.reread = reread
        self.misread = misread
        sums = {read: sum(row.values()) for read, row in misread.items()}
        codes = np.array([ord(char) if char else 0 for char in sums], dtype=np.uint32)
        self._habit = np.zeros(int(codes.max(initial=0)) + 2, dtype=np.float32)
        self._habit[codes] = np.log1p(np.array([*sums.values()], dtype=np.float32))
        # No character counts as U+0000.
        reads = [(ord(read or "\0"), ord(char or "\0")) for read, row in misread.items() for char in row]
        pairs = np.array(reads, dtype=np.uint32).reshape(-1, 2)
        keys, counts = _keys(pairs[:, 0], pairs[:, 1]), [n for row in misread.values() for n in row.values()]
        order = np.argsort(keys)
        self._misread = _Places(keys[order])
        self._counts = np.log1p(np.array([*np.array(counts)[order], 0.0], dtype=np.float32))

    @cached_property
    def most(self) -> float:
        """The logarithm of the largest count."""
        return float(self._counts.max())

    def known(self, read: NDArray[np.uint32], printed: NDArray[np.uint32]) -> Reals:
        """A row for each two code points (0: no character), seven columns.

        Counts of the misreading, of its reverse, and of all misreadings that gave `read` (logarithms),
        whether `read` is a Latin letter, what each engine took drawn characters for, and the more of that
        the other way round.
        """
        both, back = np.concatenate((read, printed)), np.concatenate((printed, read))
        seen = self._counts[self._misread.of(_keys(both, back))]
        reread = self.reread.look(both, back)
        size = len(read)
        found = np.empty((size, 7), dtype=np.float32)
        found[:, 0], found[:, 1] = seen[:size], seen[size:]
        found[:, 2] = self._habit.take(read, mode="clip")
        found[:, 3] = ((read >= 65) & (read <= 90)) | ((read >= 97) & (read <= 122))
        found[:, 4:6], found[:, 6] = reread[:, :size].T, reread[:, size:].max(axis=0)
        return found

    def and_also(self, counts: Iterable[tuple[str, str, float]]) -> Channel:
        """The channel with (read, printed, how often) added; itself where nothing is."""
        misread = {read: dict(row) for read, row in self.misread.items()}
        added = False
        for read, printed, count in counts:
            row = misread.setdefault(read, {})
            row[printed] = row.get(printed, 0.0) + count
            added = True
        return Channel(self.glyphs, self.reread, misread) if added else self

    def without(self, counts: Mapping[tuple[str, str], float]) -> Channel:
        """The channel as if `counts` had not been seen."""
        misread = {read: dict(row) for read, row in self.misread.items()}
        for (read, printed), count in counts.items():
            if printed in misread.get(read, {}):
                misread[read][printed] = max(0.0, misread[read][printed] - count)
        return Channel(self.glyphs, self.reread, misread)
