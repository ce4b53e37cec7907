"""Results made anew from their sources and what people decided: clean texts, journals, reports."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from cleanup.archive.job import Job
from cleanup.archive.ledger import NAME as LEDGER
from cleanup.archive.ledger import Ledger, Row
from cleanup.archive.page import Task, repair_page
from cleanup.data.roster import Roster
from cleanup.formats.encoding import encode
from cleanup.model.fix import Message
from cleanup.model.journal import Decision, Journal
from cleanup.review import results
from cleanup.review.index import Index


@dataclass
class Applied:
    """What became of it."""

    done: list[str] = field(default_factory=list)
    failed: list[tuple[str, Message]] = field(default_factory=list)
    unchanged: int = 0


class Unlike(Exception):
    """A result was made with other data than the job has; the message says with which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(zh, en)


def stale(index: Index, words: Iterable[str] = ()) -> list[str]:
    """Journals of which people decided something since they were made, or whose page has one of `words`."""
    found = []
    sought = tuple(words)
    for number, path, done in index.db.execute("SELECT id, path, done FROM files ORDER BY path").fetchall():
        if _said(index, number) != done or (sought and _has(index.root / path, sought)):
            found.append(path)
    return found


def apply(
    index: Index,
    paths: Iterable[str],
    job: Callable[[Journal], Job],
    roster: Roster,
    decisions: tuple[Decision, ...],
    digest: str,
    tell: Callable[[int], None] | None = None,
) -> Applied:
    """Repair these pages again as `job` says of their journals, with the decisions; whole files or nothing.

    A ledger beside the results is kept in step. `digest` is the job's, as the ledger has it.
    """
    found = Applied()
    with closing(_Rows(index.root)) as rows:
        for at, path in enumerate(paths):
            try:
                before = _digest(index.root / path)
                _again(index.root, path, job, roster, decisions, rows, digest)
                if _digest(index.root / path) == before:
                    found.unchanged += 1
                else:
                    found.done.append(path)
            except (results.Unusable, _Failed) as error:
                found.failed.append((path, error.message))
            if tell is not None:
                tell(at + 1)
    index.refresh()
    failed = {path for path, _ in found.failed}
    with index.lock, index.db:
        for number, path in index.db.execute("SELECT id, path FROM files").fetchall():
            if path not in failed:
                index.db.execute("UPDATE files SET done = ? WHERE id = ?", (_said(index, number), number))
    return found


class _Failed(Exception):
    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message


class _Rows:
    """The ledger's rows by journal, where there is a ledger."""

    def __init__(self, root: Path) -> None:
        self.ledger = Ledger(root / LEDGER) if (root / LEDGER).is_file() else None

    def of(self, journal: str) -> Row | None:
        if self.ledger is None:
            return None
        return next(self.ledger.rows("journal = ?", (journal,)), None)

    def close(self) -> None:
        if self.ledger is not None:
            self.ledger.put("indexed", False)
            self.ledger.close()


def _again(
    root: Path,
    path: str,
    job: Callable[[Journal], Job],
    roster: Roster,
    decisions: tuple[Decision, ...],
    rows: _Rows,
    digest: str,
) -> None:
    row = rows.of(path)
    result = results.read(root / path, Path(row.source) if row else None)
    journal = result.journal
    made = job(journal)
    own = made.settings.decisions
    settings = replace(made.settings, decisions=(*own, *decisions) if own else decisions)
    made = replace(made, settings=settings, encoding=journal.source.envelope.encoding)
    data = encode(result.original, journal.source.envelope)
    with tempfile.TemporaryDirectory(prefix="ocrfix-") as folder:
        # The page as it was read, whatever became of its file since.
        source = Path(folder) / journal.source.name
        source.write_bytes(data)
        # Names of results go by the journal's own.
        suffix = Path(journal.source.name).suffix
        place = row.path if row else path.removesuffix(results.ENDING) + suffix
        task = Task(row.id if row else 0, place, str(source))
        outcome = repair_page(task, root, made, roster, _group(rows), None)
    if outcome.status != "done" or outcome.sha != journal.source.sha256:
        reason = outcome.reason or Message("原文未能复原。", "The source could not be restored.")
        raise _Failed(reason)
    if row is not None and rows.ledger is not None:
        known = replace(outcome, size=row.size, mtime=row.mtime, issue=row.issue, number=row.number)
        rows.ledger.record(known, digest)
        rows.ledger.commit()


def _group(rows: _Rows) -> str:
    return str(rows.ledger.get("group") or "auto") if rows.ledger is not None else "none"


def _said(index: Index, file: int) -> str:
    """Digest of what holds of a page's records; empty where nothing was said."""
    rows = index.db.execute(
        "SELECT DISTINCT key, state FROM items WHERE file = ? AND state <> '' ORDER BY key", (file,)
    ).fetchall()
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
