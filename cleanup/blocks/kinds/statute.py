"""The articles of a statute: 第三条 …, 第二章 总则. Each begins anew; the head of a chapter ends on its line.

Told by: the word with its number at the head of a line, where the line above is over or the articles before
and after it stand at the heads of lines as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "statute"
CASES = (
    Case("第一章 总则\n第一条 为了修好桥，制定本条例。\n第二条 本条例自公布之日起施行。\n", (0, 1, 2)),
    Case("第七节　附则\n", (0,)),
    Case(
        "纲之早殁，实为幸事，\n第四十七回立冲人母后摄政毒少主元舅横行\n却说万彰闻言，早知不妙\n",
        (1,),
        "of a novel",
    ),
    Case("按照本条例\n第三条的规定，处以罚款。\n", (), "in a sentence"),
)
_ARTICLE = regex_pattern(
    r"第[零〇一二三四五六七八九十百千\d]{1,7}(?P<what>[条條章节節编編篇卷回部款讲課课])"
    r"(?P<next>之[一二三四五六七八九十]|)"
    r"(?=[ 　：:]|$|[^的、，。至和及或规所关第])"
)
_TITLE = 14
"""Characters of the title of a chapter of an old novel with its number, at the least: two lines of verse."""
_HEADS = "章节節编編篇卷回部讲課课"


@lru_cache(maxsize=KEPT)
def _read(words: str) -> str:
    found = _ARTICLE.match(words) if words[0] == "第" else None
    return found["what"] if found else ""


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    kinds = [_read(row.words) if row.plain else "" for at, row in enumerate(rows)]
    many = Counter(kinds)
    for at, kind in enumerate(kinds):
        row = rows[at]
        title = kind in "回囘" and row.open and not row.marked and _TITLE <= len(row.words) <= 2 * _TITLE
        if not kind or not (page.is_fresh(at) or many[kind] > 2 or title):
            continue
        if kind in _HEADS:
            if row.open and not row.marked and len(row.words) <= 40:
                yield Claim(at, at, 0.96, closes=_stands_alone(page, at))
        else:
            yield Claim(at, at, 0.96, closes=False, joins="inside")


def _stands_alone(page: Page, at: int) -> bool:
    """Whether the head of a chapter is over on its line: a long one may fill two."""
    row = page.rows[at]
    return (
        row.size < 0.6 * row.width
        or row.words[-1] in "则則"
        or at + 1 == len(page.rows)
        or page.rows[at + 1].blank
    )
