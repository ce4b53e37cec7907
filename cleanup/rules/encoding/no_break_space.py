"""No-break, thin and other odd spaces in Chinese: ordinary ones, or none: 全县\\xa0水库 -> 全县水库.

Why: PDF files and web pages part and indent with spaces that look like others and are found by no search.
Leaves alone: the full-width space, odd spaces between Latin words and within numbers (10\\u202f000).
Safety: SAFE for an ordinary space instead; LIKELY for none, between two characters of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.rules.kinds import line_around
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import OPENING, ZH_PUNCTUATION, is_han

NAME = "encoding.no-break-space"
SUMMARY = Message("不间断空格等特殊空格改为普通空格", "No-break and other odd spaces become ordinary ones")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
_ODD = "\xa0\u1680\u2000-\u200a\u202f\u205f"
SIGNS = "\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f"
CASES = (
    Case("全县\xa0水库检查\u2009完成。\xa0\n", "全县水库检查完成。\n"),
    Case("汛\u2009前\u2009检查", "汛前检查", "no reader sees these"),
    Case("高举旗帜\xa0团结奋斗\n", "高举旗帜 团结奋斗\n", "a headline"),
    Case("\xa0\xa0\xa0\xa0各地加强值守。\n\u2003\u2003散会。", "　　各地加强值守。\n　　散会。", "indents"),
    Case("增长\xa05%", "增长 5%"),
    Case("东河乡\xa0\xa0\xa012人", "东河乡   12人", "a gap between columns"),
    Case("10\u202f000 km, no\xa01, « oui »", None, "numbers and Latin"),
)

_RUN = re_pattern(f"[ \u3000]*[{_ODD}][{_ODD} \u3000]*")
_PLAIN = {"\u3000": "\u3000"}
_EM = frozenset("\u2001\u2003\u3000")
_THIN = frozenset("\u2006\u2008\u2009\u200a\u202f")
_PROSE = re_pattern("[，。；]")
_WHY = Message("特殊空格", "An odd space")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for match in _RUN.finditer(text):
        start, end = match.span()
        left, right = text[start - 1 : start], text[end : end + 1]
        chinese = any(char and (is_han(char) or char in ZH_PUNCTUATION) for char in (left, right))
        if document.is_opaque(start, end):
            continue
        if right in ("", "\n"):
            yield fix(NAME, text, [(start, end, "")], SAFETY, 0.99, _WHY)
        elif left in ("", "\n", "\f") and chinese:
            yield fix(NAME, text, [(start, end, _indent(match.group()))], SAFETY, 0.99, _WHY)
        elif chinese:
            line = line_around(text, start)
            inside = end - start == 1 and is_han(left) and (is_han(right) or right in OPENING)
            if inside and (match.group() in _THIN or _PROSE.search(text, line.start, line.end)):
                yield fix(NAME, text, [(start, end, "")], Applicability.LIKELY, 0.95, _WHY)
            else:
                plain = "".join(_PLAIN.get(char, " ") for char in match.group())
                yield fix(NAME, text, [(start, end, plain)], SAFETY, 0.99, _WHY)


def _indent(run: str) -> str:
    """An indent of full-width spaces as wide as that one; of one ordinary space where it is narrower."""
    width = sum(2 if char in _EM else 1 for char in run)
    return "\u3000" * (width // 2) or " "
