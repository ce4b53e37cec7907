"""A text as overlapping windows: eight letters and the one that follows, each as one number.

Only letters and digits count, so that line breaks, columns, spaces and punctuation do not matter; wide forms
are made narrow, capitals small. The same passage gives the same windows wherever and however it was set.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
BEFORE = 8
"""Letters before the one that a window is about."""
CHAR_BITS = np.uint64(21)
"""The low bits of a window: the code point of its last letter; the others: a hash of those before."""
_ONE = 0x9E3779B97F4A7C15, (0xBF58476D1CE4E5B9, 0x94D049BB133111EB), (30, 27, 31)
"""Factor, spreads and shifts of splitmix64, for one number; below for arrays of them."""
_FACTOR = np.uint64(_ONE[0])
_SPREAD = tuple(np.uint64(x) for x in _ONE[1])
_SHIFTS = tuple(np.uint64(x) for x in _ONE[2])
_ALL = (1 << 64) - 1


class Letters(NamedTuple):
    """The letters and digits of a text, as code points, and where they stand."""

    codes: NDArray[np.uint32]
    places: NDArray[np.int64]

    def text(self, start: int, end: int) -> str:
        return self.codes[start:end].astype("<u4").tobytes().decode("utf-32-le", "replace")


def letters(text: str) -> Letters:
    """The letters and digits of `text`, narrow and small."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    known, back = np.unique(codes, return_inverse=True)
    keep = np.array([_counts(int(code)) for code in known], dtype=bool)[back]
    places = np.flatnonzero(keep)
    narrow = np.array([_narrow(int(code)) for code in known], dtype=np.uint32)[back]
    return Letters(narrow[places], places)


def _counts(code: int) -> bool:
    return not 0xD800 <= code < 0xE000 and chr(code).isalnum()


def _narrow(code: int) -> int:
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
    return code + 32 if 65 <= code <= 90 else code


def contexts(codes: NDArray[np.uint32]) -> Keys:
    """A number for each run of BEFORE letters; one less than letters where there are that many."""
    size = len(codes) - BEFORE + 1
    if size < 1:
        return np.zeros(0, dtype=np.uint64)
    spread = _mixed(codes.astype(np.uint64) * _FACTOR)
    found = np.zeros(size, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for ahead in range(BEFORE):
            found = found * _FACTOR + spread[ahead : ahead + size]
    return _mixed(found) >> CHAR_BITS << CHAR_BITS


def context(letters: str) -> int:
    """The number of one run of BEFORE letters, narrow and small; for one much faster than `contexts`."""
    factor = _ONE[0]
    found = 0
    for letter in letters:
        found = (found * factor + _mixed_one(ord(letter) * factor & _ALL)) & _ALL
    bits = int(CHAR_BITS)
    return _mixed_one(found) >> bits << bits


def _mixed_one(key: int) -> int:
    _, spread, shifts = _ONE
    key = (key ^ key >> shifts[0]) * spread[0] & _ALL
    key = (key ^ key >> shifts[1]) * spread[1] & _ALL
    return key ^ key >> shifts[2]


def windows(codes: NDArray[np.uint32]) -> Keys:
    """The windows of a row of letters; the first is about the letter at BEFORE."""
    return contexts(codes)[:-1] | codes[BEFORE:].astype(np.uint64)


def _mixed(keys: Keys) -> Keys:
    """Every bit of the number in every bit of the result (splitmix64)."""
    with np.errstate(over="ignore"):
        keys = (keys ^ (keys >> _SHIFTS[0])) * _SPREAD[0]
        keys = (keys ^ (keys >> _SHIFTS[1])) * _SPREAD[1]
    return np.asarray(keys ^ (keys >> _SHIFTS[2]), dtype=np.uint64)
