"""Rosters: the people whose names may be repaired, with the ways to look them up that rules need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from cleanup.data import tables
from cleanup.data.files import DataError, folder
from cleanup.text.dates import Period, period
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


class Gaps(NamedTuple):
    """Names by all but one of their characters, as text meets them."""

    later: dict[str, list[str]]
    """Name with one character after the first replaced by "?" → names that fit."""
    first: dict[str, list[str]]
    """Name without its first character → names that end so."""
    heads: frozenset[str]
    sizes: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Roster:
    """People, with the ways to look them up that rules need."""

    people: tuple[Person, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    """(file name, SHA-256) of every file it was read from."""

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
    def gaps(self) -> Gaps:
        """The names of two to LONGEST Han characters by all but one of them."""
        later: dict[str, list[str]] = {}
        first: dict[str, list[str]] = {}
        sizes: set[int] = set()
        heads: set[str] = set()
        for name in self.names:
            size = len(name)
            if not 2 <= size <= LONGEST or not all(map(is_han, name)):
                continue
            sizes.add(size)
            heads.add(name[0])
            for at in range(1, size):
                later.setdefault(f"{name[:at]}?{name[at + 1 :]}", []).append(name)
            first.setdefault(name[1:], []).append(name)
        return Gaps(later, first, frozenset(heads), tuple(sorted(sizes)))


def load(files: Iterable[str | Path], default: bool = False) -> Roster:
    """One roster of all `files`, before them the one shipped with the tool where `default`.

    Raises DataError on a missing file or a table without names.
    """
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
        digests.append((f"rosters/{place.name}" if place in places else place.name, digest))
        people.update(dict.fromkeys(Person(*row) for row in tables.rows(place, data, digest)))
    return Roster(tuple(people), tuple(digests))
