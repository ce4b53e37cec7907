"""What rules may ask of formulas: where a text leaves what is always said the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleanup.rules import models
from cleanup.score import broken, drift
from cleanup.score.formulas import Formulas
from cleanup.score.ngram import Ngrams


class Said(NamedTuple):
    """The formulas that count for a text."""

    model: Ngrams
    formulas: Sequence[Formulas]
    """Those shipped come first."""

    def drifted(self, text: str) -> Iterable[drift.Reading]:
        """Where a text, in simplified script, differs from a formula by a few words."""
        return drift.read(text, self.model, self.formulas, models.drift_trees())

    def broken_off(self, text: str) -> Iterable[broken.Broken]:
        """Where a text, in simplified script, leaves a formula and does not come back."""
        return broken.find(text, self.model, self.formulas[0])
