"""JSON whose strings know where they stand in the file, so that words are changed in place."""

from __future__ import annotations

import json
import json.scanner
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from cleanup.formats.boxes.changes import Change, Key, in_place
from cleanup.formats.boxes.lines import ReadPage
from cleanup.formats.encoding import InputError


class Text(str):
    """A string of the file; `start` to `end` is how it is written there, with its quotes."""

    __slots__ = ("end", "start")
    start: int
    end: int


def _placed(source: str, at: int, strict: bool = True) -> tuple[Text, int]:
    value, end = scanstring(source, at, strict)
    text = Text(value)
    text.start, text.end = at - 1, end
    return text, end


class _Decoder(json.JSONDecoder):
    """The decoder of the standard library, written in Python, with the strings of values placed."""

    def __init__(self) -> None:
        super().__init__(strict=False)
        self.parse_string = _placed
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]


@lru_cache(maxsize=1)  # whoever tells formats apart and whoever reads then ask for the same
def load(source: str) -> Any:
    """What JSON says; its strings (names aside) are Text. Raises InputError."""
    try:
        return _Decoder().decode(source)
    except json.JSONDecodeError as error:
        raise InputError("broken-json", line=error.lineno, why=error.msg) from None
    except RecursionError:
        raise InputError("too-deep") from None


def is_valid(source: str) -> bool:
    """Whether a text is JSON."""
    try:
        load(source)
    except InputError:
        return False
    return True


def written(new: str, old: str) -> str:
    """A string as the file writes strings; `old` is one of its own."""
    return json.dumps(new, ensure_ascii=old.isascii() and "\\u" in old)


def rewritten(
    text: str,
    pages: Sequence[ReadPage],
    changes: Mapping[Key, Change],
    as_written: Callable[[str, str], str] = written,
) -> str:
    """The file with these lines changed, whose words' handles are Text."""

    def splice(said: Text, new: str) -> tuple[int, int, str]:
        return said.start, said.end, as_written(new, text[said.start : said.end])

    return in_place(text, pages, changes, splice)
