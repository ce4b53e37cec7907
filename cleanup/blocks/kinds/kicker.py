"""The line that leads up to a headline: 某某在会议上强调.

Told by: what kickers end with, above a line that looks like a headline.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import newspaper

NAME: BlockKind = "kicker"
CASES = (
    Case("县长在备耕会议上强调\n抓紧备耕 不误农时\n本报讯 会议昨日召开，各乡镇参加。\n", (0,)),
    Case("县长在备耕会议上强调\n，要抓紧备耕，不误农时。\n", ()),
)


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    for at in range(len(rows) - 1):
        row, below = rows[at], rows[at + 1]
        if (
            page.is_plain(at)
            and page.is_plain(at + 1)
            and page.is_fresh(at)
            and newspaper.is_kicker(row.words)
            and newspaper.is_title(row.words)
            and newspaper.is_title(below.words)
            and not (
                page.is_full(at) and page.is_full(at + 1) and at + 2 < len(rows) and page.is_full(at + 2)
            )
        ):
            yield Claim(at, at, 0.8)
