"""A text as formulas see it: its wording, how odd each place is, and where it leaves formulas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cleanup.score.formulas import ANCHOR, WIDEST, Formulas, Ints, Reals
from cleanup.score.ngram import Ngrams
from cleanup.score.scan import FLOOR, running, scan
from cleanup.text.wording import Wording, wording


@dataclass(frozen=True, eq=False)
class Followed:
    """What is known of a part of a text before anything is looked up."""

    words: Wording
    odd: Reals
    """Nats of the two characters before and behind the place before each character of the wording, and the
    one at its end, from both sides together; nothing at both ends."""
    four: NDArray[np.bool_]
    """From which characters on four stand as in a formula, mostly."""
    ahead: Ints
    """Before which characters formulas that the text followed for four characters go on otherwise."""
    after: Ints
    """Before which the text begins to follow formulas that have something else before."""

    def for_long(self, at: Ints, side: int, least: int) -> NDArray[np.bool_]:
        """Whether so many characters before (side 1) or from each of `at` on (-1), may be of a formula."""
        runs = least - ANCHOR + 1
        until = running(self.four, np.int64)
        first = at - least if side > 0 else at
        within = (first >= 0) & (first + runs < len(until))
        known = until.take(first + runs, mode="clip") - until.take(first, mode="clip")
        return np.asarray(within & (known == runs))

    def coming_back(self, least: float, far: float) -> tuple[Ints, Ints]:
        """Those of `ahead` and of `after` with no more than `least` nats beyond which, at the place itself or
        another such, the text may follow a formula again: for four characters, or three where one of both
        places has no more than `far` nats."""
        return self._back(self.ahead, 1, least, far), self._back(self.after, -1, least, far)

    def _back(self, at: Ints, side: int, least: float, far: float) -> Ints:
        at = at[self.odd[at] <= least]
        edges = at[:, None] + np.arange(WIDEST + 1) * side
        odd = self.odd.take(edges, mode="clip")
        known = self.four.take(edges if side > 0 else edges - ANCHOR, mode="clip")
        return at[((odd <= least) & (known | (odd <= far) | (odd[:, :1] <= far))).any(axis=1)]


@lru_cache(maxsize=32)
def followed(text: str, model: Ngrams, formulas: Formulas) -> Followed:
    """A part of a text, in simplified script; each rule of formulas asks for the same."""
    words = wording(text)
    size = len(words.codes)
    odd = np.zeros(size + 1)
    if size > 1:
        found = scan(text, model)
        odd[1:size] = np.maximum(found.forward, FLOOR).take(words.places[1:size])
        odd[1:size] += np.maximum(found.backward, FLOOR).take(words.places[: size - 1])
    return Followed(words, odd, *formulas.breaks(words.codes))
