"""What the corrector reads: changes with their probability, of one character or of two at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import DELETE, INSERT, Candidates, Twos
from cleanup.score.regression import Doubles

MOST = 5
"""Readings that are shown of a place."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A change at one place: `read` (empty: something is missing) becomes `new` (empty: too many).

    Or of two characters that stand or fall together: `read` and `new` run from the first to the second.
    """

    at: int
    read: str
    new: str
    probability: float
    others: tuple[str, ...]
    """Other things it may be, best first."""
    guarded: bool
    """A person decides: it would change a number, or all else in the text seems right."""

    def singles(self) -> Iterator[Reading]:
        """The change of each single character; itself where it is one."""
        if len(self.read) < 2:
            yield self
            return
        for by, (old, new) in enumerate(zip(self.read, self.new, strict=True)):
            if old != new:
                yield replace(self, at=self.at + by, read=old, new=new, others=())


def of_one(
    text: str, thought: Candidates, sure: Doubles, worth: NDArray[np.bool_], guarded: NDArray[np.bool_]
) -> list[Reading]:
    """The best change at each place where it is worth it, with what else the place may be."""
    order = np.lexsort((-sure, thought.at))
    found = []
    for rows in np.split(order, np.flatnonzero(np.diff(thought.at[order])) + 1) if worth.any() else ():
        best = rows[0]
        if not worth[best]:
            continue
        at, insert = int(thought.at[best]), thought.kind[best] == INSERT
        words = [_word(thought, row) for row in rows if (thought.kind[row] == INSERT) == insert]
        others = tuple(dict.fromkeys(word for word in words if word != words[0]))[: MOST - 1]
        read = "" if insert else text[at]
        found.append(Reading(at, read, words[0], float(sure[best]), others, bool(guarded[best])))
    return found


def _word(thought: Candidates, row: int) -> str:
    return "" if thought.kind[row] == DELETE else str(thought.char[row])


def of_two(text: str, twos: Twos, sure: Doubles, guarded: NDArray[np.bool_]) -> list[Reading]:
    """The best pair of changes at each two places, with what else both may be."""
    group = twos.at * 4 + twos.apart
    order = np.lexsort((-sure, group))
    found = []
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(order) else ():
        best = rows[0]
        at, behind = int(twos.at[best]), int(twos.at[best] + twos.apart[best])
        words = [f"{twos.chars[row, 0]}{text[at + 1 : behind]}{twos.chars[row, 1]}" for row in rows[:MOST]]
        read = text[at : behind + 1]
        found.append(Reading(at, read, words[0], float(sure[best]), tuple(words[1:]), bool(guarded[best])))
    return found


def settled(singles: Iterable[Reading], twos: Iterable[Reading]) -> tuple[Reading, ...]:
    """By place; of a pair and single changes, or other pairs, of the same characters the surer ones."""
    taken: dict[int, float] = {}
    singles = list(singles)
    for one in singles:
        if one.read:
            taken[one.at] = one.probability
    chosen: list[Reading] = []
    claimed: set[int] = set()
    for two in sorted(twos, key=lambda reading: (-reading.probability, reading.at)):
        places = {one.at for one in two.singles()}
        if not places & claimed and two.probability > max(taken.get(place, 0.0) for place in places):
            claimed |= places
            chosen.append(two)
    left = [one for one in singles if not one.read or one.at not in claimed]
    return tuple(sorted([*left, *chosen], key=lambda reading: (reading.at, bool(reading.read))))
