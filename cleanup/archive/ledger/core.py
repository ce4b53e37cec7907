"""The ledger OUT/ocrfix.db: every page with what became of it, so that a run can go on where it stopped.

A page is "todo" from the moment that its results may be touched until they are whole and this is written
down; so whatever happens in between, it is done again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from cleanup.archive import outputs
from cleanup.archive.groups import natural
from cleanup.archive.page import Outcome, Task
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.file_names import named, stored
from cleanup.model.fix import Message

NAME = "ocrfix.db"
SCHEMA = 1
_CREATE = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,          -- place in the archive, with slashes
  stem TEXT NOT NULL,                 -- path without its ending: the results' names begin with it
  place TEXT NOT NULL,                -- sorts in natural order
  issue TEXT NOT NULL DEFAULT '',
  number INTEGER NOT NULL DEFAULT 0,  -- page number in the issue; 0: not known
  date TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL,               -- absolute
  source_sha TEXT NOT NULL DEFAULT '',
  size INTEGER NOT NULL DEFAULT -1,
  mtime INTEGER NOT NULL DEFAULT 0,   -- nanoseconds
  settings_sha TEXT NOT NULL DEFAULT '',
  decisions_sha TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL,               -- todo, done, failed; gone: its file is no longer there
  reason_zh TEXT NOT NULL DEFAULT '',
  reason_en TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  clean TEXT NOT NULL DEFAULT '',     -- results, relative to OUT
  report TEXT NOT NULL DEFAULT '',
  journal TEXT NOT NULL DEFAULT '',
  applied INTEGER NOT NULL DEFAULT 0,
  suggested INTEGER NOT NULL DEFAULT 0,
  flags INTEGER NOT NULL DEFAULT 0,
  remaining REAL NOT NULL DEFAULT 0,  -- expected errors left
  characters INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  seen INTEGER NOT NULL DEFAULT 0,    -- the last run whose inputs held it
  jumps INTEGER NOT NULL DEFAULT 0    -- jump lines in the repaired text
);
CREATE INDEX IF NOT EXISTS pages_issue ON pages (issue, place);
CREATE UNIQUE INDEX IF NOT EXISTS pages_place ON pages (place);
CREATE INDEX IF NOT EXISTS pages_stem ON pages (stem);
CREATE INDEX IF NOT EXISTS pages_todo ON pages (place) WHERE status = 'todo';
CREATE TABLE IF NOT EXISTS changes (
  page INTEGER NOT NULL, record INTEGER NOT NULL, edit INTEGER NOT NULL,
  fix TEXT NOT NULL, id TEXT NOT NULL, rule TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
  confidence REAL NOT NULL, line INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
  pattern TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (page, record, edit)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS people (
  page INTEGER NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, count INTEGER NOT NULL,
  forms TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (page, name)
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS changes_fix ON changes (fix);
CREATE INDEX IF NOT EXISTS changes_pattern ON changes (pattern) WHERE pattern <> '';
"""


class Row(NamedTuple):
    """A page in the ledger; the columns of the table `pages`."""

    id: int
    path: str
    stem: str
    place: str
    issue: str
    number: int
    date: str
    source: str
    source_sha: str
    size: int
    mtime: int
    settings_sha: str
    decisions_sha: str
    status: str
    reason_zh: str
    reason_en: str
    detail: str
    clean: str
    report: str
    journal: str
    applied: int
    suggested: int
    flags: int
    remaining: float
    characters: int
    seconds: float
    seen: int
    jumps: int


class BrokenLedger(OcrfixError):
    """The file is no ledger that this version reads."""

    exit_code = Exit.JOURNAL

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(
            f"{path} 不能用作台账（{why}）；请移走它（各页会重新修复），或另选目录。",
            f"{path} cannot be used as a ledger ({why}); move it away (pages are then repaired "
            "again), or choose another folder.",
        )
        self.args = (path, why)


class Ledger:
    """One connection to the ledger; changes last from `commit` on."""

    def __init__(self, path: Path | str) -> None:
        """Open the ledger, or make it; ":memory:" for one that nobody keeps. Raises BrokenLedger, OSError."""
        self._place = path
        try:
            self.database = sqlite3.connect(path, isolation_level=None, timeout=30)
            self.database.execute("PRAGMA journal_mode = WAL")
            self.database.execute("PRAGMA synchronous = FULL")
            self.database.executescript(_CREATE)
            if "pattern" not in {row[1] for row in self.database.execute("PRAGMA table_info(changes)")}:
                self.database.execute("ALTER TABLE changes ADD COLUMN pattern TEXT NOT NULL DEFAULT ''")
            if "forms" not in {row[1] for row in self.database.execute("PRAGMA table_info(people)")}:
                self.database.execute("ALTER TABLE people ADD COLUMN forms TEXT NOT NULL DEFAULT ''")
            self.database.executescript(_INDEXES)
            found = self.get("schema")
        except (UnicodeDecodeError, sqlite3.DatabaseError) as error:  # SQLite's own words quote the file
            if "full" in str(error) or "unable to open" in str(error) or "readonly" in str(error):
                raise OSError(str(error)) from None
            raise BrokenLedger(path, str(error)) from None
        if found is None:
            self.put("schema", SCHEMA)
        elif found != SCHEMA:
            raise BrokenLedger(path, f"schema {found}")
        self.database.execute("BEGIN")

    def commit(self) -> None:
        """Write down what was recorded."""
        self.database.execute("COMMIT")
        self.database.execute("BEGIN")

    def close(self) -> None:
        """Commit and close; the write-ahead log is folded into the file."""
        try:
            if self.database.in_transaction:  # where the disk was full, SQLite has taken it back already
                self.database.execute("COMMIT")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise BrokenLedger(self._place, str(error)) from None
        finally:
            self.database.close()

    def copy(self, path: Path) -> None:
        """Take over what the ledger in `path` holds; that one is only read."""
        self.database.execute("COMMIT")
        # Without a write-ahead log (no run was killed, none is at work) SQLite need not lay one beside it.
        how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as source:
            source.backup(self.database)
        self.database.execute("BEGIN")

    def get(self, key: str) -> Any:
        """A value of the run (settings, group …); None where it is not there."""
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return msgspec.json.decode(row[0]) if row else None

    def put(self, key: str, value: Any) -> None:
        text = msgspec.json.encode(value).decode()
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, text))

    def page(self, path: str) -> Row | None:
        """The row of a page by its place in the archive."""
        row = self.database.execute("SELECT * FROM pages WHERE path = ?", (path,)).fetchone()
        return _row(row) if row else None

    def rival(self, path: str, run: int) -> str | None:
        """Another page of this run whose results would have the same names."""
        found = self.database.execute(
            "SELECT path FROM pages WHERE stem = ? AND path <> ? AND seen = ? AND status <> 'failed'",
            (outputs.stem_of(path), path, run),
        ).fetchone()
        return str(found[0]) if found else None

    def drop_replaced(self, run: int) -> None:
        """Forget pages of earlier runs in whose place this run has another file; theirs are its results."""
        for row in [*self.rows("seen <> ? AND stem IN (SELECT stem FROM pages WHERE seen = ?)", (run, run))]:
            self._forget(row.id)
            self.database.execute("DELETE FROM pages WHERE id = ?", (row.id,))

    def rows(self, where: str = "1", values: Sequence[Any] = (), limit: int = -1) -> Iterator[Row]:
        """Pages in natural order, as a stream; raises BrokenLedger."""
        sql = f"SELECT * FROM pages WHERE {where} ORDER BY place LIMIT {limit}"
        try:
            yield from map(_row, self.database.execute(sql, values))
        except (UnicodeDecodeError, sqlite3.OperationalError) as error:
            if "decode" not in str(error):
                raise  # the disk, not what stands in the file
            raise BrokenLedger(self._place, str(error)) from None

    def add(self, path: str, source: str, issue: str, number: int, run: int) -> int:
        """A page that is new; its number in the ledger."""
        called = outputs.names(path)
        cursor = self.database.execute(
            "INSERT INTO pages (path, stem, place, issue, number, source, status, clean, report, journal,"
            " seen) VALUES (?, ?, ?, ?, ?, ?, 'todo', ?, ?, ?, ?)",
            (path, outputs.stem_of(path), natural(path), issue, number, stored(source),
             *(called[part] for part in ("clean", "report", "journal")), run),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def set(self, page: int, **columns: Any) -> None:
        """Change columns of a page."""
        names = ", ".join(f"{name} = ?" for name in columns)
        values = (stored(value) if isinstance(value, str) else value for value in columns.values())
        self.database.execute(f"UPDATE pages SET {names} WHERE id = ?", (*values, page))

    def fail(self, page: int, reason: Message, detail: str, stat: tuple[int, int], settings_sha: str) -> None:
        """A page that could not be repaired, with size and time of its source; earlier figures are gone."""
        self._forget(page)
        self.set(
            page, status="failed", reason_zh=reason.zh, reason_en=reason.en, detail=detail,
            size=stat[0], mtime=stat[1], settings_sha=settings_sha, decisions_sha="",
            applied=0, suggested=0, flags=0, remaining=0.0, characters=0, jumps=0,
        )  # fmt: skip

    def record(self, outcome: Outcome, settings_sha: str) -> None:
        """What became of a page, its files being written."""
        if outcome.reason is not None:
            stat = (outcome.size, outcome.mtime)
            self.fail(outcome.page, outcome.reason, outcome.detail, stat, settings_sha)
            return
        self._forget(outcome.page)
        found = outcome.figures
        self.set(
            outcome.page, status="done", reason_zh="", reason_en="", detail="", issue=outcome.issue,
            number=outcome.number, date=outcome.date, source_sha=outcome.sha, size=outcome.size,
            mtime=outcome.mtime, settings_sha=settings_sha, decisions_sha=outcome.decisions,
            applied=found.applied, suggested=found.suggested, flags=found.flags, remaining=found.remaining,
            characters=found.characters, jumps=found.jumps, seconds=round(outcome.seconds, 4),
            clean=outcome.clean,
        )  # fmt: skip
        self.database.executemany(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((outcome.page, *_valid(change)) for change in outcome.changes),
        )
        self.database.executemany(
            "INSERT INTO people VALUES (?, ?, ?, ?, ?)", ((outcome.page, *row) for row in outcome.people)
        )

    def _forget(self, page: int) -> None:
        for table in ("changes", "people"):
            self.database.execute(f"DELETE FROM {table} WHERE page = ?", (page,))

    def todo(self, run: int, after: str = "", limit: int = 500) -> list[tuple[str, Task]]:
        """The next pages of this run to repair, in natural order: (key to go on after, task)."""
        rows = self.database.execute(
            "SELECT place, id, path, source FROM pages WHERE status = 'todo' AND seen = ? AND place > ?"
            " ORDER BY place LIMIT ?",
            (run, after, limit),
        ).fetchall()
        return [(place, Task(page, path, named(source))) for place, page, path, source in rows]

    def count(self, status: str, run: int) -> int:
        """How many pages of this run have this status."""
        sql = "SELECT COUNT(*) FROM pages WHERE status = ? AND seen = ?"
        return int(self.database.execute(sql, (status, run)).fetchone()[0])

    def left_out(self, run: int) -> int:
        """How many pages of earlier runs were not among the inputs of this one."""
        sql = "SELECT COUNT(*) FROM pages WHERE seen <> ?"
        return int(self.database.execute(sql, (run,)).fetchone()[0])


def _row(row: tuple[Any, ...]) -> Row:
    return Row._make(named(value) if isinstance(value, bytes) else value for value in row)


def _valid(change: tuple[Any, ...]) -> Iterator[Any]:
    """A row whose texts are valid Unicode (a source may hold lone surrogates)."""
    for value in change:
        yield value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
