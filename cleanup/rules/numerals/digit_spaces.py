"""Digits that were set wide and read apart are joined: 1 9 8 8年 -> 1988年, 3 0 3 亿元 -> 303 亿元.

Why: full-width digits of older print come out one by one.
Leaves alone: scores and columns of numbers, numbers that no unit follows, groups of several digits.
Safety: LIKELY, since no digit changes and a unit follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools

NAME = "numerals.digit-spaces"
SUMMARY = Message("逐位隔开的数字连写", "Digits that were read apart are joined")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = " "
CASES = (
    Case("自1 9 8 8年1 2月发现5 名", "自1988年12月发现5 名"),
    Case("支出3 0 3 亿元，共1 , 0 0 0人", "支出303 亿元，共1,000人"),
    Case("比分 3 2 1\n1 2 3", None, "columns of numbers"),
    Case("中国队 3 2 韩国队", None, "a score"),
)

_GUARD = re.compile(r"\d(?: \d| , \d)")
_UNIT = "年月日时分名人个亿万元多岁号届位家件项吨米只台％%"
_SPLIT = re.compile(
    rf"(?<![\d.,:] )(?<![\d.,:])(?:\d(?: \d)+(?: ?[.,] ?\d(?: \d)*)?|\d , \d \d \d)(?= ?[{_UNIT}])"
)
_WHY = Message("逐位隔开的数字", "Digits read apart")


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    text = document.text
    if not _GUARD.search(text):
        return
    for match in _SPLIT.finditer(text):
        start, end = match.span()
        line = document.lines[document.line_at(start)]
        if line.kind in ("table", "code") or document.is_opaque(start, end):
            continue
        gaps = [at for at in range(start, end) if text[at] == " "]
        yield fix(NAME, text, [(at, at + 1, "") for at in gaps], SAFETY, 0.94, _WHY)
