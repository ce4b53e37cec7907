"""Candidates by the characters around their place: what was thought of there once is not thought of again.

A text is read again after each change, and most of its places stand as they stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from cleanup.score.candidates import INSERT, Candidates, Ints
from cleanup.score.evidence import BESIDE, OWN
from cleanup.score.gate import Sites
from cleanup.score.ngram import Reals

_EDGE = "".join(map(chr, range(0xFDD0, 0xFDD0 + BESIDE)))
"""Stands before and behind a text; no text has these, which are no characters."""
_CHARACTER, _MARK, _LOST = 1, 2, 4
"""As what a place is looked at."""
_Key = tuple[int, str]
Think = Callable[[Sites], tuple[Candidates, Reals]]


class Known:
    """Candidates worth something at places of a text, with what is known of each from around its place."""

    def __init__(self, text: str, shown: str, heard: int, before: Known | None = None) -> None:
        """`shown`: how the text stands in traditional script, if it does; `heard`: how many numbers the other
        language model says of a candidate; `before`: those of the text before it was changed."""
        self._text, self._shown = (_EDGE + one + _EDGE if one else "" for one in (text, shown))
        self._before = before
        if before is not None:
            before._before = None
        nothing = np.zeros(0, dtype=np.int64)
        self._thought = Candidates(nothing, nothing, nothing, np.zeros(0, dtype="<U1"))
        self._own = np.zeros((0, OWN), dtype=np.float32)
        self._heard = np.zeros((0, heard), dtype=np.float32)
        self._rows: dict[_Key, tuple[int, int]] = {}
        """Of each place that was looked at, and as what, the first of its candidates, and the one behind."""

    def at(self, sites: Sites, think: Think, soon: Sites | None = None) -> tuple[Candidates, Reals, Ints]:
        """Those at some places, by place and kind, and their numbers here; `think` is asked about places not
        seen so far, at the same time about those that will be asked for `soon`."""
        wanted = list(self._keys(sites))
        others = self._keys(soon) if soon and self._before else ()
        # One look at a place, as a character or as the gap before it.
        asked = {(key[0] == _CHARACTER, at): key for some in (others, wanted) for key, at in some}
        self._take([(key, at) for (_, at), key in asked.items() if key not in self._rows], think)
        ranges = np.array([self._rows[key] for key, _ in wanted], dtype=np.int64).reshape(-1, 2)
        rows, many = _spread(ranges)
        found = self._thought.only(rows)
        places = np.repeat(np.array([at for _, at in wanted], dtype=np.int64), many)
        order = np.lexsort((found.kind, places))
        rows = rows[order]
        return Candidates(places, found.kind, found.new, found.char).only(order), self._own[rows], rows

    def heard(self, rows: Ints, hear: Callable[[Ints], Reals]) -> Reals:
        """What the other language model says of candidates with these numbers; `hear` is asked about those of
        which it was not heard, by their place among `rows`."""
        missing = np.flatnonzero(np.isnan(self._heard[rows]).any(axis=1))
        if len(missing):
            self._heard[rows[missing]] = hear(missing)
        return self._heard[rows]

    def _keys(self, sites: Sites) -> Iterable[tuple[_Key, int]]:
        """Of each place, as what it is looked at, and what stands around it."""
        looked: dict[int, int] = dict.fromkeys(sites.marks.tolist(), _MARK)
        for at in sites.lost.tolist():
            looked[at] = looked.get(at, 0) | _LOST
        text, shown, width = self._text, self._shown, 2 * BESIDE + 1
        for at in sites.characters.tolist():
            yield (_CHARACTER, text[at : at + width] + shown[at : at + width]), at
        for at, how in looked.items():
            yield (how, text[at : at + width] + shown[at : at + width]), at

    def _take(self, missing: list[tuple[_Key, int]], think: Think) -> None:
        """Know of some places: from before, or by thinking."""
        if self._before is not None:
            earlier = self._before
            taken = [(key, earlier._rows[key]) for key, _ in missing if key in earlier._rows]
            missing = [(key, at) for key, at in missing if key not in earlier._rows]
            ranges = np.array([found for _, found in taken], dtype=np.int64).reshape(-1, 2)
            rows, many = _spread(ranges)
            self._add([key for key, _ in taken], many, earlier._thought.only(rows), earlier._own[rows])
            self._heard[len(self._heard) - len(rows) :] = earlier._heard[rows]
        if not missing:
            return
        places = {
            how: np.array(sorted(at for (as_what, _), at in missing if as_what & how), dtype=np.int64)
            for how in (_CHARACTER, _MARK, _LOST)
        }
        thought, own = think(Sites(places[_CHARACTER], places[_MARK], places[_LOST]))
        keys, which = [], []
        inserted = thought.kind == INSERT
        for as_gap in (False, True):
            mine = np.flatnonzero(inserted == as_gap)
            some = sorted(((at, key) for key, at in missing if (key[0] != _CHARACTER) == as_gap))
            at = np.array([at for at, _ in some], dtype=np.int64)
            first, last = (np.searchsorted(thought.at[mine], at, side=side) for side in ("left", "right"))
            rows, many = _spread(np.stack((first, last), axis=1))
            keys += [key for _, key in some]
            which.append((mine[rows], many))
        rows, many = (np.concatenate(both) for both in zip(*which, strict=True))
        self._add(keys, many, thought.only(rows), own[rows])

    def _add(self, keys: list[_Key], many: Ints, thought: Candidates, own: Reals) -> None:
        """Know so many candidates of each key."""
        ends = len(self._thought) + np.cumsum(many)
        self._rows.update(zip(keys, zip((ends - many).tolist(), ends.tolist(), strict=True), strict=True))
        both = self._thought, thought
        at, kind, new, char = (
            np.concatenate([getattr(some, name) for some in both]) for name in ("at", "kind", "new", "char")
        )
        self._thought, self._own = Candidates(at, kind, new, char), np.concatenate((self._own, own))
        unheard = np.full((len(thought), self._heard.shape[1]), np.nan, dtype=np.float32)
        self._heard = np.concatenate((self._heard, unheard))


def _spread(ranges: Ints) -> tuple[Ints, Ints]:
    """All numbers of some ranges, one after the other, and how many each has."""
    many = ranges[:, 1] - ranges[:, 0]
    begins = np.cumsum(many) - many
    return np.arange(int(many.sum())) + np.repeat(ranges[:, 0] - begins, many), many
