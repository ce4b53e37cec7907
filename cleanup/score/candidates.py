"""Where a text is suspicious, and what may have stood there instead.

First the whole text is scanned; at places that neither neighbour expects, all characters are ranked by the
neighbours and by likeness, and the best of them are scored by the whole model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanup.score.channel import Channel
from cleanup.score.ngram import BREAK, UNKNOWN, Ids, Ngrams, Reals
from cleanup.score.pairs import Matrix, Pairs
from cleanup.text.scripts import is_han

Ints = NDArray[np.int64]
SUBSTITUTE, INSERT, DELETE = 0, 1, 2
SIDE = 4
"""Characters of context on either side."""
SUSPICIOUS = (0.0, -21.5, -6.0, -4.0, -13.0)
"""By kind of character: the log-probability, from both sides, below which it is looked at."""
LOST = -13.0
GAP = -9.0
"""The same for a gap, from its two neighbours."""
KEPT, KEPT_GAP = 20, 4
ADDED = "，。、；：“”"
_NEAR_MARKS = {
    "，": "。、；：",
    "。": "，、",
    "：": "；，。",
    "；": "：，",
    "、": "，。",
    ".": "，。、",
    "·": "，、",
    "!": "！",
}


@dataclass(frozen=True)
class Scan:
    """A text as the model sees it."""

    text: str
    ids: Ids
    forward: Reals
    backward: Reals


@dataclass(frozen=True)
class Candidates:
    """Changes that are thought of, one a row."""

    at: Ints
    kind: Ints
    new: Ints
    """Number of the new character in the model's alphabet; of the old one for a deletion."""
    char: NDArray[np.str_]
    """The new character."""

    def __len__(self) -> int:
        return len(self.at)

    def only(self, rows: NDArray[np.bool_]) -> Candidates:
        return Candidates(self.at[rows], self.kind[rows], self.new[rows], self.char[rows])


def scan(text: str, model: Ngrams) -> Scan:
    """Log-probabilities of every character of `text` from the left and from the right."""
    ids = model.alphabet.ids(text)
    padded = pad(ids)
    counts = model.counts(padded)
    cut = slice(SIDE, SIDE + len(ids))
    return Scan(text, ids, model.forward(padded, counts)[cut], model.backward(padded, counts)[cut])


def pad(ids: Ids) -> Ids:
    """`ids` between line ends, with room for contexts."""
    edge = np.full(SIDE, UNKNOWN)
    padded = np.concatenate((edge, ids, edge))
    padded[[SIDE - 1, SIDE + len(ids)]] = BREAK
    return padded


_Part = tuple[Ints, Ints, Ints, NDArray[Any]]
"""Places, kinds, numbers and characters of some candidates."""


class Proposer:
    """Knows what may stand between two characters."""

    def __init__(self, model: Ngrams, pairs: Pairs, channel: Channel) -> None:
        self._model, self.channel = model, channel
        self._pairs: Matrix = pairs.matrix()
        chars = self._pairs.chars
        ids = model.alphabet.ids(chars)
        single = model.single(ids)
        self._usable = np.array([is_han(c) for c in chars]) & (single > 0)
        self._chars = np.array(list(chars))
        self._commonness = np.where(self._usable, 0.5 * single, -1e9).astype(np.float32)
        self._ids = ids
        self._points = channel.glyphs.points(chars)
        self._column = pairs.columns(model.alphabet.chars)
        self._index = {char: at for at, char in enumerate(chars)}

    def propose(self, found: Scan) -> Candidates:
        """Candidates for every suspicious place."""
        kinds = np.array([_kind(char) for char in found.text], dtype=np.int8)
        odd = _odd(found, kinds)
        parts = [*self._substitutes(found, np.flatnonzero(odd), kinds)]
        parts += self._inserted(found, kinds)
        drop = np.flatnonzero(odd & (kinds != 4))
        parts.append((drop, np.full(len(drop), DELETE), found.ids[drop], np.array(list(found.text))[drop]))
        at = np.concatenate([part[0] for part in parts]).astype(np.int64)
        order = np.lexsort((np.concatenate([part[1] for part in parts]), at))
        return Candidates(
            at[order],
            np.concatenate([part[1] for part in parts])[order].astype(np.int64),
            np.concatenate([part[2] for part in parts])[order].astype(np.int64),
            np.concatenate([part[3].astype("<U1") for part in parts])[order],
        )

    def _ranked(self, left: Ids, right: Ids, extra: Reals | None, keep: int) -> NDArray[np.int64]:
        """The characters that best stand between `left` and `right`, by pairs and `extra`; row by row."""
        score = self._pairs.after(self._column[left]) + self._pairs.before(self._column[right])
        score += self._commonness
        if extra is not None:
            score += extra
        best = np.argpartition(-score, keep, axis=1)[:, :keep]
        rows = np.arange(len(best))[:, None]
        return np.where(score[rows, best] > -1e8, best, -1)

    def _substitutes(self, found: Scan, sites: Ints, kinds: NDArray[np.int8]) -> list[_Part]:
        parts: list[_Part] = []
        text = found.text
        padded = np.concatenate(([BREAK], found.ids, [BREAK]))
        sites_open = sites[kinds[sites] != 4]
        for start in range(0, len(sites_open), 512):
            some = sites_open[start : start + 512]
            reads = [text[at] for at in some.tolist()]
            extra = 7.0 * (self.channel.glyphs.points(reads) @ self._points.T)
            for row, read in enumerate(reads):
                for char, weight in self.channel.listed(read).items():
                    if char in self._index:
                        extra[row, self._index[char]] += 1.8 + 3.0 * weight
            best = self._ranked(padded[some], padded[some + 2], extra, KEPT)
            site, column = np.nonzero(best >= 0)
            chosen = best[site, column]
            at = some[site]
            differs = self._chars[chosen] != np.array(reads)[site]
            parts.append(
                (
                    at[differs],
                    np.full(differs.sum(), SUBSTITUTE),
                    self._ids[chosen][differs],
                    self._chars[chosen][differs],
                )
            )
        at_list: list[int] = []
        char_list: list[str] = []
        for at in sites.tolist():
            read = text[at]
            marks = set(_NEAR_MARKS.get(read, ""))
            marks |= {
                c
                for c, n in self.channel.misread.get(read, {}).items()
                if c and n >= 2 and not is_han(c) and not c.isalnum()
            }
            if kinds[at] == 4:
                marks = {
                    c for c, n in self.channel.misread.get(read, {}).items() if c and n >= 2 and is_han(c)
                }
            for char in sorted(marks - {read}):
                at_list.append(at)
                char_list.append(char)
        chars = "".join(char_list)
        parts.append((np.array(at_list, dtype=np.int64), np.full(len(at_list), SUBSTITUTE),
                      self._model.alphabet.ids(chars), np.array(char_list, dtype="<U1")))  # fmt: skip
        return parts

    def _inserted(self, found: Scan, kinds: NDArray[np.int8]) -> list[_Part]:
        """Candidates for gaps; a gap is the place before a character."""
        gap = np.zeros(len(found.ids), dtype=bool)
        gap[1:] = (found.forward[1:] + found.backward[:-1]) < GAP
        gap[1:] &= (kinds[1:] > 0) & (kinds[:-1] > 0)
        gap[1:] |= (found.ids[1:] == BREAK) & np.isin(kinds[:-1], (1, 3, 4))
        sites = np.flatnonzero(gap)
        padded = np.concatenate(([BREAK], found.ids, [BREAK]))
        count = len(ADDED)
        ids = self._model.alphabet.ids(ADDED)
        parts = [(np.repeat(sites, count), np.full(len(sites) * count, INSERT), np.tile(ids, len(sites)),
                  np.tile(np.array(list(ADDED)), len(sites)))]  # fmt: skip
        inner = sites[(found.ids[sites] != BREAK)]
        inner = inner[(found.forward[inner] + found.backward[inner - 1]) < LOST]
        for start in range(0, len(inner), 512):
            some = inner[start : start + 512]
            best = self._ranked(padded[some], padded[some + 1], None, KEPT_GAP)
            site, column = np.nonzero(best >= 0)
            chosen = best[site, column]
            parts.append((some[site], np.full(len(site), INSERT), self._ids[chosen], self._chars[chosen]))
        return parts


def _odd(found: Scan, kinds: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Which characters stand so oddly that they are looked at."""
    both = found.forward + found.backward
    near = np.concatenate((np.minimum(found.forward[1:], 0), [0])) + np.concatenate(
        ([0], found.backward[:-1])
    )
    score = np.where(kinds == 1, both + 0.5 * near, both)
    beside_han = np.concatenate((kinds[1:] == 1, [False])) | np.concatenate(([False], kinds[:-1] == 1))
    return np.asarray((score < np.array(SUSPICIOUS)[kinds]) & ((kinds < 3) | beside_han) & (kinds > 0))


def _kind(char: str) -> int:
    """1 Han, 2 mark, 3 Latin, 4 digit; 0 line end."""
    if is_han(char):
        return 1
    if char == "\n":
        return 0
    if char.isdigit():
        return 4
    return 3 if char.isalpha() else 2
