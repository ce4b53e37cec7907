"""Where a text and its twins elsewhere in the archive part: what each has there, and how many have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cleanup.data.files import rows
from cleanup.data.profile import Elsewhere
from cleanup.text.once import once
from cleanup.text.windows import BEFORE, Letters, context, contexts, letters

WEIGHTS = "models/twins.tsv"
ALIKE = 4
"""Windows before the place, and letters behind it, that the twins must share."""
REJOIN = 8
LONGEST = 12
"""Letters: a longer difference is another wording."""
AROUND = 16
TWIN = 0.3
"""Windows on either side of a place, and the share of them that must stand elsewhere."""
_STEPS = 64
"""Continuations that are tried for one place."""


@once
def weights() -> dict[str, float]:
    """Term → its weight in how probable it is that the twins are right."""
    return {term: float(weight) for term, weight in rows(WEIGHTS, 2)}


class Difference(NamedTuple):
    """Letters [start, end) of a text, and what its twins have there instead."""

    start: int
    end: int
    after: str
    files: int
    """Other files that have `after`; none has it as it stands."""
    share: float
    """Share of the text around, on both sides, that stands elsewhere too."""


class Compared(NamedTuple):
    letters: Letters
    places: tuple[tuple[Difference, ...], ...]
    """For each place that differs what its twins may have."""


def compare(text: str, elsewhere: Elsewhere) -> Compared:
    """The text's letters, and the places where more of its twins have something else."""
    found = letters(text)
    if len(found.codes) <= BEFORE + ALIKE:
        return Compared(found, ())
    return Compared(found, tuple(_Search(found, elsewhere).places()))


class _Search:
    def __init__(self, found: Letters, elsewhere: Elsewhere) -> None:
        self.elsewhere = elsewhere
        self.text = found.text(0, len(found.codes))
        self.contexts = contexts(found.codes)
        keys = self.contexts[:-1] | found.codes[BEFORE:].astype(np.uint64)
        # One count for each letter: of the window that ends with it.
        self.counts = np.concatenate((np.zeros(BEFORE, np.int64), elsewhere.count(keys)))

    def places(self) -> Iterator[tuple[Difference, ...]]:
        known = (self.counts > 0).astype(np.int64)
        run = np.convolve(known, np.ones(ALIKE, np.int64))[: len(known)]
        doubtful = np.flatnonzero((run[:-1] == ALIKE) & (known[1:] == 0)) + 1
        last = 0
        for at in doubtful.tolist():
            if at >= last and (found := tuple(self._at(at))):
                yield found
                last = max(each.end for each in found) + 1

    def _at(self, at: int) -> Iterator[Difference]:
        """What twins have instead of what begins at a letter."""
        for char, files in self.elsewhere.continuations(int(self.contexts[at - BEFORE])):
            walked = self._walk(at, char, files)
            # What two files have can be followed; where it does not lead back, they say something else.
            for found in [walked] if walked else self._single(at, char) if files == 1 else ():
                share = self._share(found)
                if share >= TWIN:
                    yield found._replace(share=share)

    def _walk(self, at: int, char: str, files: int) -> Difference | None:
        """The way that most files went from here until they met this text again."""
        best: Difference | None = None
        way = [(char, files)]
        for _ in range(_STEPS):
            if not way:
                break
            path, least = way.pop()
            if best is not None and least <= best.files:
                continue
            end = self._rejoins(at, path)
            if end is not None:
                best = Difference(at, end, path[: len(path) - REJOIN], least, 0.0)
            elif len(path) < LONGEST + REJOIN:
                before = (self.text[at - BEFORE : at] + path)[-BEFORE:]
                way += [
                    (path + follows, min(least, count))
                    for follows, count in reversed(self.elsewhere.continuations(context(before)))
                ]
        return best

    def _rejoins(self, at: int, path: str) -> int | None:
        """Where the text goes on as the end of `path` does; None: it does not."""
        if len(path) < REJOIN:
            return None
        place = self.text[at : at + LONGEST + REJOIN].find(path[-REJOIN:])
        return at + place if place >= 0 and (place or len(path) > REJOIN) else None

    def _single(self, at: int, char: str) -> Iterator[Difference]:
        """A lone twin cannot be followed through the letter that differs, only be met again behind it."""
        if self._known(at + 1 + BEFORE):
            if self.text[at + 1] == char:
                yield Difference(at, at + 1, "", 1, 0.0)
            yield Difference(at, at + 1, char, 1, 0.0)
        if self._known(at + BEFORE):
            yield Difference(at, at, char, 1, 0.0)

    def _share(self, found: Difference) -> float:
        before = self.counts[max(BEFORE, found.start - AROUND) : found.start]
        behind = self.counts[found.end + BEFORE : found.end + BEFORE + AROUND]
        return float((before > 0).sum() + (behind > 0).sum()) / max(1, len(before) + len(behind))

    def _known(self, at: int) -> bool:
        return at < len(self.counts) and bool(self.counts[at])
