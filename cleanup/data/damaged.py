"""The forms that damage gives the names of a roster: a character split in two, one lost, dots lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cleanup.data import characters
from cleanup.text.near import Near, OneApart

DOT = "·"
_LONGEST, _LONG = 4, 5


class Split(NamedTuple):
    """Names with one character in two halves."""

    forms: tuple[str, ...]
    meant: dict[str, tuple[str, int]]
    """Form → name, and which of its characters is split."""


def split(names: Iterable[str], known: Iterable[str]) -> Split:
    """Forms that no name of the roster has, and that only one name gives."""
    halves, known = characters.halves(), set(known)
    found: dict[str, tuple[str, int]] = {}
    twice: set[str] = set()
    for name in names:
        if len(name) <= _LONGEST:
            for at, char in enumerate(name):
                for parts in halves.get(char, ()):
                    form = name[:at] + parts + name[at + 1 :]
                    if found.setdefault(form, (name, at)) != (name, at):
                        twice.add(form)
    meant = {form: row for form, row in found.items() if form not in twice and form not in known}
    return Split(tuple(sorted(meant)), meant)


class Uneven(NamedTuple):
    """Names with a character too few or too many."""

    forms: tuple[str, ...]
    meant: dict[str, tuple[str, int, bool]]
    """Form → name, which of its characters it is, and whether it stands twice (else it is lost)."""


@dataclass(frozen=True, eq=False)
class Dotted:
    """Names in several parts, by their characters without the dots."""

    meant: dict[str, str]
    """Characters → name."""

    @cached_property
    def forms(self) -> tuple[str, ...]:
        return tuple(sorted(self.meant))

    @cached_property
    def near(self) -> Near:
        return Near(self.forms)

    @cached_property
    def _one_apart(self) -> OneApart:
        return OneApart(self.forms)

    @cached_property
    def uneven(self) -> Uneven:
        """Long names with one character lost or read twice, where only one name gives that form."""
        found: dict[str, tuple[str, int, bool]] = {}
        twice: set[str] = set()
        for form, name in self.meant.items():
            for at, char in enumerate(form) if len(form) >= _LONG else ():
                for shown, more in (
                    (form[:at] + form[at + 1 :], False),
                    (form[:at] + char + form[at:], True),
                ):
                    if found.setdefault(shown, (name, at, more))[0] != name:
                        twice.add(shown)
        meant = {form: row for form, row in found.items() if form not in twice and form not in self.meant}
        return Uneven(tuple(sorted(meant)), meant)

    def beside(self, shown: str, place: int) -> list[str]:
        """The names whose characters differ from `shown` at `place` alone."""
        return [self.meant[form] for form in self._one_apart.beside(shown, place)]


def dotted(names: Iterable[str], known: Iterable[str]) -> Dotted:
    """The names with a dot inside that the roster does not have without it too."""
    plain = set(known)
    rows = ((name.replace(DOT, ""), name) for name in names if DOT in name.strip(DOT))
    return Dotted({form: name for form, name in rows if form not in plain})
