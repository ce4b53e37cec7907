"""Counts of any number of things in bounded memory: what does not fit goes to sorted runs on disk.

Everything is a sum, so that the order of what is added changes nothing; what goes is chosen from the totals.
"""

from __future__ import annotations

import heapq
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from cleanup.data.profile import MANY
from cleanup.text.windows import CHAR_BITS, Keys

Counts = NDArray[np.uint8]
HELD = 1 << 24
"""Windows held in memory before they go to disk (150 MB, twice that while they are sorted)."""
STRINGS = 1_000_000
"""Different strings held in memory before they go to disk."""
SHARDS = 256


def added(runs: Sequence[tuple[Keys, Counts]]) -> tuple[Keys, Counts]:
    """Sorted windows with the sum of their counts, up to MANY."""
    keys = np.concatenate([run[0] for run in runs])
    counts = np.concatenate([run[1] for run in runs])
    if not len(keys):
        return keys, counts
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    total = np.add.reduceat(counts.astype(np.int64), starts)
    return keys[starts], np.minimum(total, MANY).astype(np.uint8)


class _Spilling:
    """Has a folder for what does not fit into memory, gone when it is left."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        if self._folder is not None:
            self._folder.cleanup()

    def _place(self, name: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="ocrfix-survey-")
        return Path(self._folder.name) / name


class Windows(_Spilling):
    """In how many files each window stands."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[tuple[Keys, Counts]] = []
        self._size = 0
        self._spilled = False

    def add(self, keys: Keys, counts: Counts) -> None:
        self._runs.append((keys, counts))
        self._size += len(keys)
        if self._size > HELD:
            self._runs = [added(self._runs)]
            self._size = len(self._runs[0][0])
            if self._size > HELD // 2:
                self._spill()

    def _spill(self) -> None:
        keys, counts = added(self._runs)
        self._runs, self._size, self._spilled = [], 0, True
        for shard, (start, end) in enumerate(_cuts(keys)):
            if start < end:
                with self._place(f"{shard}.keys").open("ab") as stream:
                    stream.write(keys[start:end].tobytes())
                with self._place(f"{shard}.counts").open("ab") as stream:
                    stream.write(counts[start:end].tobytes())

    def shared(self, most: int) -> tuple[Keys, Counts]:
        """Windows whose context stands in two files or more; those in the fewest go if there are too many."""
        sizes = np.zeros(2 * MANY + 2, dtype=np.int64)
        for keys, counts in self._shards():
            total = _files(keys, counts)
            sizes += np.bincount(np.minimum(total, 2 * MANY), minlength=len(sizes))
        least = next(n for n in range(2, len(sizes)) if sizes[n:].sum() <= most)
        kept = []
        for keys, counts in self._shards():
            keep = _files(keys, counts) >= least
            kept.append((keys[keep], counts[keep]))
        return np.concatenate([keys for keys, _ in kept]), np.concatenate([counts for _, counts in kept])

    def _shards(self) -> Iterator[tuple[Keys, Counts]]:
        self._runs = [added(self._runs)] if self._runs else [(np.zeros(0, np.uint64), np.zeros(0, np.uint8))]
        if not self._spilled:
            yield self._runs[0]
            return
        if len(self._runs[0][0]):
            self._spill()
        for shard in range(SHARDS):
            if self._place(f"{shard}.keys").exists():
                keys = np.fromfile(self._place(f"{shard}.keys"), dtype=np.uint64)
                yield added([(keys, np.fromfile(self._place(f"{shard}.counts"), dtype=np.uint8))])


def _cuts(keys: Keys) -> list[tuple[int, int]]:
    """Where the shards begin and end, by the first eight bits."""
    bounds = np.arange(1, SHARDS, dtype=np.uint64) << np.uint64(56)
    places = [0, *np.searchsorted(keys, bounds).tolist(), len(keys)]
    return list(pairwise(places))


def _files(keys: Keys, counts: Counts) -> NDArray[np.int64]:
    """For each window in how many files its context stands."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    context = keys >> CHAR_BITS
    first = np.concatenate(([True], context[1:] != context[:-1]))
    total = np.add.reduceat(counts.astype(np.int64), np.flatnonzero(first))
    return np.asarray(total[np.cumsum(first) - 1])


class Strings(_Spilling):
    """How often strings were counted, table by table."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._runs = 0

    def add(self, table: str, counts: Mapping[str, int]) -> None:
        for key, count in counts.items():
            self._counts[table, key] += count
        if len(self._counts) > STRINGS:
            with self._place(f"{self._runs}.rows").open("w", encoding="utf-8", newline="\n") as stream:
                for (name, key), count in sorted(self._counts.items()):
                    stream.write(f"{name}\t{key}\t{count}\n")
            self._counts.clear()
            self._runs += 1

    def commonest(self, bounds: Mapping[str, tuple[int, int]]) -> dict[str, dict[str, int]]:
        """Of each table the rows that were counted often enough, at most so many, sorted."""
        best: dict[str, list[tuple[int, str]]] = {name: [] for name in bounds}
        for (name, key), rows in groupby(heapq.merge(*self._sorted()), key=lambda row: row[:2]):
            count = sum(row[2] for row in rows)
            least, most = bounds[name]
            if count >= least:
                best[name].append((-count, key))
                if len(best[name]) > 2 * most + 1000:
                    best[name] = heapq.nsmallest(most, best[name])
        return {
            name: {key: -count for count, key in sorted(heapq.nsmallest(bounds[name][1], rows))}
            for name, rows in best.items()
        }

    def _sorted(self) -> list[Iterator[tuple[str, str, int]]]:
        held = iter([(name, key, count) for (name, key), count in sorted(self._counts.items())])
        return [held, *(_read(self._place(f"{run}.rows")) for run in range(self._runs))]


def _read(file: Path) -> Iterator[tuple[str, str, int]]:
    with file.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            name, key, count = line.rstrip("\n").split("\t")
            yield name, key, int(count)
