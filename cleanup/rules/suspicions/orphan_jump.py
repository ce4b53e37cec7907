"""A jump line whose other end is not in the file: flagged.

Why: 下转6版 without its 上接 leaves the article unfinished for whoever reads only this file.
Leaves alone: pairs that are both there.
Safety: a flag; nothing is changed. (In an archive the other page is found by stitching.)
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text import jumps

NAME = "suspicions.orphan-jump"
SUMMARY = Message("标出找不到另一头的“下转/上接”", "Flag jump lines without their other end")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("会议还部署了其他工作，\n（下转6版）", flags=True),
    Case("会议部署工作，\n（下转2版）\n\f（上接1版）\n并提出要求。", None, "both ends are there"),
    Case("稿件下转6版刊登，敬请留意。", None, "inside a sentence"),
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    found = list(jumps.find(document.text))
    open_ends = {"to": 0, "from": 0}
    for mark in found:
        open_ends[mark.direction] += 1
    partners = min(open_ends.values())
    seen = {"to": 0, "from": 0}
    for mark in found:
        seen[mark.direction] += 1
        if seen[mark.direction] <= partners:
            continue
        shown = document.text[mark.start : mark.end]
        why = (
            Message(
                f"文章转到第 {mark.page} 版，下文不在本文件中",
                f"The article goes on on page {mark.page}, which is not in this file",
            )
            if mark.direction == "to"
            else Message(
                f"文章接自第 {mark.page} 版，上文不在本文件中",
                f"The article comes from page {mark.page}, which is not in this file",
            )
        )
        yield flag(NAME, Span(mark.start, mark.end), 0.8, why, (shown,))
