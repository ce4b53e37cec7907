"""Spaces between digits and Chinese are taken out where the document sets none: 7 月 13 日 -> 7月13日.

Why: engines part digits from Han in some lines only.
Leaves alone: documents that set the space throughout, as many publishers do; list numbers, tables.
Safety: LIKELY in a line that is spaced out; SUGGEST elsewhere (papers print such spaces themselves).
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

NAME = "spaces.digits-units"
SUMMARY = Message("去掉个别数字与汉字之间的空格", "Take out odd spaces between digits and Chinese")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = " "
CASES = (
    Case("4月1日、5月2日、6月3日签约3个，7 月13日公布增长8亿元、9万人", None, "suggested only"),
    Case("中 共 重 庆 市 委 7 月 3 日 召 开 会 议", "中 共 重 庆 市 委 7月3日 召 开 会 议"),
    Case("2024 年 1 月 29 日，公司投入 3 亿元", None, "the style of the document"),
    Case("1 总则\n2 分则", None, "numbers of headings"),
)

_UNIT = frozenset("年月日时分秒号期届次个名位人家件项种条只台辆套吨斤元角亿万千百米里亩岁倍版页章节％度级")
_SPACE = re_pattern(" ")
_DATE = re_pattern(r" \d{1,2} ?[月日时]")
_CLOSE = re_pattern(rf"\d(?=[{HAN}])|[{HAN}](?=\d)")
_APART = re_pattern(rf"\d(?= [{HAN}])|[{HAN}](?= \d)")
_SPACED = re_pattern(f"[{HAN}] (?=[{HAN}])")
_TOUCH = re_pattern(f"[{HAN}](?=[{HAN}])")
_MOST, _FEW = 0.8, 5
_WHY = Message("数字与汉字间的空格多余", "An odd space between digits and Chinese")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    gaps = [at for at in (m.start() for m in _SPACE.finditer(text)) if _joins(text, at)]
    if not gaps:
        return
    close, apart = len(_CLOSE.findall(text)), len(_APART.findall(text))
    odd = close >= _FEW and close / (close + apart) >= _MOST
    for at in gaps:
        line = document.lines[document.line_at(at)]
        if line.kind in ("table", "code") or document.is_opaque(at, at + 1):
            continue
        if not text[line.span.start : at].strip("0123456789. 　"):
            continue  # the number may be the heading's own
        words = document.words(line)
        spaced = len(_SPACED.findall(words))
        if spaced >= 4 and spaced >= len(_TOUCH.findall(words)):
            yield fix(NAME, text, [(at, at + 1, "")], SAFETY, 0.97, _WHY)
        elif odd:
            yield fix(NAME, text, [(at, at + 1, "")], Applicability.SUGGEST, 0.6, _WHY)


def _joins(text: str, at: int) -> bool:
    """Whether the space stands between a number and its unit, or within a date."""
    left, right = text[at - 1 : at], text[at + 1 : at + 2]
    if left.isascii() and left.isdigit():
        return right in _UNIT
    before = text[at - 2 : at - 1].strip("0123456789 ")
    return left in ("年", "月") and not before and bool(_DATE.match(text, at))
