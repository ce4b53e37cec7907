"""What may have stood where characters do not fit and no single candidate is probable: a person chooses.

At odd places many characters are thought of, of which few look like what was read; trees over what both
language models, likeness and the page say tell how probable each is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanup.score import evidence
from cleanup.score.candidates import Candidates, Proposer
from cleanup.score.limits import forbidden
from cleanup.score.ngram import Ngrams, Reals
from cleanup.score.scan import HAN, Scan, scan
from cleanup.score.trees import Trees

KEPT = 20
"""So many characters are weighed at a place."""
MOST = 5
"""So many are shown."""
LEAST = 0.03
"""From here on it is worth a person's time: how probably one of those shown is right. Of all suggestions on
ocr-kinds-dev 23 of 100 have the truth among their first five, on ocr-dev-text 23, on ocr-trad-dev 18."""
WORSE = -2.0
"""Nats by which a text may become less likely with a character that is weighed further."""
_SIDES = (-2, -1, 0, 1, 2)
_FLOOR = -14.0
_WEIGHED = (
    "gain-left", "gain-right", "new-left", "new-right", "new-mean", "new-pair", "new-3", "new-4", "new-5",
)  # fmt: skip
NAMES = (
    *_WEIGHED,
    *(f"other {name}" for name in _WEIGHED),
    *evidence.SHAPES,
    "old-in-document", "new-in-document", "rank", "odds", "around",
    *(f"{model} {side} {at}" for model in ("own", "other") for side in ("left", "right") for at in _SIDES),
    "old-single", "new-single", "gain", "gain-behind", "other gain", "other gain-behind", "both",
    "both-behind",
)  # fmt: skip
"""What the trees ask for."""


class Doubt(NamedTuple):
    """What may have stood at a place."""

    at: int
    chars: tuple[str, ...]
    """Best first."""
    best: float
    """How probable the first is."""


class Unfitting:
    """Both language models, and the trees."""

    def __init__(self, proposer: Proposer, model: Ngrams, other: Ngrams, trees: Trees) -> None:
        self._proposer, self._model, self._other, self._trees = proposer, model, other, trees

    def find(self, found: Scan, odds: NDArray[np.float64], least: float) -> Iterator[Doubt]:
        """Of places with odds over `least` those that are worth a look."""
        thought, table = self.weigh(found, odds, self.odd(found, odds, least))
        if not len(thought):
            return
        sure = np.array(self._trees.probability(table))
        order = np.lexsort((-sure, thought.at))
        starts = np.flatnonzero(np.diff(thought.at[order], prepend=-1))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(order)], strict=True):
            rows = order[start:end][:MOST]
            if sure[rows].sum() >= LEAST:
                chars = tuple(str(char) for char in thought.char[rows])
                yield Doubt(int(thought.at[rows[0]]), chars, float(sure[rows[0]]))

    @staticmethod
    def odd(found: Scan, odds: NDArray[np.float64], least: float) -> NDArray[np.int64]:
        """Han characters with odds over `least`."""
        return np.flatnonzero((odds > least) & (found.kinds[:-1] == HAN))

    def weigh(
        self, found: Scan, odds: NDArray[np.float64], places: NDArray[np.int64]
    ) -> tuple[Candidates, Reals]:
        """What may have stood at some places, by place, with NAMES of each."""
        thought, rank = self._proposer.widely(found, places, KEPT)
        allowed = ~forbidden(found, thought)
        thought, rank = thought.only(allowed), rank[allowed]
        own = evidence.weighed(found, thought, self._model)
        some = np.flatnonzero(own[:, 0] + own[:, 1] > WORSE)
        if not len(some):
            return thought.only(some), np.zeros((0, len(NAMES)), dtype=np.float32)
        thought, rank, own = thought.only(some), rank[some], own[some]
        at, beside = thought.at, scan(found.text, self._other)
        ids = self._other.alphabet.ids("".join(thought.char.tolist()))
        other = evidence.weighed(beside, Candidates(at, thought.kind, ids, thought.char), self._other)
        around = [
            np.maximum(side[np.clip(at + by, 0, len(side) - 1)], _FLOOR)
            for one in (found, beside)
            for side in (one.forward, one.backward)
            for by in _SIDES
        ]
        gains = own[:, 0] + own[:, 1], other[:, 0] + other[:, 1]
        starts = np.flatnonzero(np.diff(at, prepend=-1))
        many = np.diff(np.append(starts, len(at)))
        behind = [
            (one, one - np.repeat(np.maximum.reduceat(one, starts), many)) for one in (*gains, sum(gains))
        ]
        columns = [
            *own.T, *other.T, *evidence.likeness(found, thought, self._proposer.channel).T,
            *evidence.in_document(found, thought), rank, odds[at], found.around[at], *around,
            self._model.single(found.ids[at]), self._model.single(thought.new),
            *(column for both in behind for column in both),
        ]  # fmt: skip
        table = np.nan_to_num(np.stack(columns, axis=1).astype(np.float32), neginf=-40.0, posinf=40.0)
        return thought, np.clip(table, -60, 60)
