"""The stroke 丶 between words becomes the comma 、: 北京丶上海 -> 北京、上海.

Why: engines and stroke input methods give the character 丶 for the enumeration comma.
Leaves alone: 丶 spoken of by itself (“丶”, 丶部), at the start of a line, beside another mark.
Safety: LIKELY, since 丶 is hardly ever a character of a text.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case
from cleanup.rules.kinds import substitution
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

NAME = "characters.comma-stroke"
SUMMARY = Message("误作“丶”的顿号还原", "The stroke 丶 between words becomes 、")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "丶"
CASES = (
    Case("北京丶上海丶广州", "北京、上海、广州"),
    Case("“电影”丶“电视”", "“电影”、“电视”"),
    Case("笔画“丶”读作点，丶部，属丶部", None, "the stroke itself"),
)

_STROKE = re_pattern(
    rf"(?<=[{HAN}A-Za-z0-9”’》）])(?<![丶部属画笔首])丶(?![丶部笔])(?=[{HAN}A-Za-z0-9“‘《（])"
)
_WHY = Message("顿号误作“丶”", "The enumeration comma, read as a stroke")


def find(document: Document, tools: object) -> Iterable[Fix]:
    return substitution(NAME, document, _STROKE, "、", SAFETY, 0.95, _WHY)
