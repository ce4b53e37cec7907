"""Where a text follows what is always said the same way, and breaks off, without coming back to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cleanup.score.followed import Followed, followed, stretches
from cleanup.score.formulas import ANCHOR, ORDER, ROOM, Breaks, Formulas, padded
from cleanup.score.ngram import Ngrams
from cleanup.text.groups import groups
from cleanup.text.scripts import is_han
from cleanup.text.wording import SLOTS, shown

LONG, LONG_QUOTED = 10, 8
"""Characters of the formula that the text follows, at the least; and where it begins with what is quoted:
before “两个确立” few words can stand."""
ALWAYS, OFTEN = 0.97, 40.0
"""Share of the texts with these characters in which they go on in one way, and how many, at the least."""
ODD, ODD_QUOTED = -18.0, -15.0
"""Nats that the two characters at the break have together, at the most, from both sides. With these, one
place in 100,000 characters of right news and reports is flagged, of text that drifted 2 % of the places
(dev of ../shared/bench/drift, formulas of November 2026)."""
SHOWN = 6


class Broken(NamedTuple):
    """A place where a text leaves a formula, or begins in the middle of one."""

    start: int
    end: int
    """The two characters at the break."""
    formula: str
    """How the formula goes, what the text lacks in brackets."""
    counted: str


def find(text: str, model: Ngrams, formulas: Formulas) -> Iterator[Broken]:
    """Where `text`, in simplified script, breaks off."""
    for first, last in stretches(text):
        seen = followed(text[first:last], model, formulas)
        codes, places = seen.words.codes, seen.words.places
        for here, side, place in _always(seen, formulas):
            ahead = side > 0
            piece = shown(
                formulas.pieces[place : place + SHOWN] if ahead else formulas.pieces[place - SHOWN : place]
            )
            said = piece.strip("\n").split("\n")[0 if ahead else -1]
            near = said[:2] if ahead else said[-2:]
            start, end = int(places[here - 1]), int(places[here]) + 1
            if end - start > 2 or not all(map(is_han, near)) or SLOTS & set(near):
                continue
            known = shown(codes[max(0, here - LONG) : here] if ahead else codes[here : here + LONG])
            formula = f"{known}【{said}】" if ahead else f"【{said}】{known}"
            yield Broken(start + first, end + first, formula, formulas.counted(place))


def _always(seen: Followed, formulas: Formulas) -> Iterator[tuple[int, int, int]]:
    """The places up to which (side 1), or from which on (-1), the text follows formulas that go on in one
    way; with where that is in such a piece."""
    codes = seen.words.codes
    at, side = Breaks(seen.ahead, seen.after).both()
    odd = seen.odd[at]
    quoted = (codes.take(at, mode="clip") == ord("“")) & (side < 0)
    some = np.flatnonzero((odd <= ODD) | quoted & (odd <= ODD_QUOTED))
    least = np.where(quoted, LONG_QUOTED, LONG)
    some = some[seen.for_long(at[some], side[some], least[some])]
    if not len(some):
        return
    at, side, least = at[some], side[some], least[some]
    around = padded(codes)
    row, place = formulas.pairs(around, at + ROOM - ANCHOR * (side > 0))
    ahead = side[row] > 0
    place = place + ANCHOR * ahead
    same = np.zeros(len(row), dtype=np.int64)
    for step, these in ((-1, np.flatnonzero(ahead)), (1, np.flatnonzero(~ahead))):
        edge = -1 if step < 0 else 0
        same[these] = formulas.agree(around, at[row[these]] + ROOM + edge, place[these] + edge, step)
    kept = same >= least[row]
    row, place, ahead = row[kept], place[kept], ahead[kept]
    weight = formulas.counts(np.maximum(place - ORDER // 2, 0))
    following = formulas.pieces.take(place - ~ahead, mode="clip")
    total = np.bincount(row, weight, len(at))
    ways, *_, way = groups(row << 16 | following)
    for number, sum_ in zip(ways.tolist(), np.bincount(way, weight).tolist(), strict=True):
        one, char = number >> 16, number & 0xFFFF
        if char != ord("\n") and sum_ >= max(OFTEN, ALWAYS * total[one]):
            first = int(np.argmax((row == one) & (following == char)))
            yield int(at[one]), int(side[one]), int(place[first])
