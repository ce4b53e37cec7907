"""The lunar calendar, from 1900 to 2100: which of its days a day is."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from cleanup.data import files
from cleanup.text.once import once

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NUMERALS = "一二三四五六七八九十"
_LONGEST = 30
"""Days of a month."""


class LunarDay(NamedTuple):
    """A day of the lunar calendar, as mastheads write it."""

    year: str
    """甲辰."""
    month: str
    """正, 二 … 十二, 闰二."""
    day: str
    """初一 … 三十."""


def of(day: date) -> LunarDay | None:
    """The day of the lunar calendar; None outside the table."""
    firsts, names = _months()
    at = bisect_right(firsts, day.isoformat()) - 1
    number = (day - date.fromisoformat(firsts[at])).days if at >= 0 else _LONGEST
    if number >= _LONGEST:
        return None
    year, month = names[at]
    turn = int(year) - 4
    leap, count = month.startswith("闰"), int(month.removeprefix("闰"))
    return LunarDay(
        _STEMS[turn % 10] + _BRANCHES[turn % 12], "闰" * leap + _MONTHS[count - 1], _day(number + 1)
    )


def _day(number: int) -> str:
    tens, ones = divmod(number - 1, 10)
    if tens and ones == 9:  # 二十, 三十
        return _NUMERALS[tens] + "十"
    return ("初", "十", "二十")[tens] + _NUMERALS[ones]


@once
def _months() -> tuple[list[str], list[tuple[str, str]]]:
    rows = files.rows("calendar/lunar.tsv", 3)
    return [first for first, _, _ in rows], [(year, month) for _, year, month in rows]
