"""Tables of people: CSV, TSV, XLSX and JSON, with Chinese or English column names, cached once read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from cleanup.data.files import DataError
from cleanup.text import cache, dates
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

COLUMNS = {
    field: tuple(words.split())
    for field, words in {
        "name": "name fullname 姓名 名字 人名 人员姓名 姓名全称",
        "title": "title jobtitle office position post role 职务 职位 职称 职务职称 现任职务 担任职务 "
        "职务名称 行政职务 官职 岗位",
        "organization": "organization organisation org unit institution department 单位 单位名称 "
        "机构 机构名称 部门 工作单位 所在单位 所属单位 任职单位",
        "start": "from start since startdate termstart term 任职时间 任职日期 任职起始时间 "
        "任职开始时间 任期 任期开始 任职期间 到任时间 到任日期 就任时间 上任时间 起 "
        "开始 开始时间 起始时间 起始日期 起任",
        "end": "to end until enddate termend 离任时间 离任日期 离任 卸任时间 免职时间 去职时间 "
        "任期结束 止 结束 结束时间 结束日期 截止时间 终止时间 终止日期",
        "aliases": "aliases alias othernames alsoknownas aka 别名 别称 曾用名 原名 笔名 化名 其他写法 又名",
        "place": "place region location 地区 地方 地点 任职地 所在地",
        "traditional": "traditionalform traditional 繁体 繁体姓名 繁体名 繁体写法 繁體 繁体形式",
        "id": "id no no. 编号 序号 人员编号 工号",
    }.items()
}
"""Field → the names that its column may bear, without spaces and what stands in brackets."""
Row = tuple[str, str, str, str, str, tuple[str, ...], str, str, str]
"""The fields of a Person, in order."""
_SHIPPED, _REMARK = "# columns: ", re_pattern("^# .*$", re.M)
"""How tables of the tool's own start, and their further remarks."""
_CACHE_VERSION = 2
_HEAD = 10
"""Rows among which the names of the columns stand; titles may stand above them."""
_ASIDE = re_pattern(r"[（(].*?[）)]|\s+")
_BRACKETS = re_pattern(r"\s*[（(][^）)]*[）)]\s*$|[*＊]+$")
_INNER = re_pattern(rf"(?<=[{HAN}·])\s+(?=[{HAN}·])")
_WORTH_CACHING = 200_000
"""Bytes of a table from which reading it again costs more than the cache."""


def rows(place: Path, data: bytes, digest: str) -> list[Row]:
    """The people of a table; from the cache where the same bytes were read before."""
    if len(data) < _WORTH_CACHING:
        return list(_people(place, data))
    file = cache.folder() / f"roster-{_CACHE_VERSION}-{digest[:32]}.msgpack"
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=list[Row])
    except (OSError, msgspec.MsgspecError):
        found = list(_people(place, data))
    cache.keep(file, msgspec.msgpack.encode(found))
    return found


class Table(NamedTuple):
    """A table as it stands in a file: what its columns are called, and its rows by line or row number."""

    header: list[str]
    rows: list[tuple[int, list[str]]]

    @property
    def columns(self) -> dict[str, int]:
        """Field → column, for the fields that the header names."""
        plain = [_ASIDE.sub("", cell).lower() for cell in self.header]
        found = {
            field: next((plain.index(word) for word in words if word in plain), -1)
            for field, words in COLUMNS.items()
        }
        return {field: at for field, at in found.items() if at >= 0}


def read(place: Path, data: bytes) -> list[Table]:
    """The tables of people in a file; raises DataError where none has a column of names."""
    kind = place.suffix.lower()
    sheets = _json(place, data) if kind == ".json" else _xlsx(place, data) if kind == ".xlsx" else None
    found = [table for sheet in sheets or [_delimited(place, data)] if (table := _headed(sheet))]
    if found:
        return found
    first = next((row for sheet in sheets or [_delimited(place, data)] for _, row in sheet[:1]), [])
    shown = ", ".join(filter(None, map(str.strip, first))) or "-"
    raise DataError(
        f"名册 {place} 前 {_HEAD} 行没有“姓名”（或 name）列；第一行是：{shown}。请加一行列名。",
        f"The roster {place} has no column 'name' (or 姓名) in its first {_HEAD} rows; "
        f"the first is: {shown}. Add a row that names the columns.",
    )


def _headed(rows: list[tuple[int, list[str]]]) -> Table | None:
    """Rows as a table: the first of them that names a column of names is its header."""
    for at, (_, cells) in enumerate(rows[:_HEAD]):
        table = Table(cells, rows[at + 1 :])
        if "name" in table.columns:
            return table
    return None


def numbered(place: Path, data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """(line or row number from 1, field → cell) of every row; raises DataError where no name column is."""
    for table in read(place, data):
        where = table.columns
        for number, row in table.rows:
            yield number, {field: row[at].strip() if at < len(row) else "" for field, at in where.items()}


def called(cell: str) -> str:
    """The name in a cell, without spaces between Han and what stands behind it in brackets: 王　伟（女）."""
    return _INNER.sub("", " ".join(_BRACKETS.sub("", cell).split()))


def aliases(cell: str) -> tuple[str, ...]:
    """The names in a cell, parted by 、 ； ; or |."""
    for mark in "、；|，,":
        cell = cell.replace(mark, ";")
    return tuple(alias.strip() for alias in cell.split(";") if alias.strip())


def _people(place: Path, data: bytes) -> Iterator[Row]:
    for _, cells in numbered(place, data):
        if name := called(cells["name"]):
            cell = cells.get
            start, end = dates.ends(cell("start", ""), cell("end", ""))
            yield (
                name, cell("title", ""), cell("organization", ""), start, end,
                aliases(cell("aliases", "")), cell("place", ""), cell("traditional", ""), cell("id", ""),
            )  # fmt: skip


def _delimited(place: Path, data: bytes) -> list[tuple[int, list[str]]]:
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
    if text.startswith(_SHIPPED):
        text = _REMARK.sub("", text.removeprefix(_SHIPPED))
    head = text[: _place_of(text, "\n", _HEAD)]
    reader = csv.reader(io.StringIO(text), delimiter=max("\t,;", key=head.count))
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
        return rows
    except csv.Error as error:
        raise DataError(
            f"名册 {place} 不是可读的 CSV 表格：{error}。",
            f"The roster {place} is not a readable CSV table: {error}.",
        ) from None


def _place_of(text: str, mark: str, number: int) -> int:
    """Where `mark` stands for the `number`th time; the end where it does not."""
    at = -1
    for _ in range(number):
        if (at := text.find(mark, at + 1)) < 0:
            return len(text)
    return at


def _xlsx(place: Path, data: bytes) -> list[list[tuple[int, list[str]]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds on a broken file
        raise DataError(
            f"名册 {place} 不是可读的 XLSX 工作簿：{error}。",
            f"The roster {place} is not a readable XLSX workbook: {error}.",
        ) from None
    return [
        [
            (number, [_cell(cell) for cell in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
        ]
        for sheet in book.worksheets
    ]


def _cell(value: Any) -> str:
    iso = getattr(value, "date", None)  # a cell that the workbook holds as a date
    return "" if value is None else str(iso()) if callable(iso) else str(value)


def _json(place: Path, data: bytes) -> list[list[tuple[int, list[str]]]]:
    try:
        built = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DataError(
            f"名册 {place} 不是可读的 JSON：{error}。", f"The roster {place} is not readable JSON: {error}."
        ) from None
    if isinstance(built, dict):
        built = next((value for value in built.values() if isinstance(value, list)), None)
    if isinstance(built, list):
        built = [{"name": row} if isinstance(row, str) else row for row in built]
    if not isinstance(built, list) or not all(isinstance(row, dict) for row in built):
        raise DataError(
            f'名册 {place} 应是对象的列表，如 [{{"姓名": …}}]，或姓名的列表。',
            f'The roster {place} should be a list of objects, like [{{"name": …}}], or of names.',
        )
    keys = list(dict.fromkeys(str(key) for row in built for key in row))
    rows = [
        (number, [_said({str(key): value for key, value in row.items()}.get(key)) for key in keys])
        for number, row in enumerate(built, 1)
    ]
    return [[(0, keys), *rows]]


def _said(value: Any) -> str:
    return ";".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
