"""From bytes or text to a Result: reading, the run, and the journal around its records."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from cleanup import formats
from cleanup.data import characters, files
from cleanup.data.profile import Profile
from cleanup.data.roster import Roster
from cleanup.engine.people import sightings
from cleanup.engine.run import run
from cleanup.formats.encoding import encode
from cleanup.model.document import Document, Envelope
from cleanup.model.fix import Span
from cleanup.model.hunks import LeftOf
from cleanup.model.journal import (
    SCHEMA,
    Decision,
    Fact,
    Journal,
    Jump,
    PassInfo,
    Policy,
    Record,
    Region,
    Stitch,
    Structure,
    TextFile,
)
from cleanup.model.replay import hunks
from cleanup.model.result import Result
from cleanup.plan import Pass, plan
from cleanup.rules.contract import Furniture, Headlines, Script, Tools
from cleanup.text import dates, furniture, jumps, structure
from cleanup.version import VERSION


@dataclass(frozen=True)
class Settings:
    """Everything besides the input that decides the output."""

    policy: Policy = field(default_factory=Policy)
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    keep_encoding: bool = False
    furniture: Furniture = "drop"
    """What becomes of running heads, folios, dates and credit lines of the page."""
    headlines: Headlines = "printed"
    """Whether headlines keep their printed lines or become one line."""
    to: Script | None = None
    """The script that the whole text is converted to."""
    date: str = ""
    """The day of the document (ISO); empty: as its head or its name says."""


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document in `data`; raises formats.encoding.InputError where it is no readable text."""
    return formats.read(data, name, characters.common, encoding)


def from_text(text: str, name: str) -> Document:
    """The document of text that is decoded already."""
    return formats.from_text(text, name)


def repair_document(
    document: Document,
    roster: Roster | None = None,
    settings: Settings | None = None,
    profile: Profile | None = None,
) -> Result:
    """Repair a document; the same document, roster, settings and archive profile give the same Result."""
    roster = roster or Roster()
    settings = settings or Settings()
    passes = plan(settings.only, settings.skip)
    verdicts = {decision.fix: decision.verdict for decision in settings.decisions}

    def reparse(text: str) -> Document:
        return formats.parse(text, document.format, document.name, document.envelope)

    date = settings.date or dates.of_document(document.text, document.name)
    tools = Tools(
        roster,
        furniture=settings.furniture,
        headlines=settings.headlines,
        date=date,
        to=settings.to,
        protected=settings.policy.protect,
        profile=profile.apart_from(document) if profile else None,
    )
    repaired, records = run(document, reparse, passes, tools, settings.policy, verdicts)
    envelope = (
        Envelope(document.envelope.encoding, document.envelope.bom, document.envelope.newline)
        if settings.keep_encoding
        else Envelope(newline=document.envelope.newline)
    )
    journal = Journal(
        schema=SCHEMA,
        tool=f"ocrfix {VERSION}",
        source=_text_file(document.name, document.text, document.envelope),
        output=_text_file(clean_name(document.name), repaired.text, envelope),
        plan=tuple(PassInfo(p.name, tuple(rule.NAME for rule in p.rules)) for p in passes),
        policy=settings.policy,
        data=_digests(passes)
        | {f"roster: {name}": digest for name, digest in roster.digests}
        | ({"archive profile": profile.digest} if profile else {}),
        structure=_structure(repaired, document, records),
        records=records,
        people=sightings(repaired, tools, records) if roster.people else (),
    )
    return Result(document.text, repaired.text, journal)


def clean_name(name: str) -> str:
    """The name of the clean text: `page.txt` → `page.clean.txt`."""
    stem, dot, extension = name.rpartition(".")
    return f"{stem}.clean.{extension}" if dot and stem else f"{name}.clean"


def _text_file(name: str, text: str, envelope: Envelope) -> TextFile:
    digest = hashlib.sha256(encode(text, envelope)).hexdigest()
    return TextFile(name, digest, len(text), envelope)


def _digests(passes: Iterable[Pass]) -> dict[str, str]:
    needed: Collection[str] = {name for p in passes for rule in p.rules for name in rule.NEEDS}
    return {name: files.digest(name) for name in sorted(needed)}


def _structure(repaired: Document, source: Document, records: tuple[Record, ...]) -> Structure:
    left_of = LeftOf(hunks(records))
    marks = tuple(
        Jump(
            mark.direction,
            mark.page,
            repaired.text[mark.start : mark.end],
            Span(mark.start, mark.end),
            source.line_at(left_of(Span(mark.start, mark.end)).start) + 1,
        )
        for mark in jumps.find(repaired.text)
    )
    return Structure(
        source.format,
        len(source.pages),
        len(source.lines),
        marks,
        _facts(source),
        _stitches(records),
        _regions(repaired, source, left_of),
    )


def _regions(repaired: Document, source: Document, left_of: LeftOf) -> tuple[Region, ...]:
    return tuple(
        Region(part.kind, part.span, source.line_at(left_of(part.span).start) + 1, part.article, part.level)
        for part in structure.find(repaired)
    )


def _facts(source: Document) -> tuple[Fact, ...]:
    return tuple(
        Fact(kind, text, found.line + 1, source.page_at(source.lines[found.line].span.start))
        for found in furniture.find(source)
        for kind, text in found.folio.facts
    )


def _stitches(records: tuple[Record, ...]) -> tuple[Stitch, ...]:
    found: list[Stitch] = []
    for record in records:
        if record.rule == "layout.jump-pair" and record.status == "applied":
            marks = [mark for edit in record.edits for mark in jumps.find(edit.before)]
            to = next((mark.page for mark in marks if mark.direction == "to"), 0)
            origin = next((mark.page for mark in marks if mark.direction == "from"), 0)
            found.append(Stitch(to, origin, record.line))
    return tuple(found)
