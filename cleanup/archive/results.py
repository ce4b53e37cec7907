"""The results that are reviewed: journals of a folder, each with both of its texts."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cleanup.engine import repair
from cleanup.formats.encoding import InputError, decode
from cleanup.model import replay
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.journal import TextFile
from cleanup.model.result import Result
from cleanup.reports import journal as journals

ENDING = ".journal.json"


class Unusable(OcrfixError):
    """A result cannot be read; the message says which, why and what to do."""

    exit_code = Exit.JOURNAL


def root(out: Path) -> Path:
    """The folder that the decisions and the index lie in."""
    return out if out.is_dir() else out.parent


def find(out: Path) -> list[Path]:
    """The journals of a results folder, in order; or the one journal itself."""
    return sorted(out.rglob(f"*{ENDING}")) if out.is_dir() else [out]


def read(place: Path, source: Path | None = None) -> Result:
    """The result of a journal: from its clean text, else from `source`; raises Unusable."""
    try:
        journal = journals.decode(place.read_bytes())
    except OSError as error:
        raise Unusable(
            f"{place} 无法读取：{error.strerror}。", f"{place}: cannot be read: {error.strerror}."
        ) from None
    except journals.JournalError as error:
        raise Unusable(
            f"{place} 不能用作日志：{error.message.zh}请重新修复这一页。",
            f"{place} cannot be used as a journal: {error} Repair this page again.",
        ) from None
    try:
        clean = _text(place.parent / journal.output.name, journal.output)
        if clean is not None:
            return Result(replay.undo(clean, journal), clean, journal)
        original = _source(source, journal.source) if source is not None else None
        if original is not None:
            return Result(original, replay.replay(original, journal), journal)
    except replay.JournalMismatch:
        pass
    raise Unusable(
        f"{place.parent / journal.output.name} 不在或已被改动，原文件也不在；请重新修复这一页。",
        f"{place.parent / journal.output.name} is missing or was edited, and so is the source; repair this "
        "page again.",
    )


def _source(place: Path, said: TextFile) -> str | None:
    """The text of a source, where its file is the one that the journal speaks of."""
    try:
        data = place.read_bytes()
        if hashlib.sha256(data).hexdigest() != said.sha256:
            return None
        return repair.read(data, said.name, said.envelope.encoding).text
    except (OSError, InputError):
        return None


def _text(place: Path, said: TextFile) -> str | None:
    """A clean text, where it is the one that the journal speaks of."""
    try:
        data = place.read_bytes()
        if hashlib.sha256(data).hexdigest() != said.sha256:
            return None
        return decode(data, dict, said.envelope.encoding)[0]
    except (OSError, InputError):
        return None
