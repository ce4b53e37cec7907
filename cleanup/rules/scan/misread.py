"""Characters that the picture shows otherwise, where the witness that read it is sure: 合理加速 -> 合理加快.

Why: a language model puts words for others and changes digits, an engine misreads; what is printed stands on
     the scan, and no language tells 2.1% from 2.7%.
Leaves alone: marks (a witness loses many), what the witness half took for what the text has, places where its
     line is hard to read, and what it read against all language; where letters differ these are suggested.
Safety: LIKELY where it is sure; picture, language and the clearness of the line are weighed together.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log
from typing import NamedTuple

import numpy as np

from cleanup.model.document import Document, OtherReading, SeenOnce
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.score import stream
from cleanup.text import simplify
from cleanup.text.scripts import is_han

NAME = "scan.misread"
SUMMARY = Message("图像上是别的字，以图像为准", "Where the picture shows other characters, it decides")
SAFETY = Applicability.LIKELY
NEEDS = ("models/runs.bin",)
_PAGE = "会议强调，要加快推进各项工作，第三季度工业增长5.7%，高于去年同期。"
CASES = (
    Case(_PAGE.replace("加快", "加速"), _PAGE, "a word put for another", page=_PAGE),
    Case(_PAGE.replace("5.7", "5.1"), _PAGE, "a digit", page=_PAGE),
    Case(_PAGE.replace("会议", "会仪"), _PAGE, "a character", page=_PAGE),
    Case(_PAGE, None, "the witness is not sure", page=_PAGE.replace("工业", "工亚"), unsure="亚"),
    Case(_PAGE, None, "marks", page=_PAGE.replace("，", "．")),
)
_AROUND = 8
_LEAST, _HALF = 1e-4, 0.5
_SUGGESTED = 0.4


class _Choice(NamedTuple):
    other: OtherReading
    seen: SeenOnce
    before: str
    after: str
    at: int


def find(document: Document, tools: Models) -> Iterable[Fix]:
    places = [one for one in document.others if one.seen and not one.lost]
    if not places:
        return
    found = stream.of(document)
    text = simplify.one_script(found.text)
    choices = list[_Choice]()
    for one in places:
        start, end = one.span.start, one.span.end
        before, after = simplify.one_script(document.text[start:end]), simplify.one_script(one.text)
        is_other = before != after and _has_letters(before, after)
        if one.seen and is_other and not document.is_opaque(start, end):
            at = int(np.searchsorted(found.places, start))
            choices.append(_Choice(one, one.seen, before, after, at))
    asked = [
        (
            text[max(0, one.at - _AROUND) : one.at],
            one.before,
            one.after,
            text[one.at + len(one.before) : one.at + len(one.before) + _AROUND],
        )
        for one in choices
    ]
    for choice, gain in zip(choices, tools.gains(asked), strict=True):
        one = choice.other
        chance = _chance(choice, float(gain))
        if chance < _SUGGESTED and not any(map(is_han, one.text)):
            continue
        start, end = one.span.start, one.span.end
        here, sure = document.text[start:end], one.confidence
        how = "" if sure is None else f" ({sure:.2f})"
        yield fix(
            NAME,
            document.text,
            [(start, end, one.text)],
            Applicability.LIKELY if chance >= _HALF else Applicability.SUGGEST,
            chance,
            Message(f"图像上是“{one.text}”", f"the picture shows “{one.text}”")
            if one.text
            else Message("图像上没有这些字", "the picture does not have this"),
            (f"{document.name}: {here}", f"{one.source}: {one.text}{how}"),
        )


def _has_letters(*texts: str) -> bool:
    return any(char.isalnum() for text in texts for char in text)


def _chance(choice: _Choice, gain: float) -> float:
    one, seen = choice.other, choice.seen
    if not one.text:
        return 0.3
    sure = min(max(one.confidence or 0.0, _LEAST), 1 - _LEAST)
    rival = max(seen.rival, _LEAST)
    odds = log(sure / (1 - sure)) - 2.0 * max(0.0, log(rival / 0.002)) + 60 * (seen.clear - 0.98)
    odds += 0.3 * max(-20.0, min(10.0, gain)) - 1.0
    return round(1 / (1 + exp(-odds)), 4)
