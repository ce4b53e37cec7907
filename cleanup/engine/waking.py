"""Which rules may find anything in a text, by the characters that they wait for."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from cleanup.plan import Pass
from cleanup.rules.rule import Rule, signs_of
from cleanup.text import signs


class Waking:
    """The rules of some passes that wait for characters; all are asked at once whether theirs are there."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        waits = [(rule, signs.cells(signs_of(rule))) for rule in rules if signs_of(rule)]
        self._names = np.array([rule.NAME for rule, _ in waits])
        self._cells = np.concatenate([cells for _, cells in waits]) if waits else np.zeros(0, np.uint32)
        self._starts = np.cumsum([0, *(len(cells) for _, cells in waits[:-1])])

    def asleep(self, text: str) -> frozenset[str]:
        """The names of the rules that wait for characters of which none stands in `text`."""
        if not len(self._cells):
            return frozenset()
        awake = np.logical_or.reduceat(signs.held(text)[self._cells], self._starts)
        return frozenset(self._names[~awake].tolist())


@lru_cache(maxsize=8)
def of(passes: tuple[Pass, ...]) -> Waking:
    """What the rules of `passes` wait for."""
    return Waking(tuple(rule for found in passes for rule in found.rules))
