"""Where a text is looked at closely: characters, and gaps between them, that stand oddly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanup.score.ngram import BREAK, Ngrams, Reals
from cleanup.score.regression import Doubles, Weights
from cleanup.score.scan import DIGIT, END, HAN, LATIN, MARK, ROOM, Scan, running
from cleanup.score.stream import SOMETHING

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
NAMES = (
    "left", "right", "next-left", "next2-left", "before-right", "before2-right", "worse", "single", "near",
    "around",
)  # fmt: skip
"""What a gate weighs at a character, or at the character behind a gap."""
CURVED = len(NAMES)
GATES = {"han": HAN, "mark": MARK}
"""Gates by kind of character."""
GAPS = ("gap", "lost")
"""Gates before which a mark, and before which a Han character may be lost."""
_LEAST = (0.0, -21.5, -6.0, -4.0, -13.0)
"""By kind: the log-probability from both sides below which a character is odd at all."""
_LEAST_GAP = (-9.0, -13.0)
"""The same for the two kinds of gap."""
_NEAR, _FEW = 8, 4
"""Characters on either side among which a Han character stands where Chinese is read, and of a line that may
have none: of other languages, of code and music the models know nothing."""


class Sites(NamedTuple):
    """Places that are looked at; a gap is the place before a character."""

    characters: Ints
    marks: Ints
    """Before which a mark may be lost."""
    lost: Ints
    """Before which a Han character may be lost."""


class Odds(NamedTuple):
    """For each place, as what it may be wrong, the odds that looking there pays; -inf: nothing is odd."""

    characters: Doubles
    marks: Doubles
    lost: Doubles

    def sites(self, least: float, below: float = np.inf) -> Sites:
        """Places with odds over `least` that are not over `below`; of gaps all that may be lost there."""

        def new(odds: Doubles) -> Flags:
            return np.asarray((odds > least) & ~(odds > below))

        gaps = new(self.marks) | new(self.lost)
        marks, lost = (np.flatnonzero((odds > least) & gaps) for odds in (self.marks, self.lost))
        return Sites(np.flatnonzero(new(self.characters)), marks, lost)


def odds(found: Scan, model: Ngrams, gates: Mapping[str, Weights]) -> Odds:
    """How odd the places of a text are; a mark may be lost at every line end."""
    marks, lost = gaps(found, model, gates)
    marks[ends(found)] = np.inf
    every = Odds(characters(found, model, gates), marks, lost)
    elsewhere = foreign(found)
    for weighed in every:
        weighed[elsewhere] = -np.inf
    return every


def foreign(found: Scan) -> Flags:
    """Which places have no Han character near, or on their line; what stands for markup is none."""
    chinese = (found.kinds == HAN)[:-1] & (found.codes != ord(SOMETHING))[:-1]
    han = running(chinese, np.int64)
    at = np.arange(len(chinese))
    near = han[np.minimum(at + _NEAR + 1, len(at))] - han[np.maximum(at - _NEAR, 0)]
    line = running(found.kinds == END, np.int64)[:-2]
    many, all_of = np.bincount(line, chinese), np.bincount(line)
    return np.asarray((near == 0) | ((many == 0) & (all_of > _FEW))[line])


def characters(found: Scan, model: Ngrams, gates: Mapping[str, Weights]) -> Doubles:
    """The odds of characters; without its gate every one that is odd at all has infinite odds."""
    kinds = found.kinds[:-1]
    both = found.forward + found.backward
    han = kinds == HAN
    near = np.zeros(len(both), dtype=np.float32)
    near[:-1] += found.forward[1:]
    near[1:] += found.backward[:-1]
    beside_han = np.zeros(len(kinds), dtype=np.bool_)
    beside_han[:-1] |= han[1:]
    beside_han[1:] |= han[:-1]
    score = np.where(han, both + 0.5 * near, both)
    odd = (score < np.array(_LEAST, dtype=np.float32)[kinds]) & ((kinds < LATIN) | beside_han) & (kinds > END)
    weighed = np.where(odd, np.inf, -np.inf)
    for name, kind in GATES.items():
        _weigh(weighed, odd & (kinds == kind), found, model, gates.get(name))
    return weighed


def gaps(found: Scan, model: Ngrams, gates: Mapping[str, Weights]) -> tuple[Doubles, Doubles]:
    """The odds that a mark, and that a Han character, is lost before a character."""
    kinds = found.kinds[:-1]
    both = np.zeros(len(kinds), dtype=np.float32)
    both[1:] = found.forward[1:] + found.backward[:-1]
    both[1:][(kinds[1:] == END) | (kinds[:-1] == END)] = 0
    at = np.flatnonzero(both < max(_LEAST_GAP))
    low, table = both[at], evidence(found, at, model) if gates else None
    weighed = []
    for name, lowest in zip(GAPS, _LEAST_GAP, strict=True):
        rows = np.flatnonzero(low < lowest)
        odds = np.full(len(kinds), -np.inf)
        gate = gates.get(name)
        odds[at[rows]] = np.inf if gate is None or table is None else gate.odds(table[rows])
        weighed.append(odds)
    return weighed[0], weighed[1]


def ends(found: Scan) -> Flags:
    """Before which line ends a mark may be lost."""
    kinds = found.kinds[:-1]
    odd = np.zeros(len(kinds), dtype=bool)
    odd[1:] = (found.ids[1:] == BREAK) & np.isin(kinds[:-1], (HAN, LATIN, DIGIT))
    return odd


def evidence(found: Scan, at: Ints, model: Ngrams) -> Reals:
    """What the gates weigh at some places."""
    left, right = found.floored
    at = at + ROOM
    here = left[at], right[at]
    columns = [
        *here, left[at + 1], left[at + 2], right[at - 1], right[at - 2], np.minimum(*here),
        model.single(found.ids[at - ROOM]), np.minimum(here[0] + here[1], left[at + 1] + right[at + 1]),
        found.around[at - ROOM],
    ]  # fmt: skip
    return np.asarray(np.stack(columns, axis=1), dtype=np.float32)


def _weigh(weighed: Doubles, where: Flags, found: Scan, model: Ngrams, gate: Weights | None) -> None:
    """Set the odds of some places as their gate sees them."""
    if gate is not None:
        at = np.flatnonzero(where)
        weighed[at] = gate.odds(evidence(found, at, model))
