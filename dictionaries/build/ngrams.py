"""Exact counts of runs of Han characters in a large text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from corpus import is_han
from numpy.typing import NDArray

BITS = 14
"""Bits for the place of one character; four characters fit into one whole number."""


class Grams:
    """Counts of all runs of 1 to `longest` (at most 4) Han characters of a text."""

    def __init__(self, text: str, longest: int = 4) -> None:
        """Count; needs about 16 bytes of memory for each character of the text."""
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        present = np.flatnonzero(np.bincount(codes, minlength=1))
        self.chars = [chr(code) for code in present if is_han(chr(code))]
        if len(self.chars) >= 1 << BITS:
            raise SystemExit(f"more than {1 << BITS} different characters: raise BITS")
        self.places = {char: place + 1 for place, char in enumerate(self.chars)}
        table = np.zeros(int(codes.max()) + 1, dtype=np.uint16)
        for char, place in self.places.items():
            table[ord(char)] = place
        places = table[codes]
        self.keys: dict[int, NDArray[np.uint64]] = {}
        self.counts: dict[int, NDArray[np.int64]] = {}
        for size in range(1, longest + 1):
            self.keys[size], self.counts[size] = self._tally(places, size)

    @staticmethod
    def _tally(places: NDArray[np.uint16], size: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Sorted keys of all runs of one size, with their counts."""
        length = len(places) - size + 1
        known = np.ones(length, dtype=bool)
        keys = np.zeros(length, dtype=np.uint64)
        for offset in range(size):
            part = places[offset : offset + length]
            known &= part > 0
            keys <<= np.uint64(BITS)
            keys |= part
        found, counts = np.unique(keys[known], return_counts=True)
        return found, counts

    def count(self, run: str) -> int:
        """How often a run of Han characters stands in the text."""
        key = 0
        for char in run:
            if char not in self.places:
                return 0
            key = key << BITS | self.places[char]
        keys = self.keys[len(run)]
        place = int(np.searchsorted(keys, np.uint64(key)))
        return int(self.counts[len(run)][place]) if place < len(keys) and int(keys[place]) == key else 0

    def frequent(self, size: int, least: int) -> Iterator[tuple[str, int]]:
        """All runs of one size that stand in the text at least so many times."""
        often = np.flatnonzero(self.counts[size] >= least)
        for place in often:
            key, run = int(self.keys[size][place]), ""
            for _ in range(size):
                run = self.chars[(key & (1 << BITS) - 1) - 1] + run
                key >>= BITS
            yield run, int(self.counts[size][place])
