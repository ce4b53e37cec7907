"""What speaks for and against a change: one row of numbers for each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates, Ints
from cleanup.score.channel import ENGINES, Channel
from cleanup.score.ngram import ASKED, BREAK, LARGEST, UNKNOWN, Ids, Levels, Ngrams, Reals
from cleanup.score.scan import CLOSE, DIGIT, FINAL, OPEN, PAUSE, SIDE, STOP, Scan, running, short
from cleanup.text.groups import groups

Flags = NDArray[np.bool_]
WIDTH = 2 * SIDE + 1
SHARED = (
    "gain-left", "gain-right", "old-left", "old-right", "new-left", "new-right", "new-mean", "old-pair",
    "old-3", "old-4", "old-5", "new-pair", "new-3", "new-4", "new-5", "old-single", "new-single", "margin",
    "rank", "around", "near-break", "segment", "old-in-document", "new-in-document", "digit-beside",
    "before-old", "behind-old", "quoted", "ends-prose", "stops-here", "unpaired", "doubled", "since-stop",
    "until-stop", "series",
)  # fmt: skip
SHAPES = ("cosine", "seen", "seen-new", "habit", "latin", "tesseract", "paddleocr", "reread-new")
_ENGINES = [SHAPES.index(engine) for engine in ENGINES]
_SHOWN = "，。、；：？！“”·—"
MARKED = tuple(f"new {char}" for char in _SHOWN) + tuple(f"old {char}" for char in _SHOWN)
NAMES = (*SHARED, *SHAPES, *MARKED)
_WEIGHED = 9
"""Numbers that `weighed` gives of each candidate."""
OWN = _WEIGHED + len(SHAPES) + 2
BESIDE = 6
"""Characters on either side of a place that tell which candidates are worth something there, and how much."""
_MARKS = np.array([ord(char) for char in _SHOWN], dtype=np.uint32)
_NONE = -1.5
"""Stands for the logarithm of no count."""
LEAST_AT_END = -12.0
"""Nats by which a text may become less likely where a mark ends a paragraph: many lines end without one."""
SERIES = 16
"""Characters within which words set in a row stand."""
BULK = 20_000
RANKS = 5
"""So many candidates of a kind and place are judged."""
REREAD = 0.3
"""What each unit of the most that an engine took drawn characters for counts where they are ranked."""


def gather(found: Scan, thought: Candidates, model: Ngrams, channel: Channel) -> tuple[Candidates, Reals]:
    """The candidates that make the text likelier, best of their kind and place, and the evidence for each."""
    thought, own = worth(found, thought, model, channel)
    return thought, evidence(found, thought, own, model)


def worth(found: Scan, thought: Candidates, model: Ngrams, channel: Channel) -> tuple[Candidates, Reals]:
    """The candidates that make the text likelier, best of their kind and place; and what is known of each
    from the characters around it (OWN): it asks for no more than BESIDE on either side."""
    new = weighed(found, thought, model)
    ends = (thought.kind == INSERT) & (found.codes[thought.at] == ord("\n"))
    better = np.flatnonzero(new[:, 0] + new[:, 1] > np.where(ends, LEAST_AT_END, 0))
    thought, new = thought.only(better), new[better]
    shapes = likeness(found, thought, channel)
    gain = new[:, 0] + new[:, 1]
    # An insertion has nothing that it may look like.
    merit = 0.5 * gain + 3.0 * shapes[:, 0] + shapes[:, 1] + REREAD * shapes[:, _ENGINES].max(axis=1)
    rank, margin = _ranks(thought.at, thought.kind, merit)
    keep = np.flatnonzero(rank < RANKS)
    return thought.only(keep), np.column_stack((new, shapes, rank, margin))[keep]


def evidence(found: Scan, thought: Candidates, own: Reals, model: Ngrams) -> Reals:
    """The evidence for candidates of which `own` is known."""
    new, shapes, rank, margin = own[:, :_WEIGHED], own[:, _WEIGHED:-2], own[:, -2], own[:, -1]
    at, kind, insert = thought.at, thought.kind, thought.kind == INSERT
    before = np.maximum(at - 1, 0)
    read, one = found.codes[at], found.codes[before]
    left, right = found.sides
    start, end = _span(found.ids == BREAK, at)
    since, until = _span(found.traits[:-1] & STOP, at)
    beside_digit = (found.kinds[before] == DIGIT) | (found.kinds[at + 1] == DIGIT)
    columns = [
        new[:, 0], new[:, 1], found.forward[at], found.backward[np.where(insert, before, at)], *new[:, 2:5].T,
        *_old(found, at, kind, model.logs), *new[:, 5:].T,
        np.where(insert, 0, model.single(found.ids[at])), model.single(thought.new),
        np.minimum(margin, 15), rank,
        found.around[at], np.minimum(at - start, end - at) <= 2, np.log1p(end - start),
        *in_document(found, thought),
        beside_digit,
        left[at + SIDE - 1], right[np.minimum(at + SIDE + 1, len(right) - 1)], found.quoted[at],
        *_segments(found, thought, start, end), (read == one) & (at > 0), np.log1p(at - since),
        np.log1p(until - at), _in_series(found.padded, thought),
    ]  # fmt: skip
    table = np.empty((len(thought), len(NAMES)), dtype=np.float32)
    for number, column in enumerate(columns):
        table[:, number] = column
    first = len(columns)
    table[:, first : first + len(SHAPES)] = shapes
    first += len(SHAPES)
    put = thought.char.view(np.uint32)
    table[:, first : first + len(_SHOWN)] = (put[:, None] == _MARKS) & (kind != DELETE)[:, None]
    table[:, first + len(_SHOWN) :] = (read[:, None] == _MARKS) & ~insert[:, None]
    np.nan_to_num(table, copy=False, neginf=-40.0, posinf=40.0)
    return np.asarray(np.clip(table, -60, 60, out=table))


def _in_series(padded: Ids, thought: Candidates) -> Flags:
    """Whether a replacement would say a word twice close together: often right; series of words do not."""
    edge = np.full(SERIES, UNKNOWN)
    text = np.concatenate((edge, padded, edge))
    rows = text[(thought.at + SIDE)[:, None] + np.arange(2 * SERIES + 1)]
    left, right = rows[:, SERIES - 1 : SERIES], rows[:, SERIES + 1 : SERIES + 2]
    new = thought.new[:, None]
    before, behind = rows[:, :-1], rows[:, 1:]
    twice = (((before == left) & (behind == new)) | ((before == new) & (behind == right))).any(axis=1)
    return np.asarray(twice & (thought.kind == SUBSTITUTE))


def _span(cuts: NDArray[Any], at: Ints) -> tuple[Ints, Ints]:
    """The nearest of the rows that `cuts` marks before each place, and at or behind it; the ends cut too."""
    edges = np.concatenate(([-1], np.flatnonzero(cuts), [len(cuts)]))
    next_ = np.searchsorted(edges, at, side="left")
    return edges[next_ - 1], edges[next_]


def _sums(total: NDArray[np.float64], at: Ints, kind: Ints, side: int) -> Reals:
    """Log-probability of what a change touches, as the text stands; `total`: up to each row."""
    if side == 0:
        end = np.minimum(at + np.where(kind == INSERT, SIDE, SIDE + 1), len(total) - 1)
        return np.asarray(total[end] - total[at], dtype=np.float32)
    end = at + np.where(kind == INSERT, 0, 1)
    return np.asarray(total[end] - total[at - SIDE], dtype=np.float32)


def _covers(levels: Sequence[Levels], places: Ints | None, first: int, last: int, logs: Reals) -> list[Reals]:
    """The least count of the pairs, and the largest of the longer runs, that hold places first to last.

    `levels` are those of short texts, or of one long text in which these stand at `places`.
    """
    found = []
    for size, level in enumerate(levels, 2):
        low, high = max(0, last - size + 1), min(first, WIDTH - size)
        part = level[low : high + 1] if places is None else level[np.arange(low, high + 1)[:, None] + places]
        chosen = part.min(axis=0) if size == 2 else part.max(axis=0)
        found.append(np.maximum(logs[chosen], _NONE))
    return found


def _old(found: Scan, at: Ints, kind: Ints, logs: Reals) -> list[Reals]:
    here = _covers(found.levels, at, SIDE, SIDE, logs)
    lost = np.flatnonzero(kind == INSERT)
    for column, gap in zip(here, _covers(found.levels, at[lost], SIDE - 1, SIDE, logs), strict=True):
        column[lost] = gap
    return here


def weighed(found: Scan, thought: Candidates, model: Ngrams) -> Reals:
    """Row by row: gains from the left and right, the new character from both sides, the mean, its counts."""
    parts = [_changed(found, thought, slice(at, at + BULK), model) for at in range(0, len(thought), BULK)]
    new = np.concatenate(parts) if parts else np.zeros((0, _WEIGHED), dtype=np.float32)
    for side in range(2):
        new[:, side] -= _sums(found.sums[side], thought.at + SIDE, thought.kind, side)
    return new


def _changed(found: Scan, thought: Candidates, part: slice, model: Ngrams) -> Reals:
    padded = found.padded
    at, kind, char = thought.at[part], thought.kind[part], thought.new[part]
    drop = kind == DELETE
    places = at + np.arange(WIDTH)[:, None]
    places[SIDE + 1 :] -= kind == INSERT
    places[SIDE:] += drop
    np.minimum(places, len(padded) - 1, out=places)
    rows = padded[places]
    rows[SIDE] = np.where(drop, rows[SIDE], char)
    # Runs that the change does not touch are those of the text.
    given = []
    for size, level in enumerate(found.levels, 2):
        known = level[np.minimum(places[: WIDTH - size + 1], len(level) - 1)]
        known[SIDE - size + 1 : SIDE + 1] = ASKED
        given.append(known)
    levels = model.levels(rows, given)
    left, right = model.forward(rows, levels, SIDE), model.backward(rows, levels, SIDE + 1)
    sum_left = left.sum(axis=0) - np.where(drop, left[-1], 0)
    sum_right = right.sum(axis=0) - np.where(drop, right[-1], 0)
    covers = _covers(levels, None, SIDE, SIDE, model.logs)
    gone = np.flatnonzero(drop)
    gaps = _covers([level[:, gone] for level in levels], None, SIDE - 1, SIDE, model.logs)
    for column, gap in zip(covers, gaps, strict=True):
        column[gone] = gap
    centre_right = np.where(drop, right[SIDE - 1], right[SIDE])
    return np.stack([sum_left, sum_right, left[0], centre_right, sum_left / 5, *covers], axis=1)


def likeness(found: Scan, thought: Candidates, channel: Channel) -> Reals:
    """SHAPES of some candidates."""
    read, put = found.codes[thought.at], thought.char.view(np.uint32)
    table = np.zeros((len(read), len(SHAPES)), dtype=np.float32)
    swap = np.flatnonzero(thought.kind == SUBSTITUTE)
    if found.printed is None:
        one, two = (channel.glyphs.drawn(codes[swap]) for codes in (read, put))
        table[swap, 0] = np.einsum("ij,ij->i", one, two)
    else:
        one = channel.glyphs.drawn(found.printed[thought.at[swap]])
        forms = channel.glyphs.drawn(put[swap]), channel.glyphs.traditional(put[swap])
        table[swap, 0] = np.maximum(*(np.einsum("ij,ij->i", one, two) for two in forms))
    old = np.where(thought.kind == INSERT, np.uint32(0), read)
    new = np.where(thought.kind == DELETE, np.uint32(0), put)
    table[:, 1:] = channel.known(old, new)
    return table


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


def _segments(found: Scan, thought: Candidates, last: Ints, end: Ints) -> list[Reals]:
    """Whether the change would end a paragraph of prose; whether such paragraphs end in a stop here; and
    whether its quote would find a partner."""
    traits = found.traits
    marks = running(traits & PAUSE != 0, np.int64)
    quotes = running((traits & OPEN != 0).astype(np.int8) - (traits & CLOSE != 0), np.int64)

    def prose(start: Ints, end: Ints) -> Flags:
        return np.asarray((marks[end] - marks[np.maximum(start, 0)] > 0) & (end - start > 20))

    cuts = np.flatnonzero(found.codes == ord("\n"))
    starts = np.concatenate(([-1], cuts[:-1]))
    some = prose(starts, cuts)
    stops = some & (traits[np.maximum(cuts - 1, 0)] & FINAL != 0)
    share = (stops.sum() + 1) / (some.sum() + 2)
    ends = (thought.kind == INSERT) & (thought.at == end)
    balance = quotes[end] - quotes[np.maximum(last, 0)]
    put = thought.char.view(np.uint32)
    wanted = balance * ((put == ord("”")).astype(int) - (put == ord("“")))
    fits = np.where(thought.kind == DELETE, 0, np.sign(wanted))
    return [np.where(ends, 2.0 * prose(last, end) - 1.0, 0.0), np.where(ends, share, 0.0), fits]


def in_document(found: Scan, thought: Candidates) -> tuple[Reals, Reals]:
    """How often the pairs around the place stand elsewhere in the document: as read, and as changed."""
    at, kind, new = thought.at, thought.kind, thought.new
    row, last = found.padded[SIDE - 1 :], len(found.ids) + 1
    before, here, behind = (row[np.minimum(at + by, last)] for by in range(3))
    insert, drop = kind == INSERT, kind == DELETE
    wanted = np.concatenate(
        [
            one * LARGEST + two
            for one, two in (
                (before, here), (here, behind), (before, new), (new, np.where(insert, here, behind)),
                (before, behind),
            )
        ]
    )  # fmt: skip
    keys, hashed = found.pairs
    asked = np.zeros(1 << 16, dtype=np.bool_)
    asked[short(wanted)] = True
    keys, _, counts, _ = groups(keys[asked[hashed]])
    if len(keys):
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        known = np.where(keys[place] == wanted, counts[place], 0).astype(np.float32).reshape(5, -1)
    else:
        known = np.zeros((5, len(at)), dtype=np.float32)
    old = np.where(insert, known[0], np.maximum(known[0], known[1]))
    fresh = np.where(drop, known[4] + 1, np.maximum(known[2], known[3]) + 0.0)
    return np.log1p(np.maximum(old - 1, 0)), np.log1p(np.maximum(fresh - drop, 0))
