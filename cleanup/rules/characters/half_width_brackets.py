"""Half-width brackets in Chinese become full-width, a pair at a time: (记者 戴杰) -> （记者 戴杰）.

Why: engines read （ ） half-width, often only one of the two.
Leaves alone: brackets after Latin around Latin (GDP(PPP)), formulas, unknown years (?-1805), list marks 1),
numbers of formulas (式(2.1)), Markdown links, emoticons; and words in Latin script where the text mostly sets
them so, and （ ） around Chinese.
Safety: LIKELY; both brackets of a pair or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.rules.kinds import solid_after, solid_before
from cleanup.text import foreign
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN, is_han

NAME = "characters.half-width-brackets"
SUMMARY = Message("中文里的半角括号成对改为全角", "Half-width brackets in Chinese become full-width")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "()"
CASES = (
    Case("本报讯(记者 戴杰)今天(4月15日)", "本报讯（记者 戴杰）今天（4月15日）"),
    Case("（下转4版)", "（下转4版）"),
    Case("世界贸易组织(WTO)成立", "世界贸易组织（WTO）成立"),
    Case(
        "按GDP(PPP)计算，映射μA(?)和汪承霈(?-1805)，国发(2003)15号", None, "Latin, a formula, an unknown year"
    ),
    Case("一是普遍存在。)另一是", "一是普遍存在。）另一是", "its partner was lost"),
    Case("区别在于：(1)它们是", "区别在于：（1）它们是"),
    Case("金额 (元) 与数量 (件)", "金额（元）与数量（件）", "a space beside it is Western setting"),
    Case("1) 总则\n一) 总则", None, "a list mark"),
    Case("[链接](图片)", None, "Markdown"),
    Case("将式(2.8)和式(2.9)代入", None, "numbers of formulas"),
    Case("丹·班克(Dan Bank)和科顿(Tom Cotton)等人（见上文）到会", None, "the style of the text"),
    Case("出席(attend)、介绍(introduction)、决定(decision)等词（见上文）", None, "so with single words"),
)

_BREAK = re_pattern(r"\n\s*\n")
_HAN = re_pattern(f"[{HAN}]")
_LATIN = re_pattern(
    r"[A-Za-z][A-Za-z0-9 .,，&/'\-–—]+|\d[\d.,%％\-–—~～]*[%％]|[-–—+]?\d+\.\d+|\d{4}(?:[-–—]\d{4})?"
)
_NUMBERED = frozenset("式图表例")
_DOCUMENT = re_pattern(r"[ ]?\d{1,4}号")
_NUMBER = re_pattern(r"[ ]?\d{1,2}[ ]?")
_LONE = re_pattern(rf"[{HAN}。》”]\)(?=[ ]?[{HAN}，。；：、]|\n)")
_LIST_MARK = re_pattern(r"[ 　]*[一二三四五六七八九十]{1,3}$")
_WHY = Message("中文语境应用全角括号", "Chinese sets brackets full-width")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    paired: set[int] = set()
    pairs = list(foreign.PAIR.finditer(text))
    styled = foreign.is_styled(pairs)
    for match in pairs:
        if match[1] == "（" and match[3] == "）":
            continue
        start, end = match.span()
        paired |= {start, end - 1}
        if document.is_opaque(start, end) or text[start - 1 : start] == "]":
            continue
        if not _chinese(text, match) or (styled and foreign.WORDS.fullmatch(match[2])):
            continue
        changes = []
        if match[1] == "(":
            spaced = text[start - 1 : start] == " " and is_han(text[start - 2 : start - 1] or " ")
            changes.append((start - spaced, start + 1, "（"))
        if match[3] == ")":
            spaced = text[end : end + 1] == " " and is_han(text[end + 1 : end + 2] or " ")
            changes.append((end - 1, end + spaced, "）"))
        yield fix(NAME, text, changes, SAFETY, 0.96, _WHY)
    for match in _LONE.finditer(text):
        at = match.end() - 1
        if at in paired or document.is_opaque(at, at + 1):
            continue
        if not _LIST_MARK.match(text, text.rfind("\n", 0, at) + 1, at):
            yield fix(NAME, text, [(at, at + 1, "）")], SAFETY, 0.93, _WHY)


def _chinese(text: str, match: re.Match[str]) -> bool:
    inside = match[2].strip()
    if _BREAK.search(inside):
        return False
    if _HAN.search(inside):
        return True
    left, right = solid_before(text, match.start()), solid_after(text, match.end())
    if _DOCUMENT.match(text, match.end()):
        return False  # 国发(2003)15号: perhaps 〔 〕
    if left and left in _NUMBERED and inside[:1].isdigit():
        return False
    if "（" in match.group() or "）" in match.group():
        return bool(left) and (is_han(left) or (bool(right) and is_han(right)))
    if _NUMBER.fullmatch(inside):
        return text[match.start() - 1 : match.start()] in tuple("。；：") and bool(right) and is_han(right)
    return bool(left) and (is_han(left) or left in "”》") and bool(_LATIN.fullmatch(inside))
