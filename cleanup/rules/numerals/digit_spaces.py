"""Digits that were set wide and read apart are joined: 1 9 8 8年 -> 1988年, 32 . 5 万 -> 32.5万.

Why: full-width digits of older print come out one by one, and engines set their points and signs apart.
Leaves alone: scores and columns of numbers, numbers that no unit follows, groups of several digits, list
     marks (1. 5月), the end of a sentence.
Safety: LIKELY, since no digit changes and a unit follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN, ZH_PUNCTUATION, is_han

NAME = "numerals.digit-spaces"
SUMMARY = Message("逐位隔开的数字连写", "Digits that were read apart are joined")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = " "
CASES = (
    Case("自1 9 8 8年1 2月发现5 名", "自1988年12月发现5 名"),
    Case("支出3 0 3 亿元，共1 , 0 0 0人", "支出303亿元，共1,000人"),
    Case(
        "人口 32 . 5 万人，面积 1 , 234 平方公里，增长 5 . 6 % 。",
        "人口32.5万人，面积1,234平方公里，增长5.6%。",
    ),
    Case("全乡有，3 , 400 户", "全乡有，3,400户", "behind a mark"),
    Case("增长 5.6 % ，比重 12. 3％，亏损 1 ,234 . 5 元", "增长 5.6 % ，比重12.3％，亏损1,234.5元"),
    Case("气温 -3 . 5 ℃，收入 7 . 12 ，支出 1 . 5", "气温 -3.5℃，收入7.12，支出 1 . 5"),
    Case("见第 3 . 2 节和图 1 . 4 ，增长 1 2 % ，占", "见第3.2节和图1.4，增长12%，占"),
    Case("共 3 2 人，历时 1 2 天，占计划的 9 8 . 6 % 。", "共32人，历时12天，占计划的98.6%。"),
    Case("1 9 5 8 年 3 月 1 2 日", "1958年3月12日"),
    Case("会议 8 : 30 开始，比例 1 : 5000。", "会议 8:30 开始，比例 1:5000。"),
    Case("气温 - 5 ℃", "气温-5℃"),
    Case("上半场 3 : 2 : 1\n1 : 2\nratio 3 : 4", None, "columns; Latin"),
    Case("已有 5 . 6 月开工", None, "the end of a sentence"),
    Case("1. 5月1日开工\nversion 2 . 0 of it, at 3 . 5", None, "a list mark; Latin"),
    Case("比分 3 2 1\n1 2 3", None, "columns of numbers"),
    Case("中国队 3 2 韩国队", None, "a score"),
)

_GUARD = re_pattern(r"\d(?: [\d.,:]|[.,] \d)|- \d")
_UNIT = "年月日时分名人个亿万元多岁号届位家件项吨米只台％%天周秒斤亩里倍户层册页辆间座处头匹棵株℃度"
_SPLIT = re_pattern(
    rf"(?<![\d.,:] )(?<![\d.,:])(?:\d(?: \d)+(?: ?[.,] ?\d(?: \d)*)?|\d , \d \d \d)(?= ?[{_UNIT}])"
)
_POINT = re_pattern(
    r"(?<![\d.,])(?<!\d[，．])(?<![\d.,] )"
    r"(?P<number>\d{1,3}(?:(?: , ?| ?, |,)\d{3})+(?:(?: \. ?| ?\. |\.)\d+)?"
    rf"|\d+(?: \. ?| ?\. )\d+(?! ?[月日号时]))(?= ?[{_UNIT}‰℃千百平公立里方斤亩户倍度次天分秒，、；。）])"
)
"""A number whose point or comma may stand apart, before its unit."""
_NUMBERED = re_pattern(
    r"(?<=[第图圖表式例见見]) ?\d{1,2}(?: \. ?| ?\. )\d{1,2}(?! ?[.\d月])(?: (?=[节節条條款章]))?"
)
"""A number of a section, figure or formula whose point stands apart."""
_DAY = re_pattern(r"\d(?: \d){3} ?年(?P<rest> ?\d(?: ?\d)? ?月(?: ?\d(?: ?\d)? ?日)?)")
"""The month and day behind a year whose digits stand apart."""
_COLON = re_pattern(r"(?<![\d:：.])(?<![\d:：.] )\d{1,3} : \d{1,5}(?![\d.]| ?[:：])")
"""A time of day, a ratio or a score whose colon stands apart."""
_FROST = re_pattern(rf"(?<=[{HAN}])(?: ?)[-−] \d{{1,3}}(?:\.\d)? ?℃")
"""Degrees below nought whose sign stands apart."""
_SIGN = re_pattern(r"( ?[％%‰]) ?")
_WHY = Message("逐位隔开的数字", "Digits read apart")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    if not _GUARD.search(text):
        return
    apart = [
        (match.start(), gaps)
        for match in _POINT.finditer(text)
        if " " in match["number"] and _is_within(text, match.start()) and (gaps := _around(text, match))
    ]
    single = [(match.start(), _around(text, match)) for match in _SPLIT.finditer(text)]
    apart += [
        (match.start(), _spaces(text, *match.span("rest")))
        for match in _DAY.finditer(text)
        if " " in match["rest"]
    ]
    whole = [*_NUMBERED.finditer(text), *_FROST.finditer(text)]
    whole += [match for match in _COLON.finditer(text) if _is_within(text, match.start())]
    apart += [(match.start(), _spaces(text, *match.span())) for match in whole]
    for start, gaps in apart + single:
        line = document.lines[document.line_at(start)]
        if line.kind in ("table", "code") or any(document.is_opaque(at, at + 1) for at in gaps):
            continue
        yield fix(NAME, text, [(at, at + 1, "") for at in gaps], SAFETY, 0.94, _WHY)


def _is_within(text: str, start: int) -> bool:
    """Whether Chinese stands before a number on its line: at its start 1. may be a mark of a list."""
    return any(map(is_han, text[text.rfind("\n", 0, start) + 1 : start]))


def _around(text: str, match: re.Match[str]) -> list[int]:
    """The spaces of a number, before it, and between it and its unit or sign."""
    start, end = match.span()
    if text[start - 1] == " " and is_han(text[start - 2]):
        start -= 1
    signed = _signed(text, end)
    end = signed if signed > end else end + (text[end] == " ")
    return _spaces(text, start, end)


def _spaces(text: str, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if text[at] == " "]


def _signed(text: str, end: int) -> int:
    """Where a number ends with its sign, and with the space behind that where Chinese goes on."""
    sign = _SIGN.match(text, end)
    if sign is None:
        return end
    beyond = text[sign.end() : sign.end() + 1]
    return sign.end() if beyond and (is_han(beyond) or beyond in ZH_PUNCTUATION) else sign.end(1)
