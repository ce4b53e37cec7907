"""OCR text laid beside its truth: what was misread for what, and whether a change repairs or spoils."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from cleanup.score.candidates import INSERT, SUBSTITUTE, Candidates

REACH = 8
"""Characters on either side within which a change is weighed against the truth."""
BROKEN = 6
"""A difference longer than this says nothing about single characters."""
LONG = 8
NEAR = 3
"""Differences so near belong to one run."""
Pair = tuple[str, str]


def solid(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


class Alignment:
    """A text (line ends as in a stream) with its truth."""

    def __init__(self, text: str, truth: str) -> None:
        self.flat = text.replace("\n", "")
        self.truth = truth
        steps = np.array([char != "\n" for char in text], dtype=np.int64)
        self.place = np.concatenate(([0], np.cumsum(steps)))
        """Position in the stream → position without line ends."""
        self._to_truth = np.full(len(self.flat) + 1, len(truth), dtype=np.int64)
        self.broken = np.zeros(len(self.flat) + 1, dtype=bool)
        self.pairs: Counter[Pair] = Counter()
        runs: list[tuple[int, int, int]] = []
        for op in Levenshtein.opcodes(self.flat, truth):
            size, other = op.src_end - op.src_start, op.dest_end - op.dest_start
            ahead = np.arange(size)
            self._to_truth[op.src_start : op.src_end] = op.dest_start + np.minimum(ahead, other)
            if op.tag != "equal" and max(size, other) > BROKEN:
                self.broken[max(0, op.src_start - 3) : op.src_end + 3] = True
            if op.tag != "equal":
                near = runs and op.src_start - runs[-1][1] <= NEAR
                start, before = (runs[-1][0], runs.pop()[2]) if near else (op.src_start, 0)
                runs.append((start, op.src_end, before + other))
            self._count(op.tag, self.flat[op.src_start : op.src_end], truth[op.dest_start : op.dest_end])

        self.unprinted = [
            (start, end) for start, end, printed in runs if end - start >= LONG and printed <= 2
        ]
        """Long runs of `flat` with next to nothing in the truth."""

    def _count(self, tag: str, read: str, printed: str) -> None:
        if tag == "replace" and len(read) == len(printed) <= 3:
            self.pairs.update(zip(read, printed, strict=True))
        elif tag == "insert" and len(printed) <= 2:
            self.pairs.update(("", char) for char in printed)
        elif tag == "delete" and len(read) <= 2:
            self.pairs.update((char, "") for char in read)

    def verdicts(self, thought: Candidates) -> NDArray[np.int8]:
        """For each candidate: 1 nearer to the truth, -1 farther, 0 neither."""
        found = np.zeros(len(thought), dtype=np.int8)
        for row, (at, kind, new) in enumerate(
            zip(thought.at.tolist(), thought.kind.tolist(), thought.char.tolist(), strict=True)
        ):
            place = int(self.place[at])
            low, high = max(0, place - REACH), min(len(self.flat), place + REACH + 1)
            read = self.flat[low:high]
            right = self.truth[self._to_truth[low] : self._to_truth[high]]
            if read == right:
                found[row] = -1
                continue
            here = place - low
            rest = read[here:] if kind == INSERT else read[here + 1 :]
            changed = read[:here] + (new if kind in (INSERT, SUBSTITUTE) else "") + rest
            before, after = Levenshtein.distance(read, right), Levenshtein.distance(changed, right)
            found[row] = (after < before) - (after > before)
        return found


def nested(counts: Mapping[Pair, float]) -> dict[str, dict[str, float]]:
    """Counts of (read, printed) by what was read."""
    found: dict[str, dict[str, float]] = {}
    for (read, printed), count in counts.items():
        if count > 0:
            found.setdefault(read, {})[printed] = float(count)
    return found
