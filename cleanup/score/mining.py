"""Formulas of a collection of texts: what is said the same way in many of them, and how often, by kind.

A run of characters is kept where SHORT of them stand in so many stretches of text, or LONG of them in
fewer; runs that overlap are kept as one piece. Each place of a piece has the number of stretches that hold
the SHORT characters from there on. A stretch is BLOCK characters of one file: what one speech repeats
counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanup.score.formulas import KINDS, ORDER
from cleanup.score.pieces import saved
from cleanup.text.wording import Codes

SHORT, LONG = ORDER, 8
"""Characters of the runs that are counted in the end, and of those that make a formula."""
BLOCK = 3_000
BYTES, FIXED = 10, 2_630_000
"""Of the file, for each place of a piece; and besides."""
FEWEST = 5
"""A LONG run must stand in so many stretches at least."""
_FIRM = 0.06
"""So large a part of what begins, and of what ends, as a LONG run does must be that run: the edges of a
formula, where anything may stand, are let go."""
_STEP, _NEARLY = 1.02, 1.05
"""By so much more a run must be worth, at the least, until the file is small enough; and of the runs for
which there should be room so many times more are tried."""
_TURNS, _AROUND = 8, 8
"""Runs are given their places in so many turns, each with so many characters around as go on in frequent
runs: what these cover needs no place of its own."""
_OFTEN = 25
"""What stands in so many stretches is kept in any case."""
_WIDEST = 12
_BITS = 24
_PARTS = 16
_FACTOR, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_END = ord("\n")
Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Text:
    """The wording of one file."""

    kind: int
    """Which of the kinds it is of."""
    codes: Codes


def mine(
    texts: Sequence[Text], kinds: Sequence[str], size: int, source: str, weights: Sequence[float] = ()
) -> bytes:
    """The file of the formulas of `texts`, of at most `size` bytes; empty where there are none.

    `weights`: how much a stretch of each kind counts where the file cannot hold all; 1 without.
    """
    row = _Row(texts)
    long = row.frequent(LONG, FEWEST)
    if not len(long.keys):
        return b""
    short = row.counted(SHORT, long)
    firm = row.firm(long, short)
    worth = firm.by_kind @ np.array([*weights, *[1.0] * (KINDS - len(weights))])
    room, least = (size - FIXED) // BYTES, 1.0
    keep = row.covered(firm)
    while (many := np.count_nonzero(keep) + np.count_nonzero(keep[1:] & ~keep[:-1])) > room:
        # The worth of runs falls off as 1 / worth, about.
        least = max(least * _STEP, float(np.quantile(worth, max(0.0, 1 - _NEARLY * room / many))))
        firm, worth = firm.only(worth >= least), worth[worth >= least]
        keep = row.covered(firm)
    pieces, origin = _pieces(row.codes, keep)
    return saved(kinds, pieces, short.of(row, origin), source)


@dataclass(frozen=True, eq=False)
class _Runs:
    """Runs of one length that are frequent: where each stands best, how often it stands, by kind."""

    size: int
    keys: Hashes
    best: Places
    counts: Counts
    by_kind: NDArray[np.int32]
    places: Places
    """Of all of them, run by run."""
    many: Counts
    """How many places each has."""

    def only(self, keep: NDArray[np.bool_]) -> _Runs:
        places = self.places[np.repeat(keep, self.many)]
        return _Runs(
            self.size, self.keys[keep], self.best[keep], self.counts[keep], self.by_kind[keep], places,
            self.many[keep],
        )  # fmt: skip

    def of(self, row: _Row, origin: Places) -> NDArray[np.int32]:
        """The counts by kind of the runs that begin at places of the row; none for a place of -1."""
        found = np.zeros((len(origin), KINDS), dtype=np.int32)
        ok = np.flatnonzero((origin >= 0) & (origin <= len(row.codes) - self.size))
        windows = row.codes[origin[ok][:, None] + np.arange(self.size)]
        keys = _hashed([windows[:, at] for at in range(self.size)])
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        found[ok[known]] = self.by_kind[at[known]]
        return found


class _Row:
    """All texts in one row."""

    def __init__(self, texts: Sequence[Text]) -> None:
        ends = [np.array([_END], dtype=np.uint16)]
        self.codes = np.concatenate([part for text in texts for part in (text.codes, *ends)] or ends)
        self._starts = np.cumsum([0] + [len(text.codes) + 1 for text in texts])[:-1]
        self._kinds = np.array([text.kind for text in texts] or [0])

    def frequent(self, size: int, least: int) -> _Runs:
        """The runs of `size` characters within paragraphs that stand in so many stretches."""
        keys = self._keys(size)
        ends = np.zeros(len(self.codes) + 1, dtype=np.int32)
        np.cumsum(self.codes == _END, out=ends[1:])
        return self._runs(size, keys, ends[size:] == ends[: len(keys)], least)

    def counted(self, size: int, within: _Runs) -> _Runs:
        """The runs of `size` characters that stand within others."""
        keys = self._keys(size)
        wanted = np.zeros(1 << _BITS, dtype=bool)
        for at in range(within.size - size + 1):
            wanted[keys[within.best + at] >> np.uint64(64 - _BITS)] = True
        return self._runs(size, keys, wanted[keys >> np.uint64(64 - _BITS)], 1)

    def firm(self, long: _Runs, short: _Runs) -> _Runs:
        """Those of `long` whose beginning and whose end most often go on, and come, as they do."""
        edges = [short.of(self, long.best + at).sum(axis=1) for at in (0, long.size - short.size)]
        return long.only(long.counts >= np.minimum(_FIRM * np.maximum(*edges), _OFTEN))

    def _keys(self, size: int) -> Hashes:
        return _hashed([self.codes[at : len(self.codes) - size + 1 + at] for at in range(size)])

    def _runs(self, size: int, keys: Hashes, whole: NDArray[np.bool_], least: int) -> _Runs:
        # Twice over the same parts: where a run stands best is known when all frequent ones are.
        groups = [self._group(keys, whole, part, least) for part in range(_PARTS)]
        marked = np.zeros(len(keys), dtype=bool)
        for places, *_ in groups:
            marked[places] = True
        reach = _reach(marked)
        rows = [self._best(keys, group, reach) for group in groups]
        # Parts are in order of the keys, and so are the runs of each.
        found, best, counts, kinds = (np.concatenate(column) for column in zip(*rows, strict=True))
        many = np.concatenate([np.diff(np.append(starts, len(places))) for places, starts, _ in groups])
        return _Runs(
            size, found, best, counts, kinds, np.concatenate([places for places, *_ in groups]), many
        )

    def _group(
        self, keys: Hashes, whole: NDArray[np.bool_], part: int, least: int
    ) -> tuple[Places, Places, Counts]:
        """Places of the frequent runs of a part, sorted by run; where each run begins among them; its
        count."""
        places = np.flatnonzero(whole & ((keys >> np.uint64(60)) == part))
        cells = ((keys[places] >> np.uint64(60 - _BITS)) & np.uint64((1 << _BITS) - 1)).astype(np.int64)
        if least > 1:
            places = places[np.bincount(cells, minlength=1 << _BITS)[cells] >= least]
        places = places[np.argsort(keys[places], kind="stable")]
        key = keys[places]
        first = np.concatenate(([True], key[1:] != key[:-1]))[: len(key)]
        starts = np.flatnonzero(first)
        stretch = places // BLOCK + np.searchsorted(self._starts, places, side="right")
        new = first | np.concatenate(([True], stretch[1:] != stretch[:-1]))[: len(key)]
        counts = np.add.reduceat(new.astype(np.int64), starts) if len(starts) else np.zeros(0, dtype=np.int64)
        sizes = np.diff(np.append(starts, len(places)))
        keep = np.repeat(counts >= least, sizes)
        often = counts >= least
        return places[keep], np.cumsum(np.append(0, sizes[often]))[:-1], counts[often]

    def _best(
        self, keys: Hashes, group: tuple[Places, Places, Counts], reach: NDArray[np.uint8]
    ) -> tuple[Hashes, Places, Counts, NDArray[np.int32]]:
        places, starts, counts = group
        sizes = np.diff(np.append(starts, len(places)))
        run = np.repeat(np.arange(len(starts)), sizes)
        order = np.lexsort((places, -reach[places].astype(np.int16), run))
        best = places[order][starts]
        file = np.searchsorted(self._starts, places, side="right") - 1
        stretch = places // BLOCK + file
        new = np.concatenate(([True], stretch[1:] != stretch[:-1]))[: len(places)]
        new[starts] = True
        cells = run[new] * KINDS + self._kinds[file[new]]
        kinds = np.bincount(cells, minlength=len(starts) * KINDS).reshape(-1, KINDS).astype(np.int32)
        return keys[best], best, counts, kinds

    def covered(self, runs: _Runs) -> NDArray[np.bool_]:
        """Characters of the row that hold each run once at least, and not much else."""
        marked = np.zeros(len(self.codes) + 1, dtype=bool)
        marked[runs.places] = True
        first, last = _extent(marked)
        low = np.maximum(first[runs.best], runs.best - _AROUND)
        high = np.minimum(last[runs.best] - 1, runs.best + _AROUND) + runs.size
        del first, last
        starts = np.cumsum(runs.many) - runs.many
        keep, missing = np.zeros(len(self.codes), dtype=bool), np.ones(len(runs.keys), dtype=bool)
        for turn in range(_TURNS):
            chosen = np.flatnonzero(missing & (runs.keys % np.uint64(_TURNS) == turn))
            edges = np.zeros(len(self.codes) + 1, dtype=np.int32)
            np.add.at(edges, low[chosen], 1)
            np.add.at(edges, high[chosen], -1)
            keep |= np.cumsum(edges[:-1]) > 0
            total = np.zeros(len(keep) + 1, dtype=np.int32)
            np.cumsum(keep, out=total[1:])
            whole = total[runs.places + runs.size] - total[runs.places] == runs.size
            missing = ~np.logical_or.reduceat(whole, starts)
        return keep


def _hashed(columns: Sequence[Codes]) -> Hashes:
    found = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        found *= _FACTOR
        found += column
    found ^= found >> np.uint64(32)
    found *= _MIX
    found ^= found >> np.uint64(29)
    found *= _FACTOR
    return found


def _reach(marked: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """How far frequent runs go on without a break on both sides of a place, up to twice _WIDEST."""
    first, last = _extent(marked)
    at = np.arange(len(marked), dtype=np.int32)
    before = np.minimum(at - first, _WIDEST).astype(np.uint8)
    return np.asarray(before + np.minimum(last - at, _WIDEST).astype(np.uint8), dtype=np.uint8)


def _extent(marked: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For each place where the marked places around it begin, and where they have ended."""
    off = np.flatnonzero(~marked)
    before = np.zeros(len(marked), dtype=np.int32)
    before[off] = off + 1
    np.maximum.accumulate(before, out=before)
    behind = np.full(len(marked), len(marked), dtype=np.int32)
    behind[off] = off
    return before, np.minimum.accumulate(behind[::-1])[::-1]


def _pieces(codes: Codes, keep: NDArray[np.bool_]) -> tuple[Codes, Places]:
    """The kept characters, a line end between pieces; and where each stands in the row."""
    places = np.flatnonzero(keep)
    cuts = np.flatnonzero(np.diff(places) > 1) + 1
    return np.insert(codes[places], cuts, _END), np.insert(places, cuts, -1)
