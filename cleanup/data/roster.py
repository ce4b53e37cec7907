"""Rosters: the people whose names may be repaired, from CSV, TSV or XLSX."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cleanup.data.files import DataError

_COLUMNS = {
    "name": ("name", "姓名", "名字", "人名", "人员姓名"),
    "title": ("title", "职务", "职位", "职称", "职务职称", "office", "position"),
    "organization": ("organization", "organisation", "org", "单位", "机构", "部门", "工作单位"),
    "start": ("from", "start", "任职时间", "任职日期", "起", "开始", "起始时间"),
    "end": ("to", "end", "离任时间", "离任日期", "止", "结束", "截止时间"),
    "aliases": ("aliases", "alias", "别名", "曾用名", "笔名", "其他写法"),
}


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    title: str = ""
    organization: str = ""
    start: str = ""
    end: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Roster:
    """People, with the ways to look them up that rules need."""

    people: tuple[Person, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    """(file name, SHA-256) of every file it was read from."""

    @cached_property
    def by_name(self) -> dict[str, tuple[Person, ...]]:
        """Name or alias → everybody who bears it."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            for name in (person.name, *person.aliases):
                found.setdefault(name, []).append(person)
        return {name: tuple(people) for name, people in found.items()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name and alias, sorted."""
        return tuple(sorted(self.by_name))

    @cached_property
    def gapped(self) -> dict[str, tuple[str, ...]]:
        """Name with one character replaced by "?" → the names that fit it."""
        found: dict[str, list[str]] = {}
        for name in self.by_name:
            if 2 <= len(name) <= 5:
                for at in range(len(name)):
                    found.setdefault(f"{name[:at]}?{name[at + 1 :]}", []).append(name)
        return {key: tuple(names) for key, names in found.items()}


def load(files: Iterable[str | Path]) -> Roster:
    """One roster of all `files`; raises DataError on a missing file or a table without names."""
    people: dict[Person, None] = {}
    digests: list[tuple[str, str]] = []
    for file in files:
        place = Path(file)
        if not place.is_file():
            raise DataError(
                f"找不到名册 {place}；请检查 --roster 的路径。",
                f"The roster {place} is not there; check the path given to --roster.",
            )
        try:
            data = place.read_bytes()
        except OSError as error:
            raise DataError(
                f"名册 {place} 无法读取：{error.strerror}。",
                f"The roster {place} cannot be read: {error.strerror}.",
            ) from None
        digests.append((place.name, hashlib.sha256(data).hexdigest()))
        for person in _people(place, data):
            people[person] = None
    return Roster(tuple(people), tuple(digests))


def _people(place: Path, data: bytes) -> Iterator[Person]:
    table = _xlsx(place, data) if place.suffix.lower() == ".xlsx" else _delimited(place, data)
    header = [cell.strip().lower() for cell in next(table, [])]
    where = {
        field: next((header.index(word) for word in words if word in header), None)
        for field, words in _COLUMNS.items()
    }
    if where["name"] is None:
        shown = ", ".join(filter(None, header)) or "-"
        raise DataError(
            f"名册 {place} 的第一行没有“姓名”（或 name）列；现有：{shown}。",
            f"The roster {place} has no column 'name' (or 姓名) in its first row; it has: {shown}.",
        )
    for row in table:
        cells = {
            field: row[at].strip() if at is not None and at < len(row) else "" for field, at in where.items()
        }
        name = "".join(cells["name"].split())
        if not name:
            continue
        aliases = tuple(
            alias.strip()
            for alias in cells["aliases"].replace("、", ";").replace("；", ";").replace("|", ";").split(";")
            if alias.strip()
        )
        yield Person(name, cells["title"], cells["organization"], cells["start"], cells["end"], aliases)


def _delimited(place: Path, data: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise DataError(
            f"名册 {place} 既不是 UTF-8 也不是 GB18030；请另存为 UTF-8。",
            f"The roster {place} is neither UTF-8 nor GB18030; save it as UTF-8.",
        )
    first = text.partition("\n")[0]
    delimiter = max("\t,;", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter)
    except csv.Error as error:
        raise DataError(
            f"名册 {place} 不是可读的 CSV 表格：{error}。",
            f"The roster {place} is no readable CSV table: {error}.",
        ) from None


def _xlsx(place: Path, data: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds on a broken file
        raise DataError(
            f"名册 {place} 不是可读的 XLSX 工作簿：{error}。",
            f"The roster {place} is no readable XLSX workbook: {error}.",
        ) from None
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield ["" if cell is None else str(cell) for cell in row]
