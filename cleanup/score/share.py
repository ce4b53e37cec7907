"""How many errors a text seems to have, and what that says of each of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import Candidates
from cleanup.score.judge import USUAL
from cleanup.score.regression import log_odds, probability

FAINT = 0.01
"""Candidates less probable than this say nothing of how many errors a text has."""
LEAST_WRONG = 0.02
"""Places less probably wrong than this do not count as expected errors."""
QUIET, LEAST_OTHERS, SURE_IF_QUIET = 0.001, 0.8, 0.98
"""A single odd word in a text that is right otherwise is most often a rare one. So among the oddest places
farther than BESIDE such a share, and so many, must be expected to be wrong, or the change be so sure."""
BESIDE = 8
WEIGHT = 400
"""The expectation of that share counts like so many characters of text."""
MOST_RAISED = 0.056
"""Shares that are more count like this one."""


def settled(
    alone: NDArray[np.float64], thought: Candidates, size: int, usual: float = USUAL
) -> tuple[NDArray[np.float64], float]:
    """Probabilities after seeing how many errors the whole text seems to have, and its share of them.

    The judge was fitted on scans of one quality; a text with fewer (or more) errors lowers (raises) the odds
    of each (expectation and maximisation over the share of wrong characters).
    """
    some = np.flatnonzero(alone >= FAINT)
    odds, starts = log_odds(alone[some]), _starts(thought.at[some])

    def wrong(rate: float) -> float:
        """The characters expected to be wrong in a text of which such a share is."""
        return float(_most(probability(odds + np.log(rate / usual)), starts).sum())

    rate = usual
    for _ in range(8):
        rate = min((wrong(rate) + usual * WEIGHT) / (size + WEIGHT), MOST_RAISED)
    return probability(log_odds(alone) + np.log(rate / usual)), wrong(rate) / max(1, size)


def _starts(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of some places in order are not the same as the one before."""
    begins = np.ones(len(at), dtype=np.bool_)
    np.not_equal(at[1:], at[:-1], out=begins[1:])
    return np.flatnonzero(begins)


def _most(sure: NDArray[np.float64], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """How probably each place is wrong, by where its candidates start; the improbable do not add up."""
    best = np.maximum.reduceat(sure, starts) if len(starts) else np.zeros(0)
    return np.where(best > LEAST_WRONG, best, 0.0)


def is_alone(
    thought: Candidates, sure: NDArray[np.float64], places: NDArray[np.int64], size: int, mended: float
) -> NDArray[np.bool_]:
    """Whether hardly anything else than what stands at each of `places` seems to be wrong in a text, or was:
    so much of it was mended."""
    starts = _starts(thought.at)
    at, total = thought.at[starts], np.concatenate(([0.0], np.cumsum(_most(sure, starts))))
    low, high = (np.searchsorted(at, places + shift) for shift in (-BESIDE, BESIDE + 1))
    others = mended + total[-1] - (total[high] - total[low])
    return np.asarray(others < max(LEAST_OTHERS, QUIET * size))
