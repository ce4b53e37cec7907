"""Who is who: the roster, names and surnames, offices and who holds them."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleanup.data import names, phrases
from cleanup.data.roster import Person, Roster
from cleanup.rules import models as opened
from cleanup.rules.tools.models import Models
from cleanup.score import naming
from cleanup.text.offices import LEADS, Office, Offices, before, held

_BETWEEN = 3
"""Characters: an office, and a space, a colon, an open bracket between it and the name."""


@dataclass(frozen=True)
class Names(Models):
    """For a rule about people: the models, and what is known of names and offices."""

    roster: Roster = field(default_factory=Roster)
    date: str = field(default="", kw_only=True)
    """The day of the document (ISO), where it is known."""

    @property
    def naming(self) -> naming.Naming:
        """Whether a name shown is a misread one of the roster, or somebody else's."""
        return opened.roster_names()

    def seen_in_archive(self, form: str) -> int:
        """In how many other files of the archive `form` stands as a name, where there is a profile."""
        return self.profile.named(form) if self.profile else 0

    def name_likelihood(self, shown: str) -> float:
        """Log probability that a person drawn by chance bears this name."""
        return names.likelihood(shown)

    def is_title(self, shown: str) -> bool:
        """Whether an encyclopedia has an article of that name, of a person as a rule."""
        return names.is_title(shown)

    def is_surname(self, char: str) -> bool:
        return names.is_surname(char)

    @property
    def surnames(self) -> frozenset[str]:
        return names.listed()

    def in_post(self, person: Person) -> bool | None:
        """Whether the person held this office on the document's day; None where that is not known."""
        term = person.term
        return None if not self.date or term.is_open else term.covers(self.date)

    def held(self, person: Person) -> list[Office]:
        """The offices that the roster gives a person."""
        return held(person.title, person.organization or person.place, self.offices)

    @property
    def offices(self) -> Offices:
        return phrases.offices()

    @property
    def office_words(self) -> tuple[str, ...]:
        """Every word for an office, sorted."""
        return phrases.office_words()

    @property
    def office_ends(self) -> frozenset[str]:
        """The last characters of offices."""
        return phrases.office_ends()

    def stated(self, text: str, at: int) -> list[Office]:
        """The offices strung up directly before a position, or before the colon or bracket there."""
        solid = text[max(0, at - _BETWEEN) : at].rstrip(LEADS)
        at -= min(at, _BETWEEN) - len(solid)
        return before(text, at, self.offices) if solid[-1:] in self.office_ends else []
