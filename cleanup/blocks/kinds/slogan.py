"""Slogans and cries, one a line: 万众一心抗洪灾！

Told by: two and more short lines in a row that end with an exclamation mark and are no speech.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page, runs
from cleanup.model.block import BlockKind

NAME: BlockKind = "slogan"
CASES = (
    Case("全国各族人民团结起来！\n保卫家乡！\n建设家乡！\n", (0, 1, 2)),
    Case("“走吧！”\n“好！”\n", (), "speech"),
    Case("他大声喊道，快来人呀！\n大家都跑来了。\n", ()),
)
_LONGEST = 30.0


def find(page: Page) -> Iterator[Claim]:
    cries = [
        row.plain
        and row.size <= _LONGEST
        and row.words[-1] in "！!"
        and row.words[0] not in "“「‘"
        and "。" not in row.words
        for at, row in enumerate(page.rows)
    ]
    for first, last in runs(cries, 2):
        yield Claim(first, last, 0.9)
