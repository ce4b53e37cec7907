"""A quote or bracket without its partner in the paragraph: flagged.

Why: a lost ” or ） shows a lost or misread character, and sometimes a lost line.
Leaves alone: a quotation over several paragraphs (each opens with “, the last closes); 1） as a list
     mark; files whose lines are no paragraphs.
Safety: a flag; nothing is changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text import signs
from cleanup.text.joins import manner
from cleanup.text.scripts import PAIRS

NAME = "suspicions.unpaired"
SUMMARY = Message("标出不成对的引号、括号、书名号", "Flag quotes and brackets without a partner")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("他说：“今年收成好。大家都笑了。", flags=True),
    Case("会议（扩大会议昨日召开，部署了工作。", flags=True),
    Case("他说：“今年收成好。”大家都笑了。", None),
    Case("“第一段没有完。\n\n“第二段也没有完。\n\n“第三段完了。”", None, "one quotation, three paragraphs"),
    Case("1）收成；2）价格。", None, "list marks"),
)
_COMMON = 0.02
"""Share of lines above which the lines of a file are no paragraphs."""
_NAMES = {
    "“": "引号",
    "‘": "引号",
    "（": "括号",
    "《": "书名号",
    "〈": "书名号",
    "【": "括号",
    "「": "引号",
    "『": "引号",
}
_OPENS = {close: open_ for open_, close in PAIRS.items()}
_EITHER = "".join((*PAIRS, *_OPENS))


def find(document: Document, tools: object) -> Iterable[Fix]:
    style = manner(document).style
    if style == "wrapped":
        return
    lines = [line for line in document.lines if line.kind in ("body", "heading", "list", "quote")]
    found: list[tuple[Line, int]] = []
    marks = signs.places(document.text, _EITHER)
    for at, line in enumerate(lines):
        start = line.content.start
        near = marks[bisect_left(marks, start) : bisect_left(marks, line.content.end)]
        lone = _lone(document.words(line), [mark - start for mark in near]) if near else []
        if not lone:
            continue
        if document.words(line)[lone[0]] == "“" and lone == [0] and _goes_on(document, lines, at):
            continue
        found.append((line, lone[0]))
    if style == "line-each" and len(found) > max(1.0, _COMMON * len(lines)):
        return
    for line, place in found:
        at = line.content.start + place
        char = document.text[at]
        name = _NAMES.get(char) or _NAMES[next(o for o, c in PAIRS.items() if c == char)]
        why = Message(f"{name} {char} 在本段中没有另一半", f"{char} has no partner in its paragraph")
        yield flag(NAME, Span(at, at + 1), 0.8, why)


def _goes_on(document: Document, lines: list[Line], at: int) -> bool:
    """Whether the next paragraph carries the quotation on with an opening quote of its own."""
    return at + 1 < len(lines) and document.words(lines[at + 1]).startswith("“")


def _lone(words: str, marks: list[int]) -> list[int]:
    """Which of the places of quotes and brackets are without partners."""
    stack: list[int] = []
    lone: list[int] = []
    for at in marks:
        char = words[at]
        if char in PAIRS:
            stack.append(at)
        elif stack and words[stack[-1]] == _OPENS[char]:
            stack.pop()
        elif not (char == "）" and at and (words[at - 1].isalnum() and _is_mark(words, at))):
            lone.append(at)
    return sorted(lone + stack)


def _is_mark(words: str, at: int) -> bool:
    """Whether the ） at `at` closes a list mark: 1） or 一）."""
    start = at - 1
    while start > 0 and words[start - 1].isalnum() and at - start < 3:
        start -= 1
    return start == 0 or words[start - 1] in "；。：，、 　"
