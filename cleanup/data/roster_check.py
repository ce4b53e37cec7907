"""What is wrong with the rows of a roster, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleanup.data import tables
from cleanup.model.fix import Message
from cleanup.text.dates import day, period

_NOW = ("至今", "现在", "present", "now")
_NO_NAME = frozenset("，。、；：()（）?？0123456789")


class Problem(NamedTuple):
    """A cell of a roster that cannot be used as it is."""

    line: int
    column: str
    message: Message


def problems(place: Path) -> Iterator[Problem]:
    """Every bad cell; raises DataError where the file is no table of people."""
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in tables.numbered(place, place.read_bytes()):
        name = "".join(cells["name"].split())
        if not name:
            if any(cells.values()):
                yield Problem(
                    line, "name", Message("没有姓名；补上或删去此行。", "no name; add one or drop the row.")
                )
            continue
        if len(name) < 2 or _NO_NAME & set(name):
            yield Problem(
                line,
                "name",
                Message(
                    f"“{name}”不像姓名；请改正，别名另列。",
                    f"{name} is no name; correct it, and put other names under aliases.",
                ),
            )
        for column in ("start", "end"):
            cell = cells.get(column, "")
            if cell and cell not in _NOW and not day(cell, ""):
                yield Problem(
                    line,
                    {"start": "from", "end": "to"}[column],
                    Message(
                        f"“{cell}”不是日期；请写成 2024-01 或 2024-01-15。",
                        f"{cell} is no date; write 2024-01 or 2024-01-15.",
                    ),
                )
        term = period(cells.get("start", ""), cells.get("end", ""))
        if term.start > term.end:
            yield Problem(line, "to", Message("离任早于到任；请核对。", "ends before it starts; check both."))
        row = (name, *(cells.get(column, "") for column in ("title", "organization", "start", "end")))
        if row in seen:
            yield Problem(
                line,
                "name",
                Message(f"与第 {seen[row]} 行重复；删去一行。", f"the same as line {seen[row]}; drop one."),
            )
        seen.setdefault(row, line)
