"""A logistic model over named features: how likely it is that nothing in a line can be read.

The weights are a table (built by dictionaries/build/specks.py from pages with their truth),
so that any single probability can be explained by adding up a few lines of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, fsum

INTERCEPT = "(always)"


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by feature; features without a weight count nothing."""

    weights: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """Between 0 and 1; calibrated on the pages that the model was fitted on."""
        weights = self.weights
        # The order of a set differs between processes; the exact sum does not.
        score = weights.get(INTERCEPT, 0.0) + fsum(weights.get(name, 0.0) for name in set(features))
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))
