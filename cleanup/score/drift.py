"""Words lost, added, swapped or put for others inside what is always said the same way.

Vision-language models do not misread strokes, they drift from what is printed to what it sounds like.
Where a text follows a formula, breaks off and goes on in it, the language model and boosted trees say how
probable it is that the formula was printed there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanup.score.drift_cues import BREAK, WITHIN, Cues, is_within
from cleanup.score.followed import followed, scans, sides, stretches
from cleanup.score.formulas import ANCHOR, Drifts, Formulas, joined
from cleanup.score.middles import weigh
from cleanup.score.ngram import Ngrams
from cleanup.score.trees import Trees
from cleanup.text.scripts import is_han
from cleanup.text.wording import SLOTS, Wording, shown

FAR = -16.0
"""Where neither the break nor the place where the text comes back has so little, four characters must be the
same there: this keeps back 2 % of what would be proposed."""
SHORT = -10.5
"""Where the text has but four characters of the formula before a break, or behind it, it is looked up from
there only if the break has no more than this, or the other side led to it: one such place in 170 that drifted
is missed by this (dev of ../shared/bench/drift), and half of them all need not be looked up."""
WORDS, TURNED = ((2, 2),), -25.0
"""Characters of two words next to each other that may have changed places; and nats of their three edges
together, at the most: 97 % of those that did have no more."""
AGAIN, NEAR = 2, 6_000
"""What a text says so often elsewhere, within so many characters, as it does here is its own wording."""
SIDES = 8
"""Characters on either side that the language model weighs."""
LEAST_SAME = 7
"""Characters of the formula on both sides together."""
LEAST = 0.02
"""Changes less probable than this are not considered."""
MOST = 4
AROUND = 6
"""Characters of a formula on either side that are shown."""


class Reading(NamedTuple):
    """What a formula has at a place of a text."""

    start: int
    end: int
    new: str
    probability: float
    others: tuple[str, ...]
    """Other formulas there, best first."""
    formula: str
    """The formula as far as the text follows it, with slots."""
    counted: str
    """Of which kinds of text, and how often in each it was counted about."""
    nearer: int
    """How many characters of the formula the text follows on the shorter side."""


@dataclass(frozen=True, eq=False)
class Thought:
    """Changes of a stretch of a text, with what is known of each."""

    text: str
    words: Wording
    drifts: Drifts
    new: Sequence[str]
    cues: Sequence[Cues] = field(default_factory=list)


def read(text: str, model: Ngrams, formulas: Sequence[Formulas], trees: Trees) -> Iterator[Reading]:
    """Where `text`, in simplified script, drifts from a formula; the readings of a place disjoint, in
    order."""
    for start, end in stretches(text):
        for known in formulas:
            thought = think(text[start:end], model, known)
            if thought is None:
                continue
            own = np.array([cues.again >= AGAIN for cues in thought.cues])
            judged = [
                WITHIN if is_within(cues) else sure
                for cues, sure in zip(thought.cues, trees.probability(thought.cues), strict=True)
            ]
            sure = np.where(own, 0.0, judged)
            for one in _settled(thought, sure, known):
                yield one._replace(start=one.start + start, end=one.end + start)


def think(text: str, model: Ngrams, formulas: Formulas) -> Thought | None:
    """What may have drifted in a stretch of a text; None: nothing."""
    seen = followed(text, model, formulas)
    words, odd = seen.words, seen.odd
    if len(words.codes) < LEAST_SAME:
        return None
    doubtful = odd <= BREAK
    turned = []
    ahead, after = (at[doubtful[at]] for at in (seen.ahead, seen.after))
    for one, two in WORDS:
        some = np.zeros(len(odd), dtype=bool)
        some[1 : -one - two] = (
            odd[1 : -one - two] + odd[1 + one : len(odd) - two] + odd[1 + one + two :] <= TURNED
        )
        near = np.zeros(len(odd), dtype=bool)
        near[np.concatenate((ahead, after - one - two, ahead - one, after - one)).clip(0, None)] = True
        turned.append(formulas.swaps(words.codes, np.flatnonzero(near & some), one, two))
    found = formulas.differences(words.codes, *seen.coming_back(BREAK, FAR, SHORT), doubtful)
    drifts = joined([_with_few(found, doubtful, formulas), *turned])
    if not len(drifts):
        return None
    drifts = drifts.only((drifts.left + drifts.right >= LEAST_SAME) & (drifts.count > 0))
    new = [shown(formulas.pieces[at : at + size]) for at, size in zip(drifts.piece, drifts.size, strict=True)]
    fits = [_may_be(text, words, drifts, row, word) for row, word in enumerate(new)]
    if not any(fits):
        return None
    new = [word for word, fit in zip(new, fits, strict=True) if fit]
    thought = Thought(text, words, drifts.only(np.array(fits)), new)
    return replace(thought, cues=list(_cues(thought, model)))


def _with_few(found: Drifts, doubtful: NDArray[np.bool_], formulas: Formulas) -> Drifts:
    """Without the changes of which but one side is odd, if not of one character (see `is_within`); a formula
    may end behind that."""
    inner = ~(doubtful[found.start] & doubtful[found.end])
    ends = np.maximum(found.piece[:, None] + np.array([-4, -2, 0]), 0)
    few = (found.end - found.start == 1) & (found.size <= 1)
    few &= np.minimum(found.left, found.right) >= ANCHOR
    count = np.where(inner, formulas.counts(ends).max(axis=1), found.count)
    return replace(found, count=count).only(~inner | few)


def _may_be(text: str, words: Wording, drifts: Drifts, row: int, new: str) -> bool:
    """Whether neither the text's numbers would change nor something unknown be put in."""
    start, end = (int(words.places[at]) for at in (drifts.start[row], drifts.end[row]))
    here = text[start:end] if drifts.end[row] > drifts.start[row] else ""
    if "\n" in new + here or SLOTS & set(new) or any(char.isdigit() or char.isascii() for char in here):
        return False
    return any(map(is_han, new + here)) and len(here) <= len(new) + 4


def _cues(thought: Thought, model: Ngrams) -> Iterator[Cues]:
    text, drifts = thought.text, thought.drifts
    places = spans(thought)
    old, new = [], []
    for (start, end), word in zip(places, thought.new, strict=True):
        before, behind = text[max(0, start - SIDES) : start], text[end : end + SIDES]
        old.append((before, text[start:end], behind))
        new.append((before, word, behind))
    nats, covers = weigh(old + new, model)
    (nats_old, nats_new), (covers_old, covers_new) = np.split(nats, 2), np.split(covers, 2)
    said = np.log(drifts.count)
    # What stands in a formula stands as often as it does, whether or not the language model has seen it.
    covers_new = np.maximum(covers_new, said[:, None])
    gains = nats_new - nats_old
    total = gains.sum(axis=1).tolist()
    groups: dict[int, list[int]] = {}
    for row, (start, _) in enumerate(places):
        groups.setdefault(start // 3, []).append(row)
    at = np.array([min(start, len(text) - 1) for start, _ in places])
    forward, backward = sides(text, model)
    known = (
        drifts.left, drifts.right, np.minimum(drifts.left, drifts.right), said, drifts.share_left,
        drifts.share_right, *gains.T, forward[at], backward[thought.words.places[drifts.start - 1]],
    )  # fmt: skip
    known_rows = zip(*(column.tolist() for column in known), strict=True)
    seen = scans(text, model)
    around = np.concatenate([part.around for part in seen])[at].tolist()
    quoted = np.concatenate([part.quoted[:-1] for part in seen])[at].tolist()
    counted = np.concatenate((covers_old, covers_new), axis=1).tolist()
    for row, ((start, end), word, numbers) in enumerate(zip(places, thought.new, known_rows, strict=True)):
        rivals = [other for by in (-1, 0, 1) for other in groups.get(start // 3 + by, ()) if other != row]
        here = text[start:end]
        short, long = sorted((here, word), key=len)
        left, right = text[max(0, start - 3) : start], text[end : end + 3]
        near = text[max(0, start - NEAR) : end + NEAR]
        mean = 0.5 * (np.maximum(forward[start:end], -12) + np.maximum(backward[start:end], -12))
        yield Cues._make((
            len(word), len(here), sorted(here) == sorted(word),
            sum(char in long for char in short) / len(short) if short else 0.0,
            *numbers, float(mean.mean()) if here else 0.0, *counted[row], around[row], len(rivals),
            total[row] - max((total[other] for other in rivals), default=0.0),
            near.count(left + here + right) - 1, near.count(left + word + right),
            not all(map(is_han, here + word)), quoted[row],
        ))  # fmt: skip


def spans(thought: Thought) -> list[tuple[int, int]]:
    """Where in the text the changes stand; what is lost stands directly behind what is before it."""
    first, end, places = thought.drifts.start, thought.drifts.end, thought.words.places
    lost = first == end
    start = np.where(lost, places[first - 1] + 1, places[first])
    return list(zip(start.tolist(), np.where(lost, start, places[end - 1] + 1).tolist(), strict=True))


def _settled(thought: Thought, sure: NDArray[np.float64], known: Formulas) -> Iterator[Reading]:
    """The likeliest change of each place, with what else it may be."""
    taken: list[tuple[int, int]] = []
    kept: list[Reading] = []
    places = spans(thought)
    for row in sorted(range(len(sure)), key=lambda row: (-sure[row], places[row], thought.new[row])):
        start, end = places[row]
        if sure[row] < LEAST:
            break
        if any(start <= high + 2 and low <= end + 2 for low, high in taken):
            continue
        taken.append((start, end))
        others = [
            thought.new[other]
            for other in sorted(range(len(sure)), key=lambda other: -sure[other])
            if places[other] == (start, end)
            and thought.new[other] != thought.new[row]
            and sure[other] >= LEAST / 4
        ]
        kept.append(
            Reading(
                start,
                end,
                thought.new[row],
                float(sure[row]),
                tuple(dict.fromkeys(others))[:MOST],
                _formula(thought, row),
                known.counted(int(thought.drifts.piece[row])),
                thought.cues[row].nearer,
            )
        )
    yield from sorted(kept)


def _formula(thought: Thought, row: int) -> str:
    """The formula as far as the text follows it, what differs in brackets: nothing where something is too
    many."""
    drifts, codes = thought.drifts, thought.words.codes
    start, end = int(drifts.start[row]), int(drifts.end[row])
    left, right = (min(int(column[row]), AROUND) for column in (drifts.left, drifts.right))
    return shown(codes[start - left : start]) + f"【{thought.new[row]}】" + shown(codes[end : end + right])
