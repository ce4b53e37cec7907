"""Text whose bytes were read in the wrong encoding: what the right one gives, where the bytes prove it.

A reading is only offered where the bytes of the text decode without a fault and encode back to themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cleanup.text import signs
from cleanup.text.patterns import re_pattern

_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
_CP1252 = {bytes([code]).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in _UNDEFINED}
_HIGH = "\x80-\xff" + "".join(_CP1252)
_TAIL = "\x80-\xbf" + "".join(_CP1252)
_LEAD = "âãäåæçèéï"
_UTF8_AS_LATIN = re_pattern(
    f"[{_LEAD}][{_TAIL}]{{2}}(?:[ -~]{{0,12}}(?:[{_LEAD}][{_TAIL}]{{2}}|[ÂÃ][{_TAIL}]))*"
)
_GBK_AS_LATIN = re_pattern(f"[\x81-\xf7][{_HIGH}]{{3,}}")
_BIG5_AS_LATIN = re_pattern(f"(?:[\x81-\xf9](?:[@-~]|[{_HIGH}])){{4,}}")
_WESTERN = re_pattern(f"Ã[{_TAIL}]|â(?:€|\x80)[{_TAIL}]")
"""A letter with an accent, a dash or a quotation mark of UTF-8, read as Latin-1: CafÃ©, itâ€™s."""
_WESTERN_TOO = re_pattern(f"[ÂÃ][{_TAIL}]|â(?:€|\x80)[{_TAIL}]")
"""What else is so where one of these stands."""
_FIRST = "".join(map(chr, range(0x81, 0xF8)))
_EURO = "€"
"""What GBK readers make of the byte 80."""


class Reading(NamedTuple):
    start: int
    end: int
    text: str
    """What the bytes say in the right encoding."""
    wrong: str
    right: str
    """Names of the two encodings, as people call them."""


def readings(text: str) -> Iterator[Reading]:
    """Runs of `text` that another encoding reads without a fault; whether it reads better is not judged."""
    for match in signs.matches(_UTF8_AS_LATIN, text, _LEAD):
        if found := _reread(_latin_bytes(match.group()), "utf-8"):
            yield Reading(match.start(), match.end(), found, "Latin-1", "UTF-8")
    for match in signs.matches(_GBK_AS_LATIN, text, _FIRST):
        if found := _reread(_latin_bytes(match.group()), "gbk"):
            yield Reading(match.start(), match.end(), found, "Latin-1", "GBK")
    for match in signs.matches(_BIG5_AS_LATIN, text, _FIRST):
        if found := _reread(_latin_bytes(match.group()), "big5"):
            yield Reading(match.start(), match.end(), found, "Latin-1", "Big5")
    if next(signs.matches(_guard(), text, _chars(_LEADS, _TAILS)), None):
        yield from _utf8_as_gbk(text)


def western(text: str) -> Iterator[Reading]:
    """Letters with accents, dashes and quotation marks of UTF-8 that were read as Latin-1, one by one."""
    if not next(signs.matches(_WESTERN, text, "Ãâ"), None):
        return
    for match in _WESTERN_TOO.finditer(text):
        if found := _reread(_latin_bytes(match.group()), "utf-8"):
            yield Reading(match.start(), match.end(), found, "Latin-1", "UTF-8")


def _utf8_as_gbk(text: str) -> Iterator[Reading]:
    # Three bytes a character against two: a run may break off within one, so the longest sound part is read.
    for match in _run().finditer(text):
        start, end = match.span()
        while start < end:
            length, found = _longest(text[start:end])
            if length > 1:
                yield Reading(start, start + length, found, "GBK", "UTF-8")
            start += max(1, length)


def _longest(run: str) -> tuple[int, str]:
    """How many characters from the first are UTF-8 read as GBK, and what they say."""
    pieces = [b"\x80" if char == _EURO else char.encode("gb18030") for char in run]
    data = b"".join(pieces)
    try:
        good = len(data.decode("utf-8").encode("utf-8"))
    except UnicodeDecodeError as error:
        good = error.start
    ends = [0]
    for piece in pieces:
        ends.append(ends[-1] + len(piece))
    for length in range(len(run), 1, -1):
        # Both a boundary of GBK characters and, as the next byte starts a character, of UTF-8.
        if ends[length] <= good and (ends[length] == len(data) or data[ends[length]] & 0xC0 != 0x80):
            return length, data[: ends[length]].decode("utf-8")
    return 0, ""


def _reread(data: bytes, right: str) -> str | None:
    try:
        found = data.decode(right)
        return found if found.encode(right) == data else None
    except UnicodeError:
        return None


def _latin_bytes(run: str) -> bytes:
    # What CP1252 leaves undefined, programs read as Latin-1.
    return bytes(_CP1252.get(char) or ord(char) for char in run)


@cache
def _guard() -> re.Pattern[str]:
    """How UTF-8 of Chinese begins when read as GBK."""
    return re_pattern(f"[{_gbk(_LEADS, _TAILS)}][{_EURO}{_gbk(_TAILS, _LEADS)}]")


@cache
def _run() -> re.Pattern[str]:
    first = _gbk(_LEADS, _TAILS)
    return re_pattern(f"[{first}][{_EURO}{first}{_gbk(_TAILS, _LEADS)}{_gbk(_TAILS, _TAILS)}]+")


_LEADS, _TAILS = (0xE2, 0xE3, *range(0xE4, 0xEA), 0xEF), tuple(range(0x80, 0xC0))
"""First and further bytes of Chinese characters and punctuation in UTF-8."""


def _gbk(first: tuple[int, ...], second: tuple[int, ...]) -> str:
    """The GBK characters with these bytes, for a regex class."""
    return re.escape(_chars(first, second))


@cache
def _chars(first: tuple[int, ...], second: tuple[int, ...]) -> str:
    """The GBK characters with these bytes."""
    chars: list[str] = []
    for pair in (bytes((high, low)) for high in first for low in second):
        try:
            chars.append(pair.decode("gb18030"))
        except UnicodeDecodeError:
            continue
    return "".join(chars)


SIGNS = "".join(map(chr, range(0x81, 0x100))) + _chars(_LEADS, _TAILS)
"""One of these begins whatever was read in the wrong encoding."""
