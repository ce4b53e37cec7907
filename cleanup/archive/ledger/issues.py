"""What the ledger keeps of issues whose articles were put together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from cleanup.archive.ledger.core import Ledger, Row
from cleanup.model.fix import Message

_CREATE = """
CREATE TABLE IF NOT EXISTS stitched (issue TEXT PRIMARY KEY, sha TEXT NOT NULL, articles INTEGER NOT NULL)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
  issue TEXT NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL, pages TEXT NOT NULL, file TEXT NOT NULL,
  confidence REAL NOT NULL, PRIMARY KEY (issue, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS loose_ends (
  issue TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, page INTEGER NOT NULL,
  line INTEGER NOT NULL, mark TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL,
  PRIMARY KEY (issue, number)) WITHOUT ROWID;
"""


class Issue(NamedTuple):
    """An issue to stitch."""

    name: str
    sha: str
    """Of everything that its pages' results depend on."""
    pages: tuple[tuple[str, int, str, str, str], ...]
    """(path, number, and relative to OUT: clean text, journal, report)."""


class Joined(NamedTuple):
    """What became of an issue."""

    issue: str
    sha: str
    articles: tuple[tuple[int, str, str, str, float], ...] = ()
    """(number, title, pages, file, the least confidence of its seams)."""
    loose: tuple[tuple[str, str, int, int, str, str, str], ...] = ()
    """(kind, path, page, line, mark, why in Chinese and English)."""
    full: Message | None = None
    """Why nothing can be written."""


def prepare(ledger: Ledger) -> int:
    """Make the tables; the number of issues to stitch."""
    for sentence in _CREATE.split(";"):
        ledger.database.execute(sentence)
    gone = [
        issue
        for (issue,) in ledger.database.execute("SELECT issue FROM stitched").fetchall()
        if not _rows(ledger, issue)
    ]
    for issue in gone:
        _forget(ledger, issue)
    names = [issue.name for issue in stale(ledger)]
    for name in names:  # from now on their files may be half old, half new
        ledger.database.execute("UPDATE stitched SET sha = '' WHERE issue = ?", (name,))
    return len(names)


def stale(ledger: Ledger) -> Iterator[Issue]:
    """Issues with jump lines, now or when they were last stitched, whose pages changed since."""
    names = ledger.database.execute(
        "SELECT issue FROM pages WHERE jumps > 0 AND status IN ('done', 'gone') AND issue <> ''"
        " UNION SELECT issue FROM stitched ORDER BY issue"
    ).fetchall()
    for (name,) in names:
        rows = _rows(ledger, name)
        said = [(row.path, row.number, row.source_sha, row.settings_sha, row.decisions_sha) for row in rows]
        sha = hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()
        known = ledger.database.execute("SELECT sha FROM stitched WHERE issue = ?", (name,)).fetchone()
        if known is None or known[0] != sha:
            pages = tuple((row.path, row.number, row.clean, row.journal, row.report) for row in rows)
            yield Issue(name, sha, pages)


def _rows(ledger: Ledger, issue: str) -> list[Row]:
    return list(ledger.rows("issue = ? AND status IN ('done', 'gone')", (issue,)))


def record(ledger: Ledger, joined: Joined) -> None:
    """Keep what became of an issue, in the place of what was known."""
    _forget(ledger, joined.issue)
    database = ledger.database
    database.execute(
        "INSERT INTO stitched VALUES (?, ?, ?)", (joined.issue, joined.sha, len(joined.articles))
    )
    for row in joined.articles:
        database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", (joined.issue, *row))
    for number, loose in enumerate(joined.loose):
        marks = ", ".join("?" * 9)
        database.execute(f"INSERT INTO loose_ends VALUES ({marks})", (joined.issue, number, *loose))


def _forget(ledger: Ledger, issue: str) -> None:
    for table in ("stitched", "articles", "loose_ends"):
        ledger.database.execute(f"DELETE FROM {table} WHERE issue = ?", (issue,))


def rows(ledger: Ledger, table: str) -> Iterator[list[object]]:
    """The rows of "articles" or "loose_ends", issue by issue in natural order."""
    if ledger.get("stitch"):
        for row in ledger.database.execute(
            f"SELECT {table}.* FROM {table} JOIN (SELECT issue, MIN(place) AS first FROM pages"
            " GROUP BY issue) USING (issue) ORDER BY first, number"
        ):
            yield list(row)
