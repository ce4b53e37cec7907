"""Runs of text said several times over, found in one walk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from cleanup.model.document import Document, Line


class Run(NamedTuple):
    """text[start:start + period] stands `copies` times in a row from `start`."""

    start: int
    period: int
    copies: int

    @property
    def end(self) -> int:
        return self.start + self.period * self.copies


_GRAM = 3
_ONE, _TWO = np.uint64(21), np.uint64(42)  # bits of a code point, and of two


@lru_cache(maxsize=2)
def of_lines(document: Document) -> tuple[tuple[Line, Run], ...]:
    """The runs in each line of text, by their place in the line's words."""
    return tuple(
        (line, run)
        for line in document.lines
        if line.kind in ("body", "heading", "list", "quote")
        for run in runs(document.words(line))
    )


def runs(text: str, longest: int = 200) -> Iterator[Run]:
    """Immediate repetitions of units of 3 to `longest` characters, from left to right, disjoint.

    A unit is found by its first three characters standing once more; only the nearest earlier place
    counts, which is where an immediate repetition has it.
    """
    done = 0
    for before, at in _again(text, longest):
        period = at - before
        if before < done or text[before:at] != text[at : at + period]:
            continue
        end = at + period
        while text[end : end + period] == text[before:at]:
            end += period
        yield Run(before, period, (end - before) // period)
        done = end


def _again(text: str, longest: int) -> list[tuple[int, int]]:
    """Where three characters stand twice, 3 to `longest` characters apart: the nearest earlier place, and the
    later one, in order of the later."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < 2 * _GRAM:
        return []
    grams = (codes[:-2] << _TWO) | (codes[1:-1] << _ONE) | codes[2:]
    order = np.argsort(grams, kind="stable")
    apart = np.diff(order)
    found = (grams[order[1:]] == grams[order[:-1]]) & (apart >= _GRAM) & (apart <= longest)
    later = order[1:][found]
    turn = np.argsort(later)
    return list(zip(order[:-1][found][turn].tolist(), later[turn].tolist(), strict=True))
