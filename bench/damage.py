"""Damage for one rule: what right text would look like had happened to it what the rule repairs.

Most damage is read off the rule's own cases, turned round: what a case becomes is sought in right text
between characters of the same classes, and what the case had is put in its place. Families that repair words
of a list (names, set phrases) or whole ranges of characters have damage of their own here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from random import Random
from string import ascii_letters, digits
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from cleanup.data import characters, names, phrases
from cleanup.rules.rule import Rule
from cleanup.text import unknown_names
from cleanup.text.scripts import is_han

LONGEST = 8
"""Cases in which more is lost or added are about whole passages, which are not to be found in other text."""


class Place(NamedTuple):
    """A stretch of right text and what is put there."""

    start: int
    end: int
    wrong: str


def places(rule: Rule, text: str, chance: Random) -> list[Place]:
    """Where a text can be damaged for a rule, and how; in order of place, none inside another."""
    made = _OWN.get(rule.NAME)
    found = made(text, chance) if made else _turned(rule, text)
    kept: list[Place] = []
    for place in sorted(found):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def damaged(text: str, chosen: Sequence[Place]) -> str:
    """The text with the damage in it."""
    parts: list[str] = []
    at = 0
    for place in chosen:
        parts += (text[at : place.start], place.wrong)
        at = place.end
    return "".join(parts) + text[at:]


class _Turn(NamedTuple):
    before: str
    right: str
    wrong: str
    behind: str


@cache
def _turns(cases: tuple[tuple[str, str], ...]) -> tuple[_Turn, ...]:
    """What the cases change, the other way round, with the classes of its neighbours."""
    found: dict[_Turn, None] = {}
    for right, wrong in cases:
        changes = SequenceMatcher(None, right, wrong, autojunk=False).get_opcodes()
        for kind, start, end, first, last in changes:
            if kind == "equal" or max(end - start, last - first) > LONGEST:
                continue
            new = wrong[first:last]
            if start == end and any(is_han(char) for char in new):
                continue  # words too many: which they are hangs on what stands around
            turn = _Turn(_class(right, start - 1), right[start:end], new, _class(right, end))
            found[turn] = None
    return tuple(found)


def _turned(rule: Rule, text: str) -> Iterator[Place]:
    cases = tuple((case.becomes, case.text) for case in rule.CASES if case.becomes is not None)
    for turn in _turns(cases):
        for match in re.finditer(re.escape(turn.right), text):
            start, end = match.span()
            if (_class(text, start - 1), _class(text, end)) == (turn.before, turn.behind):
                yield Place(start, end, turn.wrong)


def _class(text: str, at: int) -> str:
    """Han, letter or digit; marks, spaces and line ends stand for themselves."""
    if not 0 <= at < len(text):
        return "\n"
    char = text[at]
    return "H" if is_han(char) else "D" if char.isdecimal() else "L" if char.isalpha() else char


def names_in(text: str) -> list[tuple[int, int]]:
    """Names of two to four characters where only names stand."""
    mask = unknown_names.mask(text, frozenset(names.surnames()))
    found = []
    for match in re.finditer(rb"[^\x00]+", bytes(mask)):
        for name in re.finditer(r"[一-鿿]+", text[match.start() : match.end()]):
            start, end = match.start() + name.start(), match.start() + name.end()
            if 2 <= end - start <= 4:
                found.append((start, end))
    return found


Made = Callable[[str, Random], Iterator[Place]]


def _named(spoil: Callable[[str, Random], str | None], least: int = 3) -> Made:
    """Damage to names of at least so many characters."""

    def made(text: str, chance: Random) -> Iterator[Place]:
        for start, end in names_in(text):
            if end - start >= least and (wrong := spoil(text[start:end], chance)):
                yield Place(start, end, wrong)

    return made


def _phrased(text: str, chance: Random) -> Iterator[Place]:
    """A set phrase with a character lost, doubled or misread."""
    for _, start, end in _set_phrases().find_matches_as_indexes(text):
        how = chance.choice((_lost, _doubled, _misread))
        if wrong := how(text[start:end], chance):
            yield Place(start, end, wrong)


@cache
def _set_phrases() -> AhoCorasick:
    return AhoCorasick(list(phrases.set_phrase_forms()), matchkind=MatchKind.LeftmostLongest)


def _inside(put: str) -> Callable[[str, Random], str]:
    def spoil(name: str, chance: Random) -> str:
        at = chance.randrange(1, len(name))
        return name[:at] + put + name[at:]

    return spoil


def _doubled(name: str, chance: Random) -> str:
    at = chance.randrange(len(name))
    return name[: at + 1] + name[at:]


def _lost(name: str, chance: Random) -> str:
    at = chance.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


@cache
def _reads() -> dict[str, tuple[str, ...]]:
    """Han character → Han characters that engines read for it."""
    found: dict[str, list[str]] = {}
    for read, printed in characters.misread().items():
        for char in printed:
            if len(read) == len(char) == 1 and read != char and is_han(read) and is_han(char):
                found.setdefault(char, []).append(read)
    return {char: tuple(sorted(reads)) for char, reads in found.items()}


def _misread(name: str, chance: Random) -> str | None:
    able = [at for at, char in enumerate(name) if at and char in _reads()]
    if not able:
        return None
    at = chance.choice(able)
    return name[:at] + chance.choice(_reads()[name[at]]) + name[at + 1 :]


def _halved(name: str, chance: Random) -> str | None:
    able = [at for at, char in enumerate(name) if characters.halves().get(char)]
    if not able:
        return None
    at = chance.choice(able)
    return name[:at] + chance.choice(characters.halves()[name[at]]) + name[at + 1 :]


def _each(wrong: dict[str, str]) -> Made:
    """Damage to characters that have another form."""

    def made(text: str, _: Random) -> Iterator[Place]:
        for at, char in enumerate(text):
            if char in wrong:
                yield Place(at, at + 1, wrong[char])

    return made


def _radicals() -> dict[str, str]:
    """Han character → the radical or compatibility form that text of PDFs has in its place."""
    forms = map(chr, (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)))
    return {unicodedata.normalize("NFKC", form): form for form in forms}


def _hyphenated(text: str, chance: Random) -> Iterator[Place]:
    for word in re.finditer(r"(?<![A-Za-z-])[A-Za-z][a-z]{6,}(?![A-Za-z-])", text):
        at = word.start() + chance.randrange(3, len(word[0]) - 2)
        yield Place(at, at, "-\n")


def _parted(text: str, _: Random) -> Iterator[Place]:
    """Two names of a list that run together."""
    found = names_in(text)
    for (_first, end), (start, _last) in pairwise(found):
        if start - end == 1 and text[end] in " \u3000、":
            yield Place(end, start, "")


def _undecoded(text: str, _: Random) -> Iterator[Place]:
    """Lines whose bytes were read as Latin ones."""
    for line in re.finditer(r"[^\n]{8,}", text):
        encoding = ("utf-8", "gb18030")[line.start() % 2]
        yield Place(*line.span(), line[0].encode(encoding).decode("latin-1"))


_OWN: dict[str, Made] = {
    "characters.compatibility": _each(_radicals()),
    "characters.full-width": _each({char: chr(ord(char) + 0xFEE0) for char in ascii_letters + digits}),
    "encoding.mojibake": _undecoded,
    "layout.hyphenation": _hyphenated,
    "names.broken": _named(_inside("\n")),
    "names.doubled": _named(_doubled),
    "names.lost": _named(_lost),
    "names.misread": _named(_misread),
    "names.run-together": _parted,
    "names.split": _named(_halved),
    "names.wide": _named(_inside(" ")),
    "phrases.near": _phrased,
}
"""Rule → damage of its own."""
