"""Lines that do not stand in the order in which they are read: columns read across, line by line, and
vertical columns given from left to right, that is backwards.

Where lines stand in order, each goes on in the next; where two columns were read across, in the next but one;
where columns run backwards, in the one before. The language model tells which goes on best, over many lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt
from typing import Literal, NamedTuple

import numpy as np

from cleanup.text import paragraphs
from cleanup.text.cues import Nats
from cleanup.text.joins import Link
from cleanup.text.scripts import is_han
from cleanup.text.simplify import simplified
from cleanup.text.widths import has_marks

Flow = Callable[[Sequence[tuple[str, str]]], Sequence[Nats]]
Kind = Literal["across", "backwards"]

LEAST = 10
"""Lines, at the least: fewer tell no order."""
_SHORTEST = 4
"""Characters of a line that tells it."""
_WRAPPED = 0.4
"""Share of lines that break off in mid-sentence, at the least: paragraphs tell no order."""
_LOOSE = 0.4
"""Bits of association between neighbouring lines, on an average, above which they stand in order: only 8 in
100 pages as engines read them lie below."""
_COLUMNS = (2, 3)
_ACROSS, _BACKWARDS = 1.5, 0.4
"""Nats by which another order must be better, on an average. Pages in order (ocr-dev, ocr-kinds-dev, 156 of
them) reach 0.44 and -0.11, pages of real/ that are read across or backwards 3.5 and 0.9."""
_MOSTLY = 0.7
"""Share of the lines of which each must speak for the other order (by hand)."""
_SOME, _CLEARLY = 0.7, 1.3
"""Nats, on an average, and standard errors of that average by which another order of the whole page must be
better where fewer lines speak for it: old and plain prose, which the language model knows little. Of 356
pages in order (ocr-dev, -kinds-dev, -trad-dev, right text wrapped to 10, 14 and 20 characters) none has
both over ten lines that break off; nine in ten of the same texts read across do."""
_MARKED = 0.2
"""Share of lines with a mark inside, at the least, for that: verse has none."""
_STRETCH, _PART = 24, 0.25
"""Lines, or share of the page, that stand so, at the least: verse with lines built alike comes shorter."""
_DOUBT = 2.0
"""Nats: a line above a stretch that speaks less against it belongs to it."""
_MOST = 8.0
"""Nats: what one line says counts no more."""


class Disorder(NamedTuple):
    """Lines in another order than they are read in."""

    kind: Kind
    first: int
    last: int
    columns: int
    """How many stand side by side; 1: they run backwards."""

    def sorted(self) -> list[int]:
        """The lines in the order in which they are read."""
        lines = range(self.first, self.last + 1)
        if self.kind == "backwards":
            return list(reversed(lines))
        return [line for column in range(self.columns) for line in lines[column :: self.columns]]


def find(words: Sequence[str], link: Link, flow: Flow) -> Disorder | None:
    """The longest stretch of lines that another order fits better; None: they stand in order."""
    fit = [at for at, line in enumerate(words) if len(line) >= _SHORTEST]
    if len(fit) < LEAST:
        return None
    lines = [words[at] for at in fit]
    opens = [at for at in range(len(lines) - 1) if paragraphs.ends_open(lines[at]) and is_han(lines[at][-1])]
    if (
        len(opens) < max(LEAST // 2, _WRAPPED * len(lines))
        or _mean([_bits(link, lines[at], lines[at + 1]) for at in opens]) >= _LOOSE
    ):
        return None
    plain = [simplified(line) for line in lines]
    next_, back, *further = _weighed(flow, plain)
    across = _across(next_, further, opens, sum(map(has_marks, lines)) >= _MARKED * len(lines))
    if across and 2 * (across.last - across.first) >= len(fit):
        return _placed(across, fit)
    if _mean([_clip(other - one) for one, other in zip(next_, back, strict=True)]) >= _BACKWARDS:
        return Disorder("backwards", fit[0], fit[-1], 1)
    return _placed(across, fit) if across else None


def _weighed(flow: Flow, lines: Sequence[str]) -> list[list[float]]:
    """How well each line goes on in the next, the next in it, and each in those some lines further on."""
    steps = [
        [*pairwise(lines)],
        [(two, one) for one, two in pairwise(lines)],
        *([*zip(lines, lines[columns:], strict=False)] for columns in _COLUMNS),
    ]
    nats = iter(
        found.on for found in flow([pair for pairs in steps for pair in pairs])
    )  # at one go: it is quicker
    return [[next(nats) for _ in pairs] for pairs in steps]


def _placed(found: Disorder, fit: Sequence[int]) -> Disorder:
    return found._replace(first=fit[found.first], last=fit[found.last])


def _across(
    next_: Sequence[float], further: Sequence[Sequence[float]], opens: Sequence[int], marked: bool
) -> Disorder | None:
    """The longest stretch in which lines go on some lines further on; `marked`: they have marks as prose."""
    told = set(opens)
    size = len(next_) + 1
    for columns, nats in zip(_COLUMNS, further, strict=True):
        better = [_clip(other - one) for one, other in zip(next_, nats, strict=False)]
        first, last = _best([gain - _ACROSS / 3 if at in told else 0.0 for at, gain in enumerate(better)])
        while 0 < first <= last and better[first - 1] > -_DOUBT:
            first -= 1
        gains = [better[at] for at in opens if first <= at <= last]
        most = sum(gain > 0 for gain in gains) >= _MOSTLY * len(gains)
        long = last - first >= min(_STRETCH, _PART * size)
        clear = (most and _mean(gains) >= _ACROSS) or (
            marked
            and 2 * (last - first) >= size
            and _is_clear([better[at] for at in opens if at < len(better)])
        )
        if len(gains) >= LEAST - columns and long and clear:
            return Disorder("across", first, min(last + columns, size - 1), columns)
    return None


def _is_clear(gains: Sequence[float]) -> bool:
    """Whether another order is better on the whole, beyond what lines of all sorts would give by chance."""
    mean = _mean(gains)
    return (
        len(gains) >= LEAST
        and mean >= _SOME
        and mean >= _CLEARLY * float(np.std(gains, ddof=1)) / sqrt(len(gains))
    )


def _bits(link: Link, one: str, two: str) -> float:
    bits = link(one[-1], two[0]) if is_han(two[0]) else None
    return 0.0 if bits is None else max(-3.0, min(_MOST, bits))


def _clip(nats: float) -> float:
    return max(-_MOST, min(_MOST, nats))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _best(gains: Sequence[float]) -> tuple[int, int]:
    """The stretch with the largest sum."""
    best, found, total, start = 0.0, (0, -1), 0.0, 0
    for at, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, at
        total += gain
        if total > best:
            best, found = total, (start, at)
    return found
