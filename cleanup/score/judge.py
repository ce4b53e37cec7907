"""How probable it is that a change is right: a logistic model over its evidence, one for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates
from cleanup.score.evidence import NAMES
from cleanup.text.scripts import is_han

Reals = NDArray[np.float32]
Doubles = NDArray[np.float64]
KINDS = ("character", "mark", "added-mark", "added-character", "dropped")
CURVED = 37
"""The squares of the first so many kinds of evidence count too."""
WIDEST = 4.0
BALANCE = "balance"


def terms() -> tuple[str, ...]:
    """Names of the weights: the balance, each kind of evidence, squares."""
    return (BALANCE, *NAMES, *(f"{name} squared" for name in NAMES[:CURVED]))


@dataclass(frozen=True)
class Weights:
    """One kind's model: evidence is centred, scaled, clipped, squared and weighed."""

    centre: Doubles
    spread: Doubles
    weight: Doubles

    def probability(self, table: Reals) -> Doubles:
        return np.asarray(1 / (1 + np.exp(-np.clip(_design(table, self) @ self.weight, -30, 30))))


def _design(table: Reals, how: Weights) -> Doubles:
    scaled = np.clip((table - how.centre) / how.spread, -WIDEST, WIDEST)
    some = scaled[:, :CURVED]
    return np.concatenate((np.ones((len(table), 1)), scaled, some * some), axis=1)


@dataclass(frozen=True)
class Judge:
    """The models of all kinds."""

    kinds: Mapping[str, Weights]

    def probability(self, thought: Candidates, read: Sequence[str], table: Reals) -> Doubles:
        """For each candidate how probable it is that it is right."""
        found = np.zeros(len(thought))
        for name, rows in split(thought, read).items():
            if name in self.kinds and rows.any():
                found[rows] = self.kinds[name].probability(table[rows])
        return found


def split(thought: Candidates, read: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
    """Which candidates are of which kind."""
    new = np.array([is_han(str(char)) for char in thought.char], dtype=bool)
    old = np.array([is_han(char) for char in read], dtype=bool)
    kind = thought.kind
    return {
        "character": (kind == SUBSTITUTE) & new & old,
        "mark": (kind == SUBSTITUTE) & ~(new & old),
        "added-mark": (kind == INSERT) & ~new,
        "added-character": (kind == INSERT) & new,
        "dropped": kind == DELETE,
    }


def fit(table: Reals, right: NDArray[np.bool_], strength: float = 6.0) -> Weights:
    """The weights that make `right` likeliest, held small by `strength` (Newton's method)."""
    centre, spread = table.mean(axis=0, dtype=np.float64), table.std(axis=0, dtype=np.float64) + 1e-3
    how = Weights(centre, spread, np.zeros(len(terms())))
    design, target = _design(table, how), right.astype(np.float64)
    weight = how.weight
    for _ in range(14):
        guess = 1 / (1 + np.exp(-np.clip(design @ weight, -30, 30)))
        slope = design.T @ (target - guess) - strength * weight
        bend = (design * (guess * (1 - guess))[:, None]).T @ design
        step = np.linalg.solve(bend + strength * np.eye(len(weight)), slope)
        weight = weight + step
        if np.abs(step).max() < 1e-3:
            break
    return Weights(centre, spread, weight)


def rows(kinds: Mapping[str, Weights]) -> list[tuple[str, ...]]:
    """The models as rows of a table, sorted: kind: term, centre, spread, weight."""
    found = []
    for kind, how in kinds.items():
        for at, name in enumerate(terms()):
            plain = 1 <= at <= len(NAMES)
            centre = f"{how.centre[at - 1]:.5g}" if plain else ""
            spread = f"{how.spread[at - 1]:.5g}" if plain else ""
            found.append((f"{kind}: {name}", centre, spread, f"{how.weight[at]:.4g}"))
    return sorted(found)


def load(table: Sequence[Sequence[str]]) -> Judge:
    """The judge of a table's rows; KeyError where terms are missing."""
    kinds: dict[str, dict[str, Sequence[str]]] = {}
    for name, *cells in table:
        kind, _, term = name.partition(": ")
        kinds.setdefault(kind, {})[term] = cells
    found = {}
    for kind, cells_of in kinds.items():
        found[kind] = Weights(
            np.array([float(cells_of[name][0]) for name in NAMES]),
            np.array([float(cells_of[name][1]) for name in NAMES]),
            np.array([float(cells_of[name][2]) for name in terms()]),
        )
    return Judge(found)
