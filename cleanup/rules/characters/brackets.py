"""Brackets whose partner shows that they were misread: 〈戴杰) -> （戴杰）, （字典》 -> 《字典》.

Why: engines read （ as 〈, 《 or 【 and 《 as （; the other one of the pair is mostly right.
Leaves alone: pairs that match, 〔2024〕15号, [2024]15号, 【…】, titles within titles, intervals [0, 1),
a title whose closing mark was read as ） unless what it holds can only stand in brackets.
Safety: LIKELY; SUGGEST where either of the two may be the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text import signs
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

NAME = "characters.brackets"
SUMMARY = Message("配对不合的括号、书名号改正", "Brackets that do not match their partner are set right")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("本报讯〈记者 戴杰)今天", "本报讯（记者 戴杰）今天"),
    Case("3月19日电《〈记者赖建) 五是", "3月19日电（记者赖建） 五是", "one bracket read as two"),
    Case("昨晚《7月5日)，长征八号", "昨晚（7月5日），长征八号"),
    Case("话剧（右玉》《于成龙》", "话剧《右玉》《于成龙》"),
    Case("《新华字典〉出版", "《新华字典》出版"),
    Case("《保密法》〈以下简称《条例》)", "《保密法》（以下简称《条例》）"),
    Case(
        "审议了《关于加强基层工作的意见)。", "审议了《关于加强基层工作的意见》。", "what titles are made of"
    ),
    Case("依照《党章）和《中华人民共和国劳动法）第三条", "依照《党章》和《中华人民共和国劳动法》第三条"),
    Case("县委书记（兼县人大主任》讲话", "县委书记（兼县人大主任）讲话", "what is said aside"),
    Case("面对『两会」代表", "面对『两会』代表"),
    Case("【本报讯]今天，注[一〕见后，国发〔2024]15号", "【本报讯】今天，注〔一〕见后，国发〔2024〕15号"),
    Case("老人說「今天』到", "老人說「今天」到", "no other 『 in the text"),
    Case("他说“今天」和“明天”，「后天”", "他说“今天”和“明天”，“后天”", "quotation marks of two kinds"),
    Case("他说“好，「今天」到", None, "one was lost"),
    Case("〔2024〕15号、[2024]15号、【本报讯】、《论〈资本论〉》", None, "pairs that match"),
    Case("区间[0, 1)，见（《宪法》）", None, "an interval; a title in brackets"),
    Case("在《资本论)》中", None, "only one too many"),
)

_PAIRS = dict(zip("（(《〈【〔[{「『<“", "）)》〉】〕]}」』>”", strict=True))
_MARKS = "（(《〈【〔[{「『<）)》〉】〕]}」』>"
"""The brackets among them."""
_WORDS = re_pattern(f"[{HAN}]")
_BREAK = re_pattern(r"\n\s*\n")
_ASIDE = re_pattern(
    r"\s*(?:记者|本报记者|新华社|兼|原[任称名]|时任|[又亦俗]称|不含|其中|通讯员|下转|上接|以下|下同|简称|即|含|包括|附|见|注|图|表|完|摄|原载|编者"
    r"|[一二三四五六七八九十]{1,3}\s*$|\d{1,4}年|\d{1,2}月\d{1,2}日)|.*(?:摄|报道|出版|同上)\s*$",
    re.S,
)
_TITLE = re_pattern(
    r"(?:关于|中华人民共和国)[^。；！？]+|党章|宪法|刑法|民法"
    r"|[^。；，！？]{1,26}(?:[^方办]法|条例|规定|办法|意见|决定|通知|通告|章程|纲要|规划|方案|细则|公报|宣言"
    r"|公约|协定|法案|草案|[词字]典|[选全文]集|日报)"
)
"""What papers and books are called, whole."""
_REACH, _FAR = 50, 400
_SURE = 0.9
_WHY = Message("括号与另一半不配", "The bracket does not match its partner")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    yield from _crossed(document)
    marks = _unmatched(text)
    for number in range(len(marks) - 1):
        start, end = marks[number], marks[number + 1]
        left, right = text[start], text[end]
        if left not in _PAIRS or right in _PAIRS or _PAIRS[left] == right or {left, right} <= set("（(）)"):
            continue
        if not 2 <= end - start <= _REACH or document.is_opaque(start, end + 1):
            continue
        inside = text[start + 1 : end]
        year = inside.isdigit() and left + right in ("〔]", "[〕")
        if not (year or _WORDS.search(inside)) or _BREAK.search(inside):
            continue
        begin = start
        if number and marks[number - 1] == start - 1 and text[start - 1] in "《【（(" and right in "）)":
            begin = start - 1
        pair, sure = _judge(text, begin, end, inside)
        if sure:
            changes = [(begin, start + 1, pair[0]), (end, end + 1, pair[1])]
            changes = [change for change in changes if text[change[0] : change[1]] != change[2]]
            promise = SAFETY if sure >= _SURE else Applicability.SUGGEST
            yield fix(NAME, text, changes, promise, sure, _WHY)


def _crossed(document: Document) -> Iterator[Fix]:
    """Quotations that begin with a mark of the one kind and end with one of the other: “今天」."""
    text = document.text
    if not (("“" in text or "”" in text) and ("「" in text or "」" in text)):
        return
    corners = sum(map(text.count, "「」")) > sum(map(text.count, "“”"))
    usual, other = ("「」", "“”") if corners else ("“”", "「」")
    for start, end in pairwise(_unmatched(text, "“”「」")):
        found = text[start] + text[end]
        if found not in (usual[0] + other[1], other[0] + usual[1]) or not 2 <= end - start <= _REACH:
            continue
        if _BREAK.search(text, start, end) or document.is_opaque(start, end + 1):
            continue
        wrong, mark = (end, usual[1]) if text[start] == usual[0] else (start, usual[0])
        yield fix(NAME, text, [(wrong, wrong + 1, mark)], SAFETY, 0.92, _WHY)


def _unmatched(text: str, kinds: str = "") -> list[int]:
    """The brackets that are left when pairs that match are taken away, the inner ones first."""
    left: list[int] = []
    for at in signs.places(text, kinds or _MARKS):
        if left and _PAIRS.get(text[left[-1]]) == text[at] and at - left[-1] <= _FAR:
            left.pop()
        else:
            left.append(at)
    return left


def _judge(text: str, begin: int, end: int, inside: str) -> tuple[str, float]:
    """The pair that text[begin] and text[end] should be, and how sure that is (0: leave them)."""
    left, right = text[begin], text[end]
    rest = text[end + 1 : end + 24]
    aside = bool(_ASIDE.match(inside))
    title = not aside and bool(_TITLE.fullmatch("".join(inside.split())))
    if left in "「『[" and right in "」』" and left + right not in ("[」", "「』"):
        return "『』", 0.95
    if left + right == "「』":
        return ("「」", 0.92) if "『" not in text else ("", 0.0)
    if left + right in ("【]", "[】"):
        return "【】", 0.95
    if left + right in ("〔]", "[〕"):
        return "〔〕", 0.95
    if right in "）)":
        if rest.startswith("》") or (left in "〔[" and rest.startswith("号")) or left in "「『":
            return "", 0.0
        if left == "《" and title:
            return "《》", 0.95
        return "（）", 0.6 if left == "《" and right == "）" and not aside else 0.96
    if left in "（(" and right in "〉〕]}】>":
        return ("（）", 0.95) if rest[:1] not in ("）", ")") else ("", 0.0)
    if right == "》" or (left == "《" and right in "〉>"):
        if "）" in rest.partition("（")[0] or left in "「『" or len(inside) > 30:
            return "", 0.0
        return ("（）", 0.92) if aside and left == "（" else ("《》", 0.6 if aside else 0.95)
    return "", 0.0
