"""Dashes read as 一一, -- or －－ become ——: 解缘一一访外籍院士 -> 解缘——访外籍院士.

Why: engines read the two-em dash as two characters 一, half of one, or hyphens.
Leaves alone: 一一 as a word (一一介绍, 都一一放在), numbers (第一一七号), a single — between names or
numbers (北京—上海), rules and table lines, and -- that may stand for 一.
Safety: LIKELY; SUGGEST where 一一 could be the word.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.rules.kinds import solid_after, solid_before
from cleanup.text import signs
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_han

NAME = "characters.dashes"
SUMMARY = Message("误作“一一”“--”的破折号还原", "Dashes read as 一一 or -- become ——")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ("models/pairs.bin",)
CASES = (
    Case("高原不解缘一一访中科院外籍院士", "高原不解缘——访中科院外籍院士"),
    Case("标题\n\n--记某某", "标题\n\n——记某某"),
    Case("地铁过江隧道--南京地铁", "地铁过江隧道——南京地铁"),
    Case("立等可取，--次不用跑", None, "-- for 一"),
    Case("—2024年元旦在会议上", "——2024年元旦在会议上"),
    Case("用知识清洁地球－－－记武斌", "用知识清洁地球———记武斌"),
    Case("合作项目－一福建古雷", "合作项目——福建古雷"),
    Case("他都一一放在心上，一一介绍，一一对应", None, "the word"),
    Case("把衷情一一都说与恁", None, "the word in verse"),
    Case("第一一七号主席令，二〇一一年", None, "numbers"),
    Case("中国—东非，北京—上海，8—10", None, "a single dash joins names and numbers"),
)

_RUN = re_pattern(r"[—―─－一][—―─－一]+|[—―]|--+")
_DASHES = "—―─－一-"
_NUMERAL = frozenset("零〇二三四五六七八九十百千万第")
_NO_DASH_BEFORE = frozenset(
    "唯初统划逐都要可能以也并会须将再就已被给把全才均便必各为却同们事况题件进作予，、；"
)
_VERB_AFTER = frozenset(
    "对介列说落查核排解回作答登记过问道走询罗讲放摆细指点读看听写数描展呈检审证照化兑应辨分批破击"
    "赠握告叙述陈交拜带采试尝比盘清整改逐做办送领认签标注举鉴汇报实亮浮投映显运重护晒纠端履印辞谢"
    "消体帮攻登驻为找请道吃都说与代"
)
_ONE_AFTER = frozenset(
    "次步个些位体种项批家直定样般起切旦律致系级流度方面带路天年月日条名线边心片手艘座块所支只"
)
_OPEN, _CLOSED = frozenset("“‘《「『"), frozenset("”’》」』")
_PARTED = (-0.2, -2.0)
"""Bits of association with 一 on either side, below which it is no part of a word."""
_WHY = Message("破折号误读", "A dash, misread")
_WORD = Message("或为破折号误读", "May be a dash, misread")
_LIKELY, _SUGGEST = Applicability.LIKELY, Applicability.SUGGEST
_NO = (_SUGGEST, 0.0)


def find(document: Document, tools: Models) -> Iterable[Fix]:
    text = document.text
    dashes = "——" in text
    for match in signs.matches(_RUN, text, _DASHES):
        run = match.group()
        if "——" in run:
            continue
        start, end = match.span()
        line = document.lines[document.line_at(start)]
        if line.kind in ("rule", "table", "code") or document.is_opaque(start, end):
            continue
        promise, sure = _judge(text, start, end, tools, dashes)
        if sure:
            after = "——" if set(run) == {"-"} or len(run) == 1 else "—" * len(run)
            yield fix(NAME, text, [(start, end, after)], promise, sure, _WHY if promise > _SUGGEST else _WORD)


def _judge(text: str, start: int, end: int, tools: Models, dashes: bool) -> tuple[Applicability, float]:
    """What the run may be; `dashes`: the document has real dashes too."""
    run, left, right = text[start:end], solid_before(text, start), solid_after(text, end)
    head = not text[text.rfind("\n", 0, start) + 1 : start].strip(" 　")
    fresh = head and (left == "" or text[:start].rstrip(" 　").endswith(("\n\n", "\f", "\f\n")))
    if not right or not (is_han(right) or right in _OPEN or (right.isdigit() and fresh)):
        return _NO
    if len(run) == 1:
        alone = fresh and text[end : end + 1] not in ("\n", "") and not _folio(text, end)
        return (_LIKELY, 0.9) if alone else _NO
    if set(run) == {"-"}:
        if right in _ONE_AFTER:
            return _NO
        word = tools.pairs.link("一", right)
        sure = fresh or left in _CLOSED or (is_han(left) and word is not None and word <= 0)
        return (_LIKELY, 0.9) if sure else (_SUGGEST, 0.6)
    if not fresh and set(run) == {"一"} and left in _NO_DASH_BEFORE:
        return _NO
    if right in _NUMERAL or left in _NUMERAL or left.isdigit():
        return _NO
    if "─" in run or (run.endswith("一") and right in _ONE_AFTER):
        return _SUGGEST, 0.5
    if fresh or set(run) != {"一"} or (left in _CLOSED and right not in _VERB_AFTER):
        return _LIKELY, 0.95
    return _word(left, right, len(run), tools, dashes)


def _word(left: str, right: str, length: int, tools: Models, dashes: bool) -> tuple[Applicability, float]:
    """一一 within a sentence: the word, or a dash?"""
    if right in _VERB_AFTER:
        return _NO
    if length > 2 or right in _OPEN:
        return _LIKELY, 0.93
    before, after = tools.pairs.link(left, "一"), tools.pairs.link("一", right)
    parted = before is not None and after is not None and before <= _PARTED[0] and after <= _PARTED[1]
    if not parted:
        return _NO
    return (_LIKELY, 0.9) if not dashes else (_SUGGEST, 0.5)


def _folio(text: str, end: int) -> bool:
    """Whether the line closes with a dash too: — 8 —."""
    stop = text.find("\n", end)
    return text[end : stop if stop >= 0 else len(text)].rstrip().endswith(("—", "一", "-", "―"))
