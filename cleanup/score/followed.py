"""A text as formulas see it: its wording, how odd each place is, and where it leaves formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cleanup.score.formulas import ANCHOR, WIDEST, Breaks, Formulas, Ints, Reals
from cleanup.score.ngram import Ngrams
from cleanup.score.scan import FLOOR, Scan, running, scan
from cleanup.score.stretches import parts
from cleanup.text.wording import Wording, wording

LONGEST = 30_000
"""Characters of a stretch of parts that are looked at together."""


@dataclass(frozen=True, eq=False)
class Followed:
    """What is known of a stretch of a text before anything is looked up."""

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

    def for_long(self, at: Ints, side: Ints, least: Ints) -> NDArray[np.bool_]:
        """Whether so many characters before (side 1) or from each of `at` on (-1), may be of a formula."""
        until = running(self.four, np.int64)
        first, runs = at - least * (side > 0), least - ANCHOR + 1
        within = (first >= 0) & (first + runs < len(until))
        known = until.take(first + runs, mode="clip") - until.take(first, mode="clip")
        return np.asarray(within & (known == runs))

    def coming_back(self, least: float, far: float, short: float) -> tuple[Breaks, Breaks]:
        """Those of `ahead` and of `after` with no more than `least` nats beyond which, at the place itself,
        next to it or at another such, the text may follow a formula again: for four characters, or three
        where one of both places has no more than `far` nats. Apart from the others those that have more than
        `short` nats and of whose formula the text has no more than four characters."""
        ahead, after = (self._back(at, side, least, far) for at, side in ((self.ahead, 1), (self.after, -1)))
        few = [
            (self.odd[at] > short) & ~self.four.take(beyond, mode="clip")
            for at, beyond in ((ahead, ahead - ANCHOR - 1), (after, after + 1))
        ]
        return Breaks(ahead[~few[0]], after[~few[1]]), Breaks(ahead[few[0]], after[few[1]])

    def _back(self, at: Ints, side: int, least: float, far: float) -> Ints:
        at = at[self.odd[at] <= least]
        edges = at[:, None] + np.arange(WIDEST + 1) * side
        odd = self.odd.take(edges, mode="clip")
        known = self.four.take(edges if side > 0 else edges - ANCHOR, mode="clip")
        doubtful = odd <= least
        doubtful[:, 1] = True
        return at[(doubtful & (known | (odd <= far) | (odd[:, :1] <= far))).any(axis=1)]


@lru_cache(maxsize=32)
def followed(text: str, model: Ngrams, formulas: Formulas) -> Followed:
    """A stretch of a text, in simplified script; each rule of formulas asks for the same."""
    words = wording(text)
    size = len(words.codes)
    odd = np.zeros(size + 1)
    if size > 1:
        forward, backward = (side.take(words.places[:size]) for side in sides(text, model))
        odd[1:size] = forward[1:] + backward[:-1]
    return Followed(words, odd, *formulas.breaks(words.codes))


def sides(text: str, model: Ngrams) -> tuple[Reals, Reals]:
    """Nats of each character of a stretch from the left and from the right, none below FLOOR."""
    found = scans(text, model)
    forward, backward = (
        np.maximum(np.concatenate([getattr(part, side) for part in found]), FLOOR)
        for side in ("forward", "backward")
    )
    return forward, backward


def scans(text: str, model: Ngrams) -> list[Scan]:
    """The parts of a stretch as the language model sees them."""
    return [scan(text[start:end], model) for start, end in parts(text)]


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a text, several together while they are short: each look costs as much as 5,000 characters."""
    start = end = 0
    for first, last in parts(text):
        if last - start > LONGEST and first > start:
            yield start, first
            start = first
        end = last
    if end > start:
        yield start, end
