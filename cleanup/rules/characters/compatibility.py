"""Radicals, compatibility ideographs and Latin ligatures become ordinary characters: ⼈⺠ -> 人民, ﬁ -> fi.

Why: text layers of PDF files name the glyph of a radical where the character itself was printed.
Leaves alone: a radical that is spoken of as such (部首“⻌”), and parts that are no whole character.
Safety: SAFE, since the characters look the same and Unicode says that they are. A radical that stands for
     two characters, one of either script (⼾: 戶 or 户), becomes the one of the page's script.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_simplified
from cleanup.text.simplify import folded

NAME = "characters.compatibility"
SUMMARY = Message(
    "部首区、兼容区字形改为通用汉字", "Radical and compatibility forms become ordinary characters"
)
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("⼈⺠⽇报", "人民日报"),
    Case("⻓江三⾓洲", "长江三角洲"),
    Case("快\uf914", "快樂"),
    Case("the ﬁnal oﬃce ﬂoor", "the final office floor"),
    Case("⼾⼝和⻔牌都经过登记，个⼈信息", "户口和门牌都经过登记，个人信息", "the script of the page"),
    Case("⼾⼝與門牌都經過登記，個⼈資訊", "戶口與門牌都經過登記，個人資訊"),
    Case("⼾⼝", "戶口", "nothing else tells the script"),
    Case("部首“⻌”表示行走", None, "spoken of as a radical"),
    Case("神龍", None, "an ordinary character"),
)

# The radicals supplement has no decompositions; these stand for whole characters
# (Unicode's EquivalentUnifiedIdeograph; parts such as ⺅ and ⻌ left out).
_RADICALS = dict(
    zip(
        "⺁⺄⺊⺎⺒⺓⺛⺝⺞⺟⺠⺦⺩⺬⺶⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙卜兀巳幺旡月歹母民丬王示羊虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_FORMS = re_pattern(f"[\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f{''.join(_RADICALS)}]+")
SIGNS = "".join((*map(chr, (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB07))), "\U0002f800", *_RADICALS))
_BOTH = frozenset(map(chr, range(0x2F00, 0x2FD6)))
"""The radicals of Kangxi's dictionary; Unicode gives them the traditional character."""
_OPEN, _CLOSE = tuple("“‘「『\"'"), tuple("”’」』\"'")
_WHY = Message("部首或兼容字形，应为通用汉字", "A radical or compatibility form of an ordinary character")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    simplified = is_simplified(text)
    for match in _FORMS.finditer(text):
        start, end = match.span()
        if end - start == 1 and text[start - 1 : start] in _OPEN and text[end : end + 1] in _CLOSE:
            continue  # spoken of as a radical
        after = "".join(_ordinary(char, simplified) for char in match.group())
        if after != match.group():
            yield fix(NAME, text, [(start, end, after)], SAFETY, 0.999, _WHY)


def _ordinary(char: str, simplified: bool) -> str:
    """The ordinary character for a form; `simplified`: on a page in simplified script."""
    after = _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    return folded(after) if simplified and char in _BOTH else after
