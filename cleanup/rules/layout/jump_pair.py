"""下转 and 上接 that meet in one file, with only page furniture between: taken out, the text goes on.

Why: in a file of several pages the jump line parts a sentence that goes on at the very next line of text.
Leaves alone: a jump line whose other end is elsewhere or out of the file; one with an article between.
Safety: LIKELY; both marks and the pages they name stay among the journal's links.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Page
from cleanup.text import folios, jumps

NAME = "layout.jump-pair"
SUMMARY = Message("接上同一文件内“下转”与“上接”相遇之处", "Take out 下转/上接 that meet within a file")
SAFETY = Applicability.LIKELY
EARLY = 2
STITCHES = True
NEEDS: tuple[str, ...] = ()
CASES = (
    Case(
        "两座桥通\n(下转2版)\n\f渝州日报 综合 2021年3月4日 星期四 2版\n(上接1版)\n车，一座还没有完工。\n",
        "两座桥通\n\f渝州日报 综合 2021年3月4日 星期四 2版\n车，一座还没有完工。\n",
    ),
    Case(
        "县里修了三座桥，\n（下转2版）\n学校也盖好了。\n（上接4版）\n车通了。",
        None,
        "an article lies between",
    ),
    Case("县里修了三座桥，两座通\n（下转2版）\n", None, "the other end is in another file"),
)
_WHY = Message("“下转”与“上接”在此相遇，正文连续", "下转 and 上接 meet here; the text goes on")


def find(document: Document, tools: Page) -> Iterable[Fix]:
    text = document.text
    if tools.furniture != "drop":
        return
    marks = {document.line_at(mark.start): mark for mark in jumps.find(text)}
    if not marks:
        return
    aside = {found.line: found for found in tools.aside(document)}
    for at, mark in marks.items():
        if mark.direction != "to":
            continue
        cuts = [_cut(document, at, mark)]
        pages: set[int] = set()
        number = at + 1
        other = None
        while number < len(document.lines):
            if number in marks and other is None and marks[number].direction == "from":
                other = marks[number]
                cuts.append(_cut(document, number, other))
            elif number in aside:
                pages |= folios.page_numbers(aside[number].folio)
            elif document.lines[number].kind != "blank":
                break
            number += 1
        if other is not None or (mark.page and mark.page in pages):
            evidence = tuple(text[start:end].strip() for start, end, _ in cuts)
            yield fix(NAME, text, cuts, SAFETY, 0.97 if other else 0.9, _WHY, evidence)


def _cut(document: Document, at: int, mark: jumps.JumpMark) -> tuple[int, int, str]:
    """The edit that takes a jump mark out, with its line where nothing else stands on it."""
    text, line = document.text, document.lines[at]
    if line.content.start < mark.start:
        return mark.start, mark.end, ""
    end = line.span.end if mark.end >= line.content.end else mark.end
    if end == line.span.end and text[end : end + 1] == "\n":
        end += 1
    return line.span.start, end, ""
