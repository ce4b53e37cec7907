"""Where a text follows what is always said the same way, and breaks off, without coming back to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cleanup.score.followed import followed
from cleanup.score.formulas import ANCHOR, ORDER, ROOM, Formulas, Ints, padded
from cleanup.score.ngram import Ngrams
from cleanup.score.stretches import parts
from cleanup.text.scripts import is_han
from cleanup.text.wording import SLOTS, Codes, shown

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
    for first, last in parts(text):
        part = text[first:last]
        seen = followed(part, model, formulas)
        codes, places = seen.words.codes, seen.words.places
        for side, at in ((1, seen.ahead), (-1, seen.after)):
            at = at[(seen.odd[at] <= ODD_QUOTED) & seen.for_long(at, side, LONG_QUOTED)]
            odd = seen.odd[at]
            quoted = (codes[at] == ord("“")) & (side < 0)
            plain = _always(codes, at[(odd <= ODD) & ~quoted], side, formulas, LONG)
            for here, place in (
                *plain,
                *_always(codes, at[(odd <= ODD_QUOTED) & quoted], side, formulas, LONG_QUOTED),
            ):
                ahead = side > 0
                piece = shown(
                    formulas.pieces[place : place + SHOWN]
                    if ahead
                    else formulas.pieces[place - SHOWN : place]
                )
                said = piece.strip("\n").split("\n")[0 if ahead else -1]
                near = said[:2] if ahead else said[-2:]
                start, end = int(places[here - 1]), int(places[here]) + 1
                if end - start > 2 or not all(map(is_han, near)) or SLOTS & set(near):
                    continue
                known = shown(codes[max(0, here - LONG) : here] if ahead else codes[here : here + LONG])
                formula = f"{known}【{said}】" if ahead else f"【{said}】{known}"
                yield Broken(start + first, end + first, formula, formulas.counted(place))


def _always(text: Codes, at: Ints, side: int, formulas: Formulas, least: int) -> Iterator[tuple[int, int]]:
    """Those of `at` up to which (side 1), or from which on (-1), `text` follows formulas that go on in one
    way; with where that is in such a piece."""
    if not len(at):
        return
    around = padded(text)
    row, place = formulas.pairs(around, at + ROOM - (ANCHOR if side > 0 else 0))
    place = place + ANCHOR * (side > 0)
    edge, beyond = (place - 1, place) if side > 0 else (place, place - 1)
    same = formulas.agree(around, at[row] + ROOM - (side > 0), edge, -side) >= least
    row, place, beyond = row[same], place[same], beyond[same]
    weight = formulas.counts(np.maximum(place - ORDER // 2, 0))
    following = formulas.pieces.take(beyond)
    for number in np.unique(row).tolist():
        mine = row == number
        total = np.bincount(following[mine], weight[mine])
        best = int(np.argmax(total))
        if best != ord("\n") and total[best] >= max(OFTEN, ALWAYS * total.sum()):
            yield int(at[number]), int(place[mine & (following == best)][0])
