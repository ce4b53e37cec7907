"""Physical lines and what each of them is: heading, list item, table row, body …"""

from __future__ import annotations

import re
from functools import lru_cache

from cleanup.model.document import Line, LineKind, Page
from cleanup.model.fix import Span

_HEADING = re.compile(r"(#{1,6})[ \t　]+(?=\S)")
_LIST = re.compile(r"(?:[-*+•●○■□▲△◆◇★☆▶►·][ \t　]+|\d{1,3}[.)][ \t　]+)(?=\S)")
_RULE = re.compile(r"([-*_=])(?:[ \t]*\1){2,}$")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_TABLE = re.compile(r"\|.*\||.*\S(?:\t|[ 　]{3,})\S.*\S(?:\t|[ 　]{3,})\S|.*\S\t\S")
_FIGURE = re.compile(r"!\[|</?(?:img|table|tr|td|th|thead|tbody|figure|div|center)\b", re.I)
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]{2,60})(?<=\S)\1$")

KEPT = 16_384
"""Lines that are remembered: more than a part of a long text has."""
MARK = "〔版面〕"
"""Stands before a line of page furniture that was kept and marked."""


def split(text: str, markdown: bool) -> tuple[Line, ...]:
    """The lines of `text`; line feeds and form feeds end lines."""
    lines: list[Line] = []
    start, fence = 0, ""
    for raw in text.replace("\f", "\n").split("\n"):
        line, fence = _classify(raw, start, markdown, fence)
        lines.append(line)
        start += len(raw) + 1
    return tuple(lines)


def _classify(raw: str, start: int, markdown: bool, fence: str) -> tuple[Line, str]:
    bare = raw.strip()
    indent = len(raw) - len(raw.lstrip())
    content = Span(start + indent, start + indent + len(bare))
    span = Span(start, start + len(raw))
    if not bare:
        return Line(span, "code" if fence else "blank", Span(start, start)), fence
    hard = markdown and raw.endswith("  ") and not fence
    if markdown and (mark := _FENCE.match(bare)):
        if not fence:
            return Line(span, "code", content), mark.group()
        return Line(span, "code", content), "" if bare.startswith(fence) else fence
    if fence:
        return Line(span, "code", content), fence
    kind, level, skip, tail = _read(bare, markdown)
    return Line(span, kind, Span(content.start + skip, content.end - tail), level, hard), fence


@lru_cache(maxsize=KEPT)
def _read(bare: str, markdown: bool) -> tuple[LineKind, int, int, int]:
    """The kind of a line outside of code, its level, and how many characters at its ends are marks."""
    kind: LineKind = "body"
    level = skip = tail = 0
    if markdown and (mark := _HEADING.match(bare)):
        kind, level, skip = "heading", len(mark.group(1)), mark.end()
    elif markdown and (mark := _BOLD.match(bare)) and bare[-3] not in "。，；：:":
        kind, level, skip, tail = "heading", 6, 2, 2
    elif _RULE.match(bare) or bare.startswith(MARK):
        kind = "rule"
    elif mark := _LIST.match(bare):
        kind, skip = "list", mark.end()
    elif ("|" in bare or "\t" in bare or " " in bare or "　" in bare) and _TABLE.match(bare):
        kind = "table"
    elif markdown and bare.startswith(">"):
        kind = "quote"
        skip = len(bare) - len(bare[1:].lstrip())
    elif markdown and _FIGURE.match(bare):
        kind = "figure"
    return kind, level, skip, tail


def pages(text: str) -> tuple[Page, ...]:
    """Pages of `text`, parted by form feeds; at least one."""
    cuts = [match.start() for match in re.finditer("\f", text)]
    starts = [0] + [cut + 1 for cut in cuts]
    ends = [cut + 1 for cut in cuts] + [len(text)]
    return tuple(
        Page(number, Span(start, end))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )
