"""Letters among the digits of a number that a label names: 邮编：100O21 -> 100021.

Why: engines read 0 as O and 1 as l or I; nobody finds the number then.
Leaves alone: numbers whose kind has letters of its own (统一社会信用代码, 车牌, 护照), another count of
     digits than the kind has, numbers without a label.
Safety: LIKELY; the label says that all of it are digits, and no digit changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern

NAME = "numerals.labelled"
SUMMARY = Message(
    "邮编、电话、证号里误作字母的 0 和 1 还原",
    "Letters in postcodes, telephone and identity numbers become 0 and 1",
)
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "OoQDlI|〇○"
CASES = (
    Case("邮编：100O21。", "邮编：100021。"),
    Case("邮政编码 40OOl0，电话：O23-6389l234", "邮政编码 400010，电话：023-63891234"),
    Case(
        "手机：l3800138OOO；身份证号：11010519491231OO2X", "手机：13800138000；身份证号：11010519491231002X"
    ),
    Case("统一社会信用代码：91350100M0001O0Y43，车牌：京A·O2345", None, "letters of their own"),
    Case("邮编：100O2，电话：OK", None, "too few"),
    Case("邮编：100021，电话：010-62345678", None, "digits"),
)

_FALSE = "OoQDlI|〇○"
_ANY = f"[0-9{re.escape(_FALSE)}]"
_AREA = rf"(?:[(（]?{_ANY}{{3,4}}[)）]?[- —－]?)?"
_PHONE = rf"{_AREA}{_ANY}{{7,8}}|{_ANY}{{11}}|{_ANY}{{3,4}}(?:[- ]{_ANY}{{3,4}}){{2}}"
_LABELS = (
    ("邮编|邮政编码|邮码", rf"{_ANY}{{6}}"),
    ("电话|传真|手机|手机号码?|电话号码|热线|Tel|TEL|Fax|FAX", _PHONE),
    ("身份证号码?|公民身份号码", rf"{_ANY}{{17}}[0-9{re.escape(_FALSE)}Xx]|{_ANY}{{15}}"),
    ("QQ号?|ＱＱ", rf"{_ANY}{{5,11}}"),
)
_NUMBER = re_pattern(
    "|".join(rf"(?:{label})[为是]?[:： ]{{0,2}}({number})(?![0-9A-Za-z〇○])" for label, number in _LABELS)
)
_GUARD = re_pattern(rf"[0-9][{re.escape(_FALSE)}]|[{re.escape(_FALSE)}][0-9]")
_DIGITS = {ord(char): "0" for char in "OoQD〇○"} | {ord(char): "1" for char in "lI|"}
_MOST = 0.5
"""Share of letters up to which the number can be read at all."""
_WHY = Message("号码里的字母误读", "A digit of this number, read as a letter")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    if not _GUARD.search(text):
        return
    for match in _NUMBER.finditer(text):
        start, end = match.span(match.lastindex or 0)
        shown = text[start:end]
        changes = [
            (at, at + 1, char.translate(_DIGITS)) for at, char in enumerate(shown, start) if char in _FALSE
        ]
        digits = sum(char.isdigit() for char in shown)
        if changes and len(changes) <= _MOST * (digits + len(changes)) and not document.is_opaque(start, end):
            yield fix(NAME, text, changes, SAFETY, 0.95, _WHY)
