"""Parts of a text that are read on their own, and what was found in each so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import INSERT, Candidates, Ints
from cleanup.score.gate import Odds, Sites
from cleanup.score.known import Known
from cleanup.score.ngram import Reals
from cleanup.score.scan import Scan

SHORTEST, LONGEST = 5_000, 20_000
"""Characters of a part of a text."""


class Judged(NamedTuple):
    """Candidates, how probable each is, and the evidence for those that are looked at again."""

    thought: Candidates
    sure: NDArray[np.float64]
    told: NDArray[np.float64]
    """Of that what the engine's own doubts of each do, in log-odds."""
    row: Ints
    """Of each its row of the table; -1: not looked at again."""
    table: Reals

    def only(self, rows: NDArray[np.bool_] | Ints) -> Judged:
        """Some of them, in that order."""
        return Judged(self.thought.only(rows), self.sure[rows], self.told[rows], self.row[rows], self.table)

    def moved(self, by: int) -> Judged:
        """The same so many characters farther on."""
        at, some = self.thought.at + by, self.thought
        return self._replace(thought=Candidates(at, some.kind, some.new, some.char))

    def in_order(self) -> Judged:
        """By place and kind."""
        return self.only(np.lexsort((self.thought.kind, self.thought.at)))


def together(some: Sequence[Judged]) -> Judged:
    """Those of several looks as one."""
    if not some:
        nothing = np.zeros(0, dtype=np.int64)
        return Judged(joined([]), np.zeros(0), np.zeros(0), nothing, np.zeros((0, 0), dtype=np.float32))
    starts = np.cumsum([0, *(len(one.table) for one in some)])
    rows = [np.where(one.row < 0, -1, one.row + start) for one, start in zip(some, starts, strict=False)]
    sure, told = (np.concatenate([getattr(one, name) for one in some]) for name in ("sure", "told"))
    thought, table = joined([one.thought for one in some]), np.concatenate([one.table for one in some])
    return Judged(thought, sure, told, np.concatenate(rows), table)


class Part:
    """A part of a text, and what was found in it."""

    def __init__(self, found: Scan, odds: Odds, known: Known) -> None:
        self.found, self.known, self.odds = found, known, odds
        self._layers: dict[float, tuple[Sites, Judged]] = {}
        """Places with such odds that were not looked at before, and what was found there."""
        self.told: tuple[dict[int, Mapping[str, float]], Judged] | None = None
        """What the engine last said of some places, and what was found there with it."""

    def unseen(self, least: float) -> Sites:
        """Places with odds over `least` that were not looked at, or not as all that they may be."""
        return self.odds.sites(least, min(self._layers, default=np.inf))

    def add(self, least: float, sites: Sites, found: Judged) -> None:
        """What was found at those places."""
        self._layers[least] = sites, found

    def __contains__(self, least: float) -> bool:
        return least in self._layers

    def judged(self, least: float) -> Judged:
        """What was found at places with odds over `least`, by place and kind."""
        found = []
        again = np.zeros(len(self.found.text) + 1, dtype=bool)
        for odds in sorted(odds for odds in self._layers if odds >= least):
            sites, judged = self._layers[odds]
            found.append(judged.only(~((judged.thought.kind == INSERT) & again[judged.thought.at])))
            again[sites.marks] = again[sites.lost] = True
        return together(found).in_order()


@lru_cache(maxsize=4)
def parts(text: str) -> tuple[tuple[int, int], ...]:
    """Parts of a text that are read on their own, cut at line ends by content: an edit moves no cut."""
    found, start, at = [], 0, 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if at - start > LONGEST or (
            at - start > SHORTEST and crc32(line.encode("utf-8", "surrogatepass")) % 24 == 0
        ):
            found.append((start, at))
            start = at
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found)


def joined(thoughts: list[Candidates]) -> Candidates:
    """Candidates of several texts as one."""
    return Candidates(
        np.concatenate([t.at for t in thoughts]) if thoughts else np.zeros(0, np.int64),
        np.concatenate([t.kind for t in thoughts]) if thoughts else np.zeros(0, np.int64),
        np.concatenate([t.new for t in thoughts]) if thoughts else np.zeros(0, np.int64),
        np.concatenate([t.char for t in thoughts]) if thoughts else np.zeros(0, "<U1"),
    )
