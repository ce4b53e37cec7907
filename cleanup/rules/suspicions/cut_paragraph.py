"""A paragraph that ends in mid-sentence and goes on nowhere: flagged.

Why: the engine lost the rest of it, or put it elsewhere on the page; nobody but a reader with the scan
     can tell.
Leaves alone: headlines, bylines, captions, files of single lines where sentences end openly throughout.
Safety: a flag; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text import paragraphs
from cleanup.text.joins import manner

NAME = "suspicions.cut-paragraph"
SUMMARY = Message("标出断在句中、没有下文的段落", "Flag paragraphs that break off in mid-sentence")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
CASES = (
    Case(
        "# 安全会议\n\n会议要求压实责任。要守住安全发展底线，扎实开展安全生\n\n# 招商会议\n\n会议昨日召开。",
        flags=True,
    ),
    Case("# 安全会议\n\n会议要求压实责任，守住底线。\n\n# 招商会议\n\n会议昨日召开。", None),
    Case("# 导读\n\n这些年，我们走过的春节回家路\n\n# 简讯", None, "a headline with a comma"),
)
_SHORT = 40
"""Characters: a shorter line without a full stop inside may be a headline."""
_COMMON = 0.03
"""Share of open-ended lines above which the lines of a file are no paragraphs."""
_WHY = Message(
    "段落在句中断开，下文不在后面", "The paragraph breaks off in mid-sentence and does not go on below"
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    style = manner(document).style
    if style == "wrapped":
        return
    prose = [line for line in document.lines if line.kind == "body" and _is_paragraph(document, line)]
    cut = [line for line in prose if paragraphs.ends_open(document.words(line))]
    if style == "line-each" and len(cut) > max(1.0, _COMMON * len(prose)):
        return
    for line in cut:
        words = document.words(line)
        if paragraphs.is_signature(words) or paragraphs.is_jump_line(words):
            continue
        end = line.content.end
        yield flag(NAME, Span(max(line.content.start, end - 12), end), 0.9, _WHY, (words[-20:],))


def _is_paragraph(document: Document, line: Line) -> bool:
    words = document.words(line)
    caption = words.endswith(("摄", "文", "图", "供图", "整理", "编译"))
    return not caption and paragraphs.is_prose(words) and ("。" in words or len(words) >= _SHORT)
