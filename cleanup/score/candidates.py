"""What may have stood at the places that are looked at, instead of what was read.

At an odd character all characters are ranked by their neighbours and by likeness, and the best of them are
scored by the whole model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanup.score import gate
from cleanup.score.channel import Channel
from cleanup.score.ngram import BREAK, Ngrams, Reals
from cleanup.score.pairs import Matrix, Pairs
from cleanup.score.regression import Weights
from cleanup.score.scan import DIGIT, Scan, characters
from cleanup.text.scripts import is_han

Ints = NDArray[np.int64]
SUBSTITUTE, INSERT, DELETE = 0, 1, 2
KEPT, KEPT_GAP = 12, 4
TRAILS = -2.0
"""By so much at most a candidate may rank behind what was read."""
ALIKE = 7.0
"""What full likeness counts when candidates are ranked."""
HELD = 4096
"""Characters whose likeness to all others is kept."""
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
    """Changes that are thought of, one a row."""

    at: Ints
    kind: Ints
    new: Ints
    """Number of the new character in the model's alphabet; of the old one for a deletion."""
    char: NDArray[np.str_]
    """The new character."""

    def __len__(self) -> int:
        return len(self.at)

    def only(self, rows: NDArray[np.bool_]) -> Candidates:
        return Candidates(self.at[rows], self.kind[rows], self.new[rows], self.char[rows])


_Part = tuple[Ints, Ints, Ints, NDArray[Any]]
"""Places, kinds, numbers and characters of some candidates."""


class Proposer:
    """Knows what may stand between two characters."""

    def __init__(
        self, model: Ngrams, pairs: Pairs, channel: Channel, gates: Mapping[str, Weights] | None = None
    ) -> None:
        self._model, self._gates = model, gates or {}
        self._pairs: Matrix = pairs.matrix()
        chars = self._pairs.chars
        ids = model.alphabet.ids(chars)
        single = model.single(ids)
        usable = np.array([is_han(c) for c in chars]) & (single > 0)
        self._chars = np.array(list(chars))
        self._weight = (0.5 * single).astype(np.float32)
        self._commonness = np.where(usable, self._weight, -np.inf).astype(np.float32)
        self._ids = ids
        self._points = channel.glyphs.points(chars)
        self._column = pairs.columns(model.alphabet.chars)
        self._index = {char: at for at, char in enumerate(chars)}
        self.use(channel)

    def use(self, channel: Channel) -> None:
        """Take another channel from now on."""
        self.channel = channel
        self._likeness: dict[str, Reals] = {}

    def propose(self, found: Scan, least: float = 0.0) -> Candidates:
        """Candidates for every place that the gates let through with odds over `least`."""
        odd = gate.characters(found, self._model, self._gates, least)
        sites = np.flatnonzero(odd)
        parts = [*self._characters(found, sites), self._marks(found, sites), *self._inserted(found, least)]
        drop = sites[found.kinds[sites] != DIGIT]
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

    def _add_likeness(self, score: Reals, wanted: Sequence[str]) -> None:
        """Add to each row of `score` how readily that of `wanted` is read for every character."""
        missing = [char for char in dict.fromkeys(wanted) if char not in self._likeness]
        if len(self._likeness) + len(missing) > HELD:
            self._likeness.clear()
            missing = list(dict.fromkeys(wanted))
        if missing:
            rows = self._commonness + ALIKE * (self.channel.glyphs.points(missing) @ self._points.T)
            for row, read in zip(rows, missing, strict=True):
                for char, weight in self.channel.listed(read).items():
                    if char in self._index:
                        row[self._index[char]] += 1.8 + 3.0 * weight
                self._likeness[read] = row
        for total, read in zip(score, wanted, strict=True):
            total += self._likeness[read]

    def _characters(self, found: Scan, sites: Ints) -> list[_Part]:
        """Han characters for others that are no digits."""
        parts: list[_Part] = []
        padded = np.concatenate(([BREAK], found.ids, [BREAK]))
        sites = sites[found.kinds[sites] != DIGIT]
        for start in range(0, len(sites), 256):
            some = sites[start : start + 256]
            reads = [found.text[at] for at in some.tolist()]
            score = self._pairs.links(self._column[padded[some]], self._column[padded[some + 2]])
            own = np.array([self._index.get(read, -1) for read in reads])
            known = np.flatnonzero(own >= 0)
            least = np.full(len(some), -np.inf, dtype=np.float32)
            least[known] = score[known, own[known]] + self._weight[own[known]] + ALIKE + TRAILS
            self._add_likeness(score, reads)
            score[known, own[known]] = -np.inf
            row, column = _best(score, least, KEPT)
            parts.append((some[row], np.full(len(row), SUBSTITUTE), self._ids[column], self._chars[column]))
        return parts

    def _marks(self, found: Scan, sites: Ints) -> _Part:
        """Marks for marks and for what was misread for them; Han characters for digits."""
        at_list: list[int] = []
        char_list: list[str] = []
        for at, digit in zip(sites.tolist(), (found.kinds[sites] == DIGIT).tolist(), strict=True):
            read = found.text[at]
            for char in self._near(read, digit):
                at_list.append(at)
                char_list.append(char)
        chars = np.array(char_list, dtype="<U1")
        ids = self._model.alphabet.ids("".join(char_list))
        return np.array(at_list, dtype=np.int64), np.full(len(chars), SUBSTITUTE), ids, chars

    def _near(self, read: str, digit: bool) -> list[str]:
        printed = [char for char, count in self.channel.misread.get(read, {}).items() if char and count >= 2]
        if digit:
            return sorted(filter(is_han, printed))
        marks = {char for char in printed if not is_han(char) and not char.isalnum()}
        return sorted((marks | set(_NEAR_MARKS.get(read, ""))) - {read})

    def _inserted(self, found: Scan, least: float) -> list[_Part]:
        """Candidates for gaps; a gap is the place before a character."""
        odd, lost = gate.gaps(found, self._model, self._gates, least)
        sites, inner = np.flatnonzero(odd | gate.ends(found)), np.flatnonzero(lost)
        padded = np.concatenate(([BREAK], found.ids, [BREAK]))
        count = len(ADDED)
        ids = self._model.alphabet.ids(ADDED)
        parts = [(np.repeat(sites, count), np.full(len(sites) * count, INSERT), np.tile(ids, len(sites)),
                  np.tile(np.array(list(ADDED)), len(sites)))]  # fmt: skip
        for start in range(0, len(inner), 256):
            some = inner[start : start + 256]
            score = self._pairs.links(self._column[padded[some]], self._column[padded[some + 1]])
            score += self._commonness
            row, column = _best(score, np.full(len(some), -np.inf, np.float32), KEPT_GAP)
            parts.append((some[row], np.full(len(row), INSERT), self._ids[column], self._chars[column]))
        return parts


def _best(score: Reals, least: Reals, keep: int) -> tuple[Ints, Ints]:
    """Rows and columns of the best `keep` of each row that reach at least what is asked of the row."""
    open_ = np.flatnonzero(np.isneginf(least))
    if len(open_):
        least = least.copy()
        least[open_] = np.partition(score[open_], -keep, axis=1)[:, -keep] - 1e-3
    row, column = np.divmod(np.flatnonzero(score > least[:, None]), score.shape[1])
    value = score[row, column]
    order = np.lexsort((column, -value, row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    return row[rank < keep], column[rank < keep]
