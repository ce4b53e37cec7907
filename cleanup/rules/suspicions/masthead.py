"""Weekday, lunar date and issue number of a masthead that do not fit its date: flagged.

Why: a date is what an archive is sorted by, and a misread digit in it is seen by nobody; but a masthead says
     the day in three ways: 2024年1月30日 星期三 农历癸卯年十二月二十 (a Tuesday).
Leaves alone: dates that are damaged themselves; weekdays that say no day (周一至周五); days before 1900 and
     after 2100; of old calendars, which differ now and then by a day, that day; numbers of weeklies, of
     several papers in one file.
Safety: a flag; nothing is changed. It stays where the masthead is taken out as furniture of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case, Models
from cleanup.text import dates
from cleanup.text.patterns import regex_pattern

NAME = "suspicions.masthead"
SUMMARY = Message(
    "标出与日期不符的星期、农历、期号", "Flag weekdays, lunar dates, issue numbers that do not fit"
)
SAFETY = Applicability.SUGGEST
NEEDS = ("calendar/lunar.tsv",)
SIGNS = "日"
OUTLIVES = True
CASES = (
    Case("渝州日报 2024年1月30日 星期三 第25980期\n\n县里修了三座桥。\n", flags=True, note="a Tuesday"),
    Case("渝州日报\n2024年1月30日\n星期二 农历癸卯年十二月十九\n县里修了三座桥。\n", flags=True),
    Case("会议定于2024年1月30日（星期三）举行。", flags=True),
    Case("二〇二四年一月三十日 星期三\n县里修了三座桥。\n", flags=True),
    Case("二〇二四年一月二四日 星期四\n县里修了三座桥。\n", flags=True, note="a Wednesday"),
    Case("2024年1月30日 第8812号\n甲。\n\f2024年1月30日 第8813号\n乙。\n", flags=True),
    Case("2024年1月30日 第8812号\n甲。\n\f2024年1月31日 第8811号\n乙。\n", flags=True),
    Case("渝州日报 2024年1月30日 星期二 第25980期 农历癸卯年腊月二十\n县里修了三座桥。\n", None),
    Case("2023年4月1日 星期六 农历癸卯年闰二月十一\n县里修了三座桥。\n", None, "a leap month"),
    Case("二〇二四年一月一二日 星期五\n县里修了三座桥。\n", None, "the twelfth"),
    Case("2024年1月30日，星期一至星期五开放。", None, "not of that day"),
    Case("2024年1月30日，周三的会改期。", None, "another day"),
    Case("1949年10月1日，农历八月初十，周六。", None, "right"),
    Case("2024年1月30日 第8812号\n甲。\n\f2024年1月31日 第8813号\n乙。\n", None),
)
_DAY = (
    r"(?P<date>(?<!\d)(?:19|20)\d\d[ 　]?年[ 　]?\d{1,2}[ 　]?月[ 　]?\d{1,2}[ 　]?日"
    r"|[一二][〇零○一二三四五六七八九]{3}年十?[一二三四五六七八九十]月[一二三]?十?[一二三四五六七八九十]日)"
)
_WEEKDAY = r"(?P<weekday>(?:星期|礼拜|(?<=[（(])周)(?P<which>[一二三四五六日天]))(?![\p{Han}—~～-])"
_LUNAR = (
    r"(?P<lunar>(?:农历|夏历|旧历|阴历)?[ 　]?"
    r"(?:(?P<turn>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])[ 　]?年?)?[ 　]?"
    r"(?P<moon>闰?(?:正|冬|腊|十[一二]|[一二三四五六七八九十]))月(?:[大小](?=[初十二廿三卅]))?"
    r"(?P<tide>初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅)(?!\p{Han})日?)"
)
_ISSUE = r"(?P<issue>(?:总?第|总)[ 　]?(?P<number>\d{3,6})[ 　]?[期号號])"
_OTHER = r"今日[\d一二三四五六七八九十]{1,3}版|第[\d一二三四五六七八九十]{1,3}版"
_MASTHEAD = regex_pattern(
    rf"(?:^[ 　]*(?P<before>星期(?P<which_>[一二三四五六日天]))[ 　\n]{{1,3}})?{_DAY}"
    rf"(?:[ 　\n（()），,、·|/—-]{{0,4}}(?:{_WEEKDAY}|{_LUNAR}|{_ISSUE}|{_OTHER}))*",
    regex.M,
)
_WEEK = "一二三四五六日"
_ROUNDED = {"冬": "十一", "腊": "十二"}
_COMMON = date(1950, 1, 1)
"""Before it printed calendars differ now and then by a day."""


class _Numbered(NamedTuple):
    """An issue's number where it stands, and its day."""

    day: date
    number: int
    span: Span


def find(document: Document, tools: Models) -> Iterable[Fix]:
    numbered: list[_Numbered] = []
    for match in _MASTHEAD.finditer(document.text):
        if not (match["weekday"] or match["before"] or match["lunar"] or match["issue"]):
            continue
        if document.is_opaque(*match.span()) or (day := _day(match)) is None:
            continue
        for kind, which in (("weekday", "which"), ("before", "which_")):
            if match[kind] and _WEEK[day.weekday()] != match[which].replace("天", "日"):
                yield _flag(match, kind, day, f"星期{_WEEK[day.weekday()]}", f"{day:%A}")
        yield from _lunar(match, day, tools)
        if match["issue"]:
            numbered.append(_Numbered(day, int(match["number"]), Span(*match.span("issue"))))
    yield from _numbers(numbered)


def _day(match: regex.Match[str]) -> date | None:
    """The day that is said; None where there is no such day."""
    try:
        return date(*map(int, regex.split("[年月日]", dates.in_digits(match["date"]))[:3]))
    except ValueError:
        return None


def _lunar(match: regex.Match[str], day: date, tools: Models) -> Iterator[Fix]:
    """The lunar date that is another day's, or of another year."""
    plain = match["lunar"] and not (
        match["turn"] or match["lunar"][0] in "农夏旧阴" or match["tide"][0] in "初廿卅"
    )
    if not match["lunar"] or plain:  # 一月二十日 may be of any calendar
        return
    slack = range(1) if day >= _COMMON else range(-1, 2)
    days = [found for by in slack if (found := tools.lunar(day + timedelta(by))) is not None]
    stated = _ROUNDED.get(match["moon"], match["moon"]), _tide(match["tide"])
    turn = match["turn"]
    if days and not any((one.month, one.day) == stated and turn in (None, one.year) for one in days):
        own = days[len(days) // 2]
        said = f"农历{own.year}年{own.month}月{own.day}"
        yield _flag(match, "lunar", day, said, said)


def _tide(word: str) -> str:
    """A day of a month as tables have it: 廿三 is 二十三."""
    return word.replace("廿", "二十").replace("卅", "三十")


def _numbers(found: list[_Numbered]) -> Iterator[Fix]:
    """Numbers that differ on one day, go back as days go on, or go on faster than the days."""
    told: set[Span] = set()
    for one, two in combinations(sorted(found), 2):
        days, more = (two.day - one.day).days, two.number - one.number
        same = not days and more
        if (same or more < 0 < days) and two.span not in told and one.span not in told:
            told.add(two.span)
            why = Message(
                f"{one.day:%Y-%m-%d} 为第 {one.number} 号，{two.day:%Y-%m-%d} 却为第 {two.number} 号",
                f"Number {one.number} is of {one.day}, number {two.number} of {two.day}",
            )
            yield flag(NAME, two.span, 0.7, why)


def _flag(match: regex.Match[str], kind: str, day: date, zh: str, en: str) -> Fix:
    why = Message(
        f"{day.year}年{day.month}月{day.day}日是{zh}，此处作“{match[kind]}”：其中一处有误",
        f"{day} is {en}; here it is {match[kind]}: one of the two is wrong",
    )
    return flag(NAME, Span(*match.span(kind)), 0.9, why, (zh,))
