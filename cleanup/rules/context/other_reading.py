"""Characters that another reading of the same page has otherwise, where its text is clearly the likelier.

Why: two engines seldom misread the same character; where they differ the language mostly says who is right.
Leaves alone: digits and letters (suggested at the most), names of persons, what both may be, whatever the
     engine that read it was not sure of and the language does not ask for, and all where the other engine is
     wrong more often than not and the gain is no proof.
Safety: LIKELY where the text gains much by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanup.model.document import Document, OtherReading
from cleanup.model.fix import Applicability, Fix, Message, Span, fix
from cleanup.rules.contract import Case, Names
from cleanup.score import stream
from cleanup.text import simplify, unknown_names
from cleanup.text.scripts import is_han

NAME = "context.other-reading"
SUMMARY = Message(
    "两次识别不同处，取上下文支持的一种", "Where two readings differ, take the one that the text supports"
)
SAFETY = Applicability.LIKELY
NEEDS = ("models/runs.bin", "names/surnames.tsv")
_RIGHT = "会议强调，要认真学习贯彻重要讲话精神，黑恶势力得到有效遏制。"
CASES = (
    Case("会议强调，要认真学习贯彻重要讲话精神，黑恶势力得到有效遇制。", _RIGHT, other=_RIGHT),
    Case(
        _RIGHT,
        None,
        "the worse reading",
        other="会议强调，要认真学习贯彻重要讲话精神，黑恶势力得到有效遇制。",
    ),
    Case(
        "第三季度工业增长5.1%，高于去年同期。", None, "digits", other="第三季度工业增长5.7%，高于去年同期。"
    ),
    Case("县委书记李建国出席会议并且讲话。", None, "a name", other="县委书记李建华出席会议并且讲话。"),
)
_PAUSES = frozenset("，。；：、！？")
_AROUND = 8
_HABIT, _MOST_HABIT = 2.0, 2.0
"""What each unit of an engine's habit (log odds that its readings fit better than the base's, where both
differ) counts in nats, and the most of it."""
_HAN, _MARK, _LOST, _LOST_MARK, _CUT, _ADDED = 8.0, 3.0, -2.0, 1.0, -4.0, 10.0
"""Nats that a change must gain, the other engine's habit included but for marks: of Han characters, of marks
of pause, by characters lost, by marks lost, by those at the end of a line where its box may have cut them
off, and by taking characters away. On bench/scans with either engine as the base 127 such changes of Han
characters out of 129 are right, 20 of 20 marks."""
_SURE, _SURE_OF_LOST = 0.5, 0.7
"""The least confidence of the other engine, where it states one: for a mark, and for what is lost here."""
_SURE_OF_FIGURES = 0.9
_AGREED = 4.0
"""Nats for each further reading that says the same (by hand)."""
_CHANCE, _SUGGESTED = 0.9, 0.4


class _Choice(NamedTuple):
    """A place where readings differ."""

    span: Span
    before: str
    """As in the running text, in one script."""
    new: str
    after: str
    at: int
    """In the running text."""
    readings: list[OtherReading]


def find(document: Document, tools: Names) -> Iterable[Fix]:
    if not document.others:
        return
    found = stream.of(document)
    text = simplify.one_script(found.text)
    choices = list(_choices(document, text, found.places))
    asked = [(text[max(0, one.at - _AROUND) : one.at], one.before, one.new, one.after) for one in choices]
    gains = tools.gains(asked)
    habit = _habit(choices, gains)
    named = unknown_names.within(text, tools.surnames, [one.at for one in choices])
    for choice, gain in zip(choices, gains, strict=True):
        level = _level(choice, gain + _AGREED * (len(choice.readings) - 1), habit)
        if level is None:
            continue
        if choice.at in named and any(map(is_han, choice.new)):
            level = Applicability.SUGGEST
        new = choice.readings[0].text
        sources = "、".join(dict.fromkeys(one.source for one in choice.readings))
        here = document.text[choice.span.start : choice.span.end]
        yield fix(
            NAME,
            document.text,
            [(choice.span.start, choice.span.end, new)],
            level,
            _CHANCE if level == Applicability.LIKELY else _SUGGESTED,
            Message(f"{sources} 读作“{new}”，更合上下文", f"{sources} has “{new}”, which fits better here"),
            (f"{document.name}: {here}", *(f"{one.source}: {one.text}" for one in choice.readings)),
        )


def _choices(document: Document, text: str, places: NDArray[np.int64]) -> Iterable[_Choice]:
    """The places of a few characters in which readings differ, within the running text."""
    by: dict[tuple[Span, str], list[OtherReading]] = defaultdict(list)
    for other in document.others:
        if not (other.lost or other.seen) and not document.is_opaque(other.span.start, other.span.end):
            by[other.span, other.text].append(other)
    for (span, words), readings in by.items():
        at = int(np.searchsorted(places, span.start))
        end = at + len(span)
        if len(span) and (end > len(places) or places[at] != span.start or places[end - 1] != span.end - 1):
            continue
        if not len(span) and at and places[at - 1] != span.start - 1:
            continue
        before, new = text[at:end], simplify.one_script(words)
        if before != new:
            yield _Choice(span, before, new, text[end : end + _AROUND], at, readings)


def _habit(choices: Sequence[_Choice], gains: Sequence[float]) -> float:
    """Log odds that the other readings of Han characters fit better than the base's."""
    told = [gain for one, gain in zip(choices, gains, strict=True) if _are_han(one.before, one.new)]
    better = sum(gain > 0 for gain in told)
    found = log((better + 1) / (len(told) - better + 1))
    return _HABIT * max(-_MOST_HABIT, min(found, _MOST_HABIT))


def _are_han(*texts: str) -> bool:
    return all(text and all(map(is_han, text)) for text in texts)


def _level(choice: _Choice, gain: float, habit: float) -> Applicability | None:
    """What may be done; None: nothing worth showing."""
    old, new = choice.before, choice.new
    said = [one.confidence for one in choice.readings if one.confidence is not None]
    sure = max(said, default=1.0)
    if any(char.isalnum() and not is_han(char) for char in old + new):
        figures = old.isdigit() and new.isdigit() and bool(said) and sure >= _SURE_OF_FIGURES
        return Applicability.SUGGEST if figures else None
    if _are_han(old, new):
        good = gain + habit >= _HAN
    elif old and new:
        good = {*old, *new} <= _PAUSES and gain >= _MARK and sure >= _SURE
    elif new and {*new} <= _PAUSES:
        beside = choice.after[:1] in _PAUSES
        cut = bool(said) and sure >= _SURE_OF_LOST and choice.readings[0].at_end and gain >= _CUT
        good = not beside and len(new) == 1 and sure >= _SURE and (gain >= _LOST_MARK or cut)
    elif new:
        good = _are_han(new) and gain + habit >= (_LOST if said else _LOST_MARK) and sure >= _SURE_OF_LOST
    else:
        good = len(old) == 1 and is_han(old) and gain + habit >= _ADDED
    return Applicability.LIKELY if good else None
