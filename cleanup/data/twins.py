"""Where a text and its twins elsewhere in the archive part: what stands there, what the twins have, how many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cleanup.data.profile import Elsewhere
from cleanup.text.windows import BEFORE, Letters, contexts, letters

ALIKE = 4
"""Windows before the place, and letters behind it, that the twins must share."""
REJOIN = 8
LONGEST = 12
"""Letters: a longer difference is another wording."""
_STEPS = 400
"""Continuations that are tried for one place."""


class Difference(NamedTuple):
    """Letters [start, end) of a text, and what its twins have there instead."""

    start: int
    end: int
    after: str
    files: int
    """Files that have `after`."""
    alike: int
    """Other files that have it as it stands."""


class Compared(NamedTuple):
    letters: Letters
    differences: tuple[Difference, ...]


def compare(text: str, elsewhere: Elsewhere) -> Compared:
    """The text's letters, and the places where more of its twins have something else."""
    found = letters(text)
    if len(found.codes) <= BEFORE + ALIKE:
        return Compared(found, ())
    return Compared(found, tuple(_Search(found, elsewhere).differences()))


class _Search:
    def __init__(self, found: Letters, elsewhere: Elsewhere) -> None:
        self.letters = found
        self.elsewhere = elsewhere
        self.contexts = contexts(found.codes)
        keys = self.contexts[:-1] | found.codes[BEFORE:].astype(np.uint64)
        # One count for each letter: of the window that ends with it.
        self.counts = np.concatenate((np.zeros(BEFORE, np.int64), elsewhere.count(keys)))

    def differences(self) -> Iterator[Difference]:
        known = (self.counts > 0).astype(np.int64)
        run = np.convolve(known, np.ones(ALIKE, np.int64))[: len(known)]  # known among the last ALIKE
        doubtful = np.flatnonzero((run[:-1] == ALIKE) & (self.counts[1:] < self.counts[:-1])) + 1
        last = 0
        for at in doubtful.tolist():
            if at < last:
                continue
            best = self._at(at)
            if best is not None:
                yield best
                last = best.end + 1

    def _at(self, at: int) -> Difference | None:
        """What most of the twins have instead of what begins at a letter."""
        mine = int(self.counts[at])
        rows = [row for row in self.elsewhere.continuations(self.contexts[at - BEFORE]) if row[1] > mine]
        here = chr(int(self.letters.codes[at]))
        best: Difference | None = None
        steps = _STEPS
        for char, files in rows:
            if char == here:
                continue
            way = [(char, files)]
            while way and steps:
                steps -= 1
                path, least = way.pop()
                end = self._rejoins(at, path)
                if end is not None:
                    after = path[: len(path) - REJOIN]
                    if least > mine and (best is None or least > best.files):
                        best = Difference(at, end, after, least, mine)
                    continue
                if len(path) >= LONGEST + REJOIN:
                    continue
                before = (self.letters.text(at - BEFORE, at) + path)[-BEFORE:]
                codes = np.frombuffer(before.encode("utf-32-le"), dtype="<u4").astype(np.uint32)
                way += [
                    (path + follows, min(least, count))
                    for follows, count in reversed(self.elsewhere.continuations(contexts(codes)[0]))
                ]
        return best

    def _rejoins(self, at: int, path: str) -> int | None:
        """Where the text goes on as the end of `path` does; None: it does not."""
        if len(path) < REJOIN:
            return None
        tail = path[-REJOIN:]
        place = self.letters.text(at, at + LONGEST + REJOIN).find(tail)
        return at + place if place >= 0 and (place or len(path) > REJOIN) else None
