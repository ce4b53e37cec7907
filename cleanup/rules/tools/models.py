"""What the language says: tables of characters and phrases, models, and what the user says of the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cleanup.data import characters, lunar, phrases
from cleanup.data.learned import Learned
from cleanup.data.profile import Elsewhere
from cleanup.model.journal import Script
from cleanup.rules import models as opened
from cleanup.rules.said import Said
from cleanup.score import channel, flow, ngram, noise, witnessed
from cleanup.score.choice import Choice
from cleanup.score.logistic import Logistic
from cleanup.score.pairs import Pairs
from cleanup.text import specks
from cleanup.text.cues import Evidence, Nats
from cleanup.text.order import Disorder
from cleanup.text.order import find as find_disorder
from cleanup.text.scripts import is_mixed, is_traditional
from cleanup.text.simplify import folded


@dataclass(frozen=True, kw_only=True)
class Models:
    """For a rule that reads words: tables and models of the language."""

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

    def was_read_for(self, read: str, printed: str) -> bool:
        """Whether engines are known to take the one character for the other."""
        return printed in characters.misread().get(read, {})

    def lunar(self, day: date) -> lunar.LunarDay | None:
        """The day of the lunar calendar that a day is; None where that is not known."""
        return lunar.of(day)

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
    def organ_parts(self) -> phrases.OrganParts:
        """Either half of the full names of organs."""
        return phrases.organ_parts()

    @property
    def damaged(self) -> Mapping[str, phrases.Damage]:
        """Set phrases, names of organs and long place names, two characters swapped, one lost or doubled."""
        return phrases.damaged()

    @property
    def damaged_forms(self) -> tuple[str, ...]:
        return phrases.damaged_forms()

    @property
    def pairs(self) -> Pairs:
        return opened.pairs()

    @property
    def habits(self) -> Callable[[str], tuple[float, float, float] | None]:
        """With which words paragraphs begin and sentences end, in bits."""
        return phrases.openings().get

    def evidence(self, text: str) -> Evidence:
        """What is known of the language of `text`; the language model is counted from simplified script."""
        return Evidence(
            self.pairs.link,
            self.habits,
            self._folded if is_traditional(text) or is_mixed(text) else self._flow,
        )

    def _flow(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Nats]:
        return [Nats(*found) for found in flow.weigh(opened.language(), pairs)]

    def _folded(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Nats]:
        return self._flow([(folded(one), folded(two)) for one, two in pairs])

    def usual(self, lines: Sequence[str]) -> list[float]:
        """Log-probability of a character of each line, on average; in simplified script."""
        return flow.usual(opened.language(), [folded(line) for line in lines])

    def gains(self, changes: Sequence[tuple[str, str, str, str]]) -> list[float]:
        """For each (left, one, two, right), by how many nats the text is likelier with `two` than with `one`;
        for simplified script."""
        return flow.gains(opened.language(), changes)

    def gains_in_every_era(self, changes: Sequence[tuple[str, str, str, str]]) -> list[float]:
        """The least of these by the language models shipped, of news and of other eras and genres; for either
        script."""
        if not changes:
            return []  # the models need not be opened
        asked = [(folded(left), folded(one), folded(two), folded(right)) for left, one, two, right in changes]
        return [
            min(both) for both in zip(*(flow.gains(opened.shipped(at), asked) for at in (0, 1)), strict=True)
        ]

    def following(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each pair of lines the log-probability that the second goes on with the first, by whichever
        language model shipped foretells it better; for either script."""
        asked = [(folded(one), folded(two)) for one, two in pairs]
        return [
            max(both)
            for both in zip(*(flow.following(opened.shipped(at), asked) for at in (0, 1)), strict=True)
        ]

    def witnessed(self, doubts: Sequence[witnessed.Doubt]) -> list[float]:
        """How likely a witness is right that read places of the picture otherwise, of each."""
        return witnessed.chances(doubts, self.glyphs, opened.witnessed())

    def stops(self, lines: Sequence[str]) -> list[float]:
        """Log-probability that a full stop comes next after each line; for simplified script."""
        return flow.stops(opened.language(), lines)

    def disorder(self, lines: Sequence[str]) -> Disorder | None:
        """The lines among these that stand in another order than they are read in."""
        return find_disorder(lines, self.pairs.link, self._flow)

    @cached_property
    def specks(self) -> Logistic:
        """How likely nothing in a line can be read."""
        return opened.specks()

    def unreadable(self, lines: Sequence[str]) -> list[float]:
        """How likely each line is noise with nothing to read in it, 0 to 1; for simplified script."""
        usual = flow.usual(opened.language(), lines)
        return [self.specks.probability(specks.features(*pair)) for pair in zip(lines, usual, strict=True)]

    @cached_property
    def model(self) -> ngram.Ngrams:
        return opened.language(self.model_file)

    @cached_property
    def noise(self) -> noise.Specks:
        """Finds runs of characters that were made of specks."""
        return opened.noise(self.model_file)

    @property
    def said(self) -> Said:
        return Said(self.model, opened.every_formula(self.learned.formulas, self.profile))

    @property
    def glyphs(self) -> channel.Glyphs:
        """Characters as points: how alike they look."""
        return opened.misreadings().glyphs

    @cached_property
    def corrector(self) -> Choice:
        """Language model, channel and judge together; what it reads of this text is kept with it."""
        return opened.choice(self.learned.channel, self.model_file)

    def weigh_again(self) -> bool:
        """Whether other models read the text from now on, since what it became is foretold best by them."""
        return "corrector" in self.__dict__ and self.corrector.weigh_again()
