"""· for marks that a stencil filled with ink: 一·认识 -> 一、认识, 他说：·好··我们 -> 他说：“好。”我们

Why: a stencil fills its full stops and quotes with ink, and engines read all of them as ·.
Leaves alone: pages that have full stops, single dots within sentences (`context.misread` weighs these),
     names, 一·二八, rows of three and more.
Safety: LIKELY; only on pages where · often stands where sentences end, and only where the place itself tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

NAME = "characters.blotted-marks"
SUMMARY = Message("蜡版洇墨的标点误读成“·”的，按位置改回", "· for marks that a stencil filled with ink")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "·"
_PAGE = "今年春天雨水很多·各乡都在抓紧备耕·\n县里派人下乡检查·群众都很满意·\n"
CASES = (
    Case(
        _PAGE + "一·认真做好准备\n书记说：·今年要多打粮食··大家都同意·\n",
        _PAGE + "一、认真做好准备\n书记说：“今年要多打粮食。”大家都同意·\n",
        "the single ones by context",
    ),
    Case("一·认真做好准备\n今年·\n明年·好·多·少\n雨水多。路好。", None, "it has full stops"),
    Case("威廉·琼斯说：汉斯·雷顿、卡尔·马克思和约翰·密尔都到了\n一·二八那天也在\n", None, "names, a date"),
    Case("总则····一\n附则····二\n今年·\n明年·\n后年·\n去年·", None, "leaders"),
)
_BLOT = re_pattern(rf"(?<=[{HAN}])·(?=\n|\Z|[{HAN}](?!·))")
_ENDS = re_pattern(rf"(?<=[{HAN}])·(?=\n|\Z)")
_FEWEST, _MORE, _ENDING = 4, 3, 2
"""So often · must stand behind words, for each 。 of the page, and where a line ends (by hand)."""
_NUMBER = re_pattern(
    rf"(?:(?<=\n)|\A)[ 　]*[一二三四五六七八九十]{{1,3}}(?P<dot>·)(?=[{HAN}])(?![一二三四五六七八九十卅])"
)
_QUOTED = re_pattern(
    rf"[：:](?P<open>[·“])(?=[{HAN}])[^·“”：]{{2,120}}(?<=[{HAN}])(?P<close>·[·”])(?=[{HAN}]|\n|\Z)"
)
_WHY = Message("本页的“·”是洇墨的标点", "On this page · is a mark filled with ink")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    blots = len(_BLOT.findall(text))
    if blots < max(_FEWEST, _MORE * text.count("。")) or len(_ENDS.findall(text)) < _ENDING:
        return
    for match in _NUMBER.finditer(text):
        yield fix(NAME, text, [(*match.span("dot"), "、")], SAFETY, 0.93, _WHY)
    for match in _QUOTED.finditer(text):
        changes = [(*match.span("open"), "“"), (*match.span("close"), "。”")]
        yield fix(NAME, text, [c for c in changes if text[c[0] : c[1]] != c[2]], SAFETY, 0.9, _WHY)
