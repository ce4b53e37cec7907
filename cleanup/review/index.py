"""An index of every record of an archive (`review.db`, SQLite), so that 100,000 of them stay fluid.

It can be rebuilt at any time: journals are read anew where their bytes changed, and what people decided is
taken over from the store of decisions.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import astuple
from pathlib import Path

from cleanup.archive import results
from cleanup.archive.decided.decisions import Store
from cleanup.archive.ledger import NAME as LEDGER
from cleanup.engine.identity import pattern_id, place_id
from cleanup.model.file_names import named, readable, stored
from cleanup.model.fix import Applicability, Fix
from cleanup.model.journal import Record
from cleanup.model.result import Result
from cleanup.review.surroundings import covers, pattern_shown, shown_in, valid
from cleanup.text import dates
from cleanup.text.patterns import re_pattern

NAME = "review.db"
VERSION = 5
LONGEST = 24
"""Longer edits (a running head, a repeated paragraph) are one pattern per rule: each reads differently."""
_NUMBER = re_pattern(r"-\d+$")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, digest TEXT NOT NULL,
  name TEXT NOT NULL, issue INTEGER NOT NULL, pages INTEGER NOT NULL, trouble TEXT NOT NULL,
  done TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS issues (id INTEGER PRIMARY KEY, name TEXT NOT NULL, day TEXT NOT NULL,
  UNIQUE (name, day));
CREATE TABLE IF NOT EXISTS patterns (
  id INTEGER PRIMARY KEY, pid TEXT NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL,
  before TEXT NOT NULL, after TEXT NOT NULL, UNIQUE (rule, kind, before, after));
CREATE INDEX IF NOT EXISTS pattern_pid ON patterns (pid);
CREATE TABLE IF NOT EXISTS items (
  id INTEGER PRIMARY KEY, file INTEGER NOT NULL, issue INTEGER NOT NULL, record INTEGER NOT NULL,
  key TEXT NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL, family TEXT NOT NULL, status TEXT NOT NULL,
  reason TEXT NOT NULL, level TEXT NOT NULL, confidence REAL NOT NULL, gain REAL NOT NULL,
  pattern INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, left TEXT NOT NULL,
  right TEXT NOT NULL, line INTEGER NOT NULL, page INTEGER NOT NULL, person TEXT NOT NULL,
  place TEXT NOT NULL, detail TEXT NOT NULL,
  own TEXT NOT NULL DEFAULT '', pat TEXT NOT NULL DEFAULT '', word INTEGER NOT NULL DEFAULT 0,
  state TEXT GENERATED ALWAYS AS (CASE WHEN own <> '' THEN own WHEN pat <> '' THEN pat
    WHEN word > 0 THEN 'protected' ELSE '' END) VIRTUAL);
CREATE INDEX IF NOT EXISTS item_key ON items (key);
CREATE INDEX IF NOT EXISTS item_place ON items (place) WHERE place <> '';
CREATE INDEX IF NOT EXISTS item_file ON items (file, record);
CREATE INDEX IF NOT EXISTS item_pattern ON items (pattern, state, file);
CREATE INDEX IF NOT EXISTS item_counts ON items (kind, status, state, family, rule);
CREATE INDEX IF NOT EXISTS item_groups ON items (kind, status, pattern, state, issue, confidence, gain, id);
CREATE INDEX IF NOT EXISTS item_sure ON items (kind, status, state, confidence);
"""
Tell = Callable[[int, int], None]
"""Told (done, all) now and then."""


class Index:
    """The records of a results folder; one connection, used under `lock`."""

    def __init__(self, out: Path, store: Store | None, file: Path | None = None) -> None:
        self.out = out
        self.root = results.root(out)
        self.store = store
        self.lock = threading.RLock()
        self._ledger: sqlite3.Connection | None = None
        self.file = file or self.root / NAME
        self.db = sqlite3.connect(self.file, timeout=20, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.create_function("covers", 4, covers, deterministic=True)
        if self._meta("version") != str(VERSION):
            self._begin_anew()

    def paths(self) -> list[str]:
        """The journals, in order of their paths."""
        return [named(row[0]) for row in self.db.execute("SELECT path FROM files ORDER BY path")]

    def close(self) -> None:
        self.db.close()

    def refresh(self, tell: Tell | None = None) -> None:
        """Take in new and changed journals and drop those that are gone, then the decisions."""
        with self.lock, self.db, contextlib.ExitStack() as stack:
            self._ledger = _ledger(self.root, stack)
            found = results.find(self.out)
            here = {stored(str(place.relative_to(self.root))) for place in found}
            known = {row[0]: row[1:] for row in self.db.execute("SELECT path, id, stamp, digest FROM files")}
            if self.out.is_dir():
                for path in known.keys() - here:
                    self._drop(known[path][0])
                    self.db.execute("DELETE FROM files WHERE id = ?", (known[path][0],))
            for at, place in enumerate(found):
                path = stored(str(place.relative_to(self.root)))
                self._take_in(place, path, known.get(path))
                if tell is not None:
                    tell(at + 1, len(found))
            self.db.execute(
                "DELETE FROM patterns WHERE NOT EXISTS (SELECT 1 FROM items WHERE pattern = patterns.id)"
            )
            self._put("decided", "-1")
            self.db.execute("UPDATE items SET own = '', pat = '', word = 0 WHERE state <> ''")
            self.db.execute("ANALYZE")
        self.sync()

    def sync(self) -> list[str]:
        """Take over what was decided since; the keys that changed."""
        if self.store is None:
            return []
        with self.lock, self.db:
            since, now = int(self._meta("decided") or -1), self.store.version
            if since == now:
                return []
            changed = list(self.store.changed(since))
            # Over many rows one statement with all keys is faster than one for each.
            self.db.execute(
                "CREATE TEMP TABLE IF NOT EXISTS news (key TEXT PRIMARY KEY, state TEXT, place TEXT)"
            )
            self.db.execute("CREATE INDEX IF NOT EXISTS temp.news_place ON news (place)")
            self.db.execute("DELETE FROM news")
            self.db.executemany(
                "INSERT INTO news VALUES (?1, ?2, "
                "(SELECT place FROM items WHERE key = ?1 AND place <> '' LIMIT 1))",
                ((key, state) for key, state, _ in changed),
            )
            self.db.execute(
                "UPDATE items SET own = (SELECT state FROM news WHERE news.key = items.key) "
                "WHERE key IN (SELECT key FROM news)"
            )
            # What other rules would do the same at the same place is decided with it.
            self.db.execute(
                "UPDATE items SET own = (SELECT CASE state WHEN 'edited' THEN 'rejected' ELSE state END "
                "FROM news WHERE news.place = items.place) WHERE place <> '' AND place IN "
                "(SELECT place FROM news) AND key NOT IN (SELECT key FROM news)"
            )
            for key, state, _ in changed:
                if key.startswith("p") and ":" not in key:
                    self.db.execute(
                        "UPDATE items SET pat = ? WHERE pattern IN (SELECT id FROM patterns WHERE pid = ?)",
                        (state, key),
                    )
            if any(key.startswith("word:") for key, _, _ in changed):
                self._guard(self.store)
            self._put("decided", str(now))
        return [key for key, _, _ in changed]

    def _guard(self, store: Store) -> None:
        """Mark the fixes that would change a protected word."""
        self.db.execute("UPDATE items SET word = 0 WHERE word = 1")
        for decision in store.decisions():
            if decision.verdict == "protected":
                self.db.execute(
                    "UPDATE items SET word = 1 WHERE kind = 'fix' AND instr(left || before || right, ?1) "
                    "AND covers(left, before, right, ?1)",
                    (decision.text,),
                )

    def _take_in(self, place: Path, path: str | bytes, known: tuple[int, str, str] | None) -> None:
        status = place.stat()
        stamp = f"{status.st_size} {status.st_mtime_ns}"
        if known and known[1] == stamp:
            return
        digest = hashlib.sha256(place.read_bytes()).hexdigest()
        if known and known[2] == digest:
            self.db.execute("UPDATE files SET stamp = ? WHERE id = ?", (stamp, known[0]))
            return
        if known:
            self._drop(known[0])
        try:
            result, trouble = results.read(place), ""
        except results.Unusable as error:
            result, trouble = None, json.dumps([error.message.zh, error.message.en], ensure_ascii=False)
        issue, name, pages = 0, place.name.removesuffix(results.ENDING), 1
        if result is not None:
            name, pages = result.journal.source.name, result.journal.structure.pages
            issue = self._issue(readable(named(path)), result)
        row = (stamp, digest, name, issue, pages, trouble)
        if known:
            number = known[0]
            self.db.execute(
                "UPDATE files SET stamp=?, digest=?, name=?, issue=?, pages=?, trouble=? WHERE id=?",
                (*row, number),
            )
        else:
            number = (
                self.db.execute(
                    "INSERT INTO files (stamp, digest, name, issue, pages, trouble, path) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (*row, path),
                ).lastrowid
                or 0
            )
        if result is not None:
            self.db.executemany(
                "INSERT INTO items (file, issue, record, key, kind, rule, family, status, reason, level, "
                "confidence, gain, pattern, before, after, left, right, line, page, person, place, detail) "
                f"VALUES ({', '.join('?' * 22)})",
                ((number, issue, *map(valid, row)) for row in self._rows(result)),
            )

    def _drop(self, file: int) -> None:
        self.db.execute("DELETE FROM items WHERE file = ?", (file,))

    def _issue(self, path: str, result: Result) -> int:
        name, day = self._known(path)
        day = day or dates.of_document(result.original, result.journal.source.name)
        folder = str(Path(path).parent)
        name = name or (folder if folder != "." else day)
        self.db.execute("INSERT OR IGNORE INTO issues (name, day) VALUES (?, ?)", (name, day))
        row = self.db.execute("SELECT id FROM issues WHERE name = ? AND day = ?", (name, day)).fetchone()
        return int(row[0])

    def _known(self, path: str) -> tuple[str, str]:
        """Issue and day of a page as the ledger of a batch has them; empty where it says nothing."""
        if self._ledger is None:
            return "", ""
        stem = path.removesuffix(results.ENDING)
        row = self._ledger.execute("SELECT issue, date FROM pages WHERE stem = ?", (stem,)).fetchone()
        return (str(row[0]), str(row[1])) if row else ("", "")

    def _rows(self, result: Result) -> Iterator[tuple[object, ...]]:
        for number, record in enumerate(result.journal.records):
            before = "…".join(edit.before for edit in record.edits)
            after = "…".join(edit.after for edit in record.edits)
            left, shown, right = shown_in(result, record)
            size = sum(max(len(edit.before), len(edit.after)) for edit in record.edits)
            detail = {
                "why": [record.why.zh, record.why.en],
                "evidence": record.evidence,
                "alternatives": record.alternatives,
                "shown": shown,
                "box": astuple(record.box) if record.box else None,
                "scan": record.scan,
            }
            fix = Fix(record.rule, record.edits, Applicability.SUGGEST, 0.0, record.why, record.span)
            pattern = self._pattern(record, before, after)
            yield (
                number, _NUMBER.sub("", record.id), record.kind, record.rule, record.rule.partition(".")[0],
                record.status, record.reason or "", record.applicability, record.confidence,
                record.confidence * max(1, size), pattern,
                before if record.edits else "".join(text for _, text in shown), after, left, right,
                record.line, record.page,
                record.person,
                place_id(result.original, record.span, fix) if record.edits else "",
                json.dumps(detail, ensure_ascii=False, separators=(",", ":")),
            )  # fmt: skip

    def _pattern(self, record: Record, before: str, after: str) -> int:
        short = bool(record.edits) and len(before) + len(after) <= LONGEST
        row = (record.rule, record.kind, *pattern_shown(record, *((before, after) if short else ("", ""))))
        self.db.execute(
            "INSERT OR IGNORE INTO patterns (pid, rule, kind, before, after) VALUES (?, ?, ?, ?, ?)",
            (pattern_id(record) if short else "", *row),
        )
        found = self.db.execute(
            "SELECT id FROM patterns WHERE rule = ? AND kind = ? AND before = ? AND after = ?", row
        ).fetchone()
        return int(found[0])

    def _begin_anew(self) -> None:
        with self.db:
            for name in ("items", "files", "issues", "patterns", "meta"):
                self.db.execute(f"DROP TABLE IF EXISTS {name}")
            self.db.executescript(_SCHEMA)
            self._put("version", str(VERSION))

    def _meta(self, name: str) -> str:
        try:
            row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        except sqlite3.OperationalError:
            return ""
        return str(row[0]) if row else ""

    def _put(self, name: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def _ledger(root: Path, stack: contextlib.ExitStack) -> sqlite3.Connection | None:
    """The ledger of a batch, only to be read; None where there is none that can be."""
    file = root / LEDGER
    if not file.is_file():
        return None
    try:
        found = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        stack.callback(found.close)
        found.execute("SELECT issue, date FROM pages LIMIT 1")
    except sqlite3.Error:
        return None
    return found
