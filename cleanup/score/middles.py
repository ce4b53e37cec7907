"""How likely words are between what stands on either side of them, many at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleanup.score.ngram import BREAK, Levels, Ngrams
from cleanup.score.scan import FLOOR, SIDE


def weigh(
    texts: Sequence[tuple[str, str, str]], model: Ngrams
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each middle between its sides: nats from the left and from the right, of all three together; and
    logarithms of the least counts of runs of 2 to 5 characters over its edges."""
    apart = " " * SIDE
    padded = model.alphabet.ids(apart + (2 * apart).join(map("".join, texts)) + apart + " ")
    before, middle, behind = np.array([tuple(map(len, three)) for three in texts]).T
    size = before + middle + behind
    start = SIDE + np.cumsum(size + 2 * SIDE) - size - 2 * SIDE
    padded[start - 1] = padded[start + size] = BREAK
    levels: list[Levels] = model.levels(padded)
    nats = [
        np.add.reduceat(np.maximum(side(padded, levels), FLOOR), np.stack((start, start + size)).T.ravel())[
            ::2
        ]
        for side in (model.forward, model.backward)
    ]
    edge = start + before
    covers = [
        np.minimum.reduceat(level, np.stack((edge - more, edge + middle)).T.ravel())[::2]
        for more, level in enumerate(levels, 1)
    ]
    return np.stack(nats, axis=1), np.maximum(model.logs[np.stack(covers, axis=1)], -1.0)
