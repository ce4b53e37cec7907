"""What the page itself says for and against changes that seem probable.

A word that stands elsewhere on the page is right there; a misreading that the page has again and again is
wrong each time; where much around is damaged, more is wrong than the language model alone would say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates, Ints
from cleanup.score.ngram import BREAK, LARGEST, ORDER, Ids, Reals
from cleanup.score.regression import log_odds, probability
from cleanup.score.scan import SIDE, pad
from cleanup.text import signs
from cleanup.text.groups import groups

Doubles = NDArray[np.float64]
Habits = Mapping[tuple[str, str], float]
"""(read, new) → how often the page was misread so where it was repaired already."""
NAMES = (
    "share", "rival", "here", "beside", "next-but-one", "ten-around", "same-elsewhere", "same-share",
    "read-elsewhere", "read-doubted", "new-elsewhere", "new-run", "old-run", "new-run-times", "old-run-times",
)  # fmt: skip
SURE, SPREADS = 0.7, 1.5
"""So sure misreadings are taken for a habit of the page, and what each unit of the logarithm of their number
adds to the log odds of their likes (by hand). On 45 long pages of held-out passages with six words misread
again and again 47 % of these places are repaired instead of 34 % and nothing more is spoilt; on ocr-kinds-dev
513 instead of 504 misread characters, at 37 spoilt instead of 35."""
AROUND = 10
"""Characters on either side of which it is asked how many seem wrong."""
LEAST_WRONG = 0.02
"""Changes less probable than this do not add up."""
_NOTHING = "\0"
"""Stands for what is lost, and for what was put where nothing stood."""


def evidence(text: str, ids: Ids, thought: Candidates, sure: Doubles, rows: Ints, habits: Habits) -> Reals:
    """One row of NAMES for each of some `rows` of the candidates of a whole text; `sure`: how probable all
    are as they stand alone."""
    size, at, some = len(ids), thought.at, thought.only(rows)
    codes = np.frombuffer((text + "\n").encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    counted = np.where(sure >= LEAST_WRONG, sure, 0.0)
    wrong = np.zeros(size + 2 * AROUND + 2)
    """How probably each place is wrong, with room at both ends."""
    np.maximum.at(wrong, at + AROUND, counted)
    total = np.concatenate(([0.0], np.cumsum(wrong)))
    here = np.zeros(size + 1)
    np.add.at(here, at, sure)
    place, p = some.at + AROUND, sure[rows]

    read = np.where(thought.kind == INSERT, 0, codes[at]).astype(np.int64)
    new = np.where(thought.kind == DELETE, 0, thought.char.view(np.uint32)).astype(np.int64)
    which, before = _likes(read, new, habits)
    same = np.bincount(which, weights=counted, minlength=len(before))
    gone = np.maximum(before - same, 0.0)[which[rows]]
    elsewhere = np.maximum(same[which[rows]] - p, 0.0) + gone
    most = 1 + max(int(of.max(initial=0)) for of in (codes, new))
    count = np.bincount(codes[:size], minlength=most)
    doubt = np.bincount(codes[:size], weights=wrong[AROUND : AROUND + size], minlength=most)
    reads = np.maximum(count[read[rows]] - 1, 0.0) + gone
    doubted = np.maximum(doubt[read[rows]] - wrong[place], 0.0) + gone
    (fresh, times), (old, others) = _runs(ids, some)
    columns = [
        np.full(len(rows), np.log(wrong.sum() / max(1, size) + 1e-4)), _rivals(thought, sure)[rows],
        here[some.at],
        np.maximum(wrong[place - 1], wrong[place + 1]), np.maximum(wrong[place - 2], wrong[place + 2]),
        total[place + AROUND + 1] - total[place - AROUND] - wrong[place],
        np.log1p(elsewhere), elsewhere / (reads + 1), np.log1p(reads), doubted / (reads + 1),
        np.log1p(count[new[rows]]), fresh, old, np.log1p(times), np.log1p(others),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def spread(text: str, thought: Candidates, sure: Doubles, habits: Habits) -> Doubles:
    """How probable replacements are where the page was surely misread alike elsewhere, or was found to be."""
    rows = np.flatnonzero((thought.kind == SUBSTITUTE) & (sure >= LEAST_WRONG))
    if not len(rows):
        return sure
    read = signs.codes(text)[thought.at[rows]].astype(np.int64)
    which, before = _likes(read, thought.char[rows].view(np.uint32), habits)
    odds, chance = log_odds(sure[rows]), sure[rows]
    for _ in range(2):
        counted = np.where(chance >= SURE, chance, 0.0)
        same = np.bincount(which, weights=counted, minlength=len(before))
        likes = same[which] - counted + np.maximum(before - same, 0.0)[which]
        chance = probability(odds + SPREADS * np.log1p(likes))
    found = sure.copy()
    found[rows] = chance
    return found


def _likes(read: Ints, new: Ints, habits: Habits) -> tuple[Ints, Doubles]:
    """Of changes of one code point to another: for each its kind by number, and by kind how often the page
    was misread so."""
    names, *_, which = groups(read << 21 | new)
    known = {ord(one or _NOTHING) << 21 | ord(two or _NOTHING): many for (one, two), many in habits.items()}
    return which, np.array([known.get(name, 0.0) for name in names.tolist()])


def known_run(text: str, at: int, read: str, new: str) -> str:
    """The longest run over a place, as changed, that the text has elsewhere too: of three or four characters
    once, of two more than once; else nothing."""
    before, behind = text[max(0, at - 3) : at], text[at + len(read) : at + len(read) + 3]
    changed, place = before + new + behind, len(before)
    for size, often in ((4, 1), (3, 1), (2, 2)):
        first = max(0, place - size + 1)
        for start in range(first, min(place + max(1, len(new)), len(changed) - size + 1)):
            run = changed[start : start + size]
            if run.isalpha() and text.count(run) >= often and (new or start < place < start + size):
                return run
    return ""


def _rivals(thought: Candidates, sure: Doubles) -> Doubles:
    """For each candidate how probable the best other one of its place is."""
    group = thought.at * 2 + (thought.kind == INSERT)
    order = np.lexsort((-sure, group))
    start = np.flatnonzero(np.diff(group[order], prepend=-1))
    size = np.diff(np.append(start, len(order)))
    second = np.where(size > 1, sure[order][np.minimum(start + 1, len(order) - 1)], 0.0)
    best = np.repeat(sure[order][start], size)
    best[start] = second
    found = np.zeros(len(order))
    found[order] = best
    return found


def _runs(ids: Ids, thought: Candidates) -> tuple[tuple[Doubles, Doubles], tuple[Doubles, Doubles]]:
    """The longest run of two to five characters over each place that stands elsewhere on the page too, and
    how often: as changed, and as it stands."""
    padded = pad(ids)
    insert, drop = thought.kind == INSERT, thought.kind == DELETE
    places = (thought.at + SIDE)[:, None] + np.arange(-SIDE, SIDE + 1)
    old = padded[places]
    places[:, SIDE + 1 :] -= insert[:, None]
    places[:, SIDE:] += drop[:, None]
    new = padded[np.minimum(places, len(padded) - 1)]
    new[:, SIDE] = np.where(drop, new[:, SIDE], thought.new)
    longest, times = (np.zeros((2, len(thought))) for _ in range(2))
    for size, (keys, *ways) in enumerate(zip(*map(_keys, (padded[None], new, old)), strict=True), 2):
        keys = np.sort(keys[0])
        for way, (runs, gap) in enumerate(zip(ways, (drop, insert), strict=True)):
            wanted = runs[:, SIDE - size + 1 : SIDE + 1]
            wanted[gap, -1] = 0  # where nothing stands, runs go over the gap
            there = np.searchsorted(keys, wanted, side="right") - np.searchsorted(keys, wanted, side="left")
            most = np.where(wanted > 0, there - way, 0).max(axis=1)
            longest[way] = np.where(most > 0, size, longest[way])
            times[way] = np.where(most > 0, most, times[way])
    return (longest[0], times[0]), (longest[1], times[1])


def _keys(rows: Ids) -> Iterator[NDArray[np.uint64]]:
    """For each length 2 to 5, a number for each run of so many characters in each row; 0 where one is unknown
    or a line end."""
    ids, known = rows.astype(np.uint64), rows > BREAK
    key, whole = ids, known
    for size in range(2, ORDER + 1):
        key = key[:, :-1] * np.uint64(LARGEST) + ids[:, size - 1 :]
        whole = whole[:, :-1] & known[:, size - 1 :]
        yield np.where(whole, key, np.uint64(0))
