"""Spaces at the end of a line: taken out.

Why: engines pad lines; nobody sees the padding and every comparison trips over it.
Leaves alone: Markdown's two-space hard breaks (layout.hard-break decides on them); code; the space
     between two Latin words of a wrapped line.
Safety: SAFE, since nothing visible changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case

NAME = "layout.trailing-space"
SUMMARY = Message("去掉行末空格", "Take out spaces at line ends")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("会议结束。 \n散会。　\n", "会议结束。\n散会。\n"),
    Case("　　会议结束。", None, "an indent"),
    Case("# 诗\n\n白日依山尽，  \n黄河入海流。  \n欲穷千里目，", None, "hard breaks"),
)
_WHY = Message("行末的空格", "Spaces at the end of the line")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for line in document.lines:
        if line.hard_break or line.kind == "code":
            continue
        end = line.span.end
        start = end - (len(text[line.span.start : end]) - len(text[line.span.start : end].rstrip(" \t　")))
        if start < end:
            yield fix(NAME, text, [(start, end, "")], SAFETY, 0.999, _WHY)
