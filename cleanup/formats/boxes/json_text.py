"""JSON whose strings know where they stand in the file, so that words are changed in place.

What was read stays beside what an object says now, as `text_as_read` beside `text`; of a list of strings in
an object (`rec_texts`) the whole list. A string in a list of other things (`[box, text, score]`) has no such
place: who reads those counts on their length. Who changed it says a file that is one object at its end, any
other in each object that has changed; for lists in lists it is in the journal alone.
"""

from __future__ import annotations

import json
import json.scanner
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from json.decoder import JSONArray, scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleanup.formats.boxes.changes import Change, Key, in_place
from cleanup.formats.boxes.lines import ReadPage, Splice
from cleanup.formats.encoding import InputError

AS_READ = "_as_read"
"""How the name ends under which an object keeps what was read."""
BY = "repaired_by"
"""Under this name a changed file that is one object, or else a changed object, says by whom."""
_FIRST = re.compile(r"\ufeff?\s*\{(\s*)([\"'])(?:[^\"'\\]|\\.)*\2(\s*:\s*)")
_LAST = re.compile(r"\s*\}\s*\Z")
_NAME = 200
"""Characters before a value within which its name stands."""


class Held(NamedTuple):
    """A value of an object that is a string or a list of strings."""

    name: str
    start: int
    end: int
    owner: int = -1
    """Where the first such value of its object begins; -1: the object says already who changed it."""


class Text(str):
    """A string of the file; `start` to `end` is how it is written there, with its quotes."""

    __slots__ = ("end", "held", "start")
    start: int
    end: int
    held: Held | None
    """The value that it is, or that it is in; None where none is, or where what was read is kept already."""


def text_at(value: str, start: int, end: int) -> Text:
    """A string that stands there in the file."""
    text = Text(value)
    text.start, text.end, text.held = start, end, None
    return text


def hold(pairs: Mapping[str, Any], places: Mapping[str, tuple[int, int]]) -> None:
    """Tell the strings of an object, and of its lists that have a place, in which value they stand."""
    found = [
        (name, [value], value.start, value.end) if type(value) is Text else (name, value, *places[name])
        for name, value in pairs.items()
        if type(value) is Text or name in places
    ]
    owner = -1 if BY in pairs else min((start for _, _, start, _ in found), default=-1)
    for name, inner, start, end in found:
        if f"{name}{AS_READ}" not in pairs:
            for text in inner:
                if type(text) is Text:
                    text.held = Held(name, start, end, owner)


class _Strings(list[Any]):
    """A list that begins with a string."""

    __slots__ = ("place",)
    place: tuple[int, int]


def _placed(source: str, at: int, strict: bool = True) -> tuple[Text, int]:
    value, end = scanstring(source, at, strict)
    return text_at(value, at - 1, end), end


def _array(source_and_at: tuple[str, int], scan: Callable[[str, int], Any]) -> tuple[list[Any], int]:
    values, end = JSONArray(source_and_at, scan)
    if values and type(values[0]) is Text:
        values = _Strings(values)
        values.place = source_and_at[1] - 1, end
    return values, end


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    hold(found, {name: value.place for name, value in pairs if type(value) is _Strings})
    return found


class _Decoder(json.JSONDecoder):
    """The decoder of the standard library, written in Python, with the strings of values placed."""

    def __init__(self) -> None:
        super().__init__(strict=False, object_pairs_hook=_object)
        self.parse_string = _placed
        self.parse_array = _array
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
    tool: tuple[str, str],
    as_written: Callable[[str, str], str] = written,
) -> str:
    """The file with these lines changed, whose words' handles are Text; `tool` is the name and version of who
    did it."""
    kept, signed = set[Held](), {-1}
    is_object = bool(_FIRST.match(text) and _LAST.search(text))

    def splice(said: Text, new: str) -> Iterator[Splice]:
        held = said.held
        if held and held not in kept:
            kept.add(held)
            is_told = is_object or held.owner in signed
            signed.add(held.owner)
            yield held.end, held.end, _beside(text, held, as_written, "" if is_told else " ".join(tool))
        yield said.start, said.end, as_written(new, text[said.start : said.end])

    changed = in_place(text, pages, changes, splice)
    return _signed(changed, tool, as_written) if is_object and changed != text else changed


def _signed(text: str, tool: tuple[str, str], as_written: Callable[[str, str], str]) -> str:
    """A file that is one object, with who changed it at its end, spaced as it is."""
    first, last = _FIRST.match(text), _LAST.search(text)
    if not first or not last:
        return text
    blank, quote, colon = first.groups()
    if f"{quote}{BY}{quote}" in text[max(0, last.start() - _NAME) :]:
        return text
    said = as_written(BY, quote) + colon + as_written(" ".join(tool), quote)
    return f"{text[: last.start()]},{blank or ' ' * colon.endswith(' ')}{said}{text[last.start() :]}"


def _beside(text: str, held: Held, as_written: Callable[[str, str], str], by: str) -> str:
    """A value once more under its other name, and who changed it, spaced as the object has it."""
    before = text[max(0, held.start - _NAME) : held.start]
    found = re.search(rf"(\s*)([\"']{re.escape(held.name)}[\"'])(\s*:\s*)\Z", before)
    blank, name, colon = found.groups() if found else (" ", "", ": ")
    if comma := re.compile(r"\s*,(\s*)").match(text, held.end):
        blank = comma[1]
    said = f",{blank}{as_written(held.name + AS_READ, name)}{colon}{text[held.start : held.end]}"
    return said + (f",{blank}{as_written(BY, name)}{colon}{as_written(by, name)}" if by else "")
