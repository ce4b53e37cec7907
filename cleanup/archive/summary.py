"""What a run leaves over its pages: summary.json, changes.csv, names.csv and the index."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from cleanup.archive.groups import printable
from cleanup.archive.job import Job
from cleanup.archive.ledger import Ledger
from cleanup.archive.store import STAGED, write_all
from cleanup.version import VERSION

_SUMS = "SUM(applied), SUM(suggested), SUM(flags), SUM(remaining), SUM(characters)"
_ISSUE = f"COUNT(*), SUM(status = 'failed'), {_SUMS}"
CHANGES = (
    "issue", "page", "path", "line", "id", "rule", "status", "reason", "confidence", "before", "after",
)  # fmt: skip


def write(ledger: Ledger, out: Path, stage: Path, job: Job, run: int, times: tuple[float, float]) -> None:
    """Write everything that is about all pages; raises Trouble."""
    _stream(out / "changes.csv", stage, CHANGES, _changes(ledger))
    _stream(out / "names.csv", stage, ("name", "title", "issue", "pages", "times"), _names(ledger))
    found = figures(ledger)
    found["times"] = {
        "begun": datetime.fromtimestamp(times[0], UTC).isoformat(timespec="seconds"),
        "seconds": round(times[1] - times[0], 1),
    }
    encoded = msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
    write_all({out / "summary.json": encoded}, stage)


def figures(ledger: Ledger) -> dict[str, Any]:
    """The archive in numbers: the same for the same pages, whatever the order they were repaired in."""
    row = ledger.database.execute(
        f"SELECT {_ISSUE}, COUNT(DISTINCT issue), SUM(status = 'todo') FROM pages"
    ).fetchone()
    families: dict[str, dict[str, int]] = {}
    for rule, status, count in ledger.database.execute(
        "SELECT rule, status, COUNT(*) FROM (SELECT DISTINCT page, record, rule, status FROM changes)"
        " GROUP BY rule, status ORDER BY rule, status"
    ):
        families.setdefault(rule, {})[status] = count
    failures = [
        {"path": printable(found.path), "zh": found.reason_zh, "en": found.reason_en}
        for found in ledger.rows("status = 'failed'")
    ]
    return {
        "schema": 1,
        "tool": f"ocrfix {VERSION}",
        "pages": {
            "all": row[0],
            "done": row[0] - (row[1] or 0) - (row[8] or 0), "failed": row[1] or 0, "todo": row[8] or 0,
        },
        "issues": row[7],
        "characters": row[6] or 0,
        "applied": row[2] or 0,
        "suggested": row[3] or 0,
        "flags": row[4] or 0,
        "remaining": round(row[5] or 0.0, 2),
        "rules": families,
        "failures": failures,
    }  # fmt: skip


def _changes(ledger: Ledger) -> Iterator[tuple[Any, ...]]:
    rows = ledger.database.execute(
        "SELECT pages.issue, pages.number, pages.path, line, changes.id, rule, changes.status, reason,"
        " confidence, before, after FROM pages JOIN changes ON changes.page = pages.id"
        " ORDER BY place, record, edit"
    )
    for issue, number, path, *rest in rows:
        yield printable(issue), number or "", _shown(path), *rest


def _names(ledger: Ledger) -> Iterator[tuple[Any, ...]]:
    yield from ledger.database.execute(
        "SELECT name, title, issue, COUNT(*), SUM(count) FROM people JOIN pages ON people.page = pages.id"
        " GROUP BY name, title, issue ORDER BY name, MIN(place)"
    )


def _shown(path: str | bytes) -> str:
    return printable(os.fsdecode(path))


def _stream(place: Path, stage: Path, head: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """A table of any length, whole or not at all; UTF-8 with a mark that spreadsheets know it by."""
    temporary = stage / f"{STAGED}{place.name}"
    with temporary.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(head)
        table.writerows(rows)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(place)
