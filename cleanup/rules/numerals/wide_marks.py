"""Full-width points and commas within numbers become ordinary ones: 1，234．56元 -> 1,234.56元.

Why: typesetting systems coded whole numbers full-width; search and sums then miss them.
Leaves alone: numbers in a list (1，2，3), list marks (1．2023年), times (8：30), Chinese numerals, ％.
Safety: LIKELY; thousands must come in threes, with a point, a second comma or a unit behind.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern

NAME = "numerals.wide-marks"
SUMMARY = Message(
    "数字里的全角小数点、千分号改为半角", "Full-width points and commas in numbers are narrowed"
)
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "，．"
CASES = (
    Case("共计1，234．56元", "共计1,234.56元"),
    Case("面积1，234平方公里，人口3，456，789", "面积1,234平方公里，人口3,456,789"),
    Case("增长5．6％，第3．2节", "增长5.6％，第3.2节"),
    Case("2023．12．5，版本1．2．3", "2023.12.5，版本1.2.3"),
    Case("第1，2，3组，第1，234页", None, "a list; no unit"),
    Case("1．2023年工作总结\n2．总则", None, "list marks"),
    Case("下午8：30，二，三", None, "a time; Chinese numerals"),
)

_NUMBER = re_pattern(
    r"(?<![\d.,，．])(?:"
    r"\d{1,3}(?:[，,]\d{3})+[．.]\d+|\d{1,3}(?:[，,]\d{3}){2,}"
    r"|\d{1,3}[，,]\d{3}(?=[ ]?(?:[元万亿千百吨斤亩人户台件辆册公平立米里名个只头家本份美英港日分秒]|%|％))"
    r"|(?:(?:19|20)\d{2}|\d{1,2})．\d{1,2}．\d{1,2}|\d+．\d+"
    r")(?![\d]|[，．,.]\d)"
)
_YEAR = re_pattern(r"\d{1,2}．(?:19|20)\d{2}$")
_NARROW = {"，": ",", "．": "."}
_WHY = Message("数字里的小数点、千分号", "A point or comma within a number")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    if "，" not in text and "．" not in text:
        return
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        changes = [(at, at + 1, _NARROW[text[at]]) for at in range(start, end) if text[at] in _NARROW]
        if not changes or document.is_opaque(start, end):
            continue
        if _YEAR.match(match.group()) and text[end : end + 1] in ("年", "-", "．"):
            continue
        yield fix(NAME, text, changes, SAFETY, 0.95, _WHY)
