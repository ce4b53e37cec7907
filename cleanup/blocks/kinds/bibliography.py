"""An entry of a bibliography: [1] 王某. 书名[M]. 北京：某某出版社，1999.

Told by: the mark of the sort of publication ([M], [J] …), or a publisher and a year at the end, below
参考文献.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "bibliography"
CASES = (
    Case(
        "参考文献\n[1] 王某. 水利史[M]. 北京：某某出版社，1999.\n"
        "[2] 李某. 论桥[J]. 学报，2001（3）：12-15.\n",
        (0, 1, 2),
    ),
    Case(
        "参考文献\n王某：《水利史》，某某出版社1999年版。\n李某：《论桥》，《学报》2001年第3期。\n", (0, 1, 2)
    ),
    Case("他在1999年读到《水利史》。\n", ()),
)
_HEAD = regex_pattern(
    r"(?:主要)?(?:参考(?:文献|书目|资料)|引用(?:文献|书目)|參考文獻|References|Bibliography)[：:]?"
)
_SORT = regex_pattern(r"\[(?:[MJCDNRSPGA]|EB/OL|J/OL|M/OL|N/OL)\]")
_PRINTED = regex_pattern(r"《[^》]+》.*(?:(?:19|20)\d\d年|版|期|页|出版社)[^，]{0,12}[。.]?$")


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    below = -1
    for at, row in enumerate(rows):
        if len(row.words) <= 14 and _HEAD.fullmatch(row.words):
            below = at
            yield Claim(at, at, 0.95)
        elif not page.is_plain(at):
            continue
        elif "[" in row.words and _SORT.search(row.words) and page.is_fresh(at):
            yield Claim(at, at, 0.93, closes=False, joins="inside")
        elif below >= 0 and "《" in row.words and _PRINTED.search(row.words) and page.is_fresh(at):
            yield Claim(at, at, 0.9, closes=False, joins="inside")
