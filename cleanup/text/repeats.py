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
_SALT, _HIGH = np.uint64(0x9E3779B97F4A7C15), np.uint64(48)


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
    near = _near(grams, places)
    grams, places = grams[near], places[near]
    order = np.argsort(grams, kind="stable")
    grams, places = grams[order], places[order]
    apart = np.diff(places)
    found = (grams[1:] == grams[:-1]) & (apart >= _GRAM) & (apart <= LONGEST)
    found &= owner[places[1:]] == owner[places[:-1]]
    later, earlier = places[1:][found], places[:-1][found]
    turn = np.argsort(later)
    again: dict[int, list[tuple[int, int]]] = {}
    for one, two in zip(earlier[turn].tolist(), later[turn].tolist(), strict=True):
        number = int(owner[two])
        start = spans[number][0]
        again.setdefault(number, []).append((one - start, two - start))
    return again


def _near(grams: NDArray[np.uint64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those that may stand once more within LONGEST characters, by a short number made of each, in order."""
    with np.errstate(over="ignore"):
        short = ((grams * _SALT) >> _HIGH).astype(np.uint16)
    order = np.argsort(short, kind="stable")  # as fast as counting, for so short numbers
    again = (short[order[1:]] == short[order[:-1]]) & (np.diff(places[order]) <= LONGEST)
    some = np.zeros(len(grams), dtype=np.bool_)
    some[order[1:][again]] = some[order[:-1][again]] = True
    return np.flatnonzero(some)
