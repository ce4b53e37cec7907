"""Phase three of a run, --stitch: articles printed on several pages, written once, issue by issue."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleanup.archive import store
from cleanup.archive.groups import printable
from cleanup.archive.ledger import Ledger, Row
from cleanup.archive.stitching.stitch import IssuePage, stitch
from cleanup.archive.workers import Lost, Workers
from cleanup.formats.encoding import decode
from cleanup.model.fix import Message
from cleanup.model.stitches import Stitched, Trouble
from cleanup.reports import articles, journal

FOLDER = "articles"
MOST = 500
"""Pages; what has more is a folder, and no issue."""
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


class Stitcher:
    """The work of a worker: an issue's articles, written to OUT/articles."""

    def __init__(self, out: Path, stage: Path) -> None:
        self.out, self.stage = out, stage

    def __call__(self, issue: Issue) -> Joined:
        try:
            return self._write(issue)
        except store.Trouble as trouble:
            if trouble.stops_all:
                return Joined(issue.name, issue.sha, full=trouble.message)
            return _unread(issue, trouble.message)
        except Exception as error:
            shown = f"{printable(issue.name)}: {type(error).__name__}: {error}"
            return _unread(
                issue, Message(f"这一期未能拼接：{shown}", f"The issue could not be stitched: {shown}")
            )

    def _write(self, issue: Issue) -> Joined:
        if len(issue.pages) > MOST:
            return _unread(
                issue,
                Message(
                    f"“一期”有 {len(issue.pages)} 个版面，不像一期；请用 --group 指明期次",
                    f"an “issue” of {len(issue.pages)} pages is none; say with --group what makes an issue",
                ),
            )
        pages, reports = [], {}
        for path, number, clean, kept, report in issue.pages:
            record = journal.decode(store.read(str(self.out / kept)))
            data = store.read(str(self.out / clean))
            text = decode(data, dict, record.output.envelope.encoding)[0] if data.strip() else ""
            pages.append(IssuePage(number, printable(path), record, text))
            reports[printable(path)] = report
        found = stitch(pages)
        folder = f"{FOLDER}/{folder_of(issue.name)}"
        rows, written = [], {}
        for article in found.articles:
            name = f"{folder}/{article.number:03}"
            places = {path: _up(name) + report for path, report in reports.items()}
            written[self.out / f"{name}.json"] = (
                msgspec.json.format(msgspec.json.encode(article), indent=1) + b"\n"
            )
            written[self.out / f"{name}.md"] = articles.markdown(article, places).encode()
            rows.append((article.number, article.title, _numbers(article), f"{name}.md", _least(article)))
        store.write_all(written, self.stage)
        for left in (self.out / folder).glob("*"):
            if left not in written:
                left.unlink()
        loose = [row for one in found.orphans for row in _ends("orphan", one)]
        loose += [row for one in found.contradictions for row in _ends("contradiction", one)]
        return Joined(issue.name, issue.sha, tuple(rows), tuple(loose))


def stitch_issues(
    ledger: Ledger, workers: Workers[Issue, Joined], stopped: Callable[[], bool]
) -> tuple[int, Message | None]:
    """Stitch the issues whose pages changed: how many, and why nothing more could be written."""
    done, full = 0, list[Message]()
    for result in workers.run(_stale(ledger), lambda: bool(full) or stopped()):
        if isinstance(result, Lost):
            lost = Message(
                "这一期未能拼接：超时或进程终止",
                "The issue could not be stitched: too slow, or its process died",
            )
            result = _unread(result.task, lost)
        if result.full is not None:
            full.append(result.full)
            continue
        _record(ledger, result)
        done += 1
        ledger.commit()
    return done, full[0] if full else None


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
    stale = [issue.name for issue in _stale(ledger)]
    for name in stale:  # from now on their files may be half old, half new
        ledger.database.execute("UPDATE stitched SET sha = '' WHERE issue = ?", (name,))
    return len(stale)


def _stale(ledger: Ledger) -> Iterator[Issue]:
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


def _record(ledger: Ledger, joined: Joined) -> None:
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


def _unread(issue: Issue, why: Message) -> Joined:
    return Joined(issue.name, issue.sha, (), (("failed", "", 0, 0, "", why.zh, why.en),))


def _ends(kind: str, trouble: Trouble) -> Iterator[tuple[str, str, int, int, str, str, str]]:
    for end in trouble.ends:
        yield kind, end.name, end.page, end.line, end.mark, trouble.why.zh, trouble.why.en


def folder_of(issue: str) -> str:
    """The issue's folder below articles/: its name, where that may be a folder's."""
    parts = [re.sub(r"[^\w\-.() ]", "_", part).strip(" .") for part in printable(issue).split("/")]
    name = "/".join(part or "_" for part in parts)
    if name != issue:
        name += "-" + hashlib.sha256(issue.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return name


def _up(name: str) -> str:
    """The way from a file in OUT back to OUT."""
    return "../" * name.count("/")


def _numbers(article: Stitched) -> str:
    ends = [article.seams[0].to, *(seam.origin for seam in article.seams)]
    return " → ".join(str(end.page or "?") for end in ends)


def _least(article: Stitched) -> float:
    return min(seam.confidence for seam in article.seams)
