"""How likely a witness is right that read a place of the picture otherwise than the text has it."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np

from cleanup.score.channel import Glyphs
from cleanup.score.regression import Weights

NAMES = ("sure", "rival", "clear", "gain", "alike", "figures", "letters")
CURVED = 5
"""The first of them count with their squares too."""
_LEAST, _DIM = 1e-4, 0.002
_GAIN = 15.0
"""Nats beyond which a gain says no more (by hand, as what is next to nothing above)."""


class Doubt(NamedTuple):
    """A place that a witness read otherwise."""

    before: str
    """In the text; in simplified script, as `after`."""
    after: str
    sure: float
    """Of the recogniser, of what it read, 0 to 1."""
    rival: float
    """Probability that it gives what the text has."""
    clear: float
    """How sure it is of the whole line."""
    gain: float
    """By how many nats the text is likelier with what it read."""


def has_letters(*texts: str) -> bool:
    """Whether one of some texts has more than marks; a witness loses many of these."""
    return any(char.isalnum() for text in texts for char in text)


def features(doubt: Doubt, glyphs: Glyphs) -> tuple[float, ...]:
    """The evidence, by NAMES."""
    before, after = doubt.before, doubt.after
    sure = min(max(doubt.sure, _LEAST), 1 - _LEAST)
    return (
        log(sure / (1 - sure)),
        log(max(doubt.rival, _LEAST)),
        -log(1 - doubt.clear + _DIM),
        max(-_GAIN, min(_GAIN, doubt.gain)),
        _alike(before, after, glyphs),
        float(any(char.isdigit() for char in before + after)),
        float(before.isalnum() and after.isalnum()),
    )


def _alike(one: str, two: str, glyphs: Glyphs) -> float:
    """How alike characters look that stand for one another, on average."""
    if len(one) != len(two):
        return 0.0
    points, others = glyphs.points(one), glyphs.points(two)
    return float((points * others).sum(axis=1).mean())


def chances(doubts: Sequence[Doubt], glyphs: Glyphs, weights: Weights) -> list[float]:
    """How likely the witness is right, of each place."""
    if not doubts:
        return []
    table = np.array([features(doubt, glyphs) for doubt in doubts], dtype=np.float32)
    return [round(float(chance), 4) for chance in weights.probability(table)]
