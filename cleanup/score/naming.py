"""Whether a name shown is a misread name of the roster or somebody else's: one logistic model for both.

Each person of the roster who is one character away gets a weight, and so does "another person": the odds that
just this character was read for that one, against how many people bear the name shown. The weights of the
evidence were fitted together (dictionaries/build/naming.py), so that rivals, too, count as they should.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import log
from typing import Protocol

import numpy as np

from cleanup.score.channel import Channel
from cleanup.score.ngram import Ids, Ngrams, Reals

PAIR = (
    "cosine", "cosine-squared", "cosine-high", "habit", "reread", "reread-often", "reread-back",
    "never-reread",
)  # fmt: skip
PLACE = ("surname", "surname-for-surname", "last", "right-share", "roster-size")
OTHER = (
    "always", "likelihood", "over-15", "over-18", "under-21", "two", "two-likelihood", "no-surname",
    "minority",
    "least-share", "attested", "attested-rate", "run-start", "run-end", "run", "run-linked", "run-seen-3",
    "run-seen-2", "title", "two-title", "namesakes", "no-namesake",
)  # fmt: skip
_OFTEN = 5.0
"""Rereadings from here on count more: some 1.5 in 1,000."""
_ROSTER = 1500
"""Size of the roster that the other weights were fitted for."""


class NameFacts(Protocol):
    """What is known of names in general (cleanup.data.names)."""

    def likelihood(self, name: str, /) -> float: ...
    def is_surname(self, char: str, /) -> bool: ...
    def is_of_minority(self, name: str, /) -> bool: ...
    def share(self, name: str, place: int, /) -> float: ...
    def bearers(self, given: str, /) -> float: ...
    def is_title(self, name: str, /) -> bool: ...
    def namesakes(self, name: str, /) -> int: ...


class Naming:
    """The model with what it draws its evidence from."""

    def __init__(
        self, weights: Mapping[str, float], channel: Channel, runs: Ngrams, names: NameFacts
    ) -> None:
        self._pair = [weights[name] for name in PAIR]
        self._place = [weights[name] for name in PLACE]
        self._other = [weights[name] for name in OTHER]
        self._channel, self._runs, self._names = channel, runs, names
        self.likeness = lru_cache(maxsize=200_000)(self._likeness)
        self.other = lru_cache(maxsize=50_000)(self._weigh_other)

    def _likeness(self, read: str, printed: str) -> float:
        """What speaks for `printed` having been read as `read`, by shape and habit."""
        return _dot(self._pair, pair(self._channel, read, printed))

    def misread(self, shown: str, name: str, place: int, roster: int) -> float:
        """Log weight of "`shown` is `name`, the character at `place` misread", in a roster of that size."""
        own = self.likeness(shown[place], name[place])
        return own + _dot(self._place, places(self._names, shown, name, place, roster))

    def is_wording(self, text: str, start: int, end: int, at: int) -> bool:
        """Whether the character at `at` of the name at [start, end) stands in a known run of four that
        goes beyond the name and holds more of it: then it is right (连经人 in 经人介绍)."""
        low, high = max(0, at - 4), min(len(text), at + 5)
        for back, level in enumerate(_counts(self._runs, self._runs.alphabet.ids(text[low:high]))[2:], 4):
            for first in range(max(low, at - back + 1), at + 1):
                beyond = first < start or first + back > end
                within = min(end, first + back) - max(start, first)
                if first + back <= high and beyond and within > 1 and level[first - low] > -np.inf:
                    return True
        return False

    def is_known(self, word: str) -> bool:
        """Whether the language model knows a run of characters: then it may be a word."""
        return bool(_counts(self._runs, self._runs.alphabet.ids(word))[-1][0] > -np.inf)

    def _weigh_other(self, shown: str) -> float:
        """Log weight of "`shown` is the right name of somebody who is not on the roster"."""
        return _dot(self._other, other(self._names, self._runs, shown))


def pair(channel: Channel, read: str, printed: str) -> list[float]:
    """Evidence from two characters (PAIR)."""
    points = channel.glyphs.points((read, printed))
    cosine = float(points[0] @ points[1])
    habit = sum(channel.misread.get(read, {}).values())
    reread, back = channel.reread.usual(read, printed), channel.reread.usual(printed, read)
    return [
        cosine, max(0.0, cosine) ** 2, max(0.0, cosine - 0.4), log(1 + habit), reread,
        max(0.0, reread - _OFTEN), back, float(reread == 0),
    ]  # fmt: skip


def places(names: NameFacts, shown: str, name: str, place: int, roster: int) -> list[float]:
    """Evidence from where the characters differ (PLACE)."""
    first = float(place == 0)
    return [
        first, first * names.is_surname(shown[0]), float(place == 2),
        names.share(name, place) if place else 0.0, log(max(1.0, roster / _ROSTER)),
    ]  # fmt: skip


def other(names: NameFacts, runs: Ngrams, shown: str) -> list[float]:
    """Evidence for somebody else's name (OTHER)."""
    odds = names.likelihood(shown)
    two = float(len(shown) == 2)
    rate = names.bearers(shown[1:])
    title, namesakes = float(names.is_title(shown)), names.namesakes(shown)
    counts = _counts(runs, runs.alphabet.ids(shown))
    start, run = _log(counts[0][0]), _log(counts[-1][0])
    end = linked = 0.0
    if len(shown) > 2:
        single = runs.single(runs.alphabet.ids(shown))
        end = _log(counts[0][1])
        linked = max(0.0, float(counts[0][1]) - float(single[1] + single[2]) + 18)
    return [
        1.0, odds, max(0.0, odds + 15), max(0.0, odds + 18), min(0.0, odds + 21), two, two * odds,
        float(not names.is_surname(shown[0])), float(names.is_of_minority(shown)),
        min(names.share(shown, at) for at in range(1, len(shown))), float(rate > 0), log(1 + rate),
        start, end, run, linked, (1 - two) * (run > -1), two * (run > -1),
        (1 - two) * title, two * title, (1 - two) * log(1 + namesakes), (1 - two) * (namesakes == 0),
    ]  # fmt: skip


def _counts(runs: Ngrams, ids: Ids) -> list[Reals]:
    return [np.asarray(runs.logs[level], dtype=np.float32) for level in runs.levels(ids)]


def _log(count: float | np.floating) -> float:
    return max(-1.0, float(count))


def _dot(weights: list[float], values: list[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
