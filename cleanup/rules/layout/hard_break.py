"""Markdown's two-space hard break at the end of a paragraph, heading or item: a plain break.

Why: vision-language models write "  ⏎" where the page merely starts a new line; what follows is a
     paragraph of its own.
Leaves alone: verse and addresses (three and more short lines in a row), tables, code; breaks in
     mid-sentence, which layout.join closes.
Safety: SAFE, since no word moves and lines stay lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.blocks import Blocks
from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Page
from cleanup.text.joins import Break, probability

NAME = "layout.hard-break"
SUMMARY = Message("把行末两个空格的硬换行改成普通换行", "Resolve Markdown hard breaks")
SAFETY = Applicability.SAFE
NEEDS = ("models/pairs.bin",)
CASES = (
    Case("# 报告\n\n各位代表：  \n我向大会报告工作。", "# 报告\n\n各位代表：\n\n我向大会报告工作。"),
    Case("# 诗\n\n白日依山尽，  \n黄河入海流。  \n欲穷千里目，  \n更上一层楼。", None, "verse"),
    Case("# 甲\n\n- 一项  \n- 二项", "# 甲\n\n- 一项\n- 二项"),
)
_ROW, _SHORT = 3, 20
"""So many lines of so few characters in a row are an address or a form."""
_WHY = Message("硬换行，此处是新的一段", "A hard break where a new paragraph starts")


def find(document: Document, tools: Page) -> Iterable[Fix]:
    lines = document.lines
    broken = [at for at, line in enumerate(lines) if line.hard_break]
    if not broken:
        return
    told = tools.blocks(document)
    kept = {at for at in broken if _is_kept(told, lines, at)}
    set_so = 2 * len(kept) > len(broken)
    for at in broken:
        line = lines[at]
        if line.kind in ("table", "code") or at in kept:
            continue
        if set_so and line.kind == "heading":
            continue  # whoever set the verse set its title so
        after = lines[at + 1] if at + 1 < len(lines) else None
        both_body = after is not None and line.kind == after.kind == "body"
        if both_body and after is not None:
            found = Break(line, after, blank=False, page=False)
            if probability(document, found, tools.pairs.link) >= 0.4:
                continue
        between = "\n" if both_body else ""
        change = (line.content.end, line.span.end, between)
        yield fix(NAME, document.text, [change], SAFETY, 0.99, _WHY)


def _is_kept(told: Blocks, lines: tuple[Line, ...], at: int) -> bool:
    """Whether the breaks of a line's block are the author's: verse, and short lines of one kind in a row."""
    kind = told.kind(lines[at])
    if kind in ("verse", "lyrics", "slogan", "columns"):
        return True
    first = last = at
    while first > 0 and lines[first - 1].hard_break:
        first -= 1
    while last + 1 < len(lines) and lines[last].hard_break:
        last += 1
    return last - first + 1 >= _ROW and all(len(line.content) <= _SHORT for line in lines[first : last + 1])
