"""From bytes or text to a Result: reading, the run, and the journal around its records."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from cleanup import formats
from cleanup.data import characters, files, protected
from cleanup.data.learned import Learned
from cleanup.data.profile import Profile
from cleanup.data.roster import Roster
from cleanup.engine import agreement
from cleanup.engine.carried import part_of
from cleanup.engine.described import structure_of
from cleanup.engine.envelope import envelope_of
from cleanup.engine.long import Merger, cut
from cleanup.engine.people import sightings
from cleanup.engine.places import Places, places_of
from cleanup.engine.run import Run, run
from cleanup.engine.verdicts import Verdicts, table
from cleanup.formats import packing
from cleanup.formats.encoding import encode
from cleanup.model.box import PageLayout
from cleanup.model.described import Structure
from cleanup.model.document import Document, Envelope
from cleanup.model.fix import Span
from cleanup.model.journal import (
    SCHEMA,
    Boxes,
    Decision,
    Furniture,
    Headlines,
    Journal,
    Options,
    PassInfo,
    Policy,
    Record,
    Script,
    TextFile,
)
from cleanup.model.result import Result
from cleanup.plan import Pass, is_own, plan, source_of
from cleanup.rules import models
from cleanup.rules.contract import Tools
from cleanup.text import dates, simplify
from cleanup.text.opaque import switched_off
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
    """The day of the document (ISO); empty: as its head, its name or its folders say."""
    path: str = ""
    """Where the document lies; its folders may say its day."""
    learned: Learned = field(default_factory=Learned)
    """What people's decisions taught."""
    model: str = ""
    """File of the user's own language model (ocrfix train lm, KenLM); empty: the one shipped."""
    rules: tuple[str, ...] = ()
    """Modules with rules of the user's own, or packages of such modules; they are kept by name, so that other
    processes find them."""

    def __post_init__(self) -> None:
        names = (getattr(rule, "__name__", rule) for rule in self.rules)
        object.__setattr__(self, "rules", tuple(map(str, names)))
        object.__setattr__(self, "only", tuple(self.only))
        object.__setattr__(self, "skip", tuple(self.skip))


_SHOWN = 1000
"""Characters: what is longer is no place that can be shown on the scan (by hand)."""
NEEDS = (protected.TABLE, "characters/shapes.tsv", "models/pairs.bin", "models/runs.bin")
"""Data files that are read for every text, whatever the rules: what is right, furniture, blocks."""


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document in `data`; raises formats.encoding.InputError where it is no readable text."""
    return formats.read(data, name, characters.common, encoding)


def from_text(text: str, name: str) -> Document:
    """The document of text that is decoded already."""
    return formats.from_text(text, name)


def day(text: str, name: str, settings: Settings) -> str:
    """The day of a document, as ISO date: as given, else as its head, its name or its folders say."""
    return settings.date or dates.of_document(text, name, settings.path)


def repair_document(
    document: Document,
    roster: Roster | None = None,
    settings: Settings | None = None,
    profile: Profile | None = None,
) -> Result:
    """Repair a document; the same document, roster, settings and archive profile give the same Result."""
    roster = roster or Roster()
    settings = settings or Settings()
    passes = plan(settings.only, settings.skip, settings.rules)
    policy = _protecting(settings)

    def reparse(text: str) -> Document:
        return formats.parse(text, document.format, document.name, document.envelope)

    date = day(document.text, document.name, settings)
    tools = Tools(
        roster,
        furniture=settings.furniture,
        headlines=settings.headlines,
        date=date,
        learned=settings.learned,
        to=settings.to,
        protected=policy.protect,
        profile=profile.apart_from(document) if profile else None,
        model_file=settings.model,
    )

    boxed, agreed = document.boxed, 0
    places = places_of(document)

    def part(span: Span) -> tuple[Document, Run]:
        whole = span == Span(0, len(document.text))
        source = document if whole else part_of(reparse(document.text[span.start : span.end]), document, span)
        verdicts = Verdicts(source.text, settings.decisions)
        found = run(source, reparse, passes, tools, policy, verdicts)
        nonlocal agreed
        agreed += agreement.letters(found)
        if places is None:
            return source, found
        return source, found._replace(records=[_placed(r, places, span.start) for r in found.records])

    def unbroken(text: str) -> list[Span]:
        return [*switched_off(text), *formats.unbroken(text, document.format)]

    repaired, records, built = _assembled(cut(document.text, unbroken), document.text, part, tools)
    envelope = envelope_of(repaired, document, settings.keep_encoding)
    journal = Journal(
        schema=SCHEMA,
        tool=f"ocrfix {VERSION}",
        source=_text_file(document.name, document.text, document.envelope),
        output=_text_file(clean_name(document.name, boxed is not None), repaired, envelope),
        plan=_named(passes),
        policy=policy,
        data={**digests(passes)}
        | {f"roster: {name}": digest for name, digest in roster.digests}
        | {f"reading: {name}": digest for name, digest in document.beside}
        | _taught(settings)
        | models.digests(settings.model)
        | ({"archive profile": profile.digest} if profile else {}),
        structure=built,
        records=records,
        people=sightings(document.text, repaired, tools, records) if roster.people else (),
        options=_options(settings),
        boxes=Boxes(boxed.format, tuple(map(_ordered, boxed.layouts))) if boxed else None,
        scans=document.scans,
        agreed=agreement.share(agreed, repaired) if _were_read(document) else None,
    )
    return Result(document.text, repaired, journal)


def _were_read(document: Document) -> bool:
    """Whether a witness read pictures that are of the document."""
    return any(scan.recognisers and scan.width for scan in document.scans)


def _placed(record: Record, places: Places, start: int) -> Record:
    """A record of a part that begins at `start` of the text, with its place on the scan."""
    found = None
    if len(record.span) <= _SHOWN:
        found = places(Span(record.span.start + start, record.span.end + start))
    return record if found is None else replace(record, scan=found[0], box=found[1])


def _ordered(layout: PageLayout) -> PageLayout:
    """A layout without the texts of its rows, which the source has."""
    return replace(layout, rows=tuple(replace(row, text="") for row in layout.rows))


def _options(settings: Settings) -> Options:
    """What was asked of this run, for whoever makes the page anew."""
    given = table(settings.decisions)
    return Options(
        settings.furniture, settings.headlines, settings.date, settings.to, given.accept, given.reject,
        settings.policy.protect, settings.model, settings.rules,
    )  # fmt: skip


def _protecting(settings: Settings) -> Policy:
    """The policy, with the words that people protected."""
    words = table(settings.decisions).words.union(settings.learned.protect)
    if not words:
        return settings.policy
    return replace(settings.policy, protect=tuple(sorted(words | set(settings.policy.protect))))


def clean_name(name: str, is_boxed: bool = False) -> str:
    """The name of the clean text: `page.txt` → `page.clean.txt`; of an engine's file too: `page.hocr`."""
    stem, dot, extension = packing.bare(name).rpartition(".")
    name = packing.bare(name)
    extension = "txt" if is_boxed else extension
    return f"{stem}.clean.{extension}" if dot and stem else f"{name}.clean"


def _text_file(name: str, text: str, envelope: Envelope) -> TextFile:
    digest = hashlib.sha256(encode(text, envelope)).hexdigest()
    return TextFile(name, digest, len(text), envelope)


@lru_cache(maxsize=8)
def digests(passes: tuple[Pass, ...]) -> Mapping[str, str]:
    """What decides besides settings and code: data files by their SHA-256, OpenCC by its version, rules of
    the user's own by their source."""
    rules = [rule for found in passes for rule in found.rules]
    needed = {name for rule in rules for name in rule.NEEDS}.union(NEEDS)
    own = {f"rule: {rule.NAME}": source_of(rule) for rule in rules if is_own(rule)}
    return MappingProxyType(
        {name: files.digest(name) for name in sorted(needed)} | {"OpenCC": simplify.version()} | own
    )


@lru_cache(maxsize=8)
def _named(passes: tuple[Pass, ...]) -> tuple[PassInfo, ...]:
    return tuple(PassInfo(p.name, tuple(rule.NAME for rule in p.rules)) for p in passes)


def _assembled(
    parts: Iterable[Span], source: str, repair: Callable[[Span], tuple[Document, Run]], tools: Tools
) -> tuple[str, Sequence[Record], Structure]:
    """The repaired text, the records and the structure of all parts of a text, one after the other."""
    merger = Merger()

    def add(span: Span) -> None:
        # In a function of its own: no part waits in memory while the next one is repaired.
        part, found = repair(span)
        merger.add(part.text, found, structure_of(found, part, tools))

    for span in parts:
        if len(span) == len(source):
            part, found = repair(span)
            return found.document.text, tuple(merger.moved(found.records)), structure_of(found, part, tools)
        add(span)
    return merger.text, merger.records, merger.structure


def _taught(settings: Settings) -> dict[str, str]:
    """The digest of what decisions taught, where there is anything."""
    if settings.learned == Learned():
        return {}
    return {"learned": hashlib.sha256(repr(settings.learned).encode()).hexdigest()}
