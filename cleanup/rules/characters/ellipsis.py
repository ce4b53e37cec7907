"""Rows of stops for an ellipsis become ……: 等等...... -> 等等……, 。。。 -> ……, . . . -> ……

Why: engines and typists set dots, Chinese stops or ·· for the six-dot ellipsis.
Leaves alone: leaders of a table of contents (总则........12), dots after Latin, specks between words.
Safety: LIKELY; SUGGEST for a single … within a sentence, which may be a misread stroke, unless the text has
     rows of dots, or another … where a quotation ends, and no …… besides.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_han

NAME = "characters.ellipsis"
SUMMARY = Message("省略号统一为“……”", "Rows of dots become the Chinese ellipsis")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("苹果、梨、香蕉......应有尽有", "苹果、梨、香蕉……应有尽有"),
    Case("他说：“可是。。。”", "他说：“可是……”"),
    Case("怎么办···", "怎么办……"),
    Case("等等......。", "等等……。"),
    Case("怎么办…”", "怎么办……”"),
    Case("他说…大家都笑了...", "他说……大家都笑了……", "a text without a whole one"),
    Case("他想了想…又说：“不行…”", "他想了想……又说：“不行……”", "one ends a quotation"),
    Case("他想了想 . . . 没有说话", "他想了想……没有说话"),
    Case("可是⋯⋯", "可是……", "the dots of formulas"),
    Case("第一章 总则........12", None, "a leader to a page number"),
    Case("a...b，…条条", None, "Latin; a speck"),
    Case("他说…大家都笑了", None, "a speck or half an ellipsis: suggested only"),
    Case("x1 + x2 + ⋯ + xn，甲、乙、…", None, "a formula; one of a list"),
    Case("第一章 总则 . . . . . 12", None, "a leader"),
    Case("他说……", None, "an ellipsis"),
)

_DOTS = re_pattern(
    r"(?:[.。·、．⋯‥](?:\.{2,11}|。{2,}|·{2,5}|、{2,}|．{2,}|⋯+|‥+)|[ ]?[.。·．](?:[ ][.。·．]){2,11}[ ]?)"
    r"(?![.·、．]|[ \t　]*\d+[ \t　]*(?:\n|$)|[ ][.。·．])|…|⋯"
)
_ROWS = ("…", "..", "。。", "··", "、、", "．．", "⋯", "‥", ". .", "。 。", "· ·", "． ．")
"""One of these stands in every row."""
_BEFORE = "”’》），、"
_SINGLE = "…⋯"
_AFTER_SPECK = frozenset("…。，、；：.·-—")
_CLOSES = frozenset("”’」』）")
_WHY = Message("省略号", "An ellipsis")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    if not any(row in text for row in _ROWS):
        return
    found = [match for match in _DOTS.finditer(text) if _may_be(document, *match.span())]
    rows = [match for match in found if match.group() not in _SINGLE and len({*match.group()} - {" "}) == 1]
    for match in rows:
        yield fix(NAME, text, [(*match.span(), "……")], SAFETY, 0.93, _WHY)
    closed = any(text[match.end() : match.end() + 1] in _CLOSES for match in found)
    halves = (bool(rows) or (closed and len(found) > 1)) and "……" not in text
    for match in found:
        start, end = match.span()
        left, right = text[start - 1], text[end : end + 1]
        if match.group() not in _SINGLE or left == "、":
            continue
        if right in _CLOSES or text[end : end + 2] in ("", "\n", "\n\n"):
            yield fix(NAME, text, [(start, end, "……")], SAFETY, 0.9, _WHY)
        elif right not in _AFTER_SPECK and not right.isdigit():
            promise, sure = (SAFETY, 0.9) if halves else (Applicability.SUGGEST, 0.3)
            yield fix(NAME, text, [(start, end, "……")], promise, sure, _WHY)


def _may_be(document: Document, start: int, end: int) -> bool:
    """Whether an ellipsis of Chinese text may stand there."""
    left = document.text[start - 1 : start]
    return bool(left) and (is_han(left) or left in _BEFORE) and not document.is_opaque(start, end)
