"""The archive in figures, out of the ledger, and the index page with the rows of its tables.

Rows are read as a stream and written part by part: memory does not grow with the archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from cleanup.archive.ledger import Ledger, figures, issues
from cleanup.archive.store import write_all
from cleanup.model.fix import Lang
from cleanup.reports import index
from cleanup.version import VERSION


def write(ledger: Ledger, out: Path, stage: Path, name: str, lang: Lang) -> None:
    """Write OUT/index.html and OUT/index/; raises Trouble."""
    rows: tuple[tuple[index.Kind, Iterator[list[Any]]], ...] = (
        ("issues", figures.issues(ledger)),
        ("pages", figures.pages(ledger)),
        ("names", map(list, figures.names(ledger))),
        ("articles", issues.rows(ledger, "articles")),
        ("loose", issues.rows(ledger, "loose_ends")),
        ("failures", figures.failures(ledger)),
    )
    parts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for kind, found in rows:
        parts[kind], counts[kind] = _write_parts(kind, found, out, stage)
    page = index.Overview(
        name=name,
        tool=f"ocrfix {VERSION}",
        counts=figures.totals(ledger),
        families=tuple(figures.families(ledger)),
        pairs=tuple(figures.pairs(ledger)),
        names=tuple(figures.people(ledger)),
        quality=tuple(figures.quality(ledger)),
        timeline=tuple(figures.timeline(ledger, counts["issues"])),
        parts=parts,
        rows=counts,
    )
    write_all({out / "index.html": index.render(page, lang).encode()}, stage)
    # Parts of a larger archive that was here before; the page no longer asks for them.
    for place in (out / "index").glob("*.js"):
        table, _, number = place.stem.rpartition("-")
        if number.isdigit() and int(number) >= parts.get(table, 0):
            place.unlink()


def _write_parts(kind: index.Kind, rows: Iterator[list[Any]], out: Path, stage: Path) -> tuple[int, int]:
    parts = count = 0
    while chunk := list(islice(rows, index.PART)):
        place = out / "index" / f"{kind}-{parts:05}.js"
        write_all({place: index.part(kind, parts, chunk)}, stage)
        parts += 1
        count += len(chunk)
    return parts, count
