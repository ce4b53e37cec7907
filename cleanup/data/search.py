"""Where words of a list stand in a text; what was found is kept for whoever asks next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple, cast

import ahocorasick_rs

from cleanup.data import phrases, protected
from cleanup.data.files import digest_of, noting, stand
from cleanup.data.roster import Roster
from cleanup.data.together import Together
from cleanup.text.cache import Kept
from cleanup.text.once import Same, once
from cleanup.text.scripts import is_simplified
from cleanup.text.simplify import simplified

_FEW = 500
"""Up to so many words the fastest search is built in a few milliseconds and takes little memory."""
_kept = Kept("words", "1", 1)
_WORTH = 100_000
"""Characters in which to look up every pair takes half as long as to make the automaton (measured)."""


class Found(NamedTuple):
    """A word of a list where it stands in a text."""

    start: int
    end: int
    word: str


def occurrences(text: str, words: tuple[str, ...], overlapping: bool = False) -> Sequence[Found]:
    """Where `words` stand in `text`: the longest from the left, or every one."""
    if not words:
        return ()
    if isinstance(words, Together):
        shared = _shared()
        every = _together(text, Same(shared))[shared.number[id(words)]]
        return every if overlapping else _longest(every)
    return _alone(text, Same(words), overlapping)


@lru_cache(maxsize=32)
def _alone(text: str, words: Same[tuple[str, ...]], overlapping: bool) -> Sequence[Found]:
    matches = _search(words, overlapping).find_matches_as_indexes(text, overlapping=overlapping)
    return tuple(Found(start, end, words.value[index]) for index, start, end in matches)


@lru_cache(maxsize=32)
def _search(words: Same[tuple[str, ...]], overlapping: bool) -> ahocorasick_rs.AhoCorasick:
    return _build(words.value, overlapping)


@lru_cache(maxsize=16)
def _build(words: tuple[str, ...], overlapping: bool) -> ahocorasick_rs.AhoCorasick:
    """For the words of one text that are those of another as well."""
    kind = ahocorasick_rs.MatchKind.Standard if overlapping else ahocorasick_rs.MatchKind.LeftmostLongest
    how = ahocorasick_rs.Implementation.DFA if len(words) <= _FEW else None
    return ahocorasick_rs.AhoCorasick(list(words), matchkind=kind, implementation=how)


@once
def lists_together() -> tuple[Together, ...]:
    """The lists that are searched for together."""
    return (
        phrases.office_words(),
        cast(Together, phrases.misread_forms(False)),
        phrases.set_phrase_forms(),
        phrases.damaged_forms(),
        phrases.organ_parts().forms,
        cast(Together, protected.shipped(False)),
    )


_Index = tuple[dict[tuple[str, str], list[int]], dict[str, tuple[int, ...]]]
"""How long words are that begin with two characters, and the numbers of the lists that have a word."""


def _index(lists: tuple[Together, ...]) -> _Index:
    sizes: dict[tuple[str, str], set[int]] = {}
    owners: dict[str, tuple[int, ...]] = {}
    for number, words in enumerate(lists):
        for word in words:
            sizes.setdefault((word[0], word[1]), set()).add(len(word))
            owners[word] = (*owners.get(word, ()), number)
    return {pair: sorted(some) for pair, some in sizes.items()}, owners


class _Search:
    """One search for the words of many lists, each of two characters or more.

    To make the automaton takes longer than to look up every pair of characters of some pages: it is made once
    so much was read that it would have paid.
    """

    def __init__(self, lists: tuple[Together, ...], index: _Index) -> None:
        self.number = {id(words): at for at, words in enumerate(lists)}
        self._read = 0
        self._sizes, self._owners = index

    @cached_property
    def _automaton(self) -> tuple[list[str], ahocorasick_rs.AhoCorasick]:
        words = list(self._owners)
        return words, ahocorasick_rs.AhoCorasick(words)

    def found(self, text: str) -> list[list[Found]]:
        """Every word by the number of its list, in order; of those that begin together the longest first."""
        self._read += len(text)
        matches = self._looked_up(text) if self._read < _WORTH else self._run(text)
        found: list[list[Found]] = [[] for _ in self.number]
        for match in sorted(matches, key=lambda match: (match.start, -match.end)):
            for owner in self._owners[match.word]:
                found[owner].append(match)
        return found

    def _looked_up(self, text: str) -> list[Found]:
        sizes, owners = self._sizes, self._owners
        begun = [(at, sizes[pair]) for at, pair in enumerate(pairwise(text)) if pair in sizes]
        last = len(text)
        words = [
            (at, at + size, text[at : at + size]) for at, some in begun for size in some if at + size <= last
        ]
        return [Found(*word) for word in words if word[2] in owners]

    def _run(self, text: str) -> list[Found]:
        words, automaton = self._automaton
        matches = automaton.find_matches_as_indexes(text, overlapping=True)
        return [Found(start, end, words[index]) for index, start, end in matches]


@once
def _shared() -> _Search:
    with noting(None):  # who looks for the words of one list depends on none of the others
        lists = lists_together()
        key = (
            digest_of(stand(__file__)),
            blake2b("\0".join("\n".join(words) for words in lists).encode()).digest(),
        )
        return _Search(lists, _kept.of(key, lambda: _index(lists)))


@lru_cache(maxsize=4)
def _together(text: str, together: Same[_Search]) -> list[list[Found]]:
    return together.value.found(text)


def _longest(every: Iterable[Found]) -> list[Found]:
    """The longest from the left, disjoint."""
    kept: list[Found] = []
    end = 0
    for found in every:
        if found.start >= end:
            kept.append(found)
            end = found.end
    return kept


def named(text: str, roster: Roster, overlapping: bool = False) -> Sequence[Found]:
    """Where the people of a roster are named, in either script."""
    if is_simplified(text):
        return occurrences(text, roster.with_simplified.names, overlapping)
    return occurrences(simplified(text), roster.simplified.names, overlapping)
