"""Dates of documents and terms of office: 2024年1月15日, 二〇二四年一月, 2021-08, 20240115.txt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import regex

from cleanup.text.patterns import regex_pattern

FIRST, LAST = "0000-00-00", "9999-99-99"
_DIGITS = str.maketrans("〇零○一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
FULL = regex_pattern(r"(?<!\d)((?:18|19|20)\d\d)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})(?!\d)\s?日?")
_SOLID = regex_pattern(r"(?<!\d)((?:18|19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_TERM = regex_pattern(r"((?:18|19|20)\d\d)(?:\s?[年./-]?\s?(\d{1,2})(?:\s?[月./-]?\s?(\d{1,2}))?)?")
_RANGE = regex_pattern(
    r"((?:18|19|20)\d\d[\d年月日./\s-]*?)\s?"
    r"(?:—+|–|－|~|～|至|到|-(?=(?:18|19|20)\d\d|\D)|\s-\s)"
    r"\s?((?:18|19|20)\d\d.*|今|至今|现在|now|present)?"
)
_NUMERAL = regex_pattern(r"[〇零○一二三四五六七八九]{4}年|[一二三]?十[一二三四五六七八九]?(?=[月日])")
HEAD = 600
"""So far into a document a masthead or dateline may stand."""
_CLOSE, _SHORT = 200, 40
_SINCE = ("自", "从", "至", "到", "于", "自从", "截至", "早在", "在")


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


def ends(start: str, end: str) -> tuple[str, str]:
    """The two cells of a term, where the first may hold all of it: 2021年12月—2024年1月, 2023.1至今."""
    if not end and (found := _RANGE.fullmatch(start.strip())):
        return found[1].strip(), (found[2] or "").strip()
    return start, end


def day(cell: str, rest: str) -> str:
    """A cell as ISO date, with `rest` for what it leaves out; empty where it says no date."""
    found = _TERM.search(cell.translate(_DIGITS))
    if not found:
        return ""
    year, month, number = found.groups()
    return (
        f"{year}-{int(month):02}{f'-{int(number):02}' if number else rest}" if month else year + rest + rest
    )


def of_document(text: str, name: str = "", path: str = "") -> str:
    """The day of a document as ISO date; empty where nothing says it.

    Its masthead says it, else its file's name, its folders, a dateline, or the date that it is signed with.
    """
    return (
        _first(filter(_is_masthead, _dated(text[:HEAD])))
        or _first([name])
        or (_solid(name) or of_folder(path))
        or _first(_opening(line) for line in _dated(text[:HEAD]))
        or _first(line for line in _dated(text[-_CLOSE:]) if FULL.fullmatch(line))
    )


def in_digits(text: str) -> str:
    """A text with digits for numerals, those of dates by value: 二〇二四年一月三十日 -> 2024年1月30日."""
    return str(_NUMERAL.sub(lambda match: _number(match[0]), text).translate(_DIGITS))


def _dated(text: str) -> list[str]:
    """The lines of a text with a year, their numerals as digits."""
    return [line.strip() for line in in_digits(text).splitlines() if FULL.search(line)]


def _first(lines: Iterable[str]) -> str:
    """The first date there is that lines say."""
    found = (match for line in lines for match in FULL.finditer(line))
    return next(filter(None, (_real(*match.groups()) for match in found)), "")


def _solid(name: str) -> str:
    return next(filter(None, (_real(*match.groups()) for match in _SOLID.finditer(name))), "")


def _is_masthead(line: str) -> bool:
    """Whether a line is no sentence: 重庆日报 2024年1月15日 星期一 第12345号."""
    return len(line) <= _SHORT and not any(mark in line for mark in "，。；！？")


def _opening(line: str) -> str:
    """The date near the beginning of a line: 新华社北京2024年1月15日电; not 自2008年5月12日以来."""
    found = FULL.search(line)
    before = line[: found.start()] if found else ""
    if not found or len(before) > _SHORT or "。" in before or before.endswith(_SINCE):
        return ""
    return str(found[0])


def of_folder(path: str) -> str:
    """The day that the folders of a file say (20240115/01.txt, 2024/01/15/01.txt, 2024-01/15.txt)."""
    if not path:
        return ""
    *folders, file = regex.split(r"[/\\]+", path)
    parts = [*folders, file.partition(".")[0]]
    for last in range(len(parts), 0, -1):
        for first in range(last - 1, max(-1, last - 4), -1):
            pieces = parts[first:last]
            found = _first(["-".join(pieces)]) or _first(["".join(pieces)]) or _solid("".join(pieces))
            if found and (last < len(parts) or last - first > 1):
                return found
    return ""


def stated(option: str) -> str:
    """A date given by hand (2024-01-15, 20240115 or 2024年1月15日) as ISO date; empty where it is none."""
    return _first([option]) or _solid(option)


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
