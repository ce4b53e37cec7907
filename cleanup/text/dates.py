"""Dates of documents and terms of office: 2024年1月15日, 二〇二四年一月, 2021-08, 20240115.txt."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import regex

FIRST, LAST = "0000-00-00", "9999-99-99"
_DIGITS = str.maketrans("〇零○一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_FULL = regex.compile(r"(?<!\d)((?:18|19|20)\d\d)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})(?!\d)\s?日?")
_SOLID = regex.compile(r"(?<!\d)((?:18|19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_TERM = regex.compile(r"((?:18|19|20)\d\d)(?:\s?[年./-]?\s?(\d{1,2})(?:\s?[月./-]?\s?(\d{1,2}))?)?")
_NUMERAL = regex.compile(r"[〇零○一二三四五六七八九]{4}年|[二三]?十[一二三四五六七八九]?(?=[月日])")
HEAD = 600
"""So far into a document a masthead or dateline may stand."""


class Period(NamedTuple):
    """From a day to a day, as ISO dates; both ends count."""

    start: str = FIRST
    end: str = LAST

    def covers(self, day: str) -> bool:
        return self.start <= day <= self.end

    @property
    def is_open(self) -> bool:
        """Nothing is said about when."""
        return self.start == FIRST and self.end == LAST


@lru_cache(maxsize=4096)
def period(start: str, end: str) -> Period:
    """The term that two cells of a roster give; an empty or unreadable one leaves that end open."""
    return Period(day(start, "-00") or FIRST, day(end, "-99") or LAST)


def day(cell: str, rest: str) -> str:
    """A cell as ISO date, with `rest` for what it leaves out; empty where it says no date."""
    found = _TERM.search(cell.translate(_DIGITS))
    if not found:
        return ""
    year, month, number = found.groups()
    return (
        f"{year}-{int(month):02}{f'-{int(number):02}' if number else rest}" if month else year + rest + rest
    )


def of_document(text: str, name: str = "") -> str:
    """The day of a document as ISO date: a dated head, else its name; empty where neither says one."""
    head = _NUMERAL.sub(lambda match: _number(match[0]), text[:HEAD]).translate(_DIGITS)
    for found in _FULL.finditer(head):
        if stated := _real(*found.groups()):
            return stated
    for found in (*_FULL.finditer(name), *_SOLID.finditer(name)):
        if stated := _real(*found.groups()):
            return stated
    return ""


def of_folder(path: str) -> str:
    """The day that the folders of a file say (20240115/01.txt, 2024/01/15/01.txt, 2024-01/15.txt)."""
    if not path:
        return ""
    *folders, file = regex.split(r"[/\\]+", path)
    parts = [*folders, file.partition(".")[0]]
    for last in range(len(parts), 0, -1):
        for first in range(last - 1, max(-1, last - 4), -1):
            found = of_document("", "-".join(parts[first:last])) or of_document(
                "", "".join(parts[first:last])
            )
            if found and (last < len(parts) or last - first > 1):
                return found
    return ""


def stated(option: str) -> str:
    """A date given by hand (2024-01-15, 20240115 or 2024年1月15日) as ISO date; empty where it is none."""
    return of_document("", option)


def _real(year: str, month: str, number: str) -> str:
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""


def _number(numeral: str) -> str:
    if numeral.endswith("年"):
        return numeral.translate(_DIGITS)
    tens, _, ones = numeral.partition("十")
    return f"{(tens or '1').translate(_DIGITS)}{ones.translate(_DIGITS) or '0'}"
