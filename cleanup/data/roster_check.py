"""What is wrong with the rows of a roster, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cleanup.data import tables
from cleanup.model.fix import Message
from cleanup.text.dates import day, ends, period

_NOW = ("至今", "今", "现在", "present", "now")
_NO_NAME = frozenset("，。、；：()（）?？0123456789/|")
_FIELDS = {"start": "from", "end": "to"}


class Problem(NamedTuple):
    """A cell of a roster that cannot be used as it is."""

    line: int
    """Of the file; the number of the row in a workbook or a JSON list."""
    column: str
    message: Message


class Column(NamedTuple):
    """A column as the file calls it, and as what it is read; nothing where it is not read."""

    header: str
    field: str


def columns(place: Path) -> list[Column]:
    """What becomes of the columns; raises DataError where the file is no table of people."""
    found: list[Column] = []
    for table in tables.read(place, place.read_bytes()):
        read = {at: _FIELDS.get(field, field) for field, at in table.columns.items()}
        found += [
            Column(cell.strip(), read.get(at, "")) for at, cell in enumerate(table.header) if cell.strip()
        ]
    return list(dict.fromkeys(found))


def problems(place: Path) -> Iterator[Problem]:
    """Every bad cell; raises DataError where the file is no table of people."""
    seen: dict[tuple[str, ...], int] = {}
    for table in tables.read(place, place.read_bytes()):
        where = table.columns
        for line, row in table.rows:
            cells = {field: row[at].strip() if at < len(row) else "" for field, at in where.items()}
            if more := [cell for cell in row[len(table.header) :] if cell.strip()]:
                yield Problem(
                    line,
                    str(len(table.header) + 1),
                    Message(
                        f"比列名多出 {len(more)} 格（{more[0]}）；内容里有逗号的格请加引号。",
                        f"{len(more)} cells beyond the columns ({more[0]}); quote cells that hold commas.",
                    ),
                )
            yield from _bad(line, cells, seen)


def _bad(line: int, cells: Mapping[str, str], seen: dict[tuple[str, ...], int]) -> Iterator[Problem]:
    name = tables.called(cells["name"])
    if not name:
        if any(cells.values()):
            yield Problem(
                line, "name", Message("没有姓名；补上或删去此行。", "no name; add one or drop the row.")
            )
        return
    if len(name) < 2 or _NO_NAME & set(name):
        yield Problem(
            line,
            "name",
            Message(
                f"“{name}”不像姓名；一行只写一人，别名另列。",
                f"{name} does not look like a name; write one person per row, and other names under aliases.",
            ),
        )
    for alias in tables.aliases(cells.get("aliases", "")):
        if len(alias) < 2 or alias == name:
            yield Problem(
                line,
                "aliases",
                Message(
                    f"别名“{alias}”太短或与姓名相同；请删去。",
                    f"the alias {alias} is too short or the name itself; drop it.",
                ),
            )
    start, end = ends(cells.get("start", ""), cells.get("end", ""))
    for field, cell in (("start", start), ("end", end)):
        if cell and cell not in _NOW and not _is_day(cell):
            yield Problem(
                line,
                _FIELDS[field],
                Message(
                    f"“{cell}”不是日期；请写成 2024-01 或 2024-01-15。",
                    f"{cell} is not a date; write 2024-01 or 2024-01-15.",
                ),
            )
    term = period(start, end)
    if term.start > term.end:
        yield Problem(line, "to", Message("离任早于到任；请核对。", "ends before it starts; check both."))
    row = (
        name,
        *(cells.get(column, "") for column in ("title", "organization", "place", "start", "end", "id")),
    )
    if row in seen:
        yield Problem(
            line,
            "name",
            Message(f"与第 {seen[row]} 行重复；删去一行。", f"the same as line {seen[row]}; drop one."),
        )
    seen.setdefault(row, line)


def _is_day(cell: str) -> bool:
    """Whether a cell says a date that there is."""
    found = day(cell, "")
    _, *rest = found.split("-")
    return bool(found) and all(1 <= int(part) <= most for part, most in zip(rest, (12, 31), strict=False))
