"""One page of an archive: read, repaired, written; and what the ledger keeps of it."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

from cleanup import witness
from cleanup.archive import groups, outputs, store
from cleanup.archive.job import Job
from cleanup.engine.estimate import expected_errors
from cleanup.engine.identity import pattern_id
from cleanup.engine.repair import day, read
from cleanup.engine.repairer import Repairer
from cleanup.engine.verdicts import table
from cleanup.formats.encoding import InputError
from cleanup.formats.sentences import sentence
from cleanup.model import file_names
from cleanup.model.fix import Message
from cleanup.model.journal import Journal
from cleanup.model.scan import Scan
from cleanup.reports import people
from cleanup.witness import NoRecogniser, Unreadable

Status = Literal["todo", "done", "failed", "gone"]


class Task(NamedTuple):
    """A page to repair."""

    page: int
    """Its number in the ledger."""
    path: str
    source: str


class Change(NamedTuple):
    """One edit of a journal record, or a flag, as the ledger keeps it."""

    record: int
    """Number of the record in its journal, from 0."""
    edit: int
    fix: str
    """The record's id without the number that tells equal ones of a page apart; decisions speak of it."""
    id: str
    rule: str
    status: str
    reason: str
    confidence: float
    line: int
    before: str
    """Of the edit; of a flag: the text that it points at."""
    after: str
    pattern: str
    """The id of the record's rule and edits, wherever they stand; empty for flags."""


class Figures(NamedTuple):
    """A page in numbers."""

    applied: int = 0
    suggested: int = 0
    flags: int = 0
    remaining: float = 0.0
    """Characters of the repaired text that are expected to be wrong."""
    characters: int = 0
    """Of the source."""
    jumps: int = 0
    """Jump lines that are left in the repaired text."""


NOTHING = Figures()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task."""

    page: int
    path: str
    status: Status
    reason: Message | None = None
    """Why it failed."""
    detail: str = ""
    """For whoever mends it: the traceback of a failure that is the tool's own."""
    stops_all: bool = False
    """No other page could be written either."""
    sha: str = ""
    """SHA-256 of the source."""
    size: int = -1
    mtime: int = 0
    """Of the source, in nanoseconds."""
    issue: str = ""
    number: int = 0
    date: str = ""
    figures: Figures = NOTHING
    decisions: str = ""
    """Digest of the decisions that speak of this page's records."""
    changes: tuple[Change, ...] = ()
    people: tuple[tuple[str, str, int, str], ...] = ()
    """(name, office on the roster, times, forms of the source as JSON; nothing where there are none)."""
    seconds: float = 0.0
    clean: str = ""
    """Where the clean text lies below the results."""


def repair_page(
    task: Task,
    out: Path,
    job: Job,
    repairer: Repairer,
    group: str,
    stage: Path | None,
    scans: Sequence[Scan] | None = None,
) -> Outcome:
    """Repair a page and write its results below `out`; never raises on account of the page.

    `job` says what is written besides, `repairer` is its own (Job.repairer); `stage`: where results lie until
    they are whole; `scans`: the pictures that it was held against before; None: as the job says.
    """
    start = time.perf_counter()
    stat = state(task.source)
    try:
        data = store.read(task.source)
        name = file_names.called(Path(task.source).name)
        try:
            document = read(data, name, job.encoding)
            folder = (out / task.path).parent
            if scans is None:
                source = Path(task.source)
                document = witness.look(document, source, job.scan, job.witness, job.look, folder)
            else:
                document = witness.again(document, scans, folder)
            result = repairer.document(document, file_names.readable(task.path))
            written = outputs.contents(result, Path(task.path).name, job, folder)
        except InputError as error:
            said = sentence(task.path, error)
            kind: Literal["input", "output"] = "output" if error.code == "unencodable" else "input"
            raise store.Trouble(kind, said.zh, said.en) from None
        store.write_all({folder / called: content for called, content in written.items()}, stage)
    except store.Trouble as trouble:
        return _failed(task, stat, trouble.message, stops_all=trouble.stops_all)
    except (NoRecogniser, Unreadable) as error:
        return _failed(task, stat, error.message)
    except MemoryError:
        shown = file_names.shown(task.path)
        said = Message(
            f"{shown}：内存不足；请减少 --workers 后以 --retry 重试。",
            f"{shown}: there is not enough memory; --retry with fewer --workers.",
        )
        return _failed(task, stat, said)
    except Exception as error:
        shown, fault = file_names.shown(task.path), type(error).__name__
        said = Message(
            f"{shown}：程序自身出错（{fault}）；请报告此问题。",
            f"{shown}: the tool itself failed ({fault}); please report it.",
        )
        return _failed(task, stat, said, traceback.format_exc(limit=-6))
    journal = result.journal
    known = groups.place(task.path, group)
    paper, folio = _masthead(journal)
    date = day(result.original, name, replace(repairer.settings, path=result.path))
    if group == "masthead":
        known = groups.by_masthead(known, paper, date, folio)
    changes = tuple(_changes(journal, result.repaired))
    verdicts = table(repairer.settings.decisions).spoken
    ids = (key for change in changes for key in (change.fix, change.pattern))
    return Outcome(
        task.page, task.path, "done",
        sha=hashlib.sha256(data).hexdigest(), size=stat[0], mtime=stat[1],
        issue=known.issue, number=known.page or folio, date=date,
        figures=figures(journal, expected_errors(result)), changes=changes,
        decisions=decisions_digest(ids, verdicts),
        people=tuple((who.name, who.title, who.count, people.kept(who.forms)) for who in journal.people),
        seconds=time.perf_counter() - start, clean=str(Path(task.path).with_name(journal.output.name)),
    )  # fmt: skip


def state(source: str) -> tuple[int, int]:
    """Size and time (nanoseconds) of a file; (-1, 0) where there is none to be read."""
    try:
        found = Path(source).stat()
    except OSError:
        return -1, 0
    return found.st_size, found.st_mtime_ns


def _failed(
    task: Task, stat: tuple[int, int], reason: Message, detail: str = "", stops_all: bool = False
) -> Outcome:
    return Outcome(task.page, task.path, "failed", reason, detail, stops_all, size=stat[0], mtime=stat[1])


class Repair:
    """The work of a worker: pages with everything that all of them share."""

    def __init__(self, out: Path, job: Job, group: str, stage: Path) -> None:
        self.out, self.job, self.group, self.stage = out, job, group, stage
        self._repairer: Repairer | None = None

    def __getstate__(self) -> dict[str, object]:
        """Where processes are not forked, each loads its own people and profile."""
        return {**self.__dict__, "_repairer": None}

    def load(self) -> None:
        """Load what pages need, so that workers forked from now on share it."""
        outputs.contents(self.repairer.prepare(), "page.md", self.job, self.out)

    @property
    def repairer(self) -> Repairer:
        """Who repairs them, made once in a process."""
        if self._repairer is None:
            self._repairer = self.job.repairer(self.out)
        return self._repairer

    def __call__(self, task: Task) -> Outcome:
        return repair_page(task, self.out, self.job, self.repairer, self.group, self.stage)


def figures(journal: Journal, remaining: float = 0.0) -> Figures:
    """A page's journal in numbers; `remaining`: errors that are expected to be left."""
    applied = len(journal.applied)
    flags = sum(record.status == "flagged" for record in journal.records)
    return Figures(
        applied,
        len(journal.withheld) - sum(record.reason == "rejected" for record in journal.withheld),
        flags,
        remaining,
        journal.source.characters,
        len(journal.structure.jumps),
    )


def decisions_digest(ids: Iterable[str], verdicts: Mapping[str, str]) -> str:
    """Digest of the verdicts on these fixes and patterns; empty where there is none."""
    said = sorted({key for key in ids if key in verdicts})
    if not said:
        return ""
    return hashlib.sha256("\n".join(f"{key} {verdicts[key]}" for key in said).encode()).hexdigest()


def _changes(journal: Journal, repaired: str) -> Iterator[Change]:
    for number, record in enumerate(journal.records):
        shown = [(edit.before, edit.after) for edit in record.edits]
        pattern = pattern_id(record) if record.edits else ""
        if not shown and record.output is not None:
            shown = [(repaired[record.output.start : record.output.end], "")]
        for place, (before, after) in enumerate(shown):
            yield Change(
                record=number,
                edit=place,
                fix=record.id.partition("-")[0],
                id=record.id,
                rule=record.rule,
                status=record.status,
                reason=record.reason or "",
                confidence=record.confidence,
                line=record.line,
                before=before,
                after=after,
                pattern=pattern,
            )


def _masthead(journal: Journal) -> tuple[str, int]:
    """The paper's name and the page number as the page's furniture gives them; empty, 0 where it does not."""
    paper, number = "", 0
    for fact in journal.structure.facts:
        if fact.kind == "paper" and not paper:
            paper = fact.text
        elif fact.kind == "page" and not number:
            number = groups.number(fact.text)
    return paper, number
