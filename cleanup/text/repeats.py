"""Runs of text said several times over, found in one walk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

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
    size = len(text)
    if len({text[at : at + _GRAM] for at in range(size - _GRAM + 1)}) > size - _GRAM:
        return  # nothing stands twice
    last: dict[str, int] = {}
    done = 0
    for at in range(size - _GRAM + 1):
        gram = text[at : at + _GRAM]
        before = last.get(gram, -1)
        last[gram] = at
        period = at - before
        if before < done or period > longest or period < _GRAM:
            continue
        if text[before:at] != text[at : at + period]:
            continue
        end = at + period
        while text[end : end + period] == text[before:at]:
            end += period
        yield Run(before, period, (end - before) // period)
        done = end
