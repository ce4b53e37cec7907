"""Formulas, what is always said the same way, in memory; and where a text follows one but for a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanup.score.hashed import columns, hashed, is_in, mixed, same_threes, windows
from cleanup.text.once import once
from cleanup.text.wording import Codes

KINDS, ORDER = 8, 6
ANCHOR, NEAR_ANCHOR = 4, 3
"""Characters of a formula that a text must have on the one side of what differs, and on the other."""
WIDEST = 5
"""Characters that differ, at the most, in the text and in the formula."""
REACH = 12
"""Characters on either side up to which both are compared."""
MOST = 48
"""Places with the same four characters that are looked at, the most often counted."""
_END = ord("\n")
Ints = NDArray[np.int64]
Reals = NDArray[np.float64]


class Breaks(NamedTuple):
    """Places in a text where formulas part from it."""

    ahead: Ints
    """Before which characters formulas that the text followed go on otherwise."""
    after: Ints
    """Before which the text begins to follow formulas that have something else before."""

    def both(self) -> tuple[Ints, Ints]:
        """All, with the direction in which the text may follow a formula again."""
        return np.concatenate(self), np.repeat(SIDES, [len(self.ahead), len(self.after)])


SIDES = (1, -1)


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


def nowhere() -> Drifts:
    """No difference at all."""
    none, no = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Drifts(none, none, none, none, none, none, no, no, no)


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

    def differences(self, text: Codes, breaks: Breaks, others: Breaks, odd: NDArray[np.bool_]) -> Drifts:
        """Where `text` follows a formula up to one of `breaks.ahead`, or from one of `breaks.after`, and
        again beyond a few characters, between two places that are `odd`, or beside one that is; what is found
        so is looked for from `others` too, for the shares. Of the places where formulas have the same instead
        the one that agrees farthest counts.
        """
        around, doubtful = padded(text), np.pad(odd, ROOM)
        rows = [self._from(around, *breaks.both(), doubtful)]
        at, side = others.both()
        ends = np.zeros((2, len(around)), dtype=bool)
        ends[0, rows[0][0]] = ends[1, rows[0][1]] = True
        kept = ends[(side < 0).astype(np.intp), at + ROOM]
        if kept.any():
            rows.append(self._from(around, at[kept], side[kept], doubtful))
        start, end, piece, size, weight, ways = map(np.concatenate, zip(*rows, strict=True))
        if not len(start):
            return nowhere()
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
        side = ways[order]
        shares: list[Reals] = [
            np.bincount(group[side == one], weight[order][side == one], int(first.sum())).astype(np.float64)
            for one in SIDES
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
        columns = (*range(-ANCHOR, 0), *turned, *range(size, size + ANCHOR))
        for edge in (columns[: ANCHOR + 1], columns[-ANCHOR - 1 :]):
            at = at[is_in(self.fives, mixed([around.take(at + ROOM + offset) for offset in edge]), 2)]
        if not len(at):
            return nowhere()
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
        """The rows of `at`, in a `padded` text, with the places of pieces that have the same four
        characters."""
        cells = hashed([text.take(at + offset) for offset in range(ANCHOR)])
        whole = np.ones(len(at), dtype=bool)
        for offset in range(ANCHOR):
            whole &= text.take(at + offset) != _END
        first = self.starts.take(cells).astype(np.int64)
        many = np.minimum(self.starts.take(cells + 1) - first, MOST) * whole
        row = np.repeat(np.arange(len(at)), many)
        place = self.order.take(np.arange(len(row)) + np.repeat(first - np.cumsum(many) + many, many))
        same = np.flatnonzero(_fours(self.pieces)[place] == _fours(text)[at][row])
        return row[same], place[same].astype(np.int64)

    def _from(
        self, text: Codes, at: Ints, side: Ints, odd: NDArray[np.bool_]
    ) -> tuple[Ints, Ints, Ints, Ints, Reals, Ints]:
        """Where text and pieces agree on four characters before (side 1) or behind (-1) a break, and on three
        beyond a few that differ, which end at an odd place: start and end in the text, start and size in the
        piece, the share of the places with the same four characters that each stands for, and the side."""
        ahead = side > 0
        at = at + ROOM
        row, anchor = self.pairs(text, at - ANCHOR * ahead)
        place = anchor + ANCHOR * ahead[row]
        # Where the text may come back to the formula: at the break, next to it, at odd places near it.
        edges = at[:, None] + np.arange(WIDEST + 1) * side[:, None]
        back = odd.take(edges)
        back[:, :2] = True
        ends = text == _END
        within = ~(ends[:-2] | ends[1:-1] | ends[2:])
        back &= within.take(edges - NEAR_ANCHOR * ~ahead[:, None])
        pair, less, more = same_threes(
            windows(text, at, side, WIDEST + 1), back, windows(self.pieces, place, side[row], WIDEST + 1), row
        )
        here, place, side = at[row[pair]], place[pair], side[row[pair]]
        before = side < 0
        start, piece = here - less * before, place - more * before
        last = piece + np.where(before, 0, more - 1), start + np.where(before, 0, less - 1)
        both = (more > 0) & (less > 0)
        # So does the last: else less differs.
        kept = both & (self.pieces.take(last[0], mode="clip") != text.take(last[1]))
        kept |= ~both & (more + less > 0)
        share = self._share(row, anchor - (ORDER - ANCHOR) * ~ahead[row], pair[kept])
        return start[kept], (start + less)[kept], piece[kept], more[kept], share, side[kept]

    def _share(self, row: Ints, place: Ints, asked: Ints) -> Reals:
        """Of all that stands at the places of the same row, the part that the `asked` ones have."""
        if not len(asked):
            return np.zeros(0)
        of_these = np.zeros(int(row[-1]) + 1, dtype=bool)
        of_these[row[asked]] = True
        every = np.flatnonzero(of_these[row])
        total = np.bincount(row[every], self.counts(np.maximum(place[every], 0)))
        return np.asarray(self.counts(np.maximum(place[asked], 0)) / np.maximum(total[row[asked]], 1.0))


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
    found = np.full(len(text) + 2 * ROOM, _END, dtype="<u2")
    found[ROOM:-ROOM] = text
    return found


def _fours(codes: Codes) -> NDArray[np.uint64]:
    """The four characters from each place on as one number, without a copy."""
    return np.ndarray((max(0, len(codes) - ANCHOR + 1),), "<u8", codes, strides=(codes.itemsize,))
