"""When and where it was written: a date or an agency's mark alone on a line.

Told by: the words; a line that fills its column behind a line in mid-sentence is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import newspaper

NAME: BlockKind = "dateline"
CASES = (
    Case("三座桥通车\n新华社北京3月5日电\n县里修了三座桥，两座通车。\n", (1,)),
    Case("通知\n2020-10-21 17:23\n县里修了三座桥。\n2020-10-22 8:05\n两座通车。\n", (1, 3)),
    Case("县里的三座石拱桥已经在\n3月5日通了车，群众都来看。\n", (), "in a sentence"),
)


def find(page: Page) -> Iterator[Claim]:
    for at, row in enumerate(page.rows):
        if row.plain and not row.marked and page.is_fresh(at) and newspaper.is_dateline(row.words):
            yield Claim(at, at, 0.85)
