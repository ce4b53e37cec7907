"""A sign, a number or a mark that a model wrote on and on, 0000…, \\quad \\quad …, &nbsp;&nbsp;…: taken away.

Why: vision-language models that lose the page write one token until their limit, mostly at the end of a cell
     or of the page.
Leaves alone: dots that lead to a page number, ruled lines, blanks to fill in, cells 0 0 0 of a table;
     flags zeros that a number goes on in, and what stands in a formula.
Safety: LIKELY; thirty copies and sixty characters, 150 dots. Words are kept once.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, fix, flag
from cleanup.rules.contract import Case
from cleanup.text.endless import Stretch, stretches
from cleanup.text.patterns import re_pattern

NAME = "repeats.endless"
SUMMARY = Message("模型没完没了写下的同一符号，删去", "Take away a sign that a model wrote on and on")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("全年产量见下表。" + "0" * 200, "全年产量见下表。"),
    Case("各户自行留存。" + "…" * 200, "各户自行留存。……"),
    Case("粮食" + "&nbsp;" * 40 + "\n", "粮食\n"),
    Case("会议号召大家" + "学习" * 60, "会议号召大家学习"),
    Case("合计35" + "0" * 200, None, "a number ends nobody knows where", flags=True),
    Case("姓名…………………………电话………………………………", None, "blanks to fill in"),
    Case("第一章 总则" + "…" * 40 + "12", None, "contents"),
    Case("—" * 80, None, "a ruled line"),
    Case("0 0 0 0 0 0 0 0 0 0 0 0", None, "cells"),
    Case("“哈" + "哈" * 30 + "！”", None, "laughter"),
)
_DOTS, _LONG = frozenset("….·．・。"), 150
"""Leaders and what is left to fill in are shorter: a line of print has room for some 60."""
_RULES = frozenset("_-—=*~─━+:#－–|▁")
_CELLS = 100
"""Empty cells in a row from which a table is looked at."""
_ENTITIES = re_pattern(r"&[^;\s]{1,10};?|[^&]+")
_WHY = Message(
    "“{0}”连写了{1}遍，是模型失控所写", "“{0}” stands {1} times in a row: the model ran on without end"
)
_NUMBER = Message(
    "数字里“{0}”连写了{1}遍，真值已不可知；请对照原图",
    "“{0}” stands {1} times in this number; what was printed cannot be told: look at the scan",
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for found in stretches(text):
        start, end, unit = found.start, found.end, text[found.start : found.start + found.period]
        signs = set(unit) - set(" \t　")
        if not signs or signs <= _RULES or (signs <= _DOTS and not _runs_out(text, found)):
            continue
        before = text[max(0, start - 1) : start]
        shown = (unit.strip(), (end - start) // found.period)
        why, number = (Message(m.zh.format(*shown), m.en.format(*shown)) for m in (_WHY, _NUMBER))
        if unit[0] == "&":
            # One entity an edit: what is written so may go, piece by piece.
            changes = [(start + m.start(), start + m.end(), "") for m in _ENTITIES.finditer(text[start:end])]
            yield fix(NAME, text, changes, SAFETY, 0.95, why)
        elif "<" in unit or document.is_opaque(start, end):
            if unit[0] == "\\" or shown[1] >= _CELLS:
                yield flag(NAME, _beyond(document, start, end), 0.9, why)
        elif before and unit[0].isdigit() and (before.isdigit() or before in ".,，．"):
            yield flag(NAME, Span(start, end), 0.9, number)
        else:
            while start and text[start - 1] in " 　" and (end == len(text) or text[end] == "\n"):
                start -= 1
            yield fix(NAME, text, [(start, end, _kept(unit))], SAFETY, 0.95, why)


def _beyond(document: Document, start: int, end: int) -> Span:
    """The formula that holds a stretch, with a character of the text on either side."""
    held = [span for span in document.opaque if span.start <= start and end <= span.end] or [Span(start, end)]
    return Span(max(0, held[0].start - 1), min(len(document.text), held[0].end + 1))


def _runs_out(text: str, found: Stretch) -> bool:
    """Whether so many dots lead nowhere: nothing but the end of the cell, the line or the text follows."""
    behind = text[found.end : found.end + 80].partition("\n")[0].strip(" 　")
    return found.end - found.start >= _LONG and (not behind or behind.startswith(("|", "</")))


def _kept(unit: str) -> str:
    """What stays of it: words once, of dots an ellipsis."""
    bare = unit.strip()
    if set(bare) <= _DOTS:
        return "……" if "…" in bare else ""
    return bare[: len(unit)] if any("一" <= char <= "鿿" for char in bare) else ""
