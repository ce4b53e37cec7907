"""Which stretches of two texts are the same, whatever the order of either."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from cleanup.text import simplify

GRAM = 4
"""Characters on which a match is first found."""
_ALONE = 8
"""Characters of a match that need no neighbour to be believed (by hand)."""
_NEAR = 60
"""Characters between a short match and one that is believed, in both texts (by hand)."""
_MANY = 12
"""Places of the same characters beyond which they say nothing of where they belong."""


class Match(NamedTuple):
    """Characters that both texts have."""

    one: int
    two: int
    size: int


def matches(one: str, two: str) -> list[Match]:
    """Stretches that stand in both, by place in `two`; no character of either is in several.

    The longest go first; short ones only count beside a longer one, where both texts go on alike.
    """
    found = sorted(_longest(one, two), key=lambda match: (-match.size, match.two, match.one))
    ones, twos = _Taken(), _Taken()
    chosen = list[Match]()
    near = _Near()
    waiting = list[Match]()
    for match in found:
        for part in _free(match, ones, twos):
            if part.size >= _ALONE:
                _take(part, ones, twos, chosen, near)
            elif part.size >= GRAM:
                waiting.append(part)
    waiting.sort(key=lambda match: -match.size)
    for match in waiting:
        for part in _free(match, ones, twos):
            if part.size >= GRAM and near.has(part):
                _take(part, ones, twos, chosen, near)
    return sorted(chosen, key=lambda match: match.two)


def common(one: str, two: str) -> int:
    """How many characters stand in both, in any order."""
    return sum(match.size for match in matches(simplify.one_script(one), simplify.one_script(two)))


def _take(match: Match, ones: _Taken, twos: _Taken, chosen: list[Match], near: _Near) -> None:
    ones.add(match.one, match.one + match.size)
    twos.add(match.two, match.two + match.size)
    chosen.append(match)
    near.add(match)


def _longest(one: str, two: str) -> Iterator[Match]:
    """The stretches of both that cannot be made longer."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in range(len(one) - GRAM + 1):
        places[one[at : at + GRAM]].append(at)
    for at in range(len(two) - GRAM + 1):
        known = places.get(two[at : at + GRAM], ())
        if len(known) > _MANY:
            continue
        for start in known:
            if start and at and one[start - 1] == two[at - 1]:
                continue  # found one character before
            size = GRAM
            while start + size < len(one) and at + size < len(two) and one[start + size] == two[at + size]:
                size += 1
            yield Match(start, at, size)


class _Taken:
    """Stretches of a text that are given away; disjoint."""

    def __init__(self) -> None:
        self._starts = list[int]()
        self._ends: dict[int, int] = {}

    def add(self, start: int, end: int) -> None:
        insort(self._starts, start)
        self._ends[start] = end

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Those that meet [start, end)."""
        at = max(0, bisect_left(self._starts, start) - 1)
        while at < len(self._starts) and self._starts[at] < end:
            own = self._starts[at]
            if self._ends[own] > start:
                yield own, self._ends[own]
            at += 1


def _free(match: Match, ones: _Taken, twos: _Taken) -> list[Match]:
    """The parts of a match of which nothing is given away."""
    shut = [(a - match.one, b - match.one) for a, b in ones.within(match.one, match.one + match.size)]
    shut += [(a - match.two, b - match.two) for a, b in twos.within(match.two, match.two + match.size)]
    found, at = list[Match](), 0
    for start, end in sorted(shut):
        if start > at:
            found.append(Match(match.one + at, match.two + at, start - at))
        at = max(at, end)
    if at < match.size:
        found.append(Match(match.one + at, match.two + at, match.size - at))
    return found


class _Near:
    """Matches that are believed, by where they stand in the second text."""

    def __init__(self) -> None:
        self._rows = list[Match]()

    def add(self, match: Match) -> None:
        insort(self._rows, match, key=lambda row: row.two)

    def has(self, match: Match) -> bool:
        """Whether one stands shortly before or behind in both texts."""
        at = bisect_left(self._rows, match.two, key=lambda row: row.two)
        if at and 0 <= match.one - (self._rows[at - 1].one + self._rows[at - 1].size) <= _NEAR:
            before = self._rows[at - 1]
            if match.two - before.two - before.size <= _NEAR:
                return True
        if at < len(self._rows):
            behind = self._rows[at]
            return (
                0 <= behind.one - match.one - match.size <= _NEAR
                and 0 <= behind.two - match.two - match.size <= _NEAR
            )
        return False
