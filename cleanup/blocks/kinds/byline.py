"""Who wrote it: 本报记者 某某, 文/某某, alone on a line.

Told by: the words that bylines are made of.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import newspaper
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "byline"
CASES = (
    Case("三座桥通车\n本报记者 王小河\n县里修了三座桥，两座通车。\n", (1,)),
    Case("鲸鸥馆诗钞，奉贤秦士醇静甫撰\n（5版）\n东草堂诗稿\n", (), "how often a book was printed"),
    Case("县里来了本报记者王小河，\n他写了三座桥。\n", ()),
)
_EDITION = regex_pattern(r"[（(]\d{1,2}[ 　]?版[）)]")
"""The end of an entry, or of a teaser: it may belong to the line above."""


def find(page: Page) -> Iterator[Claim]:
    for at, row in enumerate(page.rows):
        if row.plain and newspaper.stands_apart(row.words) and not _EDITION.fullmatch(row.words):
            yield Claim(at, at, 0.95)
