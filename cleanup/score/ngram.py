"""How text goes on, by the counts of runs of up to five characters; mapped into memory, scored in bulk.

One file: a line of JSON (the characters, their counts, how it was made), then a static hash table of 16-bit
cells. A run's three cells, xor-ed, give 10 check bits and 6 bits of its count's logarithm. A missing run is
taken for a present one once in a thousand times, and then only if both of its shorter parts are present.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleanup.model.errors import OcrfixError

Ids = NDArray[np.int64]
Reals = NDArray[np.float32]
Levels = NDArray[np.uint8]
ORDER = 5
LARGEST = 7000
"""Characters that a model may know: the fifth power of it fits into 64 bits."""
UNKNOWN, BREAK = 0, 1
STEP = 0.25
"""Nats between two levels of a count."""
_SALT, _WHOLE = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_DROP = 0xFFFF
_BULK = 32_768
"""Runs that are looked up at a time."""
ASKED = 0xFF
"""Stands for a level that is not known yet."""


class BrokenModel(OcrfixError):
    """The file is not an n-gram model."""


class Alphabet:
    """Characters as numbers: every digit counts as 0, every Latin letter as a, half-width marks as full."""

    def __init__(self, chars: str) -> None:
        self.chars = chars
        self._table = np.zeros(0x110000, dtype=np.uint16)
        for at, char in enumerate(chars):
            self._table[ord(char)] = at + 2
        for many, one in (("0123456789０１２３４５６７８９", "0"), (_letters(), "a")):
            self._table[[ord(char) for char in many]] = self._table[ord(one)]
        for half, full in _WIDE.items():
            self._table[half] = self._table[full] if isinstance(full, int) else self._table[ord(full or "a")]
        self._table[[ord(char) for char in " \t\r\u3000\u00a0"]] = _DROP
        self._table[[ord(char) for char in "\n\f"]] = BREAK

    def __len__(self) -> int:
        return len(self.chars) + 2

    def ids(self, text: str) -> Ids:
        """A number for each character of `text`, spaces too."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        found: Ids = self._table[codes].astype(np.int64)
        found[found == _DROP] = UNKNOWN
        return np.asarray(found, dtype=np.int64)

    def stream(self, text: str) -> Ids:
        """Numbers of `text` without its spaces, a run of line ends counting once."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        found = self._table[codes]
        found = found[found != _DROP]
        again = (found == BREAK) & (np.concatenate(([BREAK], found[:-1])) == BREAK)
        return np.asarray(found[~again], dtype=np.int64)


def _letters() -> str:
    small = "abcdefghijklmnopqrstuvwxyz"
    return small + small.upper() + "".join(chr(ord(c) + 0xFEE0) for c in small + small.upper())


def slots(
    keys: NDArray[np.uint64], size: int, third: int
) -> tuple[list[NDArray[np.int64]], NDArray[np.uint16]]:
    """The three cells of runs of `size` characters, and their check bits."""
    low, length = np.uint64(0xFFFFFFFF), np.uint64(third)
    found: list[NDArray[np.int64]] = []
    # Numbers of arrays wrap around silently.
    mixed = keys + np.uint64(_SALT * size & _WHOLE)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    for number, shift in enumerate((0, 21, 32)):
        turn = mixed >> np.uint64(shift)
        turn &= low
        turn *= length
        turn >>= np.uint64(32)
        turn += np.uint64(number * third)
        found.append(turn.view(np.int64))
    mixed *= np.uint64(0xD6E8FEB86659FD93)
    mixed >>= np.uint64(54)
    return found, mixed.astype(np.uint16)


class Ngrams:
    """Counts of runs of characters, and what follows what with which probability."""

    def __init__(self, file: Path) -> None:
        try:
            with file.open("rb") as stream:
                head = stream.readline()
                whole = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            self.meta = json.loads(head)
            self.alphabet = Alphabet(self.meta["chars"])
            self._third = int(self.meta["third"])
            levels = np.array([0, 0, *self.meta["counts"]], dtype=np.float32)
            self._cells = np.frombuffer(whole, dtype="<u2", offset=len(head), count=3 * self._third)
            self._weigh(levels)
        except (OSError, ValueError, KeyError, TypeError):
            raise BrokenModel(
                f"{file} 不是语言模型；请重新安装 ocrfix。",
                f"{file} is not an n-gram model; reinstall ocrfix.",
            ) from None

    def _weigh(self, levels: Reals) -> None:
        """Make ready, with the logarithms of all characters' counts."""
        self._held = [float(x) for x in self.meta["held"]]
        self._fade = [float(x) for x in self.meta["fade"]]
        self._single = levels
        singles = np.where(levels > 0, np.exp(levels.astype(np.float64)), 0.0)
        self.total = float(singles.sum())
        self._share = ((singles + 0.5) / (self.total + 0.5 * len(levels))).astype(np.float32)
        self._level = np.where(levels > 0, np.minimum(np.rint(levels / STEP), 62) + 1, 0).astype(np.uint8)
        self.logs = np.concatenate(([-np.inf], np.arange(63) * STEP)).astype(np.float32)
        """Logarithm of the count that each level stands for."""
        self._steps = [self._step(size) for size in range(2, ORDER + 1)]

    def _step(self, size: int) -> tuple[Reals, Reals]:
        """What a run's level says of its last character, by level and context's level; and what is left."""
        seen = np.maximum(self.logs, 0.0)
        rest = np.minimum(
            self._held[size - 2] * np.exp(seen, dtype=np.float64) ** -self._fade[size - 2], 0.95
        )
        share = (1 - rest)[None, :] * np.minimum(
            np.exp(self.logs[:, None] - seen[None, :], dtype=np.float64), 1.0
        )
        rest[0], share[:, 0] = 1.0, 0.0
        return share.astype(np.float32).ravel(), rest.astype(np.float32)

    def single(self, ids: Ids) -> Reals:
        """Logarithm of each character's count; 0 where it is unknown."""
        return np.asarray(self._single[ids], dtype=np.float32)

    def share(self, ids: Ids) -> Reals:
        """Logarithm of each character's share of all text."""
        return np.asarray(np.log(self._share[ids], dtype=np.float64), dtype=np.float32)

    def levels(self, rows: Ids, given: Sequence[Levels] | None = None) -> list[Levels]:
        """For each length 2 to 5: levels of the counts of the runs that start at each place of `rows`.

        Places are the first axis; there are fewer the longer the runs. 0 where a run is not known. `given`:
        levels that are known already, and ASKED.
        """
        keys = rows.astype(np.uint64)
        base = np.uint64(LARGEST)
        found: list[Levels] = []
        known = rows > UNKNOWN
        key = keys
        for size in range(2, min(ORDER, len(rows)) + 1):
            key = key[:-1] * base
            key += keys[size - 1 :]
            wanted = known[:-1] & known[1:]
            if given is None:
                level = np.zeros(key.shape, dtype=np.uint8)
            else:
                asked = given[size - 2] == ASKED
                level = np.where(asked, np.uint8(0), given[size - 2])
                wanted &= asked
            at = np.flatnonzero(wanted)
            if len(at):
                level.ravel()[at] = self._look(key.ravel()[at], size)
            if found:
                np.minimum(level, np.minimum(found[-1][:-1], found[-1][1:]), out=level)
            found.append(level)
            known = level > 0
        return found

    def _look(self, keys: NDArray[np.uint64], size: int) -> Levels:
        found = np.empty(len(keys), dtype=np.uint8)
        for at in range(0, len(keys), _BULK):
            (one, two, three), check = slots(keys[at : at + _BULK], size, self._third)
            cell = self._cells.take(one, mode="clip")  # "clip" looks for no error: there can be none
            cell ^= self._cells.take(two, mode="clip")
            cell ^= self._cells.take(three, mode="clip")
            found[at : at + _BULK] = (cell & 63) * (cell >> 6 == check)
        return found

    def forward(self, rows: Ids, levels: list[Levels], first: int = 0) -> Reals:
        """Log-probability of what is at each place, from `first` on, given up to four places before it."""
        p = self._share[rows[first:]]
        below = self._level[rows]
        for size, (level, (share, rest)) in enumerate(zip(levels, self._steps, strict=False), 2):
            start = max(first - size + 1, 0)
            context = below[start : len(level)]
            part = p[start + size - 1 - first :]
            part *= rest.take(context, mode="clip")
            part += share.take(_cell(level[start:], context), mode="clip")
            below = level
        return np.asarray(np.log(p, dtype=np.float64), dtype=np.float32)

    def backward(self, rows: Ids, levels: list[Levels], end: int | None = None) -> Reals:
        """Log-probability of what is at each place, up to `end`, given up to four places behind it."""
        p = self._share[rows[:end]]
        below = self._level[rows]
        for level, (share, rest) in zip(levels, self._steps, strict=False):
            width = min(len(level), len(p))
            context = below[1 : width + 1]
            part = p[:width]
            part *= rest.take(context, mode="clip")
            part += share.take(_cell(level[:width], context), mode="clip")
            below = level
        return np.asarray(np.log(p, dtype=np.float64), dtype=np.float32)


def _cell(level: Levels, context: Levels) -> NDArray[np.intp]:
    """Where a step has the share of a run with this level behind a context with that."""
    found = level.astype(np.intp)
    found <<= 6
    found |= context
    return found
