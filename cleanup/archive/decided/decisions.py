"""What people decided of an archive: `decisions.db` beside the results (SQLite, write-ahead log).

Nothing is overwritten: every decision is a row with who and when; one that is taken back keeps its row. What
holds of a key now stands in the table `standing`, which every write brings up to date.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cleanup.archive.decided.entries import COLUMNS, DecisionsError, Entry, State, line, parse
from cleanup.model.journal import Decision, Verdict

NAME = "decisions.db"
_NAMES = ", ".join(COLUMNS)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, batch TEXT NOT NULL,
  kind TEXT NOT NULL, key TEXT NOT NULL,
  verdict TEXT NOT NULL, text TEXT NOT NULL, rule TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
  left TEXT NOT NULL, right TEXT NOT NULL, place TEXT NOT NULL, confidence REAL NOT NULL, level TEXT NOT NULL,
  who TEXT NOT NULL, at TEXT NOT NULL, settles INTEGER NOT NULL, undone TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS by_key ON decisions (key);
CREATE INDEX IF NOT EXISTS by_batch ON decisions (batch);
CREATE TABLE IF NOT EXISTS standing (
  key TEXT PRIMARY KEY, state TEXT NOT NULL, seq INTEGER NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_version ON standing (version);
CREATE TABLE IF NOT EXISTS counter (version INTEGER NOT NULL);
INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM counter);
"""


class Stroke(NamedTuple):
    """Decisions made together."""

    batch: str
    who: str
    at: str
    verdict: str
    size: int
    first: Entry
    undone: str


def place(out: Path) -> Path:
    """Where the decisions of a results folder, or of a journal, lie."""
    return (out if out.is_dir() else out.parent) / NAME


def load(out: Path) -> tuple[Decision, ...]:
    """What holds for the next run over these results; nothing where nobody decided anything."""
    file = place(out)
    if not file.is_file():
        return ()
    with closing(Store(file, read_only=True)) as store:
        return tuple(store.decisions())


class Store:
    """The decisions of one archive; raises DecisionsError where the file is broken or locked for long."""

    def __init__(self, file: Path, read_only: bool = False) -> None:
        self.file = file
        try:
            if read_only:
                self._db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=20)
                self._db.execute("SELECT version FROM counter")
            else:
                self._db = sqlite3.connect(file, timeout=20, check_same_thread=False)
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise DecisionsError(
                f"{file} 不能用作决定的存档：{error}；请恢复备份，或移走它重新开始。",
                f"{file} cannot be used as a store of decisions: {error}; restore it from a backup, or "
                "move it away to start anew.",
            ) from None

    def close(self) -> None:
        self._db.close()

    @property
    def version(self) -> int:
        """Counts the writes."""
        return int(self._db.execute("SELECT version FROM counter").fetchone()[0])

    def add(self, entries: Sequence[Entry], who: str, when: datetime | None = None) -> str:
        """Store decisions made in one stroke; the batch by which it can be taken back."""
        batch = uuid.uuid4().hex
        at = (when or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")
        made = [replace(e, who=who, at=at, id=uuid.uuid4().hex, batch=batch) for e in entries]
        with self._write() as version:
            self._insert(made)
            self._settle({entry.key for entry in made}, version)
        return batch

    def undo(self, batch: str) -> list[str]:
        """Take back what was decided in one stroke; the keys concerned."""
        with self._write() as version:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            keys = [
                row[0]
                for row in self._db.execute(
                    "UPDATE decisions SET undone = ? WHERE batch = ? AND undone = '' RETURNING key",
                    (now, batch),
                )
            ]
            self._settle(set(keys), version)
        return keys

    def keys(self, batch: str) -> list[str]:
        """What a stroke decided of fixes, flags and patterns, also where it was taken back."""
        found = self._db.execute(
            "SELECT DISTINCT key FROM decisions WHERE batch = ? AND kind IN ('fix', 'flag', 'pattern')",
            (batch,),
        )
        return [row[0] for row in found]

    def last(self, who: str) -> str | None:
        """The last stroke of a person that still holds."""
        row = self._db.execute(
            "SELECT batch FROM decisions WHERE who = ? AND undone = '' ORDER BY seq DESC LIMIT 1", (who,)
        ).fetchone()
        return row[0] if row else None

    def strokes(self, limit: int = 100) -> list[Stroke]:
        """What was decided last, newest first."""
        rows = self._db.execute(
            "SELECT batch, MIN(seq), COUNT(*), MAX(undone) FROM decisions "
            "GROUP BY batch ORDER BY MAX(seq) DESC LIMIT ?",
            (limit,),
        ).fetchall()
        found = []
        for batch, seq, count, undone in rows:
            (first,) = self._entries("WHERE seq = ?", (seq,))
            found.append(Stroke(batch, first.who, first.at, first.verdict, count, first, undone))
        return found

    def changed(self, version: int) -> Iterator[tuple[str, State, Entry | None]]:
        """(key, state, the last decision) of every key that changed after `version`."""
        rows = self._db.execute(
            f"SELECT s.key, s.state, {', '.join(f'd.{name}' for name in COLUMNS)} FROM standing s "
            "LEFT JOIN decisions d ON d.seq = s.seq WHERE s.version > ?",
            (version,),
        ).fetchall()
        for key, state, *row in rows:
            yield key, state, _entry(row) if row[0] is not None else None

    def of(self, key: str) -> list[Entry]:
        """Everything that was said of a key and not taken back, oldest first."""
        return list(self._entries("WHERE key = ? AND undone = '' ORDER BY at, seq", (key,)))

    def contested(self) -> dict[str, list[Entry]]:
        """What each said of the keys that people disagree on."""
        keys = self._db.execute("SELECT key FROM standing WHERE state = 'contested' ORDER BY key").fetchall()
        return {key: _latest(self.of(key)) for (key,) in keys}

    def decisions(self) -> Iterator[Decision]:
        """What holds, as the engine reads it; what people disagree on is left as it was printed."""
        for key, state, entry in self.changed(-1):
            if entry is None or not state or entry.kind in ("pair", "person", "note"):
                continue
            if state == "contested":
                if entry.kind == "fix":
                    yield Decision(key, "rejected", entry.who, entry.at, "", entry.place)
            elif entry.kind == "word":
                yield Decision("", "protected", entry.who, entry.at, entry.text)
            else:
                verdict: Verdict = "rejected" if state == "rejected" else "accepted"
                if state == "edited":
                    verdict = "edited"
                yield Decision(key, verdict, entry.who, entry.at, entry.text, entry.place)

    def export(self) -> Iterator[str]:
        """Every decision that holds, as lines of JSON."""
        for entry in self._entries("WHERE undone = '' ORDER BY seq", ()):
            yield line(entry)

    def merge(self, lines: Iterable[str]) -> tuple[int, int]:
        """Add decisions of an exported file; how many were new, and how many keys are contested now.

        Those that are here already, also ones taken back here, are passed over.
        """
        entries = [parse(row, number) for number, row in enumerate(lines, 1) if row.strip()]
        with self._write() as version:
            before = self._db.total_changes
            self._insert(entries)
            added = self._db.total_changes - before
            keys = {entry.key for entry in entries}
            self._settle(keys, version)
        rows = self._db.execute("SELECT key FROM standing WHERE state = 'contested'").fetchall()
        return added, sum(key in keys for (key,) in rows)

    def _insert(self, entries: Iterable[Entry]) -> None:
        self._db.executemany(
            f"INSERT OR IGNORE INTO decisions ({_NAMES}) VALUES ({', '.join('?' * len(COLUMNS))})",
            ([getattr(entry, name) for name in COLUMNS] for entry in entries),
        )

    @contextmanager
    def _write(self) -> Iterator[int]:
        """A transaction; its number."""
        try:
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.execute("UPDATE counter SET version = version + 1")
                yield self.version
        except sqlite3.OperationalError as error:
            raise DecisionsError(
                f"决定无法写入 {self.file}：{error}；请检查磁盘空间和权限。",
                f"Decisions cannot be written to {self.file}: {error}; check the disk and its permissions.",
            ) from None

    def _settle(self, keys: Iterable[str], version: int) -> None:
        for key in keys:
            rows = self._db.execute(
                "SELECT seq, who, verdict, text, settles FROM decisions "
                "WHERE key = ? AND undone = '' AND kind <> 'note' ORDER BY at, seq",
                (key,),
            ).fetchall()
            first = max((at for at, row in enumerate(rows) if row[4]), default=0)
            latest = {who: (verdict, text) for _, who, verdict, text, _ in rows[first:]}
            said = set(latest.values())
            state = "contested" if len(said) > 1 else next(iter(said))[0] if said else ""
            self._db.execute(
                "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?)",
                (key, state, rows[-1][0] if rows else 0, version),
            )

    def _entries(self, where: str, values: tuple[Any, ...]) -> Iterator[Entry]:
        for row in self._db.execute(f"SELECT {_NAMES} FROM decisions {where}", values).fetchall():
            yield _entry(row)


def _entry(row: Sequence[Any]) -> Entry:
    entry = Entry(*row)
    return replace(entry, settles=bool(entry.settles))


def _latest(entries: Iterable[Entry]) -> list[Entry]:
    """The last word of each person."""
    return list({entry.who: entry for entry in entries if entry.kind != "note"}.values())
