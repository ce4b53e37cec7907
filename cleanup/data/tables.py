"""Tables of people: CSV, TSV, XLSX and JSON, with Chinese or English column names, cached once read."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from cleanup.data.files import DataError

COLUMNS = {
    "name": ("name", "full name", "姓名", "名字", "人名", "人员姓名", "姓名全称"),
    "title": ("title", "职务", "职位", "职称", "职务职称", "现任职务", "官职", "office", "position", "post"),
    "organization": (
        "organization",
        "organisation",
        "org",
        "unit",
        "单位",
        "机构",
        "部门",
        "工作单位",
        "所在单位",
    ),
    "start": ("from", "start", "since", "任职时间", "任职日期", "到任时间", "起", "开始", "起始时间", "起任"),
    "end": ("to", "end", "until", "离任时间", "离任日期", "卸任时间", "止", "结束", "截止时间", "终止时间"),
    "aliases": ("aliases", "alias", "别名", "曾用名", "笔名", "其他写法", "又名"),
    "place": ("place", "region", "地区", "地方", "地点", "任职地"),
    "traditional": ("traditional form", "traditional", "繁体", "繁体姓名", "繁體", "繁体形式"),
    "id": ("id", "编号", "序号", "人员编号"),
}
"""Field → the names that its column may bear."""
Row = tuple[str, str, str, str, str, tuple[str, ...], str, str, str]
"""The fields of a Person, in order."""
_SHIPPED, _REMARK = "# columns: ", re.compile("^# .*$", re.M)
"""How tables of the tool's own start, and their further remarks."""
_CACHE_VERSION = 1
_WORTH_CACHING = 200_000
"""Bytes of a table from which reading it again costs more than the cache."""


def rows(place: Path, data: bytes, digest: str) -> list[Row]:
    """The people of a table; from the cache where the same bytes were read before."""
    if len(data) < _WORTH_CACHING:
        return list(_people(place, data))
    file = _cache() / f"roster-{_CACHE_VERSION}-{digest[:32]}.msgpack"
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=list[Row])
    except (OSError, msgspec.MsgspecError):
        found = list(_people(place, data))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(msgspec.msgpack.encode(found))
        Path(temporary).replace(file)
    except OSError:
        pass  # a cache that cannot be written costs time only
    return found


def _cache() -> Path:
    home = os.environ.get("OCRFIX_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(home) / "ocrfix" if home else Path.home() / ".cache" / "ocrfix"


def numbered(place: Path, data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """(line or row number from 1, field → cell) of every row; raises DataError where no name column is."""
    if place.suffix.lower() == ".json":
        yield from _json(place, data)
        return
    table = _xlsx(place, data) if place.suffix.lower() == ".xlsx" else _delimited(place, data)
    header = [cell.strip().lower() for cell in next(table, (0, []))[1]]
    where = columns(header)
    if "name" not in where:
        shown = ", ".join(filter(None, header)) or "-"
        raise DataError(
            f"名册 {place} 的第一行没有“姓名”（或 name）列；现有：{shown}。",
            f"The roster {place} has no column 'name' (or 姓名) in its first row; it has: {shown}.",
        )
    for number, row in table:
        yield number, {field: row[at].strip() if at < len(row) else "" for field, at in where.items()}


def columns(header: list[str]) -> dict[str, int]:
    """Field → column, for the fields that a header names."""
    found = {
        field: next((header.index(word) for word in words if word in header), -1)
        for field, words in COLUMNS.items()
    }
    return {field: at for field, at in found.items() if at >= 0}


def aliases(cell: str) -> tuple[str, ...]:
    """The names in a cell, parted by 、 ； ; or |."""
    for mark in "、；|，,":
        cell = cell.replace(mark, ";")
    return tuple(alias.strip() for alias in cell.split(";") if alias.strip())


def _people(place: Path, data: bytes) -> Iterator[Row]:
    for _, cells in numbered(place, data):
        if name := "".join(cells["name"].split()):
            cell = cells.get
            yield (
                name, cell("title", ""), cell("organization", ""), cell("start", ""), cell("end", ""),
                aliases(cell("aliases", "")), cell("place", ""), cell("traditional", ""), cell("id", ""),
            )  # fmt: skip


def _delimited(place: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
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
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max("\t,;", key=first.count))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise DataError(
            f"名册 {place} 不是可读的 CSV 表格：{error}。",
            f"The roster {place} is no readable CSV table: {error}.",
        ) from None


def _xlsx(place: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds on a broken file
        raise DataError(
            f"名册 {place} 不是可读的 XLSX 工作簿：{error}。",
            f"The roster {place} is no readable XLSX workbook: {error}.",
        ) from None
    for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
        yield number, [_cell(cell) for cell in row]


def _cell(value: Any) -> str:
    iso = getattr(value, "date", None)  # a cell that the workbook holds as a date
    return "" if value is None else str(iso()) if callable(iso) else str(value)


def _json(place: Path, data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        built = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DataError(
            f"名册 {place} 不是可读的 JSON：{error}。", f"The roster {place} is no readable JSON: {error}."
        ) from None
    if isinstance(built, dict):
        built = next((value for value in built.values() if isinstance(value, list)), None)
    if not isinstance(built, list) or not all(isinstance(row, dict) for row in built):
        raise DataError(
            f'名册 {place} 应是对象的列表，如 [{{"姓名": …}}]。',
            f'The roster {place} should be a list of objects, like [{{"name": …}}].',
        )
    for number, row in enumerate(built, 1):
        lowered = {str(key).strip().lower(): value for key, value in row.items()}
        keys = list(lowered)
        cells = {field: lowered[keys[at]] for field, at in columns(keys).items()}
        if "name" not in cells:
            shown = ", ".join(keys) or "-"
            raise DataError(
                f"名册 {place} 第 {number} 项没有“姓名”（或 name）；现有：{shown}。",
                f"The roster {place}, item {number}, has no 'name' (or 姓名); it has: {shown}.",
            )
        yield (
            number,
            {
                field: ";".join(map(str, value))
                if isinstance(value, list)
                else ""
                if value is None
                else str(value)
                for field, value in cells.items()
            },
        )
