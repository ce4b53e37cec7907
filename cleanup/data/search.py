"""Where words of a list stand in a text; what was found is kept for whoever asks next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

import ahocorasick_rs

from cleanup.data import phrases, protected
from cleanup.data.files import noting
from cleanup.data.roster import Roster
from cleanup.data.together import Together
from cleanup.text.once import Same, once
from cleanup.text.scripts import is_simplified
from cleanup.text.simplify import simplified

_FEW = 500
"""Up to so many words the fastest search is built in a few milliseconds and takes little memory."""


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
        every = _together(text, Same(_shared()))[id(words)]
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


class _Shared(NamedTuple):
    """One search for the words of many lists."""

    lists: tuple[Together, ...]
    words: tuple[tuple[str, tuple[int, ...]], ...]
    """Each word, and the identities of the lists that have it."""
    search: ahocorasick_rs.AhoCorasick


@once
def _shared() -> _Shared:
    owners: dict[str, list[int]] = {}
    with noting(None):  # who looks for the words of one list depends on none of the others
        for words in lists_together():
            for word in words:
                owners.setdefault(word, []).append(id(words))
    return _Shared(
        lists_together(),
        tuple((word, tuple(lists)) for word, lists in owners.items()),
        ahocorasick_rs.AhoCorasick(list(owners)),
    )


@lru_cache(maxsize=4)
def _together(text: str, together: Same[_Shared]) -> dict[int, list[Found]]:
    """Every word by the identity of its list, in order; of those that begin together the longest first."""
    shared = together.value
    found: dict[int, list[Found]] = {id(words): [] for words in shared.lists}
    matches = shared.search.find_matches_as_indexes(text, overlapping=True)
    for index, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
        word, owners = shared.words[index]
        for owner in owners:
            found[owner].append(Found(start, end, word))
    return found


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
