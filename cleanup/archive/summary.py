"""What a run leaves over its pages: summary.json, changes.csv, names.csv and the index."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from cleanup.archive import overview
from cleanup.archive.ledger import Ledger, figures
from cleanup.archive.store import STAGED, Trouble, write_all
from cleanup.model.fix import Lang
from cleanup.version import VERSION

CHANGES = (
    "issue", "page", "path", "line", "id", "rule", "status", "reason", "confidence", "before", "after",
)  # fmt: skip
NAMES = ("name", "title", "issue", "pages", "times", "forms")
FAILURES = 1000
"""So many failures stand in summary.json; the index has all."""


def write(ledger: Ledger, out: Path, stage: Path, name: str, lang: Lang, times: tuple[float, float]) -> None:
    """Write everything that is about all pages; raises Trouble.

    But for `times` (when the run began and ended) in summary.json, the same pages give the same bytes.
    """
    _stream(out / "changes.csv", stage, CHANGES, figures.changes(ledger))
    _stream(out / "names.csv", stage, NAMES, figures.names(ledger))
    overview.write(ledger, out, stage, name, lang)
    found = numbers(ledger)
    found["times"] = {
        "begun": datetime.fromtimestamp(times[0], UTC).isoformat(timespec="seconds"),
        "seconds": round(times[1] - times[0], 1),
    }
    encoded = msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
    write_all({out / "summary.json": encoded}, stage)


def numbers(ledger: Ledger) -> dict[str, Any]:
    """The archive in numbers, as summary.json has them."""
    rules: dict[str, dict[str, int]] = {}
    for rule, status, count in figures.rules(ledger):
        rules.setdefault(rule, {})[status] = count
    passed = ledger.get("passed_over") or {"count": 0, "first": []}
    failures = [
        {"path": found.path, "zh": found.reason_zh, "en": found.reason_en}
        for found in ledger.rows("status = 'failed'", limit=FAILURES)
    ]
    return {
        "schema": 1,
        "tool": f"ocrfix {VERSION}",
        **figures.totals(ledger),
        "rules": rules,
        "failures": failures,
        "passed_over": {
            "count": passed["count"],
            "files": [{"path": path, "taken": taken} for path, taken in passed["first"]],
        },
    }


def _stream(place: Path, stage: Path, head: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """A table of any length, whole or not at all; UTF-8 with a mark that spreadsheets know it by."""
    temporary = stage / f"{STAGED}{place.name}"
    try:
        with temporary.open("w", encoding="utf-8-sig", newline="") as stream:
            table = csv.writer(stream, lineterminator="\n")
            table.writerow(head)
            table.writerows(rows)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(place)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise Trouble.writing(place, error) from None
