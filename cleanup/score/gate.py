"""Where a text is looked at closely: characters, and gaps between them, that stand oddly."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cleanup.score.ngram import BREAK, Ngrams, Reals
from cleanup.score.regression import Weights
from cleanup.score.scan import DIGIT, END, HAN, LATIN, MARK, ROOM, Scan

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


def characters(found: Scan, model: Ngrams, gates: Mapping[str, Weights], least: float = 0.0) -> Flags:
    """Which characters are looked at: those whose odds are over `least`."""
    kinds = found.kinds[:-1]
    both = found.forward + found.backward
    near = np.append(found.forward[1:], 0) + np.append([0], found.backward[:-1])
    score = np.where(kinds == HAN, both + 0.5 * near, both)
    beside_han = np.append(kinds[1:] == HAN, False) | np.append([False], kinds[:-1] == HAN)
    odd = (score < np.array(_LEAST, dtype=np.float32)[kinds]) & ((kinds < LATIN) | beside_han) & (kinds > END)
    for name, kind in GATES.items():
        _narrow(odd, kinds == kind, found, model, gates.get(name), least)
    return np.asarray(odd)


def gaps(found: Scan, model: Ngrams, gates: Mapping[str, Weights], least: float = 0.0) -> tuple[Flags, Flags]:
    """Before which characters a mark, and before which a Han character may be lost."""
    kinds = found.kinds[:-1]
    both = np.zeros(len(kinds), dtype=np.float32)
    both[1:] = found.forward[1:] + found.backward[:-1]
    both[1:][(kinds[1:] == END) | (kinds[:-1] == END)] = 0
    odd = [both < lowest for lowest in _LEAST_GAP]
    for name, places in zip(GAPS, odd, strict=True):
        _narrow(places, places, found, model, gates.get(name), least)
    return odd[0], odd[1]


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


def _narrow(odd: Flags, kind: Flags, found: Scan, model: Ngrams, gate: Weights | None, least: float) -> None:
    """Take out of `odd` the places of a kind that the gate does not let through."""
    if gate is not None:
        at = np.flatnonzero(odd & kind)
        odd[at] = gate.odds(evidence(found, at, model)) > least
