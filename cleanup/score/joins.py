"""How likely a line goes on in the next one: a logistic model over named features.

The weights are a table (built by dictionaries/build/joins.py from pages with their truth), so that
the probability of any single join can be explained by adding up a few lines of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

INTERCEPT = "(always)"


@dataclass(frozen=True, slots=True)
class JoinModel:
    """Weights by feature; features without a weight count nothing."""

    weights: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """The probability of a join, 0 to 1; calibrated on the pages that the model was fitted on."""
        weights = self.weights
        score = weights.get(INTERCEPT, 0.0) + sum(weights.get(name, 0.0) for name in set(features))
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score))))
