"""Formulas, what is always said the same way, in memory; and where a text follows one but for a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from cleanup.score.hashed import columns, hashed, is_in, mixed, threes
from cleanup.text.once import once
from cleanup.text.wording import Codes

KINDS, ORDER = 8, 6
ANCHOR, NEAR_ANCHOR = 4, 3
"""Characters of a formula that a text must have on the one side of what differs, and on the other."""
WIDEST = 6
"""Characters that differ, at the most, in the text and in the formula."""
REACH = 12
"""Characters on either side up to which both are compared."""
MOST = 48
"""Places with the same four characters that are looked at, the most often counted."""
_END = ord("\n")
Ints = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Drifts:
    """Where a text differs from formulas, row by row."""

    start: Ints
    end: Ints
    """What differs in the wording of the text; nothing where something is lost."""
    piece: Ints
    """Where what the formula has instead begins in the pieces."""
    size: Ints
    """How many characters it has there."""
    left: Ints
    right: Ints
    """How many characters before and behind are the same, up to REACH."""
    count: Reals
    """How often the formula was counted around the place."""
    share_left: Reals
    share_right: Reals
    """Of what follows the same four characters before, or stands before the same behind, the part that
    goes on so."""

    def __len__(self) -> int:
        return len(self.start)

    def only(self, rows: NDArray[np.bool_] | Ints) -> Drifts:
        return Drifts(*(getattr(self, field.name)[rows] for field in fields(self)))


def joined(parts: Sequence[Drifts]) -> Drifts:
    """Several as one; the same change is found once."""
    columns = [np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Drifts)]
    return Drifts(*columns)


@dataclass(frozen=True, eq=False)
class Formulas:
    """The formulas of one source."""

    kinds: Sequence[str]
    """The kinds of text that were counted apart."""
    pieces: Codes
    order: NDArray[np.uint32]
    levels: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    fours: NDArray[np.uint8]
    fives: NDArray[np.uint8]

    def counts(self, places: Ints) -> Reals:
        """How often the runs of ORDER characters from these places on were counted."""
        packed = self.levels.take(places, mode="clip")
        half = _halves()
        return np.asarray(half.take(packed & np.uint32(0xFFFF)) + half.take(packed >> np.uint32(16)))

    def counted(self, place: int) -> str:
        """Of which kinds of text the run from a place on is, and how often it was counted in each, about."""
        near = np.arange(max(0, place - ORDER // 2), place + 1)
        level = int(self.levels[near[np.argmax(self.counts(near))]])
        rows = [(int(_WORTH[level >> 4 * at & 15]), kind) for at, kind in enumerate(self.kinds)]
        return "；".join(f"{kind} ×{count}" for count, kind in sorted(rows, key=lambda row: -row[0]) if count)

    def breaks(self, text: Codes) -> tuple[NDArray[np.bool_], Ints, Ints]:
        """From which characters of `text` on four may stand so in a formula; before which formulas that it
        followed for four characters go on otherwise; and before which it begins to follow formulas that have
        something else before."""
        if len(text) <= ANCHOR:
            return np.zeros(len(text), dtype=bool), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        four = is_in(self.fours, mixed(columns(text, ANCHOR)), 1)
        five = np.zeros(len(text) - ANCHOR, dtype=bool)
        at = np.flatnonzero(four[:-1] | four[1:])
        five[at] = is_in(self.fives, mixed([text.take(at + offset) for offset in range(ANCHOR + 1)]), 2)
        ahead, after = np.flatnonzero(four[:-1] & ~five) + ANCHOR, np.flatnonzero(four[1:] & ~five) + 1
        return np.append(four, np.zeros(ANCHOR - 1, dtype=bool)), ahead, after

    def differences(self, text: Codes, left: Ints, right: Ints, odd: NDArray[np.bool_]) -> Drifts:
        """Where `text` follows a formula up to one of `left`, or from one of `right`, and again beyond a few
        characters, between two places that are `odd`. Of the places where formulas have the same instead the
        one that agrees farthest counts.
        """
        around, doubtful = padded(text), np.pad(odd, ROOM)
        before, behind = (
            self._from(around, at + ROOM, side, doubtful) for at, side in ((left, 1), (right, -1))
        )
        start, end, piece, size, weight = (np.concatenate(pair) for pair in zip(before, behind, strict=True))
        ahead = self.agree(around, start - 1, piece - 1, -1)
        after = self.agree(around, end, piece + size, 1)
        near = np.maximum(piece[:, None] + np.array([-4, -2, 0]), 0)
        count = self.counts(near).min(axis=1)
        inner = np.arange(WIDEST)
        chars = self.pieces.take(piece[:, None] + inner, mode="clip")
        forms = mixed(list((chars * (inner < size[:, None])).T))
        # The same change, the farthest agreement first.
        order = np.lexsort((-count, -np.minimum(ahead, after) * REACH - ahead - after, forms, end, start))
        key = np.stack((start, end, forms.astype(np.int64)))[:, order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (key[:, 1:] != key[:, :-1]).any(axis=0)
        group = np.cumsum(first) - 1
        side = np.repeat([0, 1], [len(before[0]), len(behind[0])])[order]
        shares: list[Reals] = [
            np.bincount(group[side == one], weight[order][side == one], int(first.sum())).astype(np.float64)
            for one in (0, 1)
        ]
        best = order[first]
        return Drifts(
            start[best] - ROOM, end[best] - ROOM,
            piece[best], size[best], ahead[best], after[best], count[best],
            shares[0], shares[1],
        )  # fmt: skip

    def swaps(self, text: Codes, at: Ints, first: int, second: int) -> Drifts:
        """Where formulas have the `first` and the `second` characters from a place on the other way round:
        before them the four that the text has there, and behind them too, if not both in one formula."""
        size = first + second
        around = padded(text)
        at = at[(at >= ANCHOR) & (at <= len(text) - size - ANCHOR)]
        turned = [*range(first, size), *range(first)]
        rows = [
            around.take(at + ROOM + offset)
            for offset in (*range(-ANCHOR, 0), *turned, *range(size, size + ANCHOR))
        ]
        likely = is_in(self.fives, mixed(rows[: ANCHOR + 1]), 2) & is_in(
            self.fives, mixed(rows[-ANCHOR - 1 :]), 2
        )
        at = at[likely]
        if not len(at):
            none, no = np.zeros(0, dtype=np.int64), np.zeros(0)
            return Drifts(none, none, none, none, none, none, no, no, no)
        start = at + ROOM
        new = around[start[:, None] + np.array(turned)]
        sides = []
        for side, anchor in ((-1, start - ANCHOR), (1, start + size)):
            row, place = self.pairs(around, anchor)
            weight = self.counts(np.maximum(place if side < 0 else place - (ORDER - ANCHOR), 0))
            total = np.bincount(row, weight, len(at))
            piece = place + ANCHOR if side < 0 else place - size
            same = np.ones(len(row), dtype=bool)
            for offset in range(size):
                same &= self.pieces.take(piece + offset, mode="clip") == new[row, offset]
            row, piece, weight = row[same], piece[same], weight[same]
            here = start[row] - 1 if side < 0 else start[row] + size
            reach = self.agree(around, here, piece - 1 if side < 0 else piece + size, side)
            far, best = np.zeros(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
            np.maximum.at(far, row, reach)
            best[row[reach == far[row]]] = piece[reach == far[row]]
            sides.append((far, best, np.bincount(row, weight, len(at)) / np.maximum(total, 1.0)))
        (left, piece, before), (right, other, behind) = sides
        count = np.minimum(self.counts(np.maximum(piece - 2, 0)), self.counts(other))
        found = (left > 0) & (right > 0)
        same_size = np.full(len(at), size)
        return Drifts(at, at + size, piece, same_size, left, right, count, before, behind).only(found)

    def agree(self, text: Codes, here: Ints, there: Ints, step: int) -> Ints:
        """How many characters of text and pieces are the same from a place on, up to REACH."""
        steps = np.arange(0, REACH * step, step)
        ours = text.take(here[:, None] + steps, mode="clip")
        same = ours == self.pieces.take(there[:, None] + steps, mode="clip")
        same &= ours != _END
        return np.asarray(np.logical_and.accumulate(same, axis=1).sum(axis=1))

    def pairs(self, text: Codes, at: Ints) -> tuple[Ints, Ints]:
        """The rows of `at` with the places of pieces that have the same four characters."""
        cells = hashed([text.take(at + offset) for offset in range(ANCHOR)])
        first, last = (self.starts.take(cells + more).astype(np.int64) for more in (0, 1))
        many = last - first
        many = np.minimum(many, MOST)
        row = np.repeat(np.arange(len(at)), many)
        inner = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
        place = self.order.take(first[row] + inner).astype(np.int64)
        same = np.ones(len(row), dtype=bool)
        for offset in range(ANCHOR):
            ours = text.take(at[row] + offset)
            same &= (self.pieces.take(place + offset) == ours) & (ours != _END)
        return row[same], place[same]

    def _from(
        self, text: Codes, at: Ints, side: int, odd: NDArray[np.bool_]
    ) -> tuple[Ints, Ints, Ints, Ints, Reals]:
        """Where text and pieces agree on four characters before (side 1) or behind (-1) a break, and on three
        beyond a few that differ, which end at an odd place: start and end in the text, start and size in the
        piece, and the share of the places with the same four characters that each stands for."""
        row, place = self.pairs(text, at - ANCHOR if side > 0 else at)
        weight = self.counts(np.maximum(place if side > 0 else place - (ORDER - ANCHOR), 0))
        weight /= np.maximum(np.bincount(row, weight, len(at)), 1.0)[row]
        place = place + ANCHOR * (side > 0)
        # The first character beyond the anchor differs, else the same is found from another break.
        beyond = 0 if side > 0 else -1
        differs = self.pieces.take(place + beyond, mode="clip") != text.take(at[row] + beyond)
        row, place, weight = row[differs], place[differs], weight[differs]
        # Where the text may come back to the formula: at the break itself, or at odd places near it.
        edges = at[:, None] + np.arange(WIDEST + 1) * side
        back = odd.take(edges)
        back[:, 0] = True
        ends = text == _END
        within = ~(ends[:-2] | ends[1:-1] | ends[2:])
        back &= within.take(edges - (0 if side > 0 else NEAR_ANCHOR))
        breaks, less = np.nonzero(back)
        ours = threes(text, at[breaks] + less * side, side, 1)[:, 0]
        first = np.searchsorted(breaks, np.arange(len(at) + 1))
        many = (first[1:] - first[:-1])[row]
        pair = np.repeat(np.arange(len(row)), many)
        way = first[row][pair] + np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many)
        theirs = threes(self.pieces, place, side, WIDEST + 1)
        hit, more = np.nonzero(theirs[pair] == ours[way][:, None])
        pair, less = pair[hit], less[way[hit]]
        here, place = at[row[pair]], place[pair]
        start, piece = (here, place) if side > 0 else (here - less, place - more)
        last = (piece + more - 1, start + less - 1) if side > 0 else (piece, start)
        both = (more > 0) & (less > 0)
        # So does the last: else less differs.
        kept = both & (self.pieces.take(last[0], mode="clip") != text.take(last[1]))
        kept |= ~both & (more + less > 0)
        return start[kept], (start + less)[kept], piece[kept], more[kept], weight[pair][kept]


ROOM = ANCHOR + WIDEST + REACH
"""Line ends put around a text, so that no window leaves it."""
_WORTH = np.array([0.0, *(1.4 * 2.0**level for level in range(15))])


@once
def _halves() -> Reals:
    """What the levels of four kinds are worth together."""
    cells = np.arange(1 << 16)
    return np.asarray(sum(_WORTH[cells >> 4 * at & 15] for at in range(KINDS // 2)), dtype=np.float64)


def padded(text: Codes) -> Codes:
    """A text between line ends, ROOM of them on either side."""
    found = np.full(len(text) + 2 * ROOM, _END, dtype=np.uint16)
    found[ROOM:-ROOM] = text
    return found
