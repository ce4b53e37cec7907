"""What a rule proposes: spans, edits, fixes, flags, and how much each promises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Lang = Literal["zh", "en"]


class Applicability(IntEnum):
    """What a rule promises about meaning; policy decides which levels act unattended."""

    SUGGEST = 0
    LIKELY = 1
    SAFE = 2

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Message:
    """The same sentence for both readers."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in the text as its pass received it."""

    span: Span
    before: str
    """What stands at `span`; a mismatch is an error."""
    after: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that stand or fall together; without edits it is a flag: a person must look here."""

    rule: str
    edits: tuple[Edit, ...]
    applicability: Applicability
    confidence: float
    """Probability that the edits are right (for a flag: that something is wrong), 0 to 1."""
    why: Message
    span: Span
    """The place it is about: the hull of its edits, or what the flag points at."""
    evidence: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    """Other readings of the text at `span`, best first; empty: nothing stands there."""
    person: str = ""
    """Whom it is about, by the name (or surname and office) that the edits make whole. Who knows the person
    knows better than a list of words: such a fix may change the words shipped as right, and names beside."""
    quoted: tuple[str, ...] = ()
    """The words that the message quotes: in text of the other script they are quoted in that."""

    @property
    def is_flag(self) -> bool:
        return not self.edits


def flag(
    rule: str,
    span: Span,
    confidence: float,
    why: Message,
    evidence: tuple[str, ...] = (),
    person: str = "",
    quoted: tuple[str, ...] = (),
) -> Fix:
    """A fix without edits."""
    return Fix(rule, (), Applicability.SUGGEST, confidence, why, span, evidence, (), person, quoted)


def fix(
    rule: str,
    text: str,
    changes: list[tuple[int, int, str]],
    applicability: Applicability,
    confidence: float,
    why: Message,
    evidence: tuple[str, ...] = (),
    alternatives: tuple[str, ...] = (),
    person: str = "",
    quoted: tuple[str, ...] = (),
) -> Fix:
    """A fix from (start, end, after) changes on `text`, which supplies each edit's `before`."""
    edits = tuple(Edit(Span(start, end), text[start:end], after) for start, end, after in sorted(changes))
    hull = Span(edits[0].span.start, edits[-1].span.end)
    return Fix(rule, edits, applicability, confidence, why, hull, evidence, alternatives, person, quoted)
