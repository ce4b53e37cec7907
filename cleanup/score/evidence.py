"""What speaks for and against a change: one row of numbers for each candidate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import (
    DELETE,
    INSERT,
    SIDE,
    SUBSTITUTE,
    Candidates,
    Ints,
    Scan,
    pad,
)
from cleanup.score.channel import Channel
from cleanup.score.ngram import BREAK, LARGEST, Ids, Ngrams, Reals

Flags = NDArray[np.bool_]
WIDTH = 2 * SIDE + 1
SHARED = (
    "gain-left", "gain-right", "old-left", "old-right", "new-left", "new-right", "new-mean", "old-pair",
    "old-3", "old-4", "old-5", "new-pair", "new-3", "new-4", "new-5", "old-single", "new-single", "margin",
    "rank", "around", "near-break", "segment", "old-in-document", "new-in-document", "named", "digit-beside",
    "before-old", "behind-old", "quoted", "ends-prose", "unpaired",
)  # fmt: skip
SHAPES = ("cosine", "listed", "seen", "seen-new", "habit", "latin")
_SHOWN = "，。、；：？！“”·—"
MARKED = tuple(f"new {char}" for char in _SHOWN) + tuple(f"old {char}" for char in _SHOWN)
NAMES = (*SHARED, *SHAPES, *MARKED)
_NONE = -1.5
"""Stands for the logarithm of no count."""


@dataclass(frozen=True)
class Evidence:
    table: Reals
    gain: Reals
    """Nats by which the text becomes likelier, from both sides."""

    @property
    def rank(self) -> Reals:
        """Place among the candidates of the same kind and place, from 0."""
        return np.asarray(self.table[:, SHARED.index("rank")])

    def only(self, rows: Flags) -> Evidence:
        return Evidence(self.table[rows], self.gain[rows])


def gather(found: Scan, thought: Candidates, model: Ngrams, channel: Channel, named: Flags) -> Evidence:
    """The evidence for each candidate; `named` marks characters that look like part of a person's name."""
    at, kind = thought.at, thought.kind
    padded = pad(found.ids)
    zero = np.zeros(SIDE, dtype=np.float32)
    left, right = np.concatenate((zero, found.forward, zero)), np.concatenate((zero, found.backward, zero))
    old_left, old_right = _sums(left, at + SIDE, kind, 0), _sums(right, at + SIDE, kind, 1)
    old = _old(padded, at, kind, model)
    new = _new(padded, thought, model)
    gain_left, gain_right = new[0] - old_left, new[1] - old_right
    text = np.array([*found.text, "\n"])
    read = text[np.minimum(at, len(text) - 1)]
    shapes = _shapes(read, thought, channel)
    # An insertion has nothing that it may look like.
    merit = 0.5 * (gain_left + gain_right) + 3.0 * shapes[:, 0] + 2.0 * shapes[:, 1] + shapes[:, 2]
    rank, margin = _ranks(at, kind, merit)
    insert = kind == INSERT
    before = np.maximum(at - 1, 0)
    single = model.single(found.ids)
    around = _around(0.5 * (np.maximum(found.forward, -12) + np.maximum(found.backward, -12)))
    breaks = np.flatnonzero(np.concatenate(([BREAK], found.ids, [BREAK])) == BREAK) - 1
    last = breaks[np.searchsorted(breaks, at, side="left") - 1]
    nextb = breaks[np.minimum(np.searchsorted(breaks, at, side="left"), len(breaks) - 1)]
    digit = np.array([char.isdigit() for char in found.text] + [False])
    beside_digit = digit[np.maximum(at - 1, 0)] | digit[np.minimum(at + 1, len(digit) - 1)]
    doc_old, doc_new = _in_document(found.ids, thought)
    columns = [
        gain_left, gain_right, found.forward[at], found.backward[np.where(insert, before, at)],
        new[2], new[3], new[0] / 5, *old, *new[4],
        np.where(insert, 0, single[at]), model.single(thought.new), np.minimum(margin, 15), rank,
        around[at], np.minimum(at - last, nextb - at) <= 2, np.log1p(nextb - last), doc_old, doc_new,
        named[at] | (named[before] & insert), beside_digit,
        left[at + SIDE - 1], right[np.minimum(at + SIDE + 1, len(right) - 1)], _quoted(found.text)[at],
        *_segments(found, thought, last, nextb),
    ]  # fmt: skip
    marks = [(thought.char == char) & (kind != DELETE) for char in _SHOWN] + [
        (read == char) & ~insert for char in _SHOWN
    ]
    table = np.stack(
        [np.asarray(column, dtype=np.float32) for column in (*columns, *shapes.T, *marks)], axis=1
    )
    table = np.clip(np.nan_to_num(table, neginf=-40.0, posinf=40.0), -60, 60)
    return Evidence(table, gain_left + gain_right)


def _sums(logp: Reals, at: Ints, kind: Ints, side: int) -> Reals:
    """Log-probability of what a change touches, as the text stands."""
    total = np.concatenate(([0.0], np.cumsum(logp, dtype=np.float64)))
    if side == 0:
        end = np.minimum(at + np.where(kind == INSERT, SIDE, SIDE + 1), len(logp))
        return np.asarray(total[end] - total[at], dtype=np.float32)
    end = at + np.where(kind == INSERT, 0, 1)
    return np.asarray(total[end] - total[at - SIDE], dtype=np.float32)


def _covers(counts: list[Reals], first: int, last: int) -> list[Reals]:
    """The least count of the pairs, and the largest of the longer runs, that hold columns first to last."""
    found = []
    for size, level in enumerate(counts, 2):
        low, high = max(0, last - size + 1), min(first, level.shape[1] - 1)
        part = level[:, low : high + 1]
        chosen = part.min(axis=1) if size == 2 else part.max(axis=1)
        found.append(np.maximum(chosen, _NONE))
    return found


def _old(padded: Ids, at: Ints, kind: Ints, model: Ngrams) -> list[Reals]:
    sites, back = np.unique(at * 2 + (kind == INSERT), return_inverse=True)
    place, insert = sites // 2, sites % 2 == 1
    rows = padded[place[:, None] + np.arange(WIDTH)]
    counts = model.counts(rows)
    here, gap = _covers(counts, SIDE, SIDE), _covers(counts, SIDE - 1, SIDE)
    return [np.where(insert, g, h)[back] for h, g in zip(here, gap, strict=True)]


def _new(padded: Ids, thought: Candidates, model: Ngrams) -> tuple[Reals, Reals, Reals, Reals, list[Reals]]:
    """Sums from the left and right, the new character from both sides, and what covers it."""
    size = len(thought)
    kind = thought.kind
    shift = np.arange(WIDTH)[None, :] + np.zeros((size, 1), dtype=np.int64)
    shift[kind == INSERT, SIDE + 1 :] -= 1
    shift[kind == DELETE, SIDE:] += 1
    rows = padded[np.minimum(thought.at[:, None] + shift, len(padded) - 1)]
    rows[kind != DELETE, SIDE] = thought.new[kind != DELETE]
    counts = model.counts(rows)
    left, right = model.forward(rows, counts), model.backward(rows, counts)
    drop = kind == DELETE
    sum_left = left[:, SIDE:].sum(axis=1) - np.where(drop, left[:, -1], 0)
    sum_right = right[:, : SIDE + 1].sum(axis=1) - np.where(drop, right[:, SIDE], 0)
    here, gap = _covers(counts, SIDE, SIDE), _covers(counts, SIDE - 1, SIDE)
    covers = [np.where(drop, g, h) for h, g in zip(here, gap, strict=True)]
    centre_right = np.where(drop, right[:, SIDE - 1], right[:, SIDE])
    return sum_left, sum_right, left[:, SIDE], centre_right, covers


def _shapes(read: NDArray[np.str_], thought: Candidates, channel: Channel) -> Reals:
    found = np.zeros((len(read), len(SHAPES)), dtype=np.float32)
    swap = thought.kind == SUBSTITUTE
    points = channel.glyphs.points(read[swap].tolist()), channel.glyphs.points(thought.char[swap].tolist())
    found[swap, 0] = (points[0] * points[1]).sum(axis=1)
    shown = read.tolist()
    for row, (old, new, kind) in enumerate(
        zip(shown, thought.char.tolist(), thought.kind.tolist(), strict=True)
    ):
        if kind == SUBSTITUTE:
            found[row, 1:] = channel.known(old, new)
        elif kind == INSERT:
            found[row, 1:] = channel.known("", new)
        else:
            found[row, 1:] = channel.known(old, "")
    return found


def _ranks(at: Ints, kind: Ints, merit: Reals) -> tuple[Reals, Reals]:
    """Place of each among the candidates of its kind and place, from 0; and how far it leads or trails."""
    group = at * 4 + kind
    order = np.lexsort((-merit, group))
    sorted_group, sorted_merit = group[order], merit[order]
    first = (
        np.concatenate(([True], sorted_group[1:] != sorted_group[:-1])) if len(order) else np.zeros(0, bool)
    )
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    rank = np.arange(len(order)) - start
    best = sorted_merit[start]
    second = np.concatenate((sorted_merit[1:], [-np.inf]))
    lone = np.concatenate((first[1:], [True])) if len(order) else first
    second = np.where(lone, -np.inf, second)
    lead = np.where(rank == 0, np.minimum(best - second, 15), sorted_merit - best)
    ranks, margins = np.empty(len(order), np.float32), np.empty(len(order), np.float32)
    ranks[order], margins[order] = rank, lead
    return ranks, margins


def _around(mean: NDArray[np.floating]) -> Reals:
    """Mean log-probability of the ten characters on either side, without the nearest four."""
    total = np.concatenate(([0.0], np.cumsum(mean, dtype=np.float64)))
    n = len(mean)
    at = np.arange(n)

    def part(
        low: NDArray[np.int64], high: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        low, high = np.clip(low, 0, n), np.clip(high, 0, n)
        return total[high] - total[low], high - low

    (one, count_one), (two, count_two) = part(at - 12, at - 2), part(at + 3, at + 13)
    return np.asarray((one + two) / np.maximum(count_one + count_two, 1), dtype=np.float32)


def _quoted(text: str) -> Reals:
    """Whether a character stands within quotes or a book title."""
    depth = np.zeros(len(text) + 1, dtype=np.float32)
    opened = 0
    for at, char in enumerate(text):
        if char in "“《〈「":
            opened = at + 1
        elif char in "”》〉」\n。":
            opened = 0
        depth[at] = float(opened > 0 and at - opened < 30)
    return depth


def _segments(found: Scan, thought: Candidates, last: Ints, end: Ints) -> list[Reals]:
    """Whether the change would end a paragraph of prose; and whether its quote would find a partner."""
    marks = np.array([char in "，。；：" for char in found.text] + [False])
    quotes = np.array([(char == "“") - (char == "”") for char in found.text] + [0])
    total_marks = np.concatenate(([0], np.cumsum(marks)))
    total_quotes = np.concatenate(([0], np.cumsum(quotes)))
    start = np.maximum(last, 0)
    prose = (total_marks[end] - total_marks[start] > 0) & (end - last > 20)
    ends = (thought.kind == INSERT) & (thought.at == end)
    balance = total_quotes[end] - total_quotes[start]
    wanted = balance * ((thought.char == "”").astype(int) - (thought.char == "“"))
    fits = np.where(thought.kind == DELETE, 0, np.clip(wanted, -1, 1))
    return [np.where(ends, 2.0 * prose - 1.0, 0.0).astype(np.float32), fits.astype(np.float32)]


def _in_document(ids: Ids, thought: Candidates) -> tuple[Reals, Reals]:
    """How often the pairs around the place stand elsewhere in the document: as read, and as changed."""
    row = np.concatenate(([BREAK], ids, [BREAK]))
    keys, counts = np.unique(row[:-1] * LARGEST + row[1:], return_counts=True)

    def count(one: Ids, two: Ids) -> Reals:
        wanted = one * LARGEST + two
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, counts[place], 0).astype(np.float32)

    at, kind = thought.at, thought.kind
    before, here, behind = row[at], row[at + 1], row[np.minimum(at + 2, len(row) - 1)]
    insert, drop = kind == INSERT, kind == DELETE
    old = np.where(insert, count(before, here), np.maximum(count(before, here), count(here, behind)))
    new = np.maximum(count(before, thought.new), count(thought.new, np.where(insert, here, behind)))
    new = np.where(drop, count(before, behind) + 1, new + 0.0)
    return np.log1p(np.maximum(old - 1, 0)), np.log1p(np.maximum(new - drop, 0))
