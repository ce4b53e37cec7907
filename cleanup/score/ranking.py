"""Which of all characters stand best between two others and look most like what was read.

All are compared roughly, in bytes; only those that may be among the best are weighed exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from math import log1p
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from cleanup.score.beside import BLOCKS, Beside
from cleanup.score.channel import Channel
from cleanup.score.ngram import Ngrams, Reals
from cleanup.text.groups import groups

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
ALIKE = 7.0
"""What full likeness counts."""
SEEN, SEEN_MORE = 3.3, 1.2
"""What a real misreading counts, and the logarithm of how often it was seen."""
REREAD = 0.6
"""What each unit of the most that an engine took drawn characters for counts."""
TRAILS = -2.0
"""By so much at most a candidate may rank behind what was read."""
HELD, ROWS = 2048, 1536
"""Characters whose likeness to all others is kept, and beside which it is kept how others stand."""
STEPS = 250
"""Of the rough scale."""
SLACK = 3
"""Steps by which a rough score may be wrong: three roundings on either side."""
BULK, UNPACKED = 64, 1024
"""Places that are ranked, and whose neighbours are made ready, at a time."""


class Ranking:
    """Ranks the Han characters that the models know; columns are their numbers in `chars`."""

    def __init__(self, beside: Beside, model: Ngrams, channel: Channel) -> None:
        self.chars = np.array(list(beside.chars[: beside.han]))
        self._beside = beside
        self._weights = (0.5 * model.single(model.alphabet.ids(beside.chars))).astype(np.float32)
        self._common = self._weights[: beside.han]
        self._number = beside.number
        codes = self.chars.view(np.uint32)
        self._column_of = np.full(int(codes.max()) + 2, -1, dtype=np.int16)
        self._column_of[codes] = np.arange(beside.han)
        self._points = channel.glyphs.points(self.chars)
        self._least = float(self._common.min()) - ALIKE
        self._unit = 0.0
        self._nats = np.zeros(256, dtype=np.float32)
        """What each step of a pair stands for."""
        size = len(beside.chars)
        self._after, self._before = _Rows(beside.after, size), _Rows(beside.before, size)
        """Steps over the least, by the number of the character before, and behind."""
        self._exact = np.empty((HELD + 1, beside.han), dtype=np.float32)
        self._rough = np.zeros((HELD + 1, beside.han), dtype=np.uint8)
        self._row: dict[tuple[str, str], int] = {}
        """By what was read, in simplified script, and how it was shown in traditional script, if it was."""
        self._filling = Lock()
        """Rows are made ready when they are first asked for, by whichever thread."""
        self.use(channel)

    @cached_property
    def _traditional(self) -> Reals:
        """The points of `chars` as traditional script sets them."""
        return self._channel.glyphs.traditional(self.chars.view(np.uint32))

    def use(self, channel: Channel) -> None:
        """Take another channel from now on; for who shares this with nobody."""
        self._channel = channel
        self._row.clear()
        most = float(self._common.max()) + ALIKE + SEEN + SEEN_MORE * channel.most
        most += REREAD * channel.reread.most
        nats = self._beside.nats
        unit = (most - self._least + 2 * float(nats[-1] - nats[0])) / STEPS
        if unit != self._unit:
            self._unit = unit
            steps = np.rint((nats - nats[0]) / unit).astype(np.uint8)
            self._nats[steps] = nats
            for rows in self._after, self._before:
                rows.use(steps)
            self._hold(0, self._common)

    def best(
        self,
        left: Ints,
        right: Ints,
        keep: int,
        reads: Sequence[str] | None = None,
        printed: Sequence[str] | None = None,
        trails: float = TRAILS,
    ) -> tuple[Ints, Ints]:
        """Rows and columns of the best `keep` characters between each `left` and `right`, best first.

        With `reads`: instead of what was read there, and not much worse than it; `printed`: how that is shown
        where the text is in traditional script, and `trails`: by how much at most they may rank behind it.
        """
        shown = list(zip(reads, printed or [""] * len(reads), strict=True)) if reads else None
        with self._filling:
            found: list[tuple[Ints, Ints]] = []
            for at in range(0, len(left), UNPACKED):
                some = slice(at, at + UNPACKED)
                found += self._at_once(left[some], right[some], keep, shown and shown[some], trails)
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        rows = [row + at * BULK for at, (row, _) in enumerate(found)]
        return np.concatenate(rows), np.concatenate([column for _, column in found])

    def _at_once(
        self, left: Ints, right: Ints, keep: int, shown: Sequence[tuple[str, str]] | None, trails: float
    ) -> list[tuple[Ints, Ints]]:
        """The best of so few places that what stands beside them can be held."""
        left, right = self._after.ready(left), self._before.ready(right)
        parts = [slice(at, at + BULK) for at in range(0, len(left), BULK)]
        return [self._some(left[part], right[part], keep, shown and shown[part], trails) for part in parts]

    def _some(
        self, left: Ints, right: Ints, keep: int, reads: Sequence[tuple[str, str]] | None, trails: float
    ) -> tuple[Ints, Ints]:
        likeness = self._likeness(reads) if reads else np.zeros(len(left), np.int64)
        rough = self._after.steps[left, : len(self.chars)]
        rough += self._before.steps[right, : len(self.chars)]
        rough += self._rough[likeness]
        least = np.full(len(left), -np.inf, dtype=np.float32)
        if reads:
            own = np.array([self._number.get(read, -1) for read, _ in reads])
            known = np.flatnonzero(own >= 0)
            own = own[known]
            links = self._links(left[known], own, right[known])
            least[known] = links + self._weights[own] + ALIKE + trails
            listed = own < len(self.chars)
            rough[known[listed], own[listed]] = 0
        tops = rough.reshape(len(rough), BLOCKS, -1).max(axis=1)
        bar = np.partition(tops, -keep, axis=1)[:, -keep].astype(np.float32)
        asked = np.floor((least - self._least - 2 * self._beside.nats[0]) / self._unit)
        bar = np.clip(np.maximum(bar, asked) - SLACK, 1, 255).astype(np.uint8)
        row, column = np.divmod(np.flatnonzero(rough >= bar[:, None]), len(self.chars))
        value = self._links(left[row], column, right[row])
        value += self._exact[likeness[row], column]
        good = value > least[row]
        row, column, value = row[good], column[good], value[good]
        order = np.lexsort((column, -value, row))
        row, column = row[order], column[order]
        rank = np.arange(len(row)) - np.searchsorted(row, row, side="left")
        return row[rank < keep], column[rank < keep]

    def _links(self, left: Ints, middle: Ints, right: Ints) -> Reals:
        """How well each of `middle` stands between what has these rows."""
        after, before = self._after.steps[left, middle], self._before.steps[right, middle]
        return np.asarray(self._nats[after] + self._nats[before])

    def _likeness(self, reads: Sequence[tuple[str, str]]) -> Ints:
        """The number of the row that says how readily each of `reads` is read for every character."""
        missing = [one for one in dict.fromkeys(reads) if one not in self._row]
        if len(self._row) + len(missing) > HELD:
            self._row.clear()
            missing = list(dict.fromkeys(reads))
        points = self._channel.glyphs.points(shown or read for read, shown in missing)
        for (read, shown), point in zip(missing, points, strict=True):
            # One by one: together their last bits would depend on which are missing.
            alike = self._points @ point
            if shown:
                alike = np.maximum(alike, self._traditional @ point)
            row = self._common + ALIKE * alike
            for char, count in self._channel.misread.get(read, {}).items():
                if char and (place := self._number.get(char, len(row))) < len(row):
                    row[place] += SEEN + SEEN_MORE * log1p(count)
            codes, strength = self._channel.reread.row(read)
            places = self._column_of.take(codes, mode="clip")
            ranked = places >= 0
            row[places[ranked]] += REREAD * strength.max(axis=0)[ranked]
            self._row[read, shown] = len(self._row) + 1
            self._hold(self._row[read, shown], row)
        return np.array([self._row[read] for read in reads], dtype=np.int64)

    def _hold(self, at: int, row: Reals) -> None:
        self._exact[at] = row
        self._rough[at] = np.rint((row - self._least) / self._unit)


class _Rows:
    """How readily each character stands beside some others, in steps; a row for each that was asked for."""

    def __init__(self, levels: Callable[[int], Bytes], size: int) -> None:
        self._levels = levels
        self.steps = np.zeros((min(size + 1, ROWS), size), dtype=np.uint8)
        """In the order in which they were first asked for: memory that is not reached is not taken."""
        self._place = np.full(size + 1, -1, dtype=np.int64)
        """Of each character its row; the last is of what is none. -1: it was not asked for."""
        self._used = 0

    def use(self, steps: Bytes) -> None:
        """Forget all rows; from now on a level is so many steps."""
        self._of_level = steps
        self._forget()

    def _forget(self) -> None:
        self._place[:] = -1
        self._used = 0

    def ready(self, numbers: Ints) -> Ints:
        """The rows of some characters, at most ROWS different ones."""
        missing = groups(numbers[self._place[numbers] < 0]).keys
        if self._used + len(missing) > len(self.steps):
            self._forget()
            missing = groups(numbers).keys
        for one in missing.tolist():
            self.steps[self._used] = self._of_level[self._levels(one)]
            self._place[one] = self._used
            self._used += 1
        return np.asarray(self._place[numbers])
