"""Spaces beside Chinese punctuation within a line are taken out: 新高， 达2025年 -> 新高，达2025年.

Why: engines take the blank half of a full-width mark for a space.
Leaves alone: line ends and indents, spaces after ： before a short name, headlines in phrases, tables,
Markdown marks, wide gaps between columns, blanks to fill in （  ）, names set wide apart.
Safety: SAFE beside stops and commas in prose; LIKELY beside quotes and brackets.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN, is_han

NAME = "spaces.around-punctuation"
SUMMARY = Message("去掉中文标点旁边的空格", "Take out spaces beside Chinese punctuation")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
SIGNS = " "
CASES = (
    Case("创历史新高， 达2025年全年总额", "创历史新高，达2025年全年总额"),
    Case("中国 “十五五” 规划富有雄心 。", "中国“十五五”规划富有雄心。"),
    Case("今天 （7月13日） 公布， 增长", "今天（7月13日）公布，增长"),
    Case("“ 一口井 ” 引来八方客", "“一口井” 引来八方客", "inside quotes; outside it may part phrases"),
    Case("主持人： 杨帆", None, "a short name after ："),
    Case("下列说法，正确的一项是（  ）。", None, "a blank to fill in"),
    Case("老  船  夫  （望着江面）今晚怕是要起风了，快走。", None, "a name set wide"),
    Case("“电影+” 活动升级", None, "a headline"),
    Case("- “一带一路”\n**重点：** “十五五”", None, "Markdown marks"),
    Case(
        "一、 总则\n（四） 其他收入，包括社会捐赠。\n5.3 “参照系”是概念，要展开。",
        None,
        "numbers of their own",
    ),
)

_GAP = re_pattern("(?<! ) {1,2}(?! )")
_STOPS, _OPEN, _SHUT = frozenset("，。；、！？"), frozenset("“‘（《〈【「『"), frozenset("”’）》〉】」』")
_MARKDOWN = frozenset("*_#|>+-`~")
_PROSE = re_pattern("[，。；]")
_NUMBER = re_pattern(
    r"[ 　]*(?:[一二三四五六七八九十\d]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|[\d.]+)$"
)
_WIDE = re_pattern(rf"(?<![{HAN}])(?:[{HAN}]  )+[{HAN}]\Z")
"""The end of a name whose letters are set wide apart."""
_LONG = 12
_WHY = Message("中文标点旁不留空格", "Chinese punctuation takes no space beside it")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for match in _GAP.finditer(text):
        start, end = match.span()
        left, right = text[start - 1 : start], text[end : end + 1]
        stop = left in _STOPS or right in _STOPS or right == "："
        if not (stop or left == "：" or {left, right} & (_OPEN | _SHUT)) or {left, right} & _MARKDOWN:
            continue
        if (left in _OPEN and right in _SHUT) or (end - start > 1 and _WIDE.search(text, 0, start)):
            continue
        line = document.lines[document.line_at(start)]
        if line.kind in ("table", "code") or start <= line.content.start or end >= line.content.end:
            continue
        if document.is_opaque(start, end) or _speck(text, line.span.start, start, left, right):
            continue
        if not stop and not _beside(text, line, end, left, right):
            continue
        if _NUMBER.match(text, line.span.start, start):
            continue
        promise, sure = (Applicability.SAFE, 0.99) if stop else (Applicability.LIKELY, 0.96)
        yield fix(NAME, text, [(start, end, "")], promise, sure, _WHY)


def _speck(text: str, line_start: int, start: int, left: str, right: str) -> bool:
    """Whether the mark is likely dirt: it begins the line, or stands between two others."""
    return left in _STOPS and (right in _STOPS or not text[line_start : start - 1].strip())


def _beside(text: str, line: Line, end: int, left: str, right: str) -> bool:
    """Whether a space beside ：, a quote or a bracket says nothing."""
    rest = text[end : line.content.end]
    if (left in _OPEN and is_han(right)) or (right in _SHUT and is_han(left)):
        return True
    if not _PROSE.search(text, line.content.start, line.content.end):
        return False
    if left == "：":
        return len(rest) >= _LONG and " " not in rest[:_LONG] and (is_han(right) or right.isdigit())
    inner = left in _OPEN or right in _SHUT
    return inner or all(is_han(c) or c.isdigit() or c in _OPEN or c in _SHUT for c in (left, right))
