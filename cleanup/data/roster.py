"""Rosters: the people whose names may be repaired, with the ways to look them up that rules need."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from cleanup.data import damaged, learned, tables
from cleanup.data.files import DataError, folder
from cleanup.text import simplify
from cleanup.text.dates import Period, period
from cleanup.text.near import Near, OneApart
from cleanup.text.scripts import is_han

LONGEST = 5
"""Names of up to so many characters are looked for with a character misread."""


@dataclass(frozen=True, slots=True)
class Person:
    """A row of a roster: one person in one office."""

    name: str
    title: str = ""
    organization: str = ""
    start: str = ""
    end: str = ""
    aliases: tuple[str, ...] = ()
    place: str = ""
    traditional: str = ""
    id: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name, its traditional form and the aliases."""
        return tuple(dict.fromkeys(name for name in (self.name, self.traditional, *self.aliases) if name))

    @property
    def term(self) -> Period:
        """When this person held this office."""
        return period(self.start, self.end)


@dataclass(frozen=True, eq=False)
class Roster:
    """People, with the ways to look them up that rules need."""

    people: tuple[Person, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    """(file name, SHA-256) of every file it was read from."""

    def __reduce__(self) -> tuple[object, ...]:
        """Without what was built to look people up: whoever receives it builds that on first use."""
        return Roster, (self.people, self.digests)

    @cached_property
    def by_name(self) -> dict[str, tuple[Person, ...]]:
        """Name, traditional form or alias → everybody who bears it."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            if person.aliases or person.traditional:
                for name in person.names:
                    found.setdefault(name, []).append(person)
            else:
                found.setdefault(person.name, []).append(person)
        return {name: tuple(people) for name, people in found.items()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name and alias, sorted."""
        return tuple(sorted(self.by_name))

    @cached_property
    def han(self) -> tuple[str, ...]:
        """The names of two to LONGEST Han characters."""
        return tuple(name for name in self.names if 2 <= len(name) <= LONGEST and all(map(is_han, name)))

    @cached_property
    def near(self) -> Near:
        """Where a text comes within one character of a Han name."""
        return Near(self.han)

    @cached_property
    def _one_apart(self) -> OneApart:
        return OneApart(self.han)

    @cached_property
    def split(self) -> damaged.Split:
        """The Han names with one character read as its two halves."""
        return damaged.split(self.han, self.by_name)

    @cached_property
    def dotted(self) -> damaged.Dotted:
        """The names in several parts by their characters."""
        return damaged.dotted(self.names, self.by_name)

    @cached_property
    def simplified(self) -> Roster:
        """The same people with their names in simplified script, as rules read traditional text."""
        return self._renamed(lambda names: tuple(map(simplify.folded, names)))

    @cached_property
    def with_simplified(self) -> Roster:
        """The same people, also called as simplified text calls whom the roster has in traditional script."""
        return self._renamed(lambda names: tuple(dict.fromkeys((*names, *map(simplify.modern, names)))))

    def _renamed(self, renamed: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Roster:
        """The same people under other names, the first of which is the main one."""
        if not any(map(simplify.is_changed, self.names)):
            return self
        people = []
        for person in self.people:
            names = (person.name, *person.aliases, *([person.traditional] if person.traditional else ()))
            new = renamed(names)
            people.append(
                person if new == names else replace(person, name=new[0], aliases=new[1:], traditional="")
            )
        return Roster(tuple(people), self.digests)

    @cached_property
    def _traditional(self) -> dict[str, str]:
        """Name in simplified script → its traditional form, where the roster writes one."""
        found: dict[str, str] = {}
        for person in self.people:
            for name in (person.traditional, *person.names):
                if simplify.is_changed(name):
                    found.setdefault(simplify.folded(name), name)
        return found

    def in_traditional(self, name: str) -> str:
        """`name`, in simplified script, as traditional text sets it: as the roster does, else converted."""
        form = self._traditional.get(name) or simplify.traditional(name)
        return form if len(form) == len(name) else name

    def prepare(self) -> None:
        """Build what the search for misread names needs, so that processes forked from now on share it."""
        found = self.with_simplified
        _ = found.near, found._one_apart, found.split, found.dotted

    def beside(self, shown: str, place: int) -> list[str]:
        """The Han names that differ from `shown` at `place` alone."""
        return self._one_apart.beside(shown, place)

    def longer(self, shown: str) -> list[str]:
        """The Han names that have one character more than `shown`."""
        return self._one_apart.longer(shown)


def load(files: Iterable[str | Path], default: bool = False) -> Roster:
    """One roster of all `files`, before them the one shipped with the tool where `default`.

    Raises DataError on a missing file or a table without names.
    """
    files = list(files)
    return _load(files, default) if files else _shipped(default)


@cache
def _shipped(wanted: bool) -> Roster:
    """It never changes: whoever repairs with it alone shares what is built to look people up."""
    return _load([], wanted)


def _load(files: Iterable[str | Path], default: bool) -> Roster:
    people: dict[Person, None] = {}
    digests: list[tuple[str, str]] = []
    places = sorted((folder() / "rosters").glob("*.tsv")) if default else []
    for place in [*places, *map(Path, files)]:
        if not place.is_file():
            raise DataError(
                f"找不到名册 {place}；请检查 --roster 的路径。",
                f"The roster {place} is not there; check the path given to --roster.",
            )
        try:
            data = place.read_bytes()
        except OSError as error:
            raise DataError(
                f"名册 {place} 无法读取：{error.strerror}。",
                f"The roster {place} cannot be read: {error.strerror}.",
            ) from None
        digest = hashlib.sha256(data).hexdigest()
        digests.append((_called(place, place in places), digest))
        people.update(dict.fromkeys(Person(*row) for row in tables.rows(place, data, digest)))
    return Roster(tuple(people), tuple(digests))


def _called(place: Path, shipped: bool) -> str:
    """What journals call a roster; one that decisions taught is told from a person's own."""
    if shipped:
        return f"rosters/{place.name}"
    taught = place.name == learned.ROSTER and place.parent.name == learned.FOLDER
    return f"{learned.FOLDER}/{place.name}" if taught else place.name
