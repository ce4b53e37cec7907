"""The journal: every edit that was made, every one withheld, every flag; the truth about a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from cleanup.model.box import Box, PageLayout
from cleanup.model.described import Structure
from cleanup.model.document import Envelope
from cleanup.model.fix import Applicability, Edit, Fix, Message, Span
from cleanup.model.scan import Scan

SCHEMA = 4
READ = (1, 2, 3, 4)
"""Schemas that are read; what a newer one added is empty in an older journal."""
Kind = Literal["fix", "flag"]
Status = Literal["applied", "withheld", "flagged"]
Reason = Literal["policy", "overlap", "protected", "rejected", "unconverged"]
Verdict = Literal["accepted", "rejected", "edited", "protected"]
Level = Literal["never", "safe", "likely", "suggest"]
Furniture = Literal["keep", "drop", "mark"]
Headlines = Literal["printed", "logical"]
Script = Literal["hans", "hant", "tw", "hk"]


@dataclass(frozen=True, slots=True)
class RulePolicy:
    """What a rule, or a family of rules, may edit without a person; None: as the others."""

    rule: str
    apply: Level | None = None
    """The least applicability that acts unattended; "never": every edit waits for a person."""
    min_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be edited without a person."""

    apply: Applicability = Applicability.LIKELY
    """The least applicability that acts unattended."""
    min_confidence: float = 0.6
    protect: tuple[str, ...] = ()
    """Words that stay as they are wherever they stand."""
    rules: tuple[RulePolicy, ...] = ()
    """What differs for single rules and families; a rule goes before its family."""

    def admits(self, rule: str, applicability: Applicability, confidence: float) -> bool:
        """Whether an edit of `rule` may be made without a person."""
        apply, least, never = self.apply, self.min_confidence, False
        for name in (rule.partition(".")[0], rule):
            for own in self.rules:
                if own.rule != name:
                    continue
                if own.apply is not None:
                    never = own.apply == "never"
                    apply = apply if never else Applicability[own.apply.upper()]
                if own.min_confidence is not None:
                    least = own.min_confidence
        return not never and applicability >= apply and confidence >= least


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said; keyed by content, so it survives re-runs, new versions and moved files."""

    fix: str
    """The id of a fix, or of a pattern (its rule and edits, wherever they stand); empty for words."""
    verdict: Verdict
    """Of a flag, "accepted" says that something is wrong there, "rejected" that nothing is."""
    who: str = ""
    when: str = ""
    text: str = ""
    """edited: what is put at the place instead; protected: the word that stays everywhere."""
    place: str = ""
    """Digest of edits and place without the rule: it holds for any other rule that would do the same."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A fix that was not made, and why."""

    fix: Fix
    reason: Reason


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the journal."""

    id: str
    """Digest of rule, edits and the characters around them; not of the position."""
    kind: Kind
    pass_: str
    """The pass that proposed it (key "pass" in JSON)."""
    rule: str
    status: Status
    reason: Reason | None
    applicability: str
    confidence: float
    why: Message
    evidence: tuple[str, ...]
    alternatives: tuple[str, ...]
    edits: tuple[Edit, ...]
    """Spans in the text as step `step` received it; for withheld ones, in the repaired text."""
    step: int | None
    """Which step made it, from 0; None unless applied."""
    span: Span
    """The place in the source, in code points (line ends counted as one)."""
    line: int
    """Line of the source, from 1."""
    page: int
    """Page of the source, from 1."""
    output: Span | None
    """The place in the repaired text; None for applied records, which later steps may move."""
    box: Box | None = None
    """The place on the scan: in its pixels where `scan` says which; else in the unit of the engine's file."""
    person: str = ""
    """Whom it is about, by the name (or surname and office) that the edits make whole."""
    scan: int | None = None
    """Which of the journal's scans the box lies on, from 0."""

    @property
    def outlived(self) -> bool:
        """A flag on what was taken out of the text: only the source shows it."""
        return not self.edits and self.output is not None and not self.output and bool(self.span)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text at one end of the run."""

    name: str
    sha256: str
    """Of the bytes."""
    characters: int
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class PassInfo:
    name: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that the source had instead of a person's name."""

    text: str
    status: Status
    """What became of it."""
    times: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person of the roster whom the text names."""

    name: str
    title: str
    """As the roster has it."""
    count: int
    """How often the repaired text has the name."""
    forms: tuple[Form, ...]
    """Forms that the source had, in order."""
    rivals: tuple[str, ...]
    """Others who may have been meant."""
    offices: tuple[str, ...]
    """Offices that the text gives."""
    called: tuple[str, ...] = ()
    """What else the text calls this person, rightly: an alias, the name in the other script."""


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a run besides its plan and its policy."""

    furniture: Furniture = "drop"
    """What became of running heads, folios, dates and credit lines of the page."""
    headlines: Headlines = "printed"
    """Whether headlines kept their printed lines or became one line."""
    date: str = ""
    """The day of the document (ISO), where it was given."""
    to: Script | None = None
    """The script that the whole text was converted to."""
    accept: tuple[str, ...] = ()
    """Ids of the edits that were asked for."""
    reject: tuple[str, ...] = ()
    """Ids of the edits that were refused; what people decided in review is kept with their decisions."""
    protect: tuple[str, ...] | None = None
    """The words to leave, as given; `policy.protect` has those of review as well. None: not told apart."""
    model: str = ""
    """File of the user's own language model, where one was given."""
    rules: tuple[str, ...] = ()
    """Modules of the user's own rules."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """The order in which the rows of an engine's file became the source's text."""

    format: str
    """hocr, alto, engine-json …"""
    layouts: tuple[PageLayout, ...]
    """A page each; the rows are the lines of the source that are not blank, one after the other."""


@dataclass(frozen=True, slots=True)
class Journal:
    schema: int
    tool: str
    """Name and version of the tool."""
    source: TextFile
    output: TextFile
    plan: tuple[PassInfo, ...]
    policy: Policy
    data: dict[str, str]
    """What decided: data file → SHA-256, for every file that the plan's rules read; rosters; rules of the
    user's own; "OpenCC" → its version."""
    structure: Structure
    records: Sequence[Record] = field(default=())
    """In order of the source; those of a long document are unpacked as they are read."""
    people: tuple[Sighting, ...] = field(default=())
    options: Options = field(default_factory=Options)
    boxes: Boxes | None = None
    """Of an engine's file with places: what it is, and the order that was chosen."""
    scans: tuple[Scan, ...] = field(default=())
    """The pictures that the text was held against."""
    agreed: float | None = None
    """Share of the repaired text's letters that the pictures show just so, or that were taken from them; None
    where none was read."""

    @property
    def applied(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.status == "applied")

    @property
    def withheld(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.status == "withheld")

    @property
    def flags(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.kind == "flag")
