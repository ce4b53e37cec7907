"""What a rule is: a module with these names; and the tools that it may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, Protocol

from cleanup.data import characters, files, names, phrases
from cleanup.data.learned import Learned
from cleanup.data.profile import Elsewhere
from cleanup.data.roster import Person, Roster
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.model.journal import Furniture, Headlines, Script
from cleanup.score import channel, flow, judge, naming, ngram
from cleanup.score.corrector import Corrector
from cleanup.score.logistic import Logistic
from cleanup.score.pairs import BrokenModel, Pairs, load
from cleanup.score.trees import BrokenTrees, Trees, trees
from cleanup.text import specks
from cleanup.text.cues import Cues, Evidence, Nats
from cleanup.text.offices import Office, before, held
from cleanup.text.scripts import is_traditional
from cleanup.text.seams import Seam, seams


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
    elsewhere: tuple[str, ...] = ()
    """The other files of the archive in this case."""


class Joint(NamedTuple):
    """A break between wrapped lines, weighed."""

    seam: Seam
    chance: float
    """That the line before goes on in the line behind, 0 to 1."""


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
        return _naming()

    def seen_in_archive(self, form: str) -> int:
        """In how many other files of the archive `form` stands as a name, where there is a profile."""
        return self.profile.named(form) if self.profile else 0

    def name_likelihood(self, shown: str) -> float:
        """Log probability that a person drawn by chance bears this name."""
        return names.likelihood(shown)

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

    @cached_property
    def abbreviations(self) -> Mapping[str, str]:
        return phrases.abbreviations()

    @cached_property
    def offices(self) -> Mapping[str, str]:
        return phrases.offices()

    @cached_property
    def office_words(self) -> tuple[str, ...]:
        """Every word for an office, sorted."""
        return tuple(sorted(self.offices))

    def was_read_for(self, read: str, printed: str) -> bool:
        """Whether engines are known to take the one character for the other."""
        return printed in characters.misread().get(read, {})

    def stated(self, text: str, at: int) -> list[Office]:
        """The offices strung up directly before a position."""
        solid = text[max(0, at - 2) : at].rstrip(" \u3000")[-1:]
        return before(text, at, self.offices, self.abbreviations) if solid in self.office_ends else []

    def held(self, person: Person) -> list[Office]:
        """The offices that the roster gives a person."""
        return held(person.title, person.organization, self.offices, self.abbreviations)

    @cached_property
    def office_ends(self) -> frozenset[str]:
        """The last characters of offices."""
        return frozenset(word[-1] for word in self.offices)

    @cached_property
    def joins(self) -> Trees:
        """How likely wrapped lines go on."""
        return _joins()

    @cached_property
    def specks(self) -> Logistic:
        """How likely nothing in a line can be read."""
        return _specks()

    def unreadable(self, lines: Sequence[str]) -> list[float]:
        """How likely each line is noise with nothing to read in it, 0 to 1; for simplified script."""
        usual = flow.usual(models()[0], lines)
        probability = self.specks.probability
        return [probability(specks.features(*pair)) for pair in zip(lines, usual, strict=True)]

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

    def evidence(self, text: str) -> Evidence:
        """What is known of the language of `text`; the language model is counted from simplified script."""
        return Evidence(self.pairs.link, self.habits, None if is_traditional(text) else self._flow)

    def _flow(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Nats]:
        return [Nats(*found) for found in flow.weigh(models()[0], pairs)]

    def joints(self, document: Document) -> Sequence[Joint]:
        """The breaks between wrapped lines of a document, weighed; kept for the next rule that asks."""
        if not self._weighed or self._weighed[0][0] is not document:
            among = list(seams(document, self.evidence(document.text)))
            chances = self.joins.probability([seam.cues for seam in among])
            found = [
                Joint(seam, 0.0 if seam.barred else chance)
                for seam, chance in zip(among, chances, strict=True)
            ]
            self._weighed[:] = [(document, found)]
        return self._weighed[0][1]

    def stops(self, lines: Sequence[str]) -> list[float]:
        """Log-probability that a full stop comes next after each line; for simplified script."""
        return flow.stops(models()[0], lines)

    @cached_property
    def _weighed(self) -> list[tuple[Document, list[Joint]]]:
        return []

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
        return _corrector(self.learned.channel)


@cache
def _specks() -> Logistic:
    return Logistic({feature: float(weight) for feature, weight in files.rows("models/specks.tsv", 2)})


@cache
def _joins() -> Trees:
    try:
        return trees(files.rows("models/joins.tsv", 5), Cues._fields)
    except BrokenTrees as error:
        raise files.DataError(
            "models/joins.tsv 不完整；请恢复它或重新安装 ocrfix。",
            f"models/joins.tsv is damaged ({error}); restore it or reinstall ocrfix.",
        ) from None


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


@lru_cache(maxsize=2)
def _corrector(learned: tuple[tuple[str, str, float], ...]) -> Corrector:
    model, pairs, known = models()
    try:
        return Corrector(model, pairs, known.and_also(learned), judge.load(files.rows("models/judge.tsv", 4)))
    except (KeyError, IndexError, ValueError):
        raise files.DataError(
            "models/judge.tsv 不完整；请恢复它或重新安装 ocrfix。",
            "models/judge.tsv lacks terms; restore it or reinstall ocrfix.",
        ) from None


@cache
def _naming() -> naming.Naming:
    runs, _, misreadings = models()
    shapes = naming.Shapes(misreadings.glyphs, characters.likeness, characters.misread())
    try:
        weights = {name: float(weight) for name, weight in files.rows("models/naming.tsv", 2)}
        return naming.Naming(weights, shapes, runs, names)
    except (KeyError, ValueError):
        raise files.DataError(
            "models/naming.tsv 不完整；请恢复它或重新安装 ocrfix。",
            "models/naming.tsv lacks weights; restore it or reinstall ocrfix.",
        ) from None


class Rule(Protocol):
    """A module rules/<family>/<rule>.py; its docstring says why, what it leaves alone, and its safety."""

    __name__: str
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
