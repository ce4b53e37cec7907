"""What the n-gram model thinks of lines: whether one goes on in the next, and whether one is text at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cleanup.score.ngram import BREAK, Ids, Ngrams, Reals
from cleanup.score.scan import FLOOR

REACH = 6
"""Characters on either side that are looked at."""
_LONGEST = 40
"""Characters of a line that tell whether it is text."""
_PART = 20_000
"""So many are weighed at a time: what they need in memory stays small."""
_SPACES = str.maketrans("", "", " \t\u3000")


class Flow(NamedTuple):
    """By how many nats a reading without a break is likelier."""

    on: float
    """Than one in which a paragraph ends here."""
    lost: float
    """Than one in which a full stop was lost and a paragraph ends."""


def weigh(model: Ngrams, pairs: Sequence[tuple[str, str]]) -> list[Flow]:
    """For each pair of lines, how much likelier it is that the second goes on with the first."""
    found: list[Flow] = []
    for start in range(0, len(pairs), _PART):
        found += _weigh(model, pairs[start : start + _PART])
    return found


def _weigh(model: Ngrams, pairs: Sequence[tuple[str, str]]) -> list[Flow]:
    stop = int(model.alphabet.ids("。")[0])
    left = np.full((len(pairs), REACH), BREAK, dtype=np.int64)
    right = left.copy()
    for row, (one, two) in enumerate(pairs):
        before = model.alphabet.ids(one[-2 * REACH :].translate(_SPACES)[-REACH:])
        behind = model.alphabet.ids(two[: 2 * REACH].translate(_SPACES)[:REACH])
        left[row, REACH - len(before) :] = before
        right[row, : len(behind)] = behind

    # All three readings of each pair at once; what stands behind the shorter ones is not counted.
    between = ((), (BREAK,), (stop, BREAK))
    rows = np.full((len(between), len(pairs), 2 * REACH + 2), BREAK, dtype=np.int64)
    rows[:, :, :REACH] = left
    for read, middle in zip(rows, between, strict=True):
        read[:, REACH : REACH + len(middle)] = middle
        read[:, REACH + len(middle) : 2 * REACH + len(middle)] = right
    forward = _forward(model, rows.reshape(-1, rows.shape[-1])).reshape(rows.shape)
    on, over, lost = (
        chance[:, REACH : 2 * REACH + len(middle)].sum(axis=1)
        for chance, middle in zip(forward, between, strict=True)
    )
    return [Flow(float(one), float(two)) for one, two in zip(on - over, on - lost, strict=True)]


def usual(model: Ngrams, lines: Sequence[str]) -> list[float]:
    """Mean log-probability of the first characters of each line, spaces left out; 0 for empty ones."""
    found: list[float] = []
    for start in range(0, len(lines), _PART):
        part = [
            model.alphabet.ids(line.translate(_SPACES)[:_LONGEST]) for line in lines[start : start + _PART]
        ]
        rows = np.full((len(part), 1 + max(map(len, part), default=0)), BREAK, dtype=np.int64)
        for row, ids in enumerate(part):
            rows[row, 1 : 1 + len(ids)] = ids
        logs = _forward(model, rows)
        found += [
            float(logs[row, 1 : 1 + len(ids)].mean()) if len(ids) else 0.0 for row, ids in enumerate(part)
        ]
    return found


def stops(model: Ngrams, lines: Sequence[str]) -> list[float]:
    """Log-probability that a full stop follows the last characters of each line."""
    stop = int(model.alphabet.ids("。")[0])
    rows = np.full((len(lines), REACH + 1), BREAK, dtype=np.int64)
    for row, line in enumerate(lines):
        ids = model.alphabet.ids(line[-2 * REACH :].translate(_SPACES)[-REACH:])
        rows[row, REACH - len(ids) : REACH] = ids
    rows[:, REACH] = stop
    return [float(found) for found in _forward(model, rows)[:, REACH]]


def gains(model: Ngrams, changes: Sequence[tuple[str, str, str, str]]) -> list[float]:
    """For each (left, one, two, right), by how many nats the text is likelier with `two` than with `one`."""
    found: list[float] = []
    for start in range(0, len(changes), _PART):
        part = changes[start : start + _PART]
        ones = [(left, one, right) for left, one, _, right in part]
        twos = [(left, two, right) for left, _, two, right in part]
        both = _likelihoods(model, ones + twos)
        found += [float(two - one) for one, two in zip(both[: len(part)], both[len(part) :], strict=True)]
    return found


def following(model: Ngrams, pairs: Sequence[tuple[str, str]]) -> list[float]:
    """For each pair of lines the log-probability of how the second begins after how the first ends; no
    character counts less than FLOOR: one that is misread says little."""
    rows = np.full((len(pairs), 2 * REACH), BREAK, dtype=np.int64)
    counted = np.zeros(rows.shape, dtype=np.bool_)
    for row, (one, two) in enumerate(pairs):
        before = model.alphabet.ids(one[-2 * REACH :].translate(_SPACES)[-REACH:])
        behind = model.alphabet.ids(two[: 2 * REACH].translate(_SPACES)[:REACH])
        rows[row, REACH - len(before) : REACH] = before
        rows[row, REACH : REACH + len(behind)] = behind
        counted[row, REACH : REACH + len(behind)] = True
    logs = np.maximum(_forward(model, rows), FLOOR)
    return [float(found) for found in np.where(counted, logs, 0).sum(axis=1)]


def _likelihoods(model: Ngrams, texts: Sequence[tuple[str, str, str]]) -> Reals:
    """Log-probability of the middle and right of each text after its left."""
    wide = max((len(middle) for _, middle, _ in texts), default=0)
    rows = np.full((len(texts), 2 * REACH + wide), BREAK, dtype=np.int64)
    counted = np.zeros(rows.shape, dtype=np.bool_)
    for row, (left, middle, right) in enumerate(texts):
        before, behind = model.alphabet.ids(left[-REACH:]), model.alphabet.ids(middle + right[:REACH])
        rows[row, REACH - len(before) : REACH] = before
        rows[row, REACH : REACH + len(behind)] = behind
        counted[row, REACH : REACH + len(behind)] = True
    return np.asarray(np.where(counted, _forward(model, rows), 0).sum(axis=1), dtype=np.float32)


def _forward(model: Ngrams, rows: Ids) -> Reals:
    """Log-probability of each character of each row."""
    places = np.ascontiguousarray(rows.T)
    return np.ascontiguousarray(model.forward(places, model.levels(places)).T)
