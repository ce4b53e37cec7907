"""How the paragraphs of a page begin and end, told by those of which that is plain: what else is measured of
breaks between wrapped lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

UNKNOWN = -99.0
"""Stands for what cannot be measured: no such line, nothing known of these words."""

_REACH, _NEAR, _FAR = 14, 10, 40
"""Breaks on either side that tell how paragraphs begin, how even lines are, and who speaks."""
_MOST = 30
"""Lines: a longer paragraph tells no more."""
_PLAINLY = 2.0
"""Nats from which the language model plainly sees a line go on."""
_LABEL = regex_pattern(r"[\p{Han}A-Za-z×·．.]{1,8}(?:[（(][^）)]{1,12}[）)])?[ 　]?[：:]")
_SAID = regex_pattern(
    r".*(?:说|道|讲|曰|云|指出|强调|认为|要求|表示|如下|介绍|写道|规定|即|是|为|有)[ 　]?[：:]"
)


class Brink(NamedTuple):
    """A break as its page is judged by."""

    before: str
    after: str
    at: int
    """The order of the line before it."""
    room: float
    """By how much that line falls short of the column."""
    short: bool
    """So much that the line cannot be a full one."""
    closed: bool
    """It ends where a sentence may end."""
    cut: bool
    """It ends amid words."""
    on: float
    """What the language model says of the text going on, in nats."""
    start: float
    """What the line behind begins with."""


class Habits(NamedTuple):
    """What the page's own paragraphs say of a break; the fields mean what they mean in Cues."""

    ragged: float
    setback: float
    alike: float
    labels: float
    balance: float
    closing: float
    run: float


def of(brinks: Sequence[Brink]) -> list[Habits]:
    """The habits of a page, as they stand at each of its breaks."""
    over = [at for at, one in enumerate(brinks) if one.closed and one.short]
    first = {
        at: brinks[at + 1].room
        for at in over
        if at + 1 < len(brinks) and brinks[at + 1].cut and brinks[at + 1].at == brinks[at].at + 1
    }
    begun = list(first)
    going = [at for at, one in enumerate(brinks) if one.cut and (one.on > _PLAINLY or one.on == UNKNOWN)]
    names = [_label(one.after) for one in brinks]
    speak = [at for at, name in enumerate(names) if name]
    found: list[Habits] = []
    balance = run = 0
    for at, one in enumerate(brinks):
        balance += one.before.count("“") - one.before.count("”")
        run += 1
        rooms = sorted(brinks[near].room for near in _around(going, at, _NEAR) if near != at)
        backs = [first[near] for near in _around(begun, at, _REACH) if near != at]
        starts = [brinks[near].start == one.start for near in _around(over, at, _REACH) if near != at]
        found.append(
            Habits(
                rooms[3 * len(rooms) // 4] if rooms else UNKNOWN,
                _median(backs) if len(backs) > 1 else UNKNOWN,
                sum(starts) / len(starts) if starts else UNKNOWN,
                _labels(names, speak, at),
                float(max(-2, min(2, balance))),
                _closing(one.after),
                float(min(run, _MOST)),
            )
        )
        if one.closed and one.short:
            balance = run = 0
    return found


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)  # `statistics` takes longer to import than all medians of a page
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _around(places: Sequence[int], at: int, reach: int) -> Sequence[int]:
    """Those of the places that lie within reach."""
    return places[bisect_left(places, at - reach) : bisect_right(places, at + reach)]


@lru_cache(maxsize=KEPT)
def _label(words: str) -> str:
    """The speaker whose turn a line may begin."""
    if not ("：" in words[:24] or ":" in words[:24]):
        return ""
    found = _LABEL.match(words)
    return found[0].rstrip(" 　：:") if found and not _SAID.fullmatch(found[0]) else ""


def _labels(names: Sequence[str], speak: Sequence[int], at: int) -> float:
    """How many lines around begin with a speaker, where the line behind a break does; half as many where
    this one speaks but once."""
    if not names[at]:
        return 0.0
    near = Counter(names[place] for place in _around(speak, at, _FAR))
    return sum(near.values()) * (1.0 if near[names[at]] > 1 else 0.5)


def _closing(words: str) -> float:
    """1: the first quotation mark of a line closes; 0: it opens; -1: there is none."""
    first = min((at for at in (words.find("“"), words.find("”")) if at >= 0), default=-1)
    return -1.0 if first < 0 else float(words[first] == "”")
