"""Where a text comes within one character of a name, in bulk and whatever the number of names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cleanup.text import signs

Codes = NDArray[np.uint64]
_SALT = np.uint64(0x9E3779B97F4A7C15)
_LEAST_BITS, _SPARSE = 8, 32
"""A table has at least 2**8 cells, and so many for each key: one window in 32 is let through in vain."""


def codes(text: str) -> Codes:
    """The characters of a text as numbers."""
    return signs.codes(text).astype(np.uint64)


def among(codes: Codes, chars: str) -> NDArray[np.bool_]:
    """Which of the characters are among `chars`."""
    return _members(chars).take(codes, mode="clip")


@lru_cache(maxsize=32)
def _members(chars: str) -> NDArray[np.bool_]:
    members = [ord(char) for char in chars]
    table = np.zeros(max(members, default=0) + 2, dtype=np.bool_)  # the last stands for all beyond
    table[members] = True
    return table


def starts(text: Codes, size: int) -> NDArray[np.int64]:
    """Where windows of `size` characters begin."""
    return np.arange(max(0, len(text) - size + 1))


class OneApart:
    """Words by all but one of their characters."""

    def __init__(self, words: Iterable[str]) -> None:
        """In the order given, which is the order of what is found."""
        self._words: dict[tuple[str, str], list[str]] = {}
        for word in words:
            for at in range(len(word)):
                self._words.setdefault((word[:at], word[at + 1 :]), []).append(word)

    def beside(self, shown: str, at: int) -> list[str]:
        """Those that differ from `shown` in the character at this place, and in no other."""
        return [word for word in self._words.get((shown[:at], shown[at + 1 :]), ()) if word != shown]

    def longer(self, shown: str) -> list[str]:
        """Those that have one character more."""
        found = (self._words.get((shown[:at], shown[at:]), ()) for at in range(len(shown) + 1))
        return list(dict.fromkeys(word for words in found for word in words))


class Near:
    """Names by all but one of their characters, hashed; a window that fits may still fit by chance."""

    def __init__(self, names: Iterable[str]) -> None:
        by_size: dict[int, list[str]] = {}
        for name in names:
            by_size.setdefault(len(name), []).append(name)
        self._tables: dict[tuple[int, int], tuple[NDArray[np.bool_], np.uint64]] = {}
        self._chars: dict[tuple[int, int], NDArray[np.bool_]] = {}
        """Size, place → which characters names of that size have there."""
        for size, same in by_size.items():
            rows = codes("".join(same)).reshape(-1, size)
            bits = max(_LEAST_BITS, (_SPARSE * len(same)).bit_length())
            shift = np.uint64(64 - bits)
            for place in range(size):
                self._chars[size, place] = np.zeros(signs.LAST + 1, dtype=np.bool_)
                self._chars[size, place][np.minimum(rows[:, place], signs.LAST)] = True
                table = np.zeros(1 << bits, dtype=np.bool_)
                table[_keys([rows[:, at] for at in range(size)], place) >> shift] = True
                self._tables[size, place] = table, shift

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(sorted({size for size, _ in self._tables}))

    def fits(self, text: Codes, starts: NDArray[np.int64], size: int, place: int) -> NDArray[np.int64]:
        """Those of `starts` where the `size` characters, but for the one at `place`, may be a name's."""
        table, shift = self._tables[size, place]
        for at in range(size):
            if at != place and len(starts):
                there = np.minimum(text.take(starts + at), signs.LAST)
                starts = starts[self._chars[size, at].take(there)]
        keys = _keys([text[starts + at] if at != place else text[:0] for at in range(size)], place)
        return np.asarray(starts[table[keys >> shift]], dtype=np.int64)


def _keys(columns: list[Codes], place: int) -> Codes:
    """One mixed number for all characters but that at `place`."""
    key = np.zeros(len(columns[place - 1]), dtype=np.uint64)
    for at, column in enumerate(columns):
        if at != place:
            key ^= column
            key *= _SALT
            key ^= key >> np.uint64(29)
    key *= _SALT
    return key
