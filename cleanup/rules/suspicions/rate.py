"""Two figures and the rate between them that disagree: flagged.

Why: a misread digit hides best among digits; reckoning finds it: 由100亿元增加到120亿元，增长25%.
Leaves alone: yearly averages, real growth (生产总值, 增加值: prices are taken out), rounded figures,
     percentage points.
Safety: a flag; nothing is changed (a digit is never changed into another).
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text.patterns import regex_pattern

NAME = "suspicions.rate"
SUMMARY = Message("标出与增长率不符的数字", "Flag rates that do not agree with their figures")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
SIGNS = "%％"
CASES = (
    Case("存款余额由100亿元增加到120亿元，增长25%。", flags=True),
    Case("全年进出口120亿元，比上年增加20亿元，增长12%。", flags=True),
    Case("全年进出口120亿元，上年同期为100亿元，同比增长25%。", flags=True),
    Case("全年进出口120亿元（去年为100亿元），增长25%。", flags=True),
    Case("存款余额由100亿元增加到120亿元，增长20%。", None),
    Case("全年进出口120亿元，上年同期为100亿元，同比增长20%。", None),
    Case("生产总值由100亿元增加到120亿元，年均增长5%。", None, "a yearly average"),
    Case("生产总值由100亿元增加到130亿元，增长25%。", None, "prices are taken out"),
    Case("零售额1，753亿元，比上年增加225亿元，增长14.7％。", None, "a thousand"),
    Case("收入由1.2万元提高到1.3万元，增长8.5%。", None, "rounded"),
)
_FIGURE = r"(?<![\d.]|\d[,，])(\d+(?:\.\d+)?)"
_UNIT = (
    "(万亿元|亿元|万元|元|亿斤|万吨|吨|万人|人|万户|户|万辆|辆|万亩|亩|个|家|件|公里|亿美元|万美元|美元|"
    "平方米|立方米)"
)
_FROM_TO = regex_pattern(
    rf"[由从](?:\d{{4}}年的?)?{_FIGURE}{_UNIT}(?:，)?(?:增加|增长|提高|上升|扩大|增|提升|减少|下降|降|降低)(?:到|至)"
    rf"(?:\d{{4}}年的?)?{_FIGURE}\2[，、,]?(?:同比|比上年|总体|累计)?(增长|增幅为?|提高了?|上升|下降|降低|减少){_FIGURE}[%％]"
)
_MORE = regex_pattern(
    rf"{_FIGURE}{_UNIT}[，,](?:同比|比上年|比上年同期|较上年)(?:净)?(增加|减少){_FIGURE}\2[，、,](?:同比)?(增长|下降|增幅为?|降幅为?){_FIGURE}[%％]"
)
_AND_LAST = regex_pattern(
    rf"{_FIGURE}{_UNIT}[，,（(](?:上年|去年)(?:同期)?(?:为|是|完成|实现)?{_FIGURE}\2[）)]?[，,]?"
    rf"(?:同比|比上年|比去年|较上年|较去年)?(?:同期)?(增长|增加|提高|上升|下降|降低|减少)了?{_FIGURE}[%％]"
)
_REAL = regex_pattern("生产总值|GDP|增加值|可比|不变价|实际|年均|平均|当年")
_BEFORE = 24
"""Characters before the figures in which it is said of what they are."""
_SLACK = 0.06
"""Of a percent, beside what rounding makes."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for match in _FROM_TO.finditer(text):
        first, last, how, rate = match[1], match[3], match[4], match[5]
        yield from _weigh(text, match, first, last, 0.0, how, rate, match.span(5))
    for match in _MORE.finditer(text):
        last, how, change, rate = match[1], match[3], match[4], match[6]
        sign = 1 if how == "增加" else -1
        first = float(last) - sign * float(change)
        yield from _weigh(
            text, match, str(first), last, _half(change) + _half(last), how, rate, match.span(6)
        )
    for match in _AND_LAST.finditer(text):
        last, first, how, rate = match[1], match[3], match[4], match[5]
        yield from _weigh(text, match, first, last, 0.0, how, rate, match.span(5))


def _weigh(
    text: str,
    match: regex.Match[str],
    first: str,
    last: str,
    more: float,
    how: str,
    rate: str,
    span: tuple[int, int],
) -> Iterable[Fix]:
    start = max(
        text.rfind("\n", 0, match.start()), text.rfind("。", 0, match.start()), match.start() - _BEFORE
    )
    one, two = float(first), float(last)
    if one <= 0 or two <= 0 or _REAL.search(text, max(0, start), match.end()):
        return
    falls = how[0] in "下降减"
    low, high = (
        100 * ((two + by * _half(last)) / max(one - by * (more or _half(first)), 1e-9) - 1) for by in (-1, 1)
    )
    stated = -float(rate) if falls else float(rate)
    slack = _half(rate) + _SLACK
    if low - slack <= stated <= high + slack:
        return
    found = 100 * (two / one - 1)
    why = Message(
        f"按这两个数字应为{'下降' if found < 0 else '增长'} {abs(found):.1f}%，文中作 {rate}%",
        f"By these figures it is {found:.1f} %; the text says {rate} %",
    )
    yield flag(NAME, Span(*span), 0.85, why)


def _half(figure: str) -> float:
    """Half of the last digit's worth."""
    _, _, places = figure.partition(".")
    return 0.5 * 10.0 ** -len(places)
