"""Runs of characters that an engine made of specks and of nothing: 条的让二本区本风信人三全2林枯全守信.

Such a run is told by two kinds of models: no text of any era goes on like that, and its characters are the
few that the engine gives where it sees nothing. Each character is either text or noise, and to begin noise
costs (Viterbi).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_letters, digits

import numpy as np
from numpy.typing import NDArray

from cleanup.score.ngram import Ngrams
from cleanup.score.scan import END, running, scan
from cleanup.text import signs

BEGINS = 8.0
"""Nats against the beginning of noise."""
LEAST_TEXT = -9.0
"""Nats of text that is as odd as can be: misread, but text."""
UNLISTED = 0.07
"""Share of noise that is in none of the counts."""
OTHERS = 3000
SHORTEST = 5
WINDOW = 6
REACH = 60
"""Characters looked at on either side of a place that has many of the characters of noise."""


@dataclass(frozen=True, slots=True)
class Noise:
    """A run from `start` to `end` that is likelier noise than text, by `gain` nats."""

    start: int
    end: int
    gain: float


class Specks:
    """Finds noise; `models`: of text; `counts`: how often noise has each character (digits as 0, letters as
    a)."""

    def __init__(self, models: Sequence[Ngrams], counts: Mapping[str, float]) -> None:
        self._models = models
        model = models[0]
        self._share = _shares(counts)
        every = np.arange(0x10000, dtype=np.uint32)
        common = model.share(
            model.alphabet.ids(every.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"))
        )
        self._hint = np.log(self._share) - common
        self._hint[ord("\n")] = 0.0

    def find(self, text: str) -> list[Noise]:
        """Runs of noise in a stream."""
        codes = np.minimum(signs.codes(text), signs.LAST)
        hint = running(self._hint[codes], np.float64)
        found: list[Noise] = []
        hinted: NDArray[np.int64] = np.flatnonzero(hint[WINDOW:] - hint[:-WINDOW] > BEGINS)
        for some in np.split(hinted, np.flatnonzero(np.diff(hinted) > 2 * REACH) + 1) if len(hinted) else []:
            start, end = max(0, int(some[0]) - REACH), int(some[-1]) + WINDOW + REACH
            found += self._near(text, start, end, self._share[codes[start:end]])
        return found

    def _near(self, text: str, start: int, end: int, share: NDArray[np.float64]) -> list[Noise]:
        """Noise between two places."""
        every = [scan(text[start:end], model) for model in self._models]
        usual = np.max([0.5 * (seen.forward + seen.backward) for seen in every], axis=0)
        over = np.log(share) - np.maximum(usual, LEAST_TEXT)
        over[every[0].kinds[:-1] == END] = 0.0
        runs = (Noise(run.start + start, run.end + start, run.gain) for run in _runs(over))
        return [run for run in runs if len(text[run.start : run.end].replace("\n", "")) >= SHORTEST]


def _shares(counts: Mapping[str, float]) -> NDArray[np.float64]:
    """Probability in noise of every character."""
    table = np.full(0x10000, UNLISTED / OTHERS)
    total = sum(counts.values())
    for char, count in counts.items():
        members = {"0": digits, "a": ascii_letters}.get(char, char)
        table[[ord(member) for member in members]] += (1 - UNLISTED) * count / total
    return table


def _runs(over: NDArray[np.floating]) -> list[Noise]:
    """The likeliest division into text (which scores 0) and runs of noise (which score `over`)."""
    text, noise = 0.0, -BEGINS
    begins, goes_on = [], []
    for gain in over.tolist():
        goes_on.append(noise > text)
        begins.append(text - BEGINS > noise)
        text, noise = max(text, noise), max(noise, text - BEGINS) + gain
    found: list[Noise] = []
    end = len(over) if noise > text else 0
    for at in range(len(over) - 1, -1, -1):
        if end and begins[at]:
            found.append(Noise(at, end, float(over[at:end].sum()) - BEGINS))
            end = 0
        elif not end and goes_on[at]:
            end = at
    return found[::-1]
