"""Parts of a text that are read on their own, and what was found in each so far."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import INSERT, Candidates
from cleanup.score.gate import Odds, Sites
from cleanup.score.scan import Scan

SHORTEST, LONGEST = 5_000, 20_000
"""Characters of a part of a text."""
Judged = tuple[Candidates, NDArray[np.float64]]
"""Candidates and their probabilities."""


class Part:
    """A part of a text, and what was found in it."""

    def __init__(self, found: Scan, odds: Odds) -> None:
        self.found, self._odds = found, odds
        self._layers: dict[float, tuple[Sites, Judged]] = {}
        """Places with such odds that were not looked at before, and what was found there."""

    def unseen(self, least: float) -> Sites:
        """Places with odds over `least` that were not looked at, or not as all that they may be."""
        return self._odds.sites(least, min(self._layers, default=np.inf))

    def add(self, least: float, sites: Sites, found: Judged) -> None:
        """What was found at those places."""
        self._layers[least] = sites, found

    def __contains__(self, least: float) -> bool:
        return least in self._layers

    def judged(self, least: float) -> Judged:
        """What was found at places with odds over `least`, by place and kind."""
        thoughts, sures = [], []
        again = np.zeros(len(self.found.text) + 1, dtype=bool)
        for odds in sorted(odds for odds in self._layers if odds >= least):
            sites, (thought, sure) = self._layers[odds]
            last = ~((thought.kind == INSERT) & again[thought.at])
            thoughts.append(thought.only(last))
            sures.append(sure[last])
            again[sites.marks] = again[sites.lost] = True
        thought, sure = joined(thoughts), np.concatenate(sures)
        order = np.lexsort((thought.kind, thought.at))
        return thought.only(order), sure[order]


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
