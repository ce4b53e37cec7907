"""What surveyed files said, kept until the profile is made: a survey that was stopped goes on by it."""

from __future__ import annotations

import contextlib
import sqlite3
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np

from cleanup.archive.page import state
from cleanup.archive.survey.part import Part
from cleanup.model.file_names import stored
from cleanup.version import code

_TOGETHER = 100
"""Parts written between two commits."""
_Row = tuple[int, int, bytes, bytes, dict[str, dict[str, int]]]


def name(source: str, encoding: str | None) -> str | bytes:
    """A file as it is now and how it is read: what it said holds as long as this does."""
    size, mtime = state(source)
    return stored(f"{code()} {encoding} {size} {mtime} {source}")


class Parts:
    """The file that keeps them. It is a help only: where it cannot be written, no more is kept."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._waiting = 0
        self._database: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error):
            self._database = sqlite3.connect(file, isolation_level=None)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = OFF")  # a crash of the machine may cost the survey
            self._database.execute("CREATE TABLE IF NOT EXISTS parts (of TEXT PRIMARY KEY, said BLOB)")
            self._database.execute("BEGIN")

    def add(self, part: Part) -> None:
        """Keep what a file says, for the next time."""
        tables = {table: dict(counts) for table, counts in part.tables.items()}
        row: _Row = part.files, part.pages, part.keys.tobytes(), part.counts.tobytes(), tables
        self._waiting += 1
        try:
            self._run("INSERT OR REPLACE INTO parts VALUES (?, ?)", part.of, msgspec.msgpack.encode(row))
            if self._waiting % _TOGETHER == 0:
                self._run("COMMIT")
                self._run("BEGIN")
        except sqlite3.Error:
            self.close()

    def close(self) -> None:
        """What was added lasts."""
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("COMMIT")
            self._database.close()
            self._database = None

    def drop(self) -> None:
        """The profile is made: nothing is needed any more."""
        self.close()
        for ending in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)

    def _run(self, sql: str, *values: str | bytes) -> None:
        if self._database is not None:
            self._database.execute(sql, values)


def find(file: Path, of: str | bytes) -> Part | None:
    """What a file said, where it was kept."""
    try:
        row = _opened(file).execute("SELECT said FROM parts WHERE of = ?", (of,)).fetchone()
        if row is None:
            return None
        files, pages, keys, counts, tables = msgspec.msgpack.decode(row[0], type=_Row)
    except (sqlite3.Error, msgspec.MsgspecError):
        return None
    return Part(files, pages, np.frombuffer(keys, np.uint64), np.frombuffer(counts, np.uint8), tables)


@lru_cache(maxsize=1)
def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
