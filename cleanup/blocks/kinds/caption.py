"""The line below a picture or above a table: 图为…（某某摄）, ▲…, 表3-1 各乡户数.

Told by: what only captions begin with, the credit of who took the picture, a figure's or table's number at
the head of a short line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import newspaper
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "caption"
CASES = (
    Case("桥修好了。\n图为通车仪式现场。（王小河 摄）\n学校也盖好了。\n", (1,)),
    Case("各乡的户数如下。\n表3-1 各乡户数\n东河乡有一千零二十四户。\n", (1,)),
    Case("图3-33所示的结构由三部分组成，\n各部分之间用螺栓连接。\n", (), "in a sentence"),
)
_NUMBERED = regex_pattern(
    r"[（(]?(?:图|表|图版|附图|附表|圖|Fig(?:ure)?\.?|Table)[ 　]?[\d一二三四五六七八九十]{1,3}"
    r"(?:[-－—–.．][\d]{1,3})*[)）]?"
    r"(?:[ 　：:.．]+|(?=[\p{Han}])(?!所|中|为|是|的|给|和|与|可|显|表|列))[^。；，]{0,40}"
)


@lru_cache(maxsize=KEPT)
def _read(words: str) -> str:
    if newspaper.begins_caption(words):
        return "whole" if newspaper.is_credited(words) else "open"
    if newspaper.is_credited(words):
        return "credit"
    if (
        words[0] in "图表圖附FT（("
        and len(words) <= 52
        and _NUMBERED.fullmatch(words)
        and words[-1] not in "，、"
    ):
        return "closed"
    return ""


def find(page: Page) -> Iterator[Claim]:
    for at, row in enumerate(page.rows):
        kind = _read(row.words) if row.plain else ""
        if kind == "credit":
            yield Claim(at, at, 0.9, opens=False, joins="inside")
        elif kind == "whole":
            yield Claim(at, at, 0.95)
        elif kind == "closed" and (page.is_fresh(at) or row.short):
            yield Claim(at, at, 0.92)
        elif kind == "open":
            yield Claim(at, at, 0.9, closes=False, joins="inside")
