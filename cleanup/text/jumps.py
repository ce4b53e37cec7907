"""Jump lines: 下转6版, 上接第1版, in the brackets and with the damage that engines give them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import regex

from cleanup.text.patterns import regex_pattern

_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_WRONG = str.maketrans("]lI[|Oo", "1111100")
_PAGE = regex_pattern(r"([\d\]lIO]+)[ 　]?[版敌皈板]")
PATTERN = regex_pattern(
    r"(?P<open>[（(〈<《【\[「{]?)[ 　]?(?P<way>[下上])[ 　]?(?P<verb>[转接轉])[ 　]?"
    r"(?P<ordinal>第?)[ 　]?(?P<page>[A-Da-dＡ-Ｄ]?[\d\]lIO]{1,3}|十?[一二三四五六七八九十])"
    r"(?:[、,，—~-]\d{1,2})?[ 　]?"
    r"(?:[版敌皈板]|(?<=^[（(〈<《【\[「{][ 　]?[下上].{2,5})(?=[）)〉>》】\]」}]))[ 　]?"
    r"(?P<note>[^（）()〈〉<>《》\n]{0,12}?)(?P<close>[）)〉>》】\]」}]?)"
    r"(?:(?=[\n\f 　]|$)|(?<=^[（(〈<《【\[「{][ 　]?上[ 　]?接[^\n]{1,8}[）)〉>》】\]」}])(?=\p{Han}))",
    regex.M,
)
DAMAGED = regex_pattern(
    r"(?:^|(?<=\n)|(?<=\f))[ 　]*(?P<mark>[^\p{Han}\n\w]{0,4}"
    r"(?P<way>[下上紧緊]|[CFT]{0,2}[FTE]|卞|丅|丄|午|年|二|)(?P<verb>[转接轉])[ 　]?(?P<ordinal>第?)"
    r"[^\p{Han}\n\w]{0,2}(?P<page>[\d\]lIO]{1,3}|十?[一二三四五六七八九十]|)[ 　]?"
    r"(?:版|(?<=[\d\]lIO])[敌皈板])"
    r"[^\p{Han}\n\w]{0,3}1?)[ 　]*(?=[\n\f]|$)"
)

_LAST = frozenset("版敌皈板")
_FAR = 10
"""At most so many characters behind 转 or 接 a damaged mark has its 版."""


class JumpMark(NamedTuple):
    start: int
    end: int
    direction: Literal["to", "from"]
    page: int
    """0 where the number is lost."""
    whole: bool
    """Direction and page can be read."""


def find(text: str) -> Iterator[JumpMark]:
    """Jump marks that end a line of `text`, bracketed or alone on it; 上接 in brackets may begin one."""
    if not _may_hold(text):
        return
    last = 0
    for match in PATTERN.finditer(text):
        if (match["way"], match["verb"]) not in (("下", "转"), ("下", "轉"), ("上", "接")):
            continue
        alone = match.start() == 0 or text[match.start() - 1] in "\n\f"
        if not (alone or (match["open"] and match["close"])):
            continue
        yield from _damaged(text, last, match.start())
        last = match.end()
        direction: Literal["to", "from"] = "to" if match["way"] == "下" else "from"
        yield JumpMark(match.start(), match.end(), direction, number(match["page"]), True)
    yield from _damaged(text, last, len(text))


def _may_hold(text: str) -> bool:
    """Whether 转 or 接 stands behind 下 or 上, or close before 版, however read: so it does in every mark."""
    for verb in "转接轉":
        at = text.find(verb)
        while at >= 0:
            if text[max(0, at - 2) : at].rstrip(" 　")[-1:] in ("下", "上"):
                return True
            if not _LAST.isdisjoint(text[at + 1 : at + 1 + _FAR]):
                return True
            at = text.find(verb, at + 1)
    return False


def _damaged(text: str, start: int, end: int) -> Iterator[JumpMark]:
    """Lines that can be nothing but a jump mark, whatever is left of it."""
    if not ("转" in text[start:end] or "接" in text[start:end]):
        return
    for match in DAMAGED.finditer(text, start, end):
        if match.start() > 0 and text[match.start() - 1] not in "\n\f":
            continue
        page = number(match["page"]) if match["page"] else 0
        direction: Literal["to", "from"] = "from" if match["verb"] == "接" else "to"
        if match["way"] == "" and not (match["mark"][0] in "（(〈<《【[「{" and page):
            yield JumpMark(match.start("mark"), match.end("mark"), direction, page, False)
            continue
        yield JumpMark(match.start("mark"), match.end("mark"), direction, page, page > 0)


def as_printed(words: str) -> str:
    """The words of a jump mark with its digits and its 版 as they were printed: 上接]敌 → 上接1版."""
    return str(_PAGE.sub(lambda found: found[1].translate(_WRONG) + "版", words))


def number(digits: str) -> int:
    """The page number of 6, A6, 六, 十二, 1]."""
    bare = digits.lstrip("ABCDabcdＡＢＣＤ").translate(_WRONG)
    if bare.isdigit():
        return int(bare)
    if len(bare) == 2:
        return 10 + _DIGITS[bare[1]]
    return _DIGITS[bare]
