"""Dashes read as 一一, -- or －－ become ——: 解缘一一访外籍院士 -> 解缘——访外籍院士.

Why: engines read the two-em dash as two characters 一, half of one, or hyphens.
Leaves alone: 一一 as a word (一一介绍, 都一一放在), numbers (第一一七号), a single — between names or
numbers (北京—上海), rules and table lines, and -- that may stand for 一.
Safety: LIKELY; within a sentence the language models say whether 一一 is the word: SUGGEST where it could be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, fix
from cleanup.rules.contract import Case, Models
from cleanup.rules.kinds import solid_after, solid_around, solid_before
from cleanup.text import signs
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_foreign, is_han

NAME = "characters.dashes"
SUMMARY = Message("误作“一一”“--”的破折号还原", "Dashes read as 一一 or -- become ——")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ("models/pairs.bin", "models/runs.bin", "models/eras.bin")
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
    Case("诸将来迎，桓公一一抚慰，众皆叹服。", None, "the word before a verb that no list has"),
    Case("把那些茶花一一救活，又一一驳斥流言。", None, "the word"),
    Case("该师一一一团奋起抵抗。", None, "a number"),
    Case("王十朋《梅溪文集》卷一一《止庵铭》", None, "a number"),
    Case("The list follows:\n\n--192.168.1.2\n\nand ends here.", None, "another language"),
    Case("第一一七号主席令，二〇一一年", None, "numbers"),
    Case("中国—东非，北京—上海，8—10", None, "a single dash joins names and numbers"),
)

_RUN = re_pattern(r"[—―─－一][—―─－一]+|[—―]|--+")
_DASHES = "—―─－一-"
_NUMERAL = frozenset("零〇二三四五六七八九十百千万第卷")
_NO_DASH_BEFORE = frozenset("、，；")
_COUNTED = frozenset("团营连旅师军号厂街室團營連師軍號廠")
"""What stands behind a number: 一一一团."""
_ONE_AFTER = frozenset(
    "次步个些位体种项批家直定样般起切旦律致系级流度方面带路天年月日条名线边心片手艘座块所支只"
)
_OPEN, _CLOSED = frozenset("“‘《「『"), frozenset("”’》」』")
_AROUND = 8
"""Characters on either side that the language models see."""
_DOUBTED, _SURE, _SURE_BESIDE = 0.0, 4.0, 6.0
"""Nats by which a dash within a sentence fits better than the word, to be suggested and to be made; and where
the text has right dashes too. Of 848 times the word in the corpora 22 have more than 4, half of them dashes
misprinted; of 754 dashes 463."""
_WHY = Message("破折号误读", "A dash, misread")
_WORD = Message("或为破折号误读", "May be a dash, misread")
_LIKELY, _SUGGEST = Applicability.LIKELY, Applicability.SUGGEST
_NO = (_SUGGEST, 0.0)


def find(document: Document, tools: Models) -> Iterable[Fix]:
    text = document.text
    asked: list[Span] = []
    for match in signs.matches(_RUN, text, _DASHES):
        run = match.group()
        if "——" in run:
            continue
        start, end = match.span()
        line = document.lines[document.line_at(start)]
        if line.kind in ("rule", "table", "code") or document.is_opaque(start, end):
            continue
        judged = _judge(text, start, end, tools)
        if judged is None:
            asked.append(Span(start, end))
        elif judged[1]:
            yield _fix(text, Span(start, end), *judged)
    for span, gain in zip(asked, _gains(text, asked, tools), strict=True):
        if gain >= (_SURE_BESIDE if "——" in text else _SURE):
            yield _fix(text, span, _LIKELY, 0.93)
        elif gain > _DOUBTED:
            yield _fix(text, span, _SUGGEST, 0.5)


def _fix(text: str, span: Span, promise: Applicability, sure: float) -> Fix:
    run = text[span.start : span.end]
    after = "——" if set(run) == {"-"} or len(run) == 1 else "—" * len(run)
    why = _WHY if promise > _SUGGEST else _WORD
    return fix(NAME, text, [(span.start, span.end, after)], promise, sure, why)


def _judge(text: str, start: int, end: int, tools: Models) -> tuple[Applicability, float] | None:
    """What the run may be; None where it is 一一 within a sentence: the word, or a dash?"""
    run, left, right = text[start:end], solid_before(text, start), solid_after(text, end)
    head = not text[text.rfind("\n", 0, start) + 1 : start].strip(" 　")
    fresh = head and (left == "" or text[:start].rstrip(" 　").endswith(("\n\n", "\f", "\f\n")))
    if not right or not (
        is_han(right) or right in _OPEN or (right.isdigit() and fresh and not is_foreign(text))
    ):
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
    if right in _NUMERAL or left in _NUMERAL or left.isdigit() or (set(run) == {"一"} and right in _COUNTED):
        return _NO
    if not fresh and set(run) == {"一"}:
        return _NO if left in _NO_DASH_BEFORE else None
    if "─" in run or (run.endswith("一") and right in _ONE_AFTER):
        return _SUGGEST, 0.5
    return _LIKELY, 0.95


def _gains(text: str, spans: Sequence[Span], tools: Models) -> list[float]:
    """By how many nats each place is likelier with a dash than with the word."""
    asked = []
    for span in spans:
        before, behind = solid_around(text, span.start, span.end, _AROUND)
        asked.append((before, "一" * len(span), "—" * len(span), behind))
    return tools.gains_in_every_era(asked)


def _folio(text: str, end: int) -> bool:
    """Whether the line closes with a dash too: — 8 —."""
    stop = text.find("\n", end)
    return text[end : stop if stop >= 0 else len(text)].rstrip().endswith(("—", "一", "-", "―"))
