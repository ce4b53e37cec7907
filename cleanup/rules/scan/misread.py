"""Characters that the picture shows otherwise, where the witness that read it is sure: 合理加速 -> 合理加快.

Why: a language model puts words for others and changes digits, an engine misreads; what is printed stands on
     the scan, and no language tells 2.1% from 2.7%.
Leaves alone: marks (a witness loses many), what the witness half took for what the text has, places where its
     line is hard to read, and what it read against all language; where letters differ these are suggested.
Safety: LIKELY where it is sure; picture, language and the clearness of the line are weighed together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from cleanup.data.roster import Roster
from cleanup.model.document import Document, OtherReading, SeenOnce
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.score import stream
from cleanup.score.witnessed import Doubt, has_letters
from cleanup.text import simplify
from cleanup.text.scripts import is_han

NAME = "scan.misread"
SUMMARY = Message("图像上是别的字，以图像为准", "Where the picture shows other characters, it decides")
SAFETY = Applicability.LIKELY
NEEDS = (
    "models/witness.tsv",
    "models/runs.bin",
    "models/drawn.bin",
    "models/reread.bin",
    "characters/misread.tsv",
    "names/surnames.tsv",
    "names/surnames-rare.tsv",
)
_PAGE = "会议强调，要加快推进各项工作，第三季度工业增长5.7%，高于去年同期。"
CASES = (
    Case(_PAGE.replace("加快", "加速"), _PAGE, "a word put for another", page=_PAGE),
    Case(_PAGE.replace("5.7", "5.1"), _PAGE, "a digit", page=_PAGE),
    Case(_PAGE.replace("会议", "会仪"), _PAGE, "a character", page=_PAGE),
    Case(
        "会上，县委书记周文章作了工作报告，部署今年的任务。",
        "会上，县委书记周文彰作了工作报告，部署今年的任务。",
        "a name",
        roster=(("周文彰", ""),),
        page="会上，县委书记周文彰作了工作报告，部署今年的任务。",
    ),
    Case(_PAGE, None, "the witness is not sure", page=_PAGE.replace("工业", "工亚"), unsure="亚"),
    Case(_PAGE, None, "Latin for Chinese", page=_PAGE.replace("工业", "IL")),
    Case(_PAGE, None, "marks", page=_PAGE.replace("，", "．")),
)
_AROUND = 8
_SURE, _SUGGESTED = 0.6, 0.3
"""From here on a change is made, and shown: cross-validated on the pages that dictionaries/build/witness.py
sets, wears and damages, 99.8 % from 0.6 on are right."""
_SURE_OF_FIGURES = 0.95
"""The same of figures, of which the language says nothing."""
_TAKEN_OUT, _STUTTER, _LEAST = 0.3, 0.9, 2
"""What the picture does not have may be a line, or a letter, that the witness lost; unless so many characters
stand there twice, and it has them once (by hand)."""
_HALF = 0.5
"""What a witness says that is not even half sure, or that reads Latin for Chinese, as of noise (by hand)."""
_BESIDE = 2
"""Characters beside a name: where another one stands elsewhere beside the same, the picture may show that
place."""
_LINE, _CLEAR, _NATS, _JUNK = 6, 0.8, 1.5, 0.9
"""Of more characters, a line that can be read in place of one that cannot: how sure the witness is of it, and
nats to the character that the language gains; what such a change claims (by hand)."""

_CLEAR_NAME, _NAME, _LONGEST_NAME = 0.9, 0.9, 4
"""How sure a witness is of a name of the roster, and what it then claims (by hand); characters of a name."""


class _Choice(NamedTuple):
    other: OtherReading
    seen: SeenOnce
    before: str
    after: str


def find(document: Document, tools: Names) -> Iterable[Fix]:
    choices = list(_choices(document))
    if not choices:
        return
    found = stream.of(document)
    text = simplify.one_script(found.text)
    asked = []
    for one in choices:
        at = int(np.searchsorted(found.places, one.other.span.start))
        end = at + len(one.before)
        asked.append((text[max(0, at - _AROUND) : at], one.before, one.after, text[end : end + _AROUND]))
    doubts = [
        Doubt(one.before, one.after, one.other.confidence or 0.0, one.seen.rival, one.seen.clear, gain)
        for one, gain in zip(choices, tools.gains(asked), strict=True)
    ]
    for choice, doubt, fitted in zip(choices, doubts, tools.witnessed(doubts), strict=True):
        other, chance = choice.other, _chance(document.text, choice, doubt, fitted)
        if doubt.sure >= _CLEAR_NAME and _makes_name(document.text, other, tools.roster):
            chance = max(chance, _NAME)
        if _is_elsewhere(document.text, other, tools):
            chance = min(chance, _HALF)
        rivals = _rivals(choice)
        if any(text != doubt.after for text in rivals.values()):
            chance = min(chance, _HALF)
        if chance < _SUGGESTED:
            continue
        start, end = other.span.start, other.span.end
        given, how = document.text[start:end], _how(other.confidence)
        yield fix(
            NAME,
            document.text,
            [(start, end, other.text)],
            Applicability.LIKELY if chance >= _bar(doubt) else Applicability.SUGGEST,
            chance,
            Message(f"图像上是“{other.text}”", f"the picture shows “{other.text}”")
            if other.text
            else Message("图像上没有这些字", "the picture does not have this"),
            (
                f"{document.name}: {given}",
                f"{other.source}: {other.text}{how}",
                *(f"{name}: {text}" for name, text in choice.seen.beside),
            ),
            tuple(text for text in rivals if text not in (given, other.text)),
        )


def _rivals(choice: _Choice) -> dict[str, str]:
    """What other witnesses read there, as they have it and in simplified script."""
    return {text: simplify.one_script(text) for _, text in choice.seen.beside}


def _makes_name(text: str, other: OtherReading, roster: Roster) -> bool:
    """Whether somebody of the roster stands there with what the picture shows, and nobody without."""
    start, end = other.span.start, other.span.end

    def is_there(put: str) -> bool:
        around = text[max(0, start - _LONGEST_NAME) : start] + put + text[end : end + _LONGEST_NAME]
        first = min(start, _LONGEST_NAME)
        return any(
            around[at:until] in roster.by_name
            for at in range(first + len(put))
            for until in range(max(at + _LEAST, first + 1), min(at + _LONGEST_NAME, len(around)) + 1)
        )

    return bool(roster.people and other.text) and is_there(other.text) and not is_there(text[start:end])


def _is_elsewhere(text: str, other: OtherReading, tools: Names) -> bool:
    """Whether the picture shows quite another name, which the text has elsewhere beside the same words."""
    start, end = other.span.start, other.span.end
    before, after = text[start:end], other.text
    if len(after) < _LEAST or not before or set(before) & set(after):
        return False
    if not (tools.is_surname(before[0]) and tools.is_surname(after[0])):
        return False
    return text[max(0, start - _BESIDE) : start] + after in text or after + text[end : end + _BESIDE] in text


def _how(sure: float | None) -> str:
    return "" if sure is None else f" ({sure:.2f})"


def _chance(text: str, choice: _Choice, doubt: Doubt, fitted: float) -> float:
    start, end = choice.other.span.start, choice.other.span.end
    if not doubt.after:
        words = text[start:end]
        before, behind = text[max(0, start - len(words)) : start], text[end : end + len(words)]
        twice = words in (before, behind) and sum(map(is_han, words)) >= _LEAST
        return _STUTTER if twice and doubt.clear >= _CLEAR else _TAKEN_OUT
    if doubt.sure < _HALF or (any(map(is_han, doubt.before)) and not any(map(is_han, doubt.after))):
        return min(fitted, _HALF)
    size = len(doubt.before)
    if min(size, len(doubt.after)) > _LINE and doubt.sure >= _CLEAR and doubt.gain >= _NATS * size:
        return max(fitted, _JUNK)
    return fitted


def _bar(doubt: Doubt) -> float:
    """From where on a change is made."""
    is_figure = len(doubt.before) <= _LINE and any(char.isdigit() for char in doubt.before)
    return _SURE_OF_FIGURES if is_figure else _SURE


def _choices(document: Document) -> Iterable[_Choice]:
    """The places that a witness read otherwise, and not just in another script or other marks."""
    for one in document.others:
        start, end = one.span.start, one.span.end
        if one.seen is None or one.lost or document.is_opaque(start, end):
            continue
        before, after = simplify.one_script(document.text[start:end]), simplify.one_script(one.text)
        if before != after and has_letters(before, after):
            yield _Choice(one, one.seen, before, after)
