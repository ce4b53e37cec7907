"""Runs of text said several times over, found in one walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanup.model.document import Document, Line
from cleanup.text import signs


class Run(NamedTuple):
    """text[start:start + period] stands `copies` times in a row from `start`."""

    start: int
    period: int
    copies: int

    @property
    def end(self) -> int:
        return self.start + self.period * self.copies


LONGEST = 200
_GRAM = 3
_ONE, _TWO = np.uint64(21), np.uint64(42)  # bits of a code point, and of two
_SALT, _LOW, _HIGH = np.uint64(0x9E3779B97F4A7C15), np.uint64(32), np.uint64(48)


@lru_cache(maxsize=2)
def of_lines(document: Document) -> tuple[tuple[Line, Run], ...]:
    """The runs in each line of text, by their place in the line's words."""
    lines = [line for line in document.lines if line.kind in ("body", "heading", "list", "quote")]
    spans = [(line.content.start, line.content.end) for line in lines]
    return tuple(
        (lines[number], run)
        for number, pairs in _again(document.text, spans).items()
        for run in _runs(document.words(lines[number]), pairs)
    )


def _runs(text: str, again: Iterable[tuple[int, int]]) -> Iterator[Run]:
    """Immediate repetitions of units of 3 to LONGEST characters, from left to right, disjoint.

    A unit is found by its first three characters standing once more; only the nearest earlier place
    counts, which is where an immediate repetition has it.
    """
    done = 0
    for before, at in again:
        period = at - before
        if before < done or text[before:at] != text[at : at + period]:
            continue
        end = at + period
        while text[end : end + period] == text[before:at]:
            end += period
        yield Run(before, period, (end - before) // period)
        done = end


def _again(text: str, spans: Sequence[tuple[int, int]]) -> dict[int, list[tuple[int, int]]]:
    """By the number of the span, where in it three characters stand twice, 3 to LONGEST characters apart: the
    nearest earlier place, and the later one, in order of the later."""
    codes = signs.codes(text).astype(np.uint64)
    if len(codes) < 2 * _GRAM:
        return {}
    owner = np.full(len(codes), -1)
    for number, (start, end) in enumerate(spans):
        owner[start:end] = number
    places = np.flatnonzero((owner[:-2] == owner[2:]) & (owner[2:] >= 0))
    grams = ((codes[:-2] << _TWO) | (codes[1:-1] << _ONE) | codes[2:])[places]
    order = _in_order(grams)
    grams, places = grams[order], places[order]
    apart = np.diff(places)
    found = (grams[1:] == grams[:-1]) & (apart >= _GRAM) & (apart <= LONGEST)
    found &= owner[places[1:]] == owner[places[:-1]]
    later, earlier = places[1:][found], places[:-1][found]
    # What stands from the later place on must be what stands from the earlier one on: three looks tell most.
    period, size = later - earlier, len(codes) - 1
    for part in (1, 2, 4):
        reach = (period - 1) // part
        end = np.minimum(later + reach, size)
        same = (codes[earlier + reach] == codes[end]) & (owner[end] == owner[later])
        later, earlier, period = later[same], earlier[same], period[same]
    turn = np.argsort(later)
    again: dict[int, list[tuple[int, int]]] = {}
    for one, two in zip(earlier[turn].tolist(), later[turn].tolist(), strict=True):
        number = int(owner[two])
        start = spans[number][0]
        again.setdefault(number, []).append((one - start, two - start))
    return again


def _in_order(grams: NDArray[np.uint64]) -> NDArray[np.int64]:
    """An order in which equal ones stand together, from left to right."""
    mixed = grams * _SALT
    low, high = ((mixed >> shift).astype(np.uint16) for shift in (_LOW, _HIGH))
    # Sorting numbers so short is as fast as counting them.
    order = np.argsort(low, kind="stable")
    order = order[np.argsort(high[order], kind="stable")]
    low, high, found = low[order], high[order], grams[order]
    if ((low[1:] == low[:-1]) & (high[1:] == high[:-1]) & (found[1:] != found[:-1])).any():
        return np.argsort(grams, kind="stable")
    return order
