"""A second look at the changes that seem probable: by trees over all that speaks for and against them.

The judge's logistic model weighs thousands of candidates; of those that it leaves, some hundred a page, it is
asked as well what the other language model hears and what the page itself says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cleanup.score import evidence, page
from cleanup.score.candidates import INSERT, Candidates, Ints
from cleanup.score.judge import split
from cleanup.score.ngram import Ids, Ngrams, Reals
from cleanup.score.page import Doubles, Habits
from cleanup.score.regression import log_odds, probability
from cleanup.score.scan import characters, scan
from cleanup.score.stretches import Judged
from cleanup.score.trees import Trees, trees
from cleanup.text import signs

LEAST = 0.02
"""Candidates less probable than this are not looked at again."""
KINDS = ("character", "mark", "dropped")
"""Kinds of change that trees judge better than the logistic model; of others there are too few to fit on."""
_HEARD = (
    "gain-left", "gain-right", "old-left", "old-right", "new-left", "new-right", "new-3", "new-4", "new-5",
)  # fmt: skip
HEARD = tuple(f"other {name}" for name in _HEARD)
"""What the other language model says."""
NAMES = (*evidence.NAMES, *HEARD, *(f"page {name}" for name in page.NAMES), "odds")


@dataclass(frozen=True, eq=False)
class Again:
    """Trees by kind of change, and the language model that did not propose it."""

    other: Ngrams
    trees: Mapping[str, Trees]
    doubted: Trees | None = None
    """What tells which characters may have stood where nothing is probable."""

    def heard(self, text: str, thought: Candidates) -> Reals:
        """HEARD of some candidates of a part of a text."""
        if not len(thought):  # right parts are not read with the other model
            return np.zeros((0, len(HEARD)), dtype=np.float32)
        found = scan(text, self.other)
        # A NUL ends a string for numpy: as a character of its own it comes back empty.
        ids = self.other.alphabet.ids("".join(char or "\0" for char in thought.char.tolist()))
        new = evidence.weighed(found, Candidates(thought.at, thought.kind, ids, thought.char), self.other)
        before = np.where(thought.kind == INSERT, np.maximum(thought.at - 1, 0), thought.at)
        old = found.forward[np.minimum(thought.at, len(text) - 1)], found.backward[before]
        table = np.column_stack((new[:, :2], *old, new[:, 2:4], new[:, 6:]))
        return np.clip(np.nan_to_num(table, neginf=-40.0, posinf=40.0), -60, 60).astype(np.float32)

    def judge(self, text: str, ids: Ids, judged: Judged, sure: Doubles, habits: Habits) -> Doubles:
        """How probable all candidates of a text are: as `sure` says, or as a second look at them does."""
        rows = np.flatnonzero(judged.row >= 0)
        if not len(rows):
            return sure
        table = everything(text, ids, judged, rows, habits)
        some = judged.thought.only(rows)
        found = sure.copy()
        for name, mine in split(
            some, characters(signs.codes(text)[np.minimum(some.at, len(text) - 1)])
        ).items():
            if name in self.trees and mine.any():
                chance = np.array(self.trees[name].probability(table[mine]))
                told = judged.told[rows[mine]]
                found[rows[mine]] = np.where(told == 0, chance, probability(log_odds(chance) + told))
        return found


def doubted(sure: Doubles) -> Ints:
    """Which candidates are looked at again, by how probable they are."""
    return np.flatnonzero(sure >= LEAST)


def judged(
    thought: Candidates, sure: Doubles, told: Doubles, table: Reals, heard: Reals | None = None
) -> Judged:
    """Candidates of a part of a text, with the evidence for those that are looked at again; `heard`: HEARD of
    these, nothing where none is."""
    row = np.full(len(thought), -1)
    if heard is None:
        return Judged(thought, sure, told, row, table[:0])
    some = doubted(sure)
    row[some] = np.arange(len(some))
    return Judged(thought, sure, told, row, np.concatenate((table[some], heard), axis=1))


def everything(text: str, ids: Ids, judged: Judged, rows: Ints, habits: Habits) -> Reals:
    """All of NAMES for some rows, which have evidence."""
    # Trees know nothing of an engine's doubts: these come on top of what they say.
    alone = np.where(judged.told == 0, judged.sure, probability(log_odds(judged.sure) - judged.told))
    said = page.evidence(text, ids, judged.thought, alone, rows, habits)
    odds = log_odds(alone[rows]).astype(np.float32)
    return np.column_stack((judged.table[judged.row[rows]], said, odds))


def load(table: Sequence[Sequence[str]], columns: Sequence[str] = NAMES) -> dict[str, Trees]:
    """The trees of a table's rows, by kind (empty where it has but one); BrokenTrees where they do not hold
    together."""
    kinds: dict[str, list[Sequence[str]]] = {}
    for name, *rest in table:
        kind, _, node = name.rpartition(" ")
        kinds.setdefault(kind, []).append((node, *rest))
    return {kind: trees(rows, columns) for kind, rows in kinds.items()}
