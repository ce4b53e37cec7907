"""Headings, as mark-up tells them or as they stand in plain text: 标题, the numbered head of a section.

Told by: mark-up; in plain text by being short, without the punctuation of sentences and set apart by blank
lines, above prose.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import newspaper
from cleanup.text.scripts import is_han

NAME: BlockKind = "heading"
CASES = (
    Case("# 修桥\n\n县里修了三座桥，两座通车。\n", (0,), "", "markdown"),
    Case("全县汛前检查结束\n\n县水务局近日对全县水库进行了检查，查出隐患二十三处，已经整改。\n", (0,)),
    Case("今天是第十一个\n\n全民国家安全教育日，各地组织了宣传活动。\n", (), "cut in two", "markdown"),
    Case("县水务局近日对全县水库进行了检查，查出隐患\n\n二十三处，已经整改。\n", ()),
)


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    plain = page.document.format == "text"  # whoever writes Markdown marks them
    for at, row in enumerate(rows):
        if row.line.kind == "heading":
            yield Claim(at, at, 0.98)
        elif plain and row.plain and at + 1 < len(rows) and _is_title(page, at):
            yield Claim(at, at, 0.7)  # perhaps a sentence cut in two: left to a person


def _is_title(page: Page, at: int) -> bool:
    """A short line between blank lines, or at the head of the text, above prose."""
    rows = page.rows
    row, below = rows[at], rows[at + 1]
    apart = (at == 0 or row.blank or row.page) and below.blank
    return (
        apart
        and (at == 0 or rows[at - 1].closed or not page.is_plain(at - 1))
        and row.size >= 4
        and row.open
        and not row.marked
        and is_han(row.words[-1])
        and newspaper.is_title(row.words)
        and row.size < 0.75 * below.size
        and (below.marked or below.words[-1] in "。！？")
    )
