"""What lines end and begin with, as kinds that the trees ask for by number."""

from __future__ import annotations

from functools import lru_cache

from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern
from cleanup.text.press import AGENCIES
from cleanup.text.scripts import NEVER_FIRST, is_han

_LIST = regex_pattern(
    r"[（(〔]?[一二三四五六七八九十]{1,3}[）)〕、]|第[一二三四五六七八九十百\d]+[章节条编款]"
    r"|[（(〔]?\d{1,2}[）)〕.．、](?!\d)|[①-⑳]|[-—●○■□▲△◆◇★☆▶►]"
)
_AGENCY = regex_pattern(
    rf"[（(]?(?:{AGENCIES}|据新华)[^，。]{{0,24}}(?:讯|电|报道)"
    r"|[（(]记者|(?:本报|新华社)记者"
)
_OPENER = regex_pattern(
    r"会议|据悉|据了解|记者|近日|日前|目前|同时|此外|另外|今年|去年|近年|当天|当日|今天|昨[天日]|他说|她说|在|为|对"
    r"|随着|从|与此|其中|此次|通过|围绕|针对|与会|各地|要|坚持|[一二三四五]是|首先|其次|最后|第[一二三]|如今|\d{1,2}月\d"
)


_ENDS = (
    "stop", "quote-stop", "dot", "quote", "bracket", "colon", "semicolon", "latin", "digit", "other", "dash",
    "han", "comma", "opening",
)  # fmt: skip
"""Line ends, those first that more often end a paragraph."""
_STARTS = ("agency", "list", "opener", "quote", "bracket", "han", "digit", "latin", "other", "cannot")
_END = {name: float(at) for at, name in enumerate(_ENDS)}
_START = {name: float(at) for at, name in enumerate(_STARTS)}


@lru_cache(maxsize=KEPT)
def end(words: str) -> float:
    """What a line ends with: its place among the ends."""
    return _END[_end(words)]


@lru_cache(maxsize=KEPT)
def start(words: str) -> float:
    """What a line begins with: its place among the starts."""
    return _START[_start(words)]


def _end(words: str) -> str:
    last = words[-1]
    if last in "，、,":
        return "comma"
    if last in "；;":
        return "semicolon"
    if last in "：:":
        return "colon"
    if last in "。！？!?…":
        return "stop"
    if last in ".．":
        return "dot"
    if last in "”’』」\"'":
        return "quote-stop" if words[-2:-1] and words[-2] in "。！？…" else "quote"
    if last in "）)〉》】":
        return "bracket"
    if last in "“‘（《〈「『(":
        return "opening"
    if last in "—-–~":
        return "dash"
    if is_han(last):
        return "han"
    if last.isdigit():
        return "digit"
    return "latin" if last.isalpha() else "other"


def _start(words: str) -> str:
    first = words[0]
    if first in NEVER_FIRST + "%％,;:!?)":
        return "cannot"
    if _AGENCY.match(words):
        return "agency"
    if _LIST.match(words):
        return "list"
    if first in '“‘「『"':
        return "quote"
    if first in "（(《〈":
        return "bracket"
    if _OPENER.match(words):
        return "opener"
    if is_han(first):
        return "han"
    return "digit" if first.isdigit() else "latin" if first.isalpha() else "other"
