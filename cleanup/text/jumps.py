"""Jump lines: 下转6版, 上接第1版, in the brackets and with the damage that engines give them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import regex

_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
PATTERN = regex.compile(
    r"(?P<open>[（(〈<《【\[「]?)[ 　]?(?P<way>[下上])[ 　]?(?P<verb>[转接])[ 　]?"
    r"(?P<ordinal>第?)[ 　]?(?P<page>[A-Da-d]?\d{1,3}|十?[一二三四五六七八九十])[ 　]?版[ 　]?"
    r"(?P<note>[^（）()〈〉<>《》\n]{0,12}?)(?P<close>[）)〉>》】\]」]?)(?=[\n\f 　]|$)"
)


class JumpMark(NamedTuple):
    start: int
    end: int
    direction: Literal["to", "from"]
    page: int


def find(text: str) -> Iterator[JumpMark]:
    """Jump marks that end a line of `text`, bracketed or alone on their line."""
    for match in PATTERN.finditer(text):
        if (match["way"], match["verb"]) not in (("下", "转"), ("上", "接")):
            continue
        alone = match.start() == 0 or text[match.start() - 1] in "\n\f"
        if not (alone or (match["open"] and match["close"])):
            continue
        yield JumpMark(
            match.start(), match.end(), "to" if match["way"] == "下" else "from", number(match["page"])
        )


def number(digits: str) -> int:
    """The page number of 6, A6, 六, 十二."""
    bare = digits.lstrip("ABCDabcd")
    if bare.isdigit():
        return int(bare)
    if len(bare) == 2:
        return 10 + _DIGITS[bare[1]]
    return _DIGITS[bare]
