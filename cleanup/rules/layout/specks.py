"""Specks read as text: stray marks at line ends, and lines with nothing readable in them.

Why: engines read dirt, rules between columns and show-through as characters ("、 . ~", "2 SESE UC").
Leaves alone: numbers, rows of dots or dashes, lines with a single readable word; a line of specks that
     does not stand between two parts of one sentence is flagged, not removed.
Safety: LIKELY.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix, flag
from cleanup.rules.contract import Case, Tools
from cleanup.text import paragraphs, specks
from cleanup.text.scripts import is_han

NAME = "layout.specks"
SUMMARY = Message("去掉把污点读成的零星字符", "Take out specks read as characters")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("县里修了三座桥，两座在城      7\n区，一座在乡下。", "县里修了三座桥，两座在城\n区，一座在乡下。"),
    Case("县里修了三座桥，两座在城\n、 . ~\n区，一座在乡下。", "县里修了三座桥，两座在城\n区，一座在乡下。"),
    Case("县里修了三座桥。\nSESE SSR eat UC\n学校也盖好了。", None, "flagged", flags=True),
    Case("共计\n1200\n人", None, "a number"),
    Case("他说：\n……\n大家都笑了。", None, "dots"),
)
_TAIL = Message("行末隔着空白的零星符号，是污点", "Stray marks behind a gap at the line end are specks")
_LINE = Message("这一行没有可读的内容", "Nothing in this line can be read")


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    if document.format != "text":
        return
    text = document.text
    for match in specks.TAIL.finditer(text):
        line = document.lines[document.line_at(match.start())]
        if line.kind == "body" and _is_prose(text[line.content.start : match.start()]):
            yield fix(NAME, text, [(*match.span("tail"), "")], SAFETY, 0.9, _TAIL)
    for match in specks.LEAD.finditer(text):
        line = document.lines[document.line_at(match.end())]
        if line.kind == "body" and _is_prose(text[match.end() : line.content.end]):
            yield fix(NAME, text, [(*match.span("lead"), "")], SAFETY, 0.85, _TAIL)
    solid = [line for line in document.lines if line.kind != "blank"]
    for at, line in enumerate(solid):
        words = document.words(line)
        if line.kind != "body" or not (specks.is_speck_line(words) or specks.is_garbage(words)):
            continue
        near = [solid[other] for other in (at - 1, at + 1) if 0 <= other < len(solid)]
        if len(near) == 2 and specks.is_speck_line(words) and _join(document, *near):
            end = line.span.end + (text[line.span.end : line.span.end + 1] == "\n")
            yield fix(NAME, text, [(line.span.start, end, "")], SAFETY, 0.85, _LINE)
        else:
            yield flag(NAME, line.content, 0.7, _LINE)


def _is_prose(words: str) -> bool:
    return sum(map(is_han, words)) >= 6 and sum(map(is_han, words)) >= 0.6 * len(words.strip())


def _join(document: Document, before: Line, after: Line) -> bool:
    """Whether a sentence goes on from one line to the other."""
    one, two = document.words(before), document.words(after)
    if before.kind != "body" or after.kind != "body" or paragraphs.opens(two):
        return False
    return paragraphs.ends_open(one) and is_han(two[0]) and (is_han(one[-1]) or one[-1] in "，、")
