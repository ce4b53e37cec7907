"""What may have stood at the places that are looked at, instead of what was read.

At an odd character all characters are ranked by their neighbours and by likeness, and the best of them are
scored by the whole model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanup.score.beside import Beside
from cleanup.score.channel import Channel
from cleanup.score.gate import Sites
from cleanup.score.ngram import BREAK, Ngrams
from cleanup.score.ranking import TRAILS, Ranking
from cleanup.score.scan import DIGIT, Scan, characters
from cleanup.text.scripts import is_han

Ints = NDArray[np.int64]
SUBSTITUTE, INSERT, DELETE = 0, 1, 2
KEPT, KEPT_GAP = 12, 4
_TRAILS_FAR = -8.0
"""By so much they may rank behind what was read where a person chooses."""
ADDED = "，。、；：“”"
_NEAR_MARKS = {
    "，": "。、；：",
    "。": "，、",
    "：": "；，。",
    "；": "：，",
    "、": "，。",
    ".": "，。、",
    "·": "，、",
    "!": "！",
}


@dataclass(frozen=True)
class Candidates:
    """Changes that are considered, one a row."""

    at: Ints
    kind: Ints
    new: Ints
    """Number of the new character in the model's alphabet; of the old one for a deletion."""
    char: NDArray[np.str_]
    """The new character."""

    def __len__(self) -> int:
        return len(self.at)

    def only(self, rows: NDArray[np.bool_] | Ints) -> Candidates:
        """Some of the rows, in that order."""
        return Candidates(self.at[rows], self.kind[rows], self.new[rows], self.char[rows])


_Part = tuple[Ints, Ints, Ints, NDArray[Any]]
"""Places, kinds, numbers and characters of some candidates."""


class Proposer:
    """Knows what may stand between two characters."""

    def __init__(self, model: Ngrams, beside: Beside, channel: Channel) -> None:
        self._model = model
        self._ranking = Ranking(beside, model, channel)
        self._ids = model.alphabet.ids("".join(self._ranking.chars.tolist()))
        self._column = beside.columns(model.alphabet.chars)
        self.use(channel)

    def use(self, channel: Channel) -> None:
        """Take another channel from now on; for who shares this with nobody."""
        self.channel = channel
        self._near = cache(self._look_near)
        self._ranking.use(channel)

    def propose(self, found: Scan, sites: Sites) -> Candidates:
        """Candidates for some places of a text."""
        odd = sites.characters
        parts = [self._characters(found, odd), self._marks(found, odd), *self._inserted(found, sites)]
        drop = odd[found.kinds[odd] != DIGIT]
        parts.append((drop, np.full(len(drop), DELETE), found.ids[drop], characters(found.codes[drop])))
        at = np.concatenate([part[0] for part in parts]).astype(np.int64)
        kind = np.concatenate([part[1] for part in parts]).astype(np.int64)
        order = np.lexsort((kind, at))
        return Candidates(
            at[order],
            kind[order],
            np.concatenate([part[2] for part in parts])[order].astype(np.int64),
            np.concatenate([part[3].astype("<U1") for part in parts])[order],
        )

    def widely(self, found: Scan, sites: Ints, keep: int) -> tuple[Candidates, Ints]:
        """So many Han characters for each of some others, however badly they stand there, and their ranks."""
        row, at, new, char = self._ranked(found, sites, keep, _TRAILS_FAR)
        rank = np.arange(len(row)) - np.searchsorted(row, row, side="left")
        return Candidates(at, np.full(len(row), SUBSTITUTE), new, char), rank

    def _characters(self, found: Scan, sites: Ints) -> _Part:
        """Han characters for others that are no digits."""
        row, at, new, char = self._ranked(found, sites[found.kinds[sites] != DIGIT], KEPT, TRAILS)
        return at, np.full(len(row), SUBSTITUTE), new, char

    def _ranked(
        self, found: Scan, sites: Ints, keep: int, trails: float
    ) -> tuple[Ints, Ints, Ints, NDArray[Any]]:
        """The best Han characters for some others: whose they are, by number, and where; which they are."""
        padded = np.concatenate(([BREAK], found.ids, [BREAK]))
        reads = [found.text[at] for at in sites.tolist()]
        left, right = self._column[padded[sites]], self._column[padded[sites + 2]]
        printed = None if found.printed is None else characters(found.printed[sites]).tolist()
        row, column = self._ranking.best(left, right, keep, reads, printed, trails)
        return row, sites[row], self._ids[column], self._ranking.chars[column]

    def _marks(self, found: Scan, sites: Ints) -> _Part:
        """Marks for marks and for what was misread for them; Han characters for digits."""
        near = [
            self._near(found.text[at], digit)
            for at, digit in zip(sites.tolist(), (found.kinds[sites] == DIGIT).tolist(), strict=True)
        ]
        chars = "".join(near)
        at = np.repeat(sites, [len(some) for some in near])
        return at, np.full(len(at), SUBSTITUTE), self._model.alphabet.ids(chars), np.array(list(chars), "<U1")

    def _look_near(self, read: str, digit: bool) -> str:
        printed = [char for char, count in self.channel.misread.get(read, {}).items() if char and count >= 2]
        if digit:
            return "".join(sorted(filter(is_han, printed)))
        marks = {char for char in printed if not is_han(char) and not char.isalnum()}
        return "".join(sorted((marks | set(_NEAR_MARKS.get(read, ""))) - {read}))

    def _inserted(self, found: Scan, sites: Sites) -> list[_Part]:
        """Candidates for gaps."""
        marks, lost = sites.marks, sites.lost
        padded = np.concatenate(([BREAK], found.ids, [BREAK]))
        count = len(ADDED)
        ids = self._model.alphabet.ids(ADDED)
        parts = [(np.repeat(marks, count), np.full(len(marks) * count, INSERT), np.tile(ids, len(marks)),
                  np.tile(np.array(list(ADDED)), len(marks)))]  # fmt: skip
        left, right = self._column[padded[lost]], self._column[padded[lost + 1]]
        row, column = self._ranking.best(left, right, KEPT_GAP)
        parts.append((lost[row], np.full(len(row), INSERT), self._ids[column], self._ranking.chars[column]))
        return parts
