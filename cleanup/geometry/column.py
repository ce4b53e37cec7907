"""A column of rows, and where its lines begin and end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from cleanup.geometry.lists import em_of
from cleanup.geometry.parts import Part
from cleanup.geometry.rows import Row, rows_of
from cleanup.model.box import BoxedLine

_ALIGNED, _ALIKE = 0.35, 1.2
"""In ems: ends so near are aligned; sizes up to so many times one another are one (by hand)."""
_NEAR = 7
"""Rows above and below that tell a row's edges: scans of bound books bend."""


_INDENT, _SOME = (1.2, 3.2), 4
"""In ems: how paragraphs are indented; rows of a column that tell whether they are (by hand)."""


@dataclass(frozen=True, slots=True)
class Set:
    """How a row is set in its column; measures in ems of the column."""

    text: str
    indent: float
    """From the column's left edge."""
    short: float
    """To its right edge."""
    size: float
    """Over that of the column's text."""
    leading: float
    """From the row above, over what is usual; 1 at the top."""
    run: int = 1
    """Rows one under another that are as big."""
    held: bool = False
    """At least three other rows end where it does, short of the edge: they have an edge of their own."""
    blocked: bool = False
    """No row of its column is indented as paragraphs are: white alone parts them."""
    sure: float = 1.0
    """How sure the engine was of what stands around it, 0 to 1; 1 where it says nothing."""


@dataclass
class Column:
    """Parts one under another."""

    parts: list[Part]
    lines: Sequence[BoxedLine]
    headline: Sequence[Row] = ()
    """The lines of one that runs across the direction of the page's; its parts are theirs."""

    @cached_property
    def em(self) -> float:
        return em_of(self.parts)

    @cached_property
    def rows(self) -> list[Row]:
        return list(self.headline) or rows_of(self.parts)

    @cached_property
    def edges(self) -> list[tuple[float, float]]:
        """Left and right edge at every row."""
        if self.headline:
            return [(row.x0, row.x1) for row in self.rows]
        solid = [row.units >= 4 and row.size < 1.4 * self.em for row in self.rows]
        found = []
        for index in range(len(self.rows)):
            near = range(max(0, index - _NEAR), min(len(self.rows), index + _NEAR + 1))
            some = [self.rows[i] for i in near if solid[i]] or [self.rows[i] for i in near]
            lefts, rights = sorted(row.x0 for row in some), sorted(row.x1 for row in some)
            left = lefts[int(0.2 * (len(lefts) - 1))]
            right = rights[-1 - int(0.2 * (len(rights) - 1))]
            found.append((left, right))
        return found

    @cached_property
    def leading(self) -> float:
        """The usual distance between rows."""
        some = sorted(b.middle - a.middle for a, b in zip(self.rows, self.rows[1:], strict=False))
        some = [gap for gap in some if gap > 0.7 * self.em]
        return some[int(0.4 * (len(some) - 1))] if some else 1.6 * self.em

    @cached_property
    def set(self) -> list[Set]:
        found = []
        runs = self._runs()
        ends = sorted(row.x1 for row in self.rows)
        for index, (row, (left, right)) in enumerate(zip(self.rows, self.edges, strict=True)):
            text = "".join(self.lines[part.line].text[part.start : part.end] for part in row.parts).strip()
            below = index > 0 and not self.headline
            gap = (row.middle - self.rows[index - 1].middle) / self.leading if below else 1.0
            slack = _ALIGNED * self.em
            held = bisect_right(ends, row.x1 + slack) - bisect_left(ends, row.x1 - slack) > 3
            indent, short = (row.x0 - left) / self.em, (right - row.x1) / self.em
            size = row.size / self.em
            found.append(Set(text, indent, short, size, gap, runs[index], held, sure=self._sure(index)))
        blocked = len(found) >= _SOME and not any(_INDENT[0] <= row.indent < _INDENT[1] for row in found)
        return [replace(row, blocked=blocked) for row in found]

    @cached_property
    def _said(self) -> list[tuple[float, float]]:
        """For each row, its characters times how sure the engine was of them, and their number."""
        found = []
        for row in self.rows:
            said = [
                (part.units, sure) for part in row.parts if (sure := self.lines[part.line].sure) is not None
            ]
            found.append((sum(units * sure for units, sure in said), sum(units for units, _ in said)))
        return found

    def _sure(self, index: int) -> float:
        near = self._said[max(0, index - _NEAR) : index + _NEAR + 1]
        told = sum(units for _, units in near)
        return sum(sure for sure, _ in near) / told if told else 1.0

    def _runs(self) -> list[int]:
        """For each row, how many follow one another that are as big."""
        begins = [0]
        for index, (one, two) in enumerate(pairwise(self.rows), 1):
            if not 1 / _ALIKE < two.size / one.size < _ALIKE:
                begins.append(index)
        begins.append(len(self.rows))
        return [two - one for one, two in pairwise(begins) for _ in range(two - one)]
