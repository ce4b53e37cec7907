"""A headline printed over two or three lines: one line, where `--headlines logical` asks for it.

Why: a headline's lines are the typesetter's; whoever indexes headlines wants each as one line.
Leaves alone: kickers and subheads (the characters at the break do not hang together), bylines, lines
     with the punctuation of sentences; by default every printed line.
Safety: LIKELY when asked for; else not proposed.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Page
from cleanup.text import paragraphs
from cleanup.text.joins import Break, breaks, closes, gap_text
from cleanup.text.scripts import is_han

NAME = "layout.headline"
SUMMARY = Message("把分行排的标题接成一行（须 --headlines logical）", "Join headline lines when asked to")
SAFETY = Applicability.LIKELY
NEEDS = ("models/pairs.bin",)
CASES = (
    Case(
        "山里的“农民夜\n校”办起来了\n本报讯（记者 顾小满）夜校昨天开课。",
        "山里的“农民夜校”办起来了\n本报讯（记者 顾小满）夜校昨天开课。",
        headlines="logical",
    ),
    Case("山里的“农民夜\n校”办起来了\n本报讯（记者 顾小满）夜校昨天开课。", None, "printed lines stay"),
    Case("夜校开课\n本报记者 顾小满\n夜校昨天开课，来了四十人。", None, "a byline", headlines="logical"),
)
_LONGEST = 40
_STRONG = 1.0
"""Bits of association from which the characters at the break belong together."""
_WHY = Message("标题分行排印，此处接着说", "A headline goes on in its next printed line")


def find(document: Document, tools: Page) -> Iterable[Fix]:
    if tools.headlines != "logical" or document.format != "text":
        return
    aside = {document.lines[one.line] for one in tools.aside(document)}
    top = True
    page = None
    for found in breaks(document):
        number = document.page_at(found.before.span.start)
        top, page = top or number != page, number
        if found.before in aside:
            continue
        top = top and _is_title(document, found.before)
        if (
            top
            and found.after not in aside
            and _is_title(document, found.after)
            and _hangs(document, found, tools)
        ):
            yield fix(NAME, document.text, [gap_text(document, found)], SAFETY, 0.85, _WHY)


def _is_title(document: Document, line: Line) -> bool:
    words = document.words(line)
    byline = "记者" in words or "通讯员" in words or "本报" in words
    return (
        2 <= len(words) <= _LONGEST
        and not paragraphs.is_prose(words)
        and not byline
        and words[-1] not in "。！？"
    )


def _hangs(document: Document, found: Break, tools: Page) -> bool:
    one, two = document.words(found.before), document.words(found.after)
    if found.page or paragraphs.opens(two):
        return False
    if closes(one, two):
        return True
    bits = tools.pairs.link(one[-1], two[0]) if is_han(one[-1]) and is_han(two[0]) else None
    return bits is not None and bits >= _STRONG
