"""Logistic models whose evidence is centred, scaled, clipped, and partly squared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float32]
Doubles = NDArray[np.float64]
BALANCE = "balance"
WIDEST = 4.0


@dataclass(frozen=True)
class Weights:
    """A model: the first `curved` columns count with their squares too."""

    centre: Doubles
    spread: Doubles
    weight: Doubles
    curved: int

    def odds(self, table: Reals) -> Doubles:
        """Logarithm of the odds that each row is right."""
        scaled = _scaled(table, self)
        weight = self.weight[1 : 1 + scaled.shape[1]]
        found = scaled @ weight + self.weight[0]
        some = scaled[:, : self.curved]
        found += (some * some) @ self.weight[1 + scaled.shape[1] :]
        return np.asarray(found)

    def probability(self, table: Reals) -> Doubles:
        return np.asarray(1 / (1 + np.exp(-np.clip(self.odds(table), -30, 30))))


def log_odds(chances: Doubles) -> Doubles:
    """Logarithm of the odds of some probabilities."""
    return np.asarray(np.log(np.maximum(chances, 1e-9) / np.maximum(1 - chances, 1e-9)))


def probability(odds: Doubles) -> Doubles:
    """The reverse."""
    return np.asarray(1 / (1 + np.exp(-odds)))


def _scaled(table: Reals, how: Weights) -> Doubles:
    scaled = table - how.centre
    scaled /= how.spread
    return np.clip(scaled, -WIDEST, WIDEST, out=scaled)


def _design(table: Reals, how: Weights) -> Doubles:
    scaled = _scaled(table, how)
    some = scaled[:, : how.curved]
    return np.concatenate((np.ones((len(table), 1)), scaled, some * some), axis=1)


def fit(table: Reals, right: NDArray[np.bool_], curved: int, strength: float = 6.0) -> Weights:
    """The weights that make `right` likeliest, held small by `strength` (Newton's method)."""
    centre, spread = table.mean(axis=0, dtype=np.float64), table.std(axis=0, dtype=np.float64) + 1e-3
    weight = np.zeros(1 + table.shape[1] + curved)
    design, target = _design(table, Weights(centre, spread, weight, curved)), right.astype(np.float64)
    for _ in range(14):
        guess = 1 / (1 + np.exp(-np.clip(design @ weight, -30, 30)))
        slope = design.T @ (target - guess) - strength * weight
        bend = (design * (guess * (1 - guess))[:, None]).T @ design
        step = np.linalg.solve(bend + strength * np.eye(len(weight)), slope)
        weight = weight + step
        if np.abs(step).max() < 1e-3:
            break
    return Weights(centre, spread, weight, curved)


def terms(names: Sequence[str], curved: int) -> list[str]:
    """Names of the weights: the balance, each kind of evidence, squares."""
    return [BALANCE, *names, *(f"{name} squared" for name in names[:curved])]


def rows(model: str, how: Weights, names: Sequence[str]) -> list[tuple[str, ...]]:
    """A model as rows of a table: model: term, centre, spread, weight."""
    found: list[tuple[str, ...]] = []
    for at, name in enumerate(terms(names, how.curved)):
        plain = 1 <= at <= len(names)
        centre = f"{how.centre[at - 1]:.5g}" if plain else ""
        spread = f"{how.spread[at - 1]:.5g}" if plain else ""
        found.append((f"{model}: {name}", centre, spread, f"{how.weight[at]:.4g}"))
    return found


def weights(cells: Mapping[str, Sequence[str]], names: Sequence[str], curved: int) -> Weights:
    """The model of a table's cells by term; KeyError where terms are missing."""
    return Weights(
        np.array([float(cells[name][0]) for name in names]),
        np.array([float(cells[name][1]) for name in names]),
        np.array([float(cells[name][2]) for name in terms(names, curved)]),
        curved,
    )
