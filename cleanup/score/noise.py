"""Runs of characters that an engine made of specks and of nothing: 条的让二本区本风信人三全2林枯全守信.

Such a run is told by two models: no text goes on like that, and its characters are the few that the engine
gives where it sees nothing. Each character is either text or noise, and to begin noise costs (Viterbi).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanup.score.ngram import Ngrams
from cleanup.score.scan import END, scan

BEGINS = 8.0
"""Nats against the beginning of noise."""
LEAST_TEXT = -9.0
"""Nats of text that is as odd as can be: misread, but text."""
UNLISTED = 0.07
"""Share of noise that is in none of the counts."""
OTHERS = 3000
SHORTEST = 5
WINDOW = 6


@dataclass(frozen=True, slots=True)
class Noise:
    """A run from `start` to `end` that is likelier noise than text, by `gain` nats."""

    start: int
    end: int
    gain: float


def find(text: str, model: Ngrams, counts: Mapping[str, float]) -> list[Noise]:
    """Runs of noise in a stream; `counts`: how often noise has each character (digits as 0, letters as a)."""
    if len(text) < SHORTEST:
        return []
    seen = scan(text, model)
    known = dict.fromkeys(counts, 0.0) | {char: count / sum(counts.values()) for char, count in counts.items()}
    odds = np.full(len(text), UNLISTED / OTHERS)
    for char, share in known.items():
        members = {"0": "0123456789", "a": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}.get(char, char)
        odds[np.isin(seen.codes[:-1], [ord(member) for member in members])] += (1 - UNLISTED) * share
    over = np.log(odds) - np.maximum(0.5 * (seen.forward + seen.backward), LEAST_TEXT)
    over[seen.kinds[:-1] == END] = 0.0
    total = np.concatenate(([0.0], np.cumsum(over)))
    width = min(WINDOW, len(text))
    if (total[width:] - total[:-width]).max() < BEGINS:
        return []
    return [noise for noise in _runs(over) if _size(text, noise) >= SHORTEST]


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


def _size(text: str, noise: Noise) -> int:
    return len(text[noise.start : noise.end].replace("\n", ""))
