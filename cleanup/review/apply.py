"""Results made anew from their sources and what people decided: clean texts, journals, reports."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from cleanup.archive import results
from cleanup.archive.job import Job
from cleanup.archive.ledger import NAME as LEDGER
from cleanup.archive.ledger import Ledger, Row
from cleanup.archive.page import Outcome, Task, repair_page
from cleanup.archive.workers import Lost, Workers
from cleanup.data.roster import Roster
from cleanup.formats.encoding import encode
from cleanup.model.fix import Message
from cleanup.model.journal import Decision, Journal
from cleanup.review import query
from cleanup.review.index import Index

Make = Callable[[Path, Journal], Job]
"""The job that a journal, which lies at this place, is made anew by; raises results.Unusable."""
_PATIENCE = 300.0
"""Seconds that a page may take in a process of its own."""


@dataclass
class Applied:
    """What became of it."""

    done: list[str] = field(default_factory=list)
    failed: list[tuple[str, Message]] = field(default_factory=list)
    unchanged: int = 0


def stale(index: Index, words: Iterable[str] = ()) -> list[str]:
    """Journals of which people decided something since they were made, or whose page has one of `words`."""
    found = []
    sought = tuple(words)
    for number, path, done in query.files(index):
        if _said(index, number) != done or (sought and _has(index.root / path, sought)):
            found.append(path)
    return found


def apply(
    index: Index,
    paths: Sequence[str],
    job: Make,
    roster: Roster,
    decisions: tuple[Decision, ...],
    digest: str,
    workers: int = 1,
    tell: Callable[[int], None] | None = None,
) -> Applied:
    """Repair these pages again as `job` says of their journals, with the decisions; whole files or nothing.

    A ledger beside the results is kept in step. `digest` is the job's, as the ledger has it.
    """
    found = Applied()
    ledger = Ledger(index.root / LEDGER) if (index.root / LEDGER).is_file() else None
    group = str(ledger.get("group") or "auto") if ledger is not None else "none"
    tasks = [_Task(path, _row(ledger, path)) for path in paths]
    try:
        for remade in _run(_Again(index.root, job, roster, decisions, group), tasks, workers):
            if remade.trouble is not None:
                found.failed.append((remade.path, remade.trouble))
            elif remade.changed:
                found.done.append(remade.path)
            else:
                found.unchanged += 1
            if ledger is not None and remade.outcome is not None:
                ledger.record(remade.outcome, digest)
                ledger.put("indexed", False)
                ledger.commit()
            if tell is not None:
                tell(len(found.failed) + len(found.done) + found.unchanged)
    finally:
        if ledger is not None:
            ledger.close()
    index.refresh()
    failed = {path for path, _ in found.failed}
    with index.lock, index.db:
        for number, path, _ in query.files(index):
            if path not in failed:
                query.done(index, number, _said(index, number))
    return found


class _Task(NamedTuple):
    path: str
    """Of the journal, in the results' folder."""
    row: Row | None
    """The ledger's, where there is one."""


class _Remade(NamedTuple):
    path: str
    changed: bool
    outcome: Outcome | None = None
    """For the ledger."""
    trouble: Message | None = None


class _Again:
    """The work on one page."""

    def __init__(
        self,
        root: Path,
        job: Make,
        roster: Roster,
        decisions: tuple[Decision, ...],
        group: str,
    ) -> None:
        self._root, self._job, self._roster = root, job, roster
        self._decisions, self._group = decisions, group
        self._with: dict[tuple[Decision, ...], tuple[Decision, ...]] = {(): decisions}

    def __call__(self, task: _Task) -> _Remade:
        place = self._root / task.path
        try:
            before = _digest(place)
            outcome = self._repair(place, task)
        except (OSError, results.Unusable) as error:
            said = error.message if isinstance(error, results.Unusable) else Message(str(error), str(error))
            return _Remade(task.path, False, None, said)
        if outcome.status != "done":
            return _Remade(task.path, False, None, outcome.reason)
        row = task.row
        if row is not None:
            outcome = replace(outcome, size=row.size, mtime=row.mtime, issue=row.issue, number=row.number)
        return _Remade(task.path, _digest(place) != before, outcome if row is not None else None)

    def _repair(self, place: Path, task: _Task) -> Outcome:
        row = task.row
        result = results.read(place, Path(row.source) if row else None)
        journal = result.journal
        made = self._job(place, journal)
        own = made.settings.decisions
        # One tuple for all pages: there may be 100,000 decisions, and who reads them does so once.
        both = self._with.setdefault(own, (*own, *self._decisions))
        settings = replace(made.settings, decisions=both)
        made = replace(made, settings=settings, encoding=journal.source.envelope.encoding)
        data = encode(result.original, journal.source.envelope)
        if hashlib.sha256(data).hexdigest() != journal.source.sha256:
            raise results.Unusable(
                f"{place}：原文未能复原；请重新修复这一页。",
                f"{place}: its source could not be restored; repair this page again.",
            )
        with tempfile.TemporaryDirectory(prefix="ocrfix-") as folder:
            # The page as it was read, whatever became of its file since.
            source = Path(folder) / journal.source.name
            source.write_bytes(data)
            suffix = Path(journal.source.name).suffix
            called = row.path if row else task.path.removesuffix(results.ENDING) + suffix
            work = Task(row.id if row else 0, called, str(source))
            repairer = made.repairer(self._root, self._roster)
            return repair_page(work, self._root, made, repairer, self._group, None, journal.scans)


def _run(again: _Again, tasks: Sequence[_Task], workers: int) -> Iterator[_Remade]:
    """The pages remade, by so many processes where the system can fork them."""
    count = min(workers, len(tasks) - 1)
    if count < 2 or not sys.platform.startswith("linux"):
        yield from map(again, tasks)
        return
    # The first page loads what all need; processes that are forked then share it.
    yield again(tasks[0])
    with Workers(count, again, _PATIENCE) as running:
        for found in running.run(tasks[1:]):
            if isinstance(found, Lost):
                said = Message("处理它的进程意外终止或超时。", "Its process died or took too long.")
                yield _Remade(found.task.path, False, None, said)
            else:
                yield found


def _row(ledger: Ledger | None, path: str) -> Row | None:
    if ledger is None:
        return None
    return next(ledger.rows("stem = ?", (path.removesuffix(results.ENDING),)), None)


def _said(index: Index, file: int) -> str:
    """Digest of what holds of a page's records; empty where nothing was said."""
    rows = query.said_of(index, file)
    if not rows:
        return ""
    said = [[key, state, _text(index, key) if state == "edited" else ""] for key, state in rows]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _text(index: Index, key: str) -> str:
    """What people wrote for a record."""
    said = [entry.text for entry in index.store.of(key) if entry.kind != "note"] if index.store else []
    return said[-1] if said else ""


def _has(place: Path, words: tuple[str, ...]) -> bool:
    try:
        result = results.read(place)
    except results.Unusable:
        return False
    return any(word in result.original or word in result.repaired for word in words)


def _digest(place: Path) -> str:
    return hashlib.sha256(place.read_bytes()).hexdigest()
