"""Archives to repair, what their ledgers say, and waiting for what runs over them do."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from conftest import SAMPLES

TERM = "市长胡衡华昨日到会，听取汇报。\n"
"""A page with an office that the default roster gives him from 2021-12 on: flagged by an earlier day."""
PAGES = (SAMPLES / "tesseract" / "page.txt", SAMPLES / "pp-ocr" / "page.txt")


def archive(folder: Path, count: int = 4) -> Path:
    """Issues with pages p1, p2 … of the samples, each a little different."""
    for number in range(count):
        place = folder / f"2024-01-{number // 4 + 1:02}" / f"p{number % 4 * 3 + 1}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        text = PAGES[number % 2].read_text("utf-8")
        place.write_text(f"第{number}次会议昨日召开(扩大)。\n{text}", "utf-8")
    return folder


def rows(out: Path, columns: str = "path, status") -> list[tuple[object, ...]]:
    """What the ledger keeps of the pages, in their order."""
    with closing(sqlite3.connect(out / "ocrfix.db")) as database:
        return database.execute(f"SELECT {columns} FROM pages ORDER BY place").fetchall()


def until(happens: Callable[[], object]) -> None:
    """Wait for something that a process does: as long as the slowest machine may need."""
    end = time.monotonic() + 300
    while not happens():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)
