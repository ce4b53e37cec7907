"""Quotation marks of speech that were lost or read the wrong way: “好。“他说 -> “好。”他说.

Why: PP-OCR reads ” as “ on whole pages, and engines lose the marks at the edges of lines.
Leaves alone: paragraphs whose marks pair; marks about names and words, whose partner may stand anywhere; a
     quotation over several paragraphs; paragraphs that two readings fit.
Safety: LIKELY, where one reading of the paragraph's marks is plainly the cheapest (`text/quotations.py`). Of
     12,000 paragraphs of novels and reports whose closing marks were turned all came back right; of opening
     marks put in 99 % were right. Of closing ones 92 % were: they are only suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.joins import manner
from cleanup.text.patterns import re_pattern
from cleanup.text.quotations import (
    CLOSE,
    OPEN,
    Around,
    Change,
    applied,
    closes_first,
    ends_inside,
    is_paired,
    paired,
)

NAME = "characters.lost-quotes"
SUMMARY = Message(
    "补正对话中漏读、误读的引号", "Put right quotation marks of speech that were lost or misread"
)
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = OPEN + CLOSE
_TALK = "“你怎么来了？”\n“我来看看你。”\n"
CASES = (
    Case(
        "“这有什么办法呢？既然他要你这样，“觉新平静地说。", "“这有什么办法呢？既然他要你这样，”觉新平静地说。"
    ),
    Case("他高声说：“收成好，“接着又说：“人心齐。“", "他高声说：“收成好，”接着又说：“人心齐。”"),
    Case("以“三个有利于“为标准。", "以“三个有利于”为标准。"),
    Case(
        _TALK + "二青！你放心，我会跟上你。”她说完就走。", _TALK + "“二青！你放心，我会跟上你。”她说完就走。"
    ),
    Case("老王说：今年收成好。”大家都笑了。", "老王说：“今年收成好。”大家都笑了。"),
    Case("老王猛地回头说：“你听，是不是他们出了事？", None, "a closing mark is only suggested"),
    Case("“你快说，这是为什么呢？老王焦急地问他。", None, "it may close behind any sentence"),
    Case("会议强调“要抓落实。今年各项工作进展顺利。", None, "a word or a sentence"),
    Case("张国华获得“模范党员”、“优秀书记称号。", None, "a name: where it ends nobody knows"),
    Case("他说：“第一段没有完。\n“第二段完了。”", None, "one quotation over two paragraphs"),
    Case("他说：“第一段没有完。\n第二段完了。”", None, "another"),
)
_REACH = 8
"""Paragraphs on either side that tell whether speech stands in paragraphs of its own."""
_TURNS = 2
"""So many of them begin with a mark."""
_SEVERAL = 3
"""Turns of speech that are closed before the next begins, for one that is not: it lost its mark."""
_INNER = re_pattern("[。！？][^。！？”’…—]")
_MANY, _FEW = 30, 0.1
"""So many lines, of which no more than this share hold several sentences, are no paragraphs."""
_TURNED, _LOST = 0.98, 0.92
_WHY = Message(
    "引号不成对，此处应有或应为此号", "The quotation marks do not pair; this one was lost or misread"
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    lines = [line for line in document.lines if line.kind in ("body", "list", "quote")]
    words = [document.words(line) for line in lines]
    if all(map(is_paired, words)) or manner(document).style == "wrapped" or _are_sentences(words):
        return
    opened = [one.startswith(OPEN) for one in words]
    closed = [first and one.endswith(CLOSE) for one, first in zip(words, opened, strict=True)]
    turns = sum(closed[at] and opened[at + 1] for at in range(len(words) - 1))
    inside = False
    for at, (line, one) in enumerate(zip(lines, words, strict=True)):
        below = next((later for later in words[at + 1 : at + _REACH] if OPEN in later or CLOSE in later), "")
        near = sum(opened[max(0, at - _REACH) : at + _REACH + 1])
        goes_on = closes_first(below) or (below[:1] == OPEN and turns < _SEVERAL)
        around = Around(near >= _TURNS, inside, goes_on)
        changes = paired(one, around)
        inside = ends_inside(applied(one, changes), inside)
        if changes:
            yield from _fix(document, line, changes)


def _are_sentences(words: list[str]) -> bool:
    """Whether each line is one sentence, torn from what it is quoted in."""
    several = sum(_INNER.search(one) is not None for one in words)
    return len(words) >= _MANY and several < _FEW * len(words)


def _fix(document: Document, line: Line, changes: tuple[Change, ...]) -> Iterator[Fix]:
    """One for all changes of a paragraph: the reading stands or falls as a whole."""
    begun = line.content.start
    edits = [(begun + start, begun + end, after) for start, end, after in changes]
    if not any(document.is_opaque(start, max(end, start + 1)) for start, end, _ in edits):
        put_in = {after for start, end, after in edits if start == end}
        level = Applicability.SUGGEST if CLOSE in put_in else SAFETY
        yield fix(NAME, document.text, edits, level, _LOST if put_in else _TURNED, _WHY)
