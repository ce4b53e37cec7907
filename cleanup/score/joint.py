"""Two misread characters side by side or one apart, each of which hides what the other was: 标六者 -> 标志着.

Pairs of characters that may have stood there are weighed, judged and made as one change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cleanup.score.candidates import SUBSTITUTE, Candidates, Ints, Twos
from cleanup.score.channel import Channel
from cleanup.score.evidence import ranks
from cleanup.score.ngram import ASKED, BREAK, LARGEST, Levels, Ngrams, Reals
from cleanup.score.regression import Doubles
from cleanup.score.scan import END, HAN, SIDE, Scan, characters, pad

APART = (1, 2)
"""Distances of the two."""
RANKS = 3
"""So many pairs are judged at each two places."""
BULK = 10_000
SURE = 7.0
"""Log-odds of single changes count no more than this, either way."""
NAMES = (
    "gain-least", "gain-most", "margin", "single-instead", "single-least", "single-most", "habit",
    "new-least", "new-most", "odds-least", "odds-most", "old-single", "new-single", "apart", "cosine-least",
    "listed-least", "listed-most", "seen-least", "seen-most", "new-pair", "new-4", "new-5",
    "old-in-document", "new-in-document", "known-in-document",
)  # fmt: skip
"""What speaks for and against a pair; least and most: of the two. The gain is what each change adds to the
other; single-instead: by how much single changes that are no part of the pair seem likelier at its places."""
_NONE = -1.5
"""Stands for the logarithm of no count."""


def places(found: Scan, odds: Doubles, least: float) -> tuple[Ints, Ints]:
    """Where two Han characters with odds over `least` stand near each other, and how far apart."""
    han = (found.kinds[:-1] == HAN) & (odds > least)
    sites = []
    for apart in APART:
        at = np.flatnonzero(han[:-apart] & han[apart:])
        sites.append(at[found.kinds[at + apart - 1] != END])
    return np.concatenate(sites), np.repeat(APART, [len(at) for at in sites])


def gather(
    found: Scan, thought: Twos, model: Ngrams, channel: Channel, odds: Doubles, single: Singles
) -> tuple[Twos, Reals]:
    """The pairs that make the text likelier, best of their places, and the evidence for each: columns NAMES.

    `odds`: how odd each character is; `single`: what is thought of single changes.
    """
    new = _new(found, thought, model)
    better = new[:, 0] > 0
    thought, new = thought.only(better), new[better]
    one, two = (_likeness(found, some, channel) for some in thought.singles())
    merit = (0.5 * new[:, 0] + (one + two)[:, :3] @ _COUNT).astype(np.float32)
    rank, margin = ranks(thought.at * 4 + thought.apart, merit)
    keep = rank < RANKS
    thought, new, margin, one, two = thought.only(keep), new[keep], margin[keep], one[keep], two[keep]
    at, other = thought.at, thought.at + thought.apart
    read = found.ids[at], found.ids[other]
    lone = (replace(thought, second=read[1]), replace(thought, new=read[0]))
    gains = [np.asarray(new[:, 0] - _new(found, some, model)[:, 0]) for some in lone]
    best, own = single.odds(thought)
    odd = np.clip(odds[at], -4, 8), np.clip(odds[other], -4, 8)
    columns = [
        np.minimum(*gains), np.maximum(*gains), np.clip(margin, -15, 15), (best - own).sum(axis=0),
        best.min(axis=0), best.max(axis=0), one[:, 4] + two[:, 4], new[:, 1:5].min(axis=1),
        new[:, 1:5].max(axis=1), np.minimum(*odd), np.maximum(*odd),
        np.minimum(*(model.single(ids) for ids in read)),
        np.minimum(model.single(thought.new), model.single(thought.second)), thought.apart,
        np.minimum(one[:, 0], two[:, 0]), *_span(one[:, 1], two[:, 1]), *_span(one[:, 2], two[:, 2]),
        *new[:, 5:].T, *_in_document(found.ids, thought), _known(found.ids, thought),
    ]  # fmt: skip
    table = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    return thought, np.clip(np.nan_to_num(table, neginf=-40.0, posinf=40.0), -60, 60)


_COUNT = np.array([3.0, 2.0, 1.0], dtype=np.float32)
"""What likeness, listed likeness, and counts of the misreading count when pairs are ranked."""


class Singles:
    """What is thought of single changes, and how probable each is."""

    def __init__(self, thought: Candidates, sure: Doubles, size: int) -> None:
        odds = np.clip(np.log(np.maximum(sure, 1e-9) / np.maximum(1 - sure, 1e-9)), -SURE, SURE)
        self._best = np.full(size + 1, -SURE)
        np.maximum.at(self._best, thought.at, odds)
        rows = thought.kind == SUBSTITUTE
        keys = thought.at[rows] * LARGEST + thought.new[rows]
        order = np.argsort(keys, kind="stable")
        self._keys, self._odds = np.append(keys[order], -1), np.append(odds[rows][order], -SURE)

    def odds(self, thought: Twos) -> tuple[Doubles, Doubles]:
        """Log-odds of the best change at either place, and of the one that the pair makes there: two rows."""
        both = thought.singles()
        best = np.stack([self._best[some.at] for some in both])
        wanted = np.stack([some.at * LARGEST + some.new for some in both])
        place = np.searchsorted(self._keys[:-1], wanted)
        return best, np.where(self._keys[place] == wanted, self._odds[place], -SURE)


def _likeness(found: Scan, some: Candidates, channel: Channel) -> Reals:
    read, new = characters(found.codes[some.at]), some.char
    one, two = (channel.glyphs.drawn(chars.view(np.uint32)) for chars in (read, new))
    return np.concatenate((np.einsum("ij,ij->i", one, two)[:, None], channel.known(read, new)), axis=1)


def _span(one: Reals, two: Reals) -> tuple[Reals, Reals]:
    return np.minimum(one, two), np.maximum(one, two)


def _new(found: Scan, thought: Twos, model: Ngrams) -> Reals:
    """The gain; both characters from both sides; the counts of the pairs and longer runs around them."""
    new = np.zeros((len(thought), 8), dtype=np.float32)
    padded = pad(found.ids)
    sums = [
        np.concatenate(([0.0], np.cumsum(np.pad(side, SIDE), dtype=np.float64)))
        for side in (found.forward, found.backward)
    ]
    for apart in APART:
        rows = np.flatnonzero(thought.apart == apart)
        for start in range(0, len(rows), BULK):
            some = rows[start : start + BULK]
            new[some] = _changed(found, padded, sums, thought.only(some), apart, model)
    return new


def _changed(
    found: Scan, padded: Ints, sums: Sequence[Doubles], thought: Twos, apart: int, model: Ngrams
) -> Reals:
    width = 2 * SIDE + 1 + apart
    at = thought.at
    places = np.minimum(at + np.arange(width)[:, None], len(padded) - 1)
    rows = padded[places]
    rows[SIDE], rows[SIDE + apart] = thought.new, thought.second
    # Runs that the change does not touch are those of the text.
    given = []
    for size, level in enumerate(found.levels, 2):
        known = level[np.minimum(places[: width - size + 1], len(level) - 1)]
        known[SIDE - size + 1 : SIDE + apart + 1] = ASKED
        given.append(known)
    levels = model.levels(rows, given)
    left, right = model.forward(rows, levels, SIDE), model.backward(rows, levels, SIDE + apart + 1)
    old_left = sums[0][np.minimum(at + width, len(padded))] - sums[0][at + SIDE]
    old_right = sums[1][at + SIDE + apart + 1] - sums[1][at]
    columns = [
        left.sum(axis=0) + right.sum(axis=0) - old_left - old_right,
        left[0], left[apart], right[SIDE], right[SIDE + apart], *_covers(levels, apart, model.logs),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _covers(levels: Sequence[Levels], apart: int, logs: Reals) -> list[Reals]:
    """The least count of the pairs that hold one of the two, the largest of runs of 4 and of 5 with both."""
    runs = {size: level[SIDE + apart - size + 1 : SIDE + 1].max(axis=0) for size, level in
            ((4, levels[2]), (5, levels[3]))}  # fmt: skip
    pairs = levels[0][SIDE - 1 : SIDE + apart + 1].min(axis=0)
    return [np.maximum(logs[level], _NONE) for level in (pairs, runs[4], runs[5])]


def _in_document(ids: Ints, thought: Twos) -> list[Reals]:
    """How often the run from the first to the second stands elsewhere in the document: as read, as changed."""
    row = np.concatenate((ids, [BREAK, BREAK]))
    old, new = (np.zeros(len(thought), dtype=np.float32) for _ in range(2))
    for apart in APART:
        some = thought.apart == apart
        middle = row[1:-1] * (apart - 1)
        at = thought.at[some]

        def run(one: Ints, between: Ints, two: Ints) -> Ints:
            return np.asarray((one * LARGEST + between) * LARGEST + two)

        keys = run(row[:-2], middle, row[apart : len(ids) + apart])
        old[some] = _counts(keys, run(row[at], middle[at], row[at + apart])) - 1
        new[some] = _counts(keys, run(thought.new[some], middle[at], thought.second[some]))
    return [np.log1p(old), np.log1p(new)]


def _known(ids: Ints, thought: Twos) -> Reals:
    """How often both new characters stand in the document."""
    return np.asarray(np.log1p(_counts(ids, thought.new)) + np.log1p(_counts(ids, thought.second)))


def _counts(keys: Ints, wanted: Ints) -> Reals:
    """How often each of `wanted` stands among `keys`."""
    ordered = np.sort(keys)
    sides = [np.searchsorted(ordered, wanted, side=side) for side in ("left", "right")]
    return np.asarray(sides[1] - sides[0], dtype=np.float32)
