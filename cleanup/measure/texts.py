"""Texts as they are measured: signs (graphemes) without white space and heading marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from cleanup.text.patterns import re_pattern, regex_pattern

_HEADING = re_pattern(r"(?m)^#{1,6} +")
_JOINED = regex_pattern(r"[\p{M}\u200d\U0001F3FB-\U0001F3FF\U0001F1E6-\U0001F1FF]")
_CLUSTER = regex_pattern(r"\X")
_FIRST, _LAST = 0x100000, 0x10FFFD
"""Private characters that stand in for signs of several code points."""


@dataclass
class _Stands:
    """Which private character stands for which sign; shared by texts that are compared."""

    taken: frozenset[str] = frozenset()
    signs: dict[str, str] = field(default_factory=dict)
    _next: int = _LAST

    def of(self, sign: str) -> str:
        """One character for a sign."""
        if len(sign) == 1:
            return sign
        if sign not in self.signs:
            while self._next >= _FIRST and chr(self._next) in self.taken:
                self._next -= 1
            if self._next < _FIRST:
                return sign[0]
            self.signs[sign] = chr(self._next)
            self._next -= 1
        return self.signs[sign]


@dataclass(frozen=True)
class Solid:
    """The signs of a text and where each began in it."""

    whole: str
    """The text as it was."""
    text: str
    """One character a sign, no white space, no heading marks."""
    places: list[int]
    """Place of each sign in the whole text; at the end the whole text's length."""
    signs: dict[str, str] = field(default_factory=dict)
    """Private character → the sign that it stands for."""

    def __len__(self) -> int:
        return len(self.text)

    def sign(self, char: str) -> str:
        return self.signs.get(char, char)

    @cached_property
    def kinds(self) -> str:
        """L for a letter or digit, P for a mark, one for each sign."""
        sorts = {char: _sort(self.sign(char)) for char in set(self.text)}
        return self.text.translate({ord(char): sort for char, sort in sorts.items()})

    @cached_property
    def letters(self) -> str:
        return "".join(char for char, kind in zip(self.text, self.kinds, strict=True) if kind == "L")

    @cached_property
    def line_ends(self) -> list[int]:
        """After how many signs each line that is not blank ends."""
        found: list[int] = []
        end = at = 0
        for line in self.whole.splitlines(keepends=True):
            end += len(line)
            while at < len(self.text) and self.places[at] < end:
                at += 1
            if line.strip():
                found.append(at)
        return found


def _sort(sign: str) -> str:
    return "L" if unicodedata.category(sign[0])[0] in "LN" else "P"


def solids(*texts: str) -> tuple[Solid, ...]:
    """Texts that are to be compared."""
    joined = any(_JOINED.search(text) for text in texts)
    stands = _Stands(frozenset().union(*texts)) if joined else _Stands()
    return tuple(_solid(text, stands, joined) for text in texts)


def _solid(text: str, stands: _Stands, joined: bool) -> Solid:
    marks = {at for match in _HEADING.finditer(text) for at in range(*match.span())}
    pieces: Iterable[tuple[int, str]]
    pieces = ((m.start(), m.group()) for m in _CLUSTER.finditer(text)) if joined else enumerate(text)
    # A mark that joins a space is a sign of its own.
    bare = ((at + len(sign) - len(sign.lstrip()), sign.lstrip()) for at, sign in pieces)
    kept = [(at, sign) for at, sign in bare if sign and at not in marks]
    flat = "".join(stands.of(sign) for _, sign in kept) if joined else "".join(sign for _, sign in kept)
    return Solid(text, flat, [*(at for at, _ in kept), len(text)], {v: k for k, v in stands.signs.items()})
