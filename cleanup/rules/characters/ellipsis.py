"""Rows of stops for an ellipsis become ……: 等等...... -> 等等……, 。。。 -> ……

Why: engines and typists set dots, Chinese stops or ·· for the six-dot ellipsis.
Leaves alone: leaders of a table of contents (总则........12), dots after Latin, specks between words.
Safety: LIKELY; SUGGEST for a single … within a sentence, which may be a misread stroke.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
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
    Case("第一章 总则........12", None, "a leader to a page number"),
    Case("a...b，…条条", None, "Latin; a speck"),
    Case("他说……", None, "an ellipsis"),
)

_DOTS = re.compile(
    r"[.。·、．](?:\.{2,11}|。{2,}|·{2,5}|、{2,}|．{2,})(?![.·、．]|[ \t　]*\d+[ \t　]*(?:\n|$))|…"
)
_ROWS = ("…", "..", "。。", "··", "、、", "．．")
"""One of these stands in every row."""
_BEFORE = "”’》），、"
_AFTER_SPECK = frozenset("…。，、；：.·-—")
_CLOSES = frozenset("”’」』）")
_WHY = Message("省略号", "An ellipsis")


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    text = document.text
    if not any(row in text for row in _ROWS):
        return
    for match in _DOTS.finditer(text):
        start, end = match.span()
        left, right = text[start - 1 : start], text[end : end + 1]
        if not left or not (is_han(left) or left in _BEFORE) or document.is_opaque(start, end):
            continue
        if match.group() != "…":
            if len(set(match.group())) == 1:
                yield fix(NAME, text, [(start, end, "……")], SAFETY, 0.93, _WHY)
        elif right in _CLOSES or text[end : end + 2] in ("", "\n", "\n\n"):
            yield fix(NAME, text, [(start, end, "……")], SAFETY, 0.9, _WHY)
        elif right not in _AFTER_SPECK and not right.isdigit():
            yield fix(NAME, text, [(start, end, "……")], Applicability.SUGGEST, 0.3, _WHY)
