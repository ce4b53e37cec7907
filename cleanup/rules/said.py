"""What rules may ask of formulas: where a text leaves what is always said the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleanup.rules import models
from cleanup.score import broken, drift
from cleanup.score.formulas import Formulas
from cleanup.score.ngram import Ngrams

SHOWN, SHOWN_LONG = 0.25, 0.15
"""From here on it is suggested; and where the text follows the formula for LONG characters on both sides. (On
dev of ../shared/bench/drift the second finds 2 % more places, and nothing elsewhere; for all places it would
be 0.8 more in 10,000 characters elsewhere.)"""
LONG = 5


class Said(NamedTuple):
    """The formulas that count for a text."""

    model: Ngrams
    formulas: Sequence[Formulas]
    """Those shipped come first."""

    def drifted(self, text: str) -> Sequence[drift.Reading]:
        """Where a text, in simplified script, differs from a formula by a few words, if worth showing."""
        return _drifted(text, self.model, tuple(self.formulas))

    def broken_off(self, text: str) -> Iterator[broken.Broken]:
        """Where a text, in simplified script, leaves a formula and does not come back."""
        for place in broken.find(text, self.model, self.formulas[0]):
            if not any(one.start <= place.end and place.start <= one.end for one in self.drifted(text)):
                yield place


@lru_cache(maxsize=2)
def _drifted(text: str, model: Ngrams, formulas: tuple[Formulas, ...]) -> tuple[drift.Reading, ...]:
    return tuple(
        reading
        for reading in drift.read(text, model, formulas, models.drift_trees())
        if reading.probability >= (SHOWN_LONG if reading.nearer >= LONG else SHOWN)
    )
