"""What a rule is: a module with these names; and the tools that it may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cleanup.blocks import Blocks, Reader
from cleanup.blocks import own as own_blocks
from cleanup.blocks import read as read_blocks
from cleanup.data import characters, names, phrases
from cleanup.data.learned import Learned
from cleanup.data.profile import Elsewhere
from cleanup.data.roster import Person, Roster
from cleanup.model.document import Document
from cleanup.model.journal import Furniture, Headlines, Script
from cleanup.rules import models
from cleanup.rules.joints import Joint, weighed
from cleanup.rules.said import Said
from cleanup.score import channel, flow, naming, ngram, noise
from cleanup.score.choice import Choice
from cleanup.score.logistic import Logistic
from cleanup.score.pairs import Pairs
from cleanup.score.trees import Trees
from cleanup.text import specks
from cleanup.text.cues import Evidence, Nats
from cleanup.text.furniture import Furniture as FurnitureLine
from cleanup.text.furniture import find as furniture_of
from cleanup.text.margins import added as with_margins
from cleanup.text.offices import LEADS, Office, Offices, before, held
from cleanup.text.order import Disorder
from cleanup.text.order import find as find_disorder
from cleanup.text.scripts import is_mixed, is_traditional
from cleanup.text.seams import Seam, seams
from cleanup.text.simplify import folded

_BETWEEN = 3
"""Characters: an office, and a space, a colon, an open bracket between it and the name."""


@dataclass(frozen=True, slots=True)
class Case:
    """An example that is a test and a line of the rule's page."""

    text: str
    becomes: str | None = None
    """The repaired text; None: the rule leaves this alone."""
    note: str = ""
    flags: bool = False
    """The rule flags this text (and changes nothing)."""
    roster: tuple[tuple[str, str], ...] = ()
    """(name, title) of the people on the roster in this case."""
    terms: tuple[tuple[str, str], ...] = ()
    """(from, to) of the same people, where it matters."""
    headlines: Headlines = "printed"
    """The setting of the same name in this case."""
    own: tuple[tuple[str, str], ...] = ()
    """(wrong, right) of the user's dictionary in this case."""
    to: Script | None = None
    """The setting of the same name in this case."""
    rows: tuple[str, ...] = ()
    """What the place of each line on its page says that it is: a boxed row's kind, or "doubtful"."""
    elsewhere: tuple[str, ...] = ()
    """The other files of the archive in this case."""


@dataclass(frozen=True)
class Tools:
    """Data and models, loaded when a rule first asks."""

    roster: Roster = field(default_factory=Roster)
    furniture: Furniture = "drop"
    """What becomes of page furniture."""
    headlines: Headlines = "printed"
    """Whether headlines keep their printed lines or become one line."""
    date: str = ""
    """The day of the document (ISO), where it is known."""
    to: Script | None = None
    """The script that the whole text is converted to."""
    protected: tuple[str, ...] = ()
    """Words that stay as they are."""
    learned: Learned = field(default_factory=Learned)
    """What people's decisions taught."""
    model_file: str = ""
    """The user's own language model for the rules of context; empty: the one shipped."""
    profile: Elsewhere | None = None
    """What the other files of the archive say, where there is one."""

    @cached_property
    def common(self) -> Mapping[str, float]:
        return characters.common()

    def likeness(self, one: str, two: str) -> int:
        """How alike two characters look, 0 to 100."""
        return characters.likeness(one, two)

    @property
    def naming(self) -> naming.Naming:
        """Whether a name shown is a misread one of the roster, or somebody else's."""
        return models.roster_names()

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

    def in_post(self, person: Person) -> bool | None:
        """Whether the person held this office on the document's day; None where that is not known."""
        term = person.term
        return None if not self.date or term.is_open else term.covers(self.date)

    def misread(self, traditional: bool) -> Mapping[str, phrases.Misread]:
        """Misread phrases in the script of the document."""
        return phrases.misread(traditional)

    def misread_forms(self, traditional: bool) -> tuple[str, ...]:
        """The wrong forms of the same table."""
        return phrases.misread_forms(traditional)

    @property
    def set_phrase_forms(self) -> tuple[str, ...]:
        return phrases.set_phrase_forms()

    @property
    def damaged(self) -> Mapping[str, phrases.Damage]:
        """Set phrases, names of organs and long place names, two characters swapped, one lost or doubled."""
        return phrases.damaged()

    @property
    def damaged_forms(self) -> tuple[str, ...]:
        return phrases.damaged_forms()

    @property
    def offices(self) -> Offices:
        return phrases.offices()

    @property
    def office_words(self) -> tuple[str, ...]:
        """Every word for an office, sorted."""
        return phrases.office_words()

    def was_read_for(self, read: str, printed: str) -> bool:
        """Whether engines are known to take the one character for the other."""
        return printed in characters.misread().get(read, {})

    def stated(self, text: str, at: int) -> list[Office]:
        """The offices strung up directly before a position, or before the colon or bracket there."""
        solid = text[max(0, at - _BETWEEN) : at].rstrip(LEADS)
        at -= min(at, _BETWEEN) - len(solid)
        return before(text, at, self.offices) if solid[-1:] in self.office_ends else []

    def held(self, person: Person) -> list[Office]:
        """The offices that the roster gives a person."""
        return held(person.title, person.organization or person.place, self.offices)

    @property
    def office_ends(self) -> frozenset[str]:
        """The last characters of offices."""
        return phrases.office_ends()

    @cached_property
    def joins(self) -> Trees:
        """How likely wrapped lines go on."""
        return models.joins()

    @cached_property
    def specks(self) -> Logistic:
        """How likely nothing in a line can be read."""
        return models.specks()

    def unreadable(self, lines: Sequence[str]) -> list[float]:
        """How likely each line is noise with nothing to read in it, 0 to 1; for simplified script."""
        usual = flow.usual(models.language(), lines)
        return [self.specks.probability(specks.features(*pair)) for pair in zip(lines, usual, strict=True)]

    @property
    def habits(self) -> Callable[[str], tuple[float, float, float] | None]:
        """With which words paragraphs begin and sentences end, in bits."""
        return phrases.openings().get

    @property
    def pairs(self) -> Pairs:
        return models.pairs()

    def evidence(self, text: str) -> Evidence:
        """What is known of the language of `text`; the language model is counted from simplified script."""
        return Evidence(
            self.pairs.link,
            self.habits,
            self._folded if is_traditional(text) or is_mixed(text) else self._flow,
        )

    def _flow(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Nats]:
        return [Nats(*found) for found in flow.weigh(models.language(), pairs)]

    def _folded(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Nats]:
        return self._flow([(folded(one), folded(two)) for one, two in pairs])

    def aside(self, document: Document) -> Sequence[FurnitureLine]:
        """The lines of page furniture, in order, as the document and the archive tell."""
        if not self._aside or self._aside[0][0] is not document:
            found: Sequence[FurnitureLine] = furniture_of(
                document, self.profile.head if self.profile else None
            )
            if document.rows:
                found = with_margins(document, found)
            if any(map(_is_doubtful, found)):
                own = own_blocks(document)
                found = [
                    one for one in found if not (_is_doubtful(one) and own.is_own(document.lines[one.line]))
                ]
            self._aside[:] = [(document, found)]
        return self._aside[0][1]

    def joints(self, document: Document) -> Sequence[Joint]:
        """The breaks between wrapped lines of a document, weighed; kept for the next rule that asks."""
        if not self._weighed or self._weighed[0][0] is not document:
            before = [joint for _, joints in self._weighed for joint in joints]
            found = weighed(list(self.seams(document)), self.joins, models.verse(), before)
            self._weighed[:] = [(document, found)]
        return self._weighed[0][1]

    def seams(self, document: Document) -> Iterable[Seam]:
        """The breaks between wrapped lines of a document with what is measured of them."""
        told = self.blocks(document)
        return seams(document, self.evidence(document.text), told.bar, told.is_prose)

    def blocks(self, document: Document) -> Blocks:
        """What the document is made of; kept for the next rule that asks."""
        if not self._told or self._told[0][0] is not document:
            aside = {found.line for found in self.aside(document)}
            self._told[:] = [(document, read_blocks(document, aside, Reader(self.pairs.link, self._flow)))]
        return self._told[0][1]

    def disorder(self, lines: Sequence[str]) -> Disorder | None:
        """The lines among these that stand in another order than they are read in."""
        return find_disorder(lines, self.pairs.link, self._flow)

    def usual(self, lines: Sequence[str]) -> list[float]:
        """Log-probability of a character of each line, on average; in simplified script."""
        return flow.usual(models.language(), [folded(line) for line in lines])

    def stops(self, lines: Sequence[str]) -> list[float]:
        """Log-probability that a full stop comes next after each line; for simplified script."""
        return flow.stops(models.language(), lines)

    @cached_property
    def _aside(self) -> list[tuple[Document, Sequence[FurnitureLine]]]:
        return []

    @cached_property
    def _told(self) -> list[tuple[Document, Blocks]]:
        return []

    @cached_property
    def _weighed(self) -> list[tuple[Document, list[Joint]]]:
        return []

    @property
    def surnames(self) -> frozenset[str]:
        return names.listed()

    @cached_property
    def model(self) -> ngram.Ngrams:
        return models.language(self.model_file)

    @cached_property
    def noise(self) -> noise.Specks:
        """Finds runs of characters that were made of specks."""
        return models.noise(self.model_file)

    @property
    def said(self) -> Said:
        return Said(self.model, models.every_formula(self.learned.formulas, self.profile))

    @property
    def glyphs(self) -> channel.Glyphs:
        """Characters as points: how alike they look."""
        return models.misreadings().glyphs

    @cached_property
    def corrector(self) -> Choice:
        """Language model, channel and judge together; what it reads of this text is kept with it."""
        return models.choice(self.learned.channel, self.model_file)


def _is_doubtful(found: FurnitureLine) -> bool:
    """Whether a line of furniture is told by coming again alone; dates sign papers as well."""
    return not found.folio.has("weekday", "credit", "page", "paper")
