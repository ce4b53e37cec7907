"""How readily characters of a language model stand beside one another, for ranking all of them at once.

One file (built by dictionaries/build/beside.py): a line of JSON (the characters, most frequent Han first; the
nats of each level), then where each character's row begins, then two bytes for each pair that stands together
more often than `floor`: the second character's number and a level.
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleanup.score.ngram import BrokenModel

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
BITS = 3
"""Of a pair's two bytes so many tell its level; 0 stands for all that is not listed."""
BLOCKS = 16
"""Characters of a block; the Han characters fill whole ones."""


class Beside:
    """Pairs by their first and by their second character; a character is its number in `chars`."""

    def __init__(self, file: Path) -> None:
        try:
            data = file.read_bytes()
            head = data.index(b"\n") + 1
            meta = json.loads(data[:head])
            self.chars: str = meta["chars"]
            self.han = int(meta["han"])
            """So many of `chars`, the first, are Han characters."""
            self.nats = np.array(meta["nats"], dtype=np.float32)
            """By level: how much oftener two stand together than if they stood anywhere."""
            starts = np.frombuffer(data, dtype="<u4", offset=head, count=len(self.chars) + 1)
            cells = np.frombuffer(data, dtype="<u2", offset=head + starts.nbytes, count=int(starts[-1]))
            if len(self.nats) != 1 << BITS or self.han % BLOCKS or self.han > len(self.chars):
                raise ValueError
        except (OSError, ValueError, KeyError, TypeError):
            raise BrokenModel(
                f"{file} 不是字邻表；请重新安装 ocrfix。",
                f"{file} is not a table of neighbours; reinstall ocrfix.",
            ) from None
        self._after = starts.astype(np.int64), cells

    @cached_property
    def _before(self) -> tuple[Ints, NDArray[np.uint16]]:
        """The same pairs by their second character."""
        starts, cells = self._after
        second = cells >> np.uint16(BITS)
        begins = np.zeros(len(self.chars) + 1, dtype=np.int64)
        np.cumsum(np.bincount(second, minlength=len(self.chars)), out=begins[1:])
        # Sorted as numbers: by the second, then by the first character.
        rows = second.astype(np.uint32) << np.uint32(16)
        rows |= np.repeat(np.arange(len(self.chars), dtype=np.uint16) << np.uint16(BITS), np.diff(starts))
        rows |= cells & np.uint16((1 << BITS) - 1)
        rows.sort()
        return begins, rows.astype(np.uint16)

    @cached_property
    def number(self) -> dict[str, int]:
        """Each of `chars` by its number."""
        return {char: at for at, char in enumerate(self.chars)}

    def columns(self, chars: str) -> Ints:
        """The number of each of `chars`, two places on (0 and 1: no character, and a line end); as many as
        there are for what is not among them."""
        number, none = self.number, len(self.chars)
        return np.array([none, number.get("\n", none), *(number.get(c, none) for c in chars)], dtype=np.int64)

    def after(self, first: int) -> Bytes:
        """The level of every character behind this one."""
        return self._row(*self._after, first)

    def before(self, second: int) -> Bytes:
        """The level of every character before this one."""
        return self._row(*self._before, second)

    def _row(self, starts: Ints, cells: NDArray[np.uint16], at: int) -> Bytes:
        row = np.zeros(len(self.chars), dtype=np.uint8)
        if at < len(self.chars):
            some = cells[starts[at] : starts[at + 1]]
            row[some >> np.uint16(BITS)] = some & np.uint16((1 << BITS) - 1)
        return row
