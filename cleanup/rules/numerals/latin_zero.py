"""Latin O, zero or a ring for 〇 in a Chinese number: 二OO八年 -> 二〇〇八年, 七0二所 -> 七〇二所.

Why: engines read 〇 as O, ○, o or 0.
Leaves alone: Arabic years (2008年), names such as OO公司, ranges of Arabic numbers (10一15), 0 where the
     text writes other digits of such numbers Arabic too (一九四0年 beside 一九四1年).
Safety: SAFE where four numerals, one of them Chinese, end in 年; LIKELY between two Chinese numerals.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text import signs
from cleanup.text.patterns import re_pattern

NAME = "numerals.latin-zero"
SUMMARY = Message("汉字数目里误作 O、0 的“〇”还原", "Latin O or 0 in a Chinese number becomes 〇")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("二OO八年", "二〇〇八年"),
    Case("二0二三年度、一九九O年代", "二〇二三年度、一九九〇年代"),
    Case("七0二所和一二O师", "七〇二所和一二〇师"),
    Case("八O年代和（一九三○）", "八〇年代和（一九三〇）"),
    Case("一九四0年牺牲\n一九四1年牺牲\n一九四3年牺牲", None, "the text mixes them"),
    Case("OO公司成立于2008年", None, "no Chinese numeral"),
    Case("从100一200元到10一15", None, "一 for a dash"),
    Case("二〇〇八年", None, "right already"),
)

_NOUGHT = "OoO0○◯Ｏ０"
_CHINESE = "一二三四五六七八九"
_YEAR = re_pattern(rf"(?<![{_CHINESE}〇零十{_NOUGHT}\w])[一二{_NOUGHT}][{_CHINESE}〇零{_NOUGHT}]{{3}}(?=年)")
_BETWEEN = re_pattern(
    rf"(?<=[{_CHINESE}])[{_NOUGHT}]{{1,2}}(?=[{_CHINESE}])(?![一-九]\d)|(?<=[{_CHINESE}]{{2}})[OO○◯](?=[师团旅所院厂号室高])"
    rf"|(?<![{_CHINESE}〇零十百{_NOUGHT}][{_CHINESE}])(?<=[{_CHINESE}])[{_NOUGHT}](?=年代)|(?<=一[八九][{_CHINESE}])[○◯](?=[）〕，。、；—－—\n])"
)
_MIXED = re_pattern(
    rf"[一二][{_CHINESE}〇零○0]{{2}}[1-9](?=年)|[一二][{_CHINESE}〇零○0][1-9][{_CHINESE}〇零○\d](?=年)"
)
"""A year that mixes Chinese numerals and digits."""
_SEVERAL = 2
_ZERO = re_pattern(f"[{_NOUGHT}]")
_WHY = Message("“〇”误读", "〇, misread")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    if not signs.touch(text, _NOUGHT, _CHINESE):
        return
    done: set[int] = set()
    mixed = len(_MIXED.findall(text)) >= _SEVERAL if "0" in text else False
    for match in _YEAR.finditer(text):
        run = match.group()
        places = [match.start() + m.start() for m in _ZERO.finditer(run) if not (mixed and m.group() == "0")]
        if places and any(char in _CHINESE for char in run) and not document.is_opaque(*match.span()):
            done.update(places)
            yield fix(NAME, text, [(at, at + 1, "〇") for at in places], Applicability.SAFE, 0.995, _WHY)
    for match in _BETWEEN.finditer(text):
        start, end = match.span()
        if start in done or document.is_opaque(start, end) or (mixed and "0" in match.group()):
            continue
        changes = [(at, at + 1, "〇") for at in range(start, end)]
        yield fix(NAME, text, changes, Applicability.LIKELY, 0.93, _WHY)
