"""Phase three of a run, --stitch: articles printed on several pages, written once, issue by issue."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from cleanup.archive import store
from cleanup.archive.ledger import Ledger, issues
from cleanup.archive.ledger.issues import Issue, Joined
from cleanup.archive.stitching.stitch import IssuePage, stitch
from cleanup.archive.workers import Lost, Workers
from cleanup.formats.encoding import read_back
from cleanup.model.fix import Message
from cleanup.model.stitches import Stitched, Trouble
from cleanup.reports import articles, journal

FOLDER = "articles"
MOST = 500
"""Pages; what has more is a folder, and no issue."""


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
            shown = f"{issue.name}: {type(error).__name__}: {error}"
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
            text = read_back(data, record.output.envelope)
            pages.append(IssuePage(number, path, record, text))
            reports[path] = report
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
    for result in workers.run(issues.stale(ledger), lambda: bool(full) or stopped()):
        if isinstance(result, Lost):
            lost = Message(
                "这一期未能拼接：超时或进程终止",
                "The issue could not be stitched: too slow, or its process died",
            )
            result = _unread(result.task, lost)
        if result.full is not None:
            full.append(result.full)
            continue
        issues.record(ledger, result)
        done += 1
        ledger.commit()
    return done, full[0] if full else None


def _unread(issue: Issue, why: Message) -> Joined:
    return Joined(issue.name, issue.sha, (), (("failed", "", 0, 0, "", why.zh, why.en),))


def _ends(kind: str, trouble: Trouble) -> Iterator[tuple[str, str, int, int, str, str, str]]:
    for end in trouble.ends:
        yield kind, end.name, end.page, end.line, end.mark, trouble.why.zh, trouble.why.en


def folder_of(issue: str) -> str:
    """The issue's folder below articles/: its name, where that may be a folder's."""
    parts = [re.sub(r"[^\w\-.() ]", "_", part).strip(" .") for part in issue.split("/")]
    name = "/".join(part or "_" for part in parts)
    if name != issue:
        name += "-" + hashlib.sha256(issue.encode()).hexdigest()[:6]
    return name


def _up(name: str) -> str:
    """The way from a file in OUT back to OUT."""
    return "../" * name.count("/")


def _numbers(article: Stitched) -> str:
    ends = [article.seams[0].to, *(seam.origin for seam in article.seams)]
    return " → ".join(str(end.page or "?") for end in ends)


def _least(article: Stitched) -> float:
    return min(seam.confidence for seam in article.seams)
