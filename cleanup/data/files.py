"""Finds and reads the files under dictionaries/, installed or in a checkout."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cleanup.model.errors import OcrfixError
from cleanup.text.cache import Kept
from cleanup.text.once import once


class DataError(OcrfixError):
    """A data file is missing or broken; the message says which, where and what to do."""


@once
def folder() -> Path:
    """The dictionaries folder: inside the installed package, else the checkout's."""
    package = Path(__file__).resolve().parent.parent
    for place in (package / "dictionaries", package.parent / "dictionaries"):
        if place.is_dir():
            return place
    raise DataError(
        "安装中缺少 dictionaries 目录；请重新安装 ocrfix。",
        "The dictionaries folder is missing from the installation; reinstall ocrfix.",
    )


_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)
"""The data files read since somebody asked, where anybody does."""


@contextmanager
def noting(into: set[str] | None) -> Iterator[None]:
    """Note in `into` the names of the data files that are read meanwhile by this thread; None: note none."""
    before = _noted.set(into)
    try:
        yield
    finally:
        _noted.reset(before)


def path(name: str) -> Path:
    """The file `name` (like "phrases/misread.tsv"); raises DataError where it is missing."""
    if (noted := _noted.get()) is not None:
        noted.add(name)
    place = folder() / name
    if not place.is_file():
        raise DataError(
            f"{folder()} 中缺少数据文件 {name}；请重新安装 ocrfix。",
            f"The data file {name} is missing from {folder()}; reinstall ocrfix.",
        )
    return place


_digests = Kept("digests", "sha256", 1000)
"""By place, size, time and identity of a file: who changes a file changes these, as git too has it."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is written again has another time, on any file system (by hand)."""


@once
def digest(name: str) -> str:
    """SHA-256 of a data file."""
    place = path(name)
    found = place.stat()
    key = str(place), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
    if (kept := _digests.get(key)) is not None:
        return str(kept)
    with place.open("rb") as stream:
        made = hashlib.file_digest(stream, "sha256").hexdigest()
    if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) > _SETTLED:
        _digests.put(key, made)
    return made


class Stand(NamedTuple):
    """A file of the user's as it is now: who changes it gets another."""

    place: Path
    size: int
    time: int
    """When it was changed, in nanoseconds."""


def stand(file: str | Path) -> Stand:
    """How a file stands; size and time are -1 where there is none to be read."""
    try:
        found = Path(file).stat()
    except OSError:
        return Stand(Path(file), -1, -1)
    return Stand(Path(file), found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=64)
def digest_of(file: Stand) -> str:
    """SHA-256 of a file of the user's; raises DataError."""
    try:
        with file.place.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise DataError(
            f"{file.place} 无法读取：{error.strerror}；请检查路径。",
            f"{file.place} cannot be read: {error.strerror}; check the path.",
        ) from None


def rows(name: str, columns: int) -> list[list[str]]:
    """The rows of a table; raises DataError on a row of another width."""
    return _rows(
        path(name).read_text("utf-8"), name, columns,
        ("请恢复它或重装 ocrfix。", "restore the file or reinstall ocrfix."),
    )  # fmt: skip


def rows_of(file: Path, columns: int) -> list[list[str]]:
    """The same for a table of the user's."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"{file} 无法读取；请检查此文件。", f"{file} cannot be read ({error}); check it."
        ) from None
    return _rows(text, str(file), columns, ("请重做此文件，或把它移走。", "make it again, or move it away."))


def _rows(text: str, name: str, columns: int, advice: tuple[str, str]) -> list[list[str]]:
    found: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# ") or not line:
            continue
        cells = line.split("\t")
        if len(cells) != columns:
            raise DataError(
                f"{name} 第 {number} 行有 {len(cells)} 列，应为 {columns} 列；{advice[0]}",
                f"{name}, line {number}: {len(cells)} columns instead of {columns}; {advice[1]}",
            )
        found.append(cells)
    return found
