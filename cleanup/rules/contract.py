"""What a rule is: a module with these names; and the tools that it may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal, Protocol

from cleanup.data import characters, files, glyphs, names, phrases
from cleanup.data.profile import Elsewhere
from cleanup.data.roster import Person, Roster
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.score import channel, judge, ngram
from cleanup.score.corrector import Corrector
from cleanup.score.joins import JoinModel
from cleanup.score.pairs import BrokenModel, Pairs, load
from cleanup.text.offices import Office, before

Furniture = Literal["keep", "drop", "mark"]
Headlines = Literal["printed", "logical"]
Script = Literal["hans", "hant", "tw", "hk"]


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
    headlines: Headlines = "printed"
    """The setting of the same name in this case."""
    to: Script | None = None
    """The setting of the same name in this case."""
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
    profile: Elsewhere | None = None
    """What the other files of the archive say, where there is one."""

    @cached_property
    def common(self) -> Mapping[str, float]:
        return characters.common()

    def likeness(self, one: str, two: str) -> int:
        """How alike two characters look, 0 to 100."""
        return characters.likeness(one, two)

    def misread_odds(self, shown: str, name: str, place: int) -> float:
        """Log odds that `shown` is `name` with the character at `place` misread, not another person."""
        return glyphs.misread_odds(shown, name, place)

    def name_likelihood(self, shown: str) -> float:
        """Log probability that a person drawn by chance bears this name."""
        return names.likelihood(shown)

    def is_surname(self, char: str) -> bool:
        return char in names.surnames()

    def in_post(self, person: Person) -> bool | None:
        """Whether the person held this office on the document's day; None where that is not known."""
        term = person.term
        return None if not self.date or term.is_open else term.covers(self.date)

    def misread(self, traditional: bool) -> Mapping[str, phrases.Misread]:
        """Misread phrases in the script of the document."""
        return phrases.misread(traditional)

    @cached_property
    def set_phrases(self) -> Mapping[str, float]:
        return phrases.set_phrases()

    @cached_property
    def abbreviations(self) -> Mapping[str, str]:
        return phrases.abbreviations()

    @cached_property
    def offices(self) -> Mapping[str, str]:
        return phrases.offices()

    def stated(self, text: str, at: int) -> list[Office]:
        """The offices strung up directly before a position."""
        solid = text[max(0, at - 2) : at].rstrip(" \u3000")[-1:]
        return before(text, at, self.offices, self.abbreviations) if solid in self._office_ends else []

    @cached_property
    def _office_ends(self) -> frozenset[str]:
        return frozenset(word[-1] for word in self.offices)

    @cached_property
    def joins(self) -> JoinModel:
        """How likely wrapped lines go on."""
        return JoinModel({name: float(weight) for name, weight in files.rows("models/joins.tsv", 2)})

    @property
    def habits(self) -> Callable[[str], tuple[float, float, float] | None]:
        """With which words paragraphs begin and sentences end, in bits."""
        return phrases.openings().get

    @cached_property
    def pairs(self) -> Pairs:
        try:
            return load(files.path("models/pairs.bin"))
        except BrokenModel as error:
            raise files.DataError("字对模型文件损坏；请重新安装 ocrfix。", str(error)) from None

    @cached_property
    def surnames(self) -> frozenset[str]:
        return frozenset(names.surnames())

    @property
    def model(self) -> ngram.Ngrams:
        return _language_model()

    @property
    def noise(self) -> Mapping[str, float]:
        """How often specks are read as which character."""
        return characters.noise()

    @property
    def glyphs(self) -> channel.Glyphs:
        """Characters as points: how alike they look."""
        return models()[2].glyphs

    @property
    def corrector(self) -> Corrector:
        """Language model, channel and judge together."""
        return _corrector()


@cache
def models() -> tuple[ngram.Ngrams, Pairs, channel.Channel]:
    """Language model, pairs, and channel, opened once."""
    try:
        drawn = channel.glyphs(files.path("models/drawn.bin"))
        known = channel.Channel(drawn, characters.shape_pairs(), characters.misread())
        return _language_model(), load(files.path("models/pairs.bin")), known
    except (channel.BrokenChannel, BrokenModel) as error:
        raise files.DataError("语言模型文件损坏；请重新安装 ocrfix。", str(error)) from None


@cache
def _language_model() -> ngram.Ngrams:
    try:
        return ngram.load(files.path("models/runs.bin"))
    except ngram.BrokenModel as error:
        raise files.DataError("语言模型文件损坏；请重新安装 ocrfix。", str(error)) from None


@cache
def _corrector() -> Corrector:
    try:
        return Corrector(*models(), judge.load(files.rows("models/judge.tsv", 4)))
    except (KeyError, IndexError, ValueError):
        raise files.DataError(
            "models/judge.tsv 不完整；请恢复它或重新安装 ocrfix。",
            "models/judge.tsv lacks terms; restore it or reinstall ocrfix.",
        ) from None


class Rule(Protocol):
    """A module rules/<family>/<rule>.py; its docstring says why, what it leaves alone, and its safety."""

    __doc__: str | None
    NAME: str
    """Its path: family.rule."""
    SUMMARY: Message
    SAFETY: Applicability
    """The highest applicability that its fixes carry."""
    NEEDS: tuple[str, ...]
    """Files under dictionaries/ that it reads; their digests go into the journal."""
    CASES: tuple[Case, ...]

    def find(self, document: Document, tools: Tools) -> Iterable[Fix]:
        """Fixes and flags for the whole document; no I/O, no state."""
        ...
