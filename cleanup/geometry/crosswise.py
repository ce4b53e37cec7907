"""Headlines set across the direction of the page's lines: a vertical one beside horizontal columns, a
horizontal one over vertical columns. They are taken out before the order is sought, and come back before the
text they head: that which begins beside them, at their height.

An engine gives a vertical headline in one box, or letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from cleanup.geometry.column import Column
from cleanup.geometry.parts import Part, Place
from cleanup.geometry.rows import Row
from cleanup.model.box import BoxedLine
from cleanup.text.scripts import is_han

Headline = list[Row]
"""Its lines in the order in which they are read."""

# All by hand, in ems of the page's text.
_GROUP = 2.0
"""Headlines so near one another are one."""
_LEVEL = 2.5
"""What a headline heads begins so near its top."""
_FAR = 8.0
"""What stands farther from it is not headed by it."""
_FLUSH = 1.0
"""A headline begins so near the edge of the column whose text goes on under it."""
_BIG = 1.2
"""Letters under one another are a headline from this size: a table's are as big as its text …"""
_GAP = 0.6
"""… and stand farther apart: in sizes of the letters."""
_LETTERS = 3
"""Letters of a headline, at the least."""
MOST = 100
"""Lines of headlines; a page with more has none: bounds the time."""


def stacks(parts: Sequence[Part], lines: Sequence[BoxedLine], em: float, vertical: bool) -> list[list[Part]]:
    """Lines that run across those of the page, each in one box, in several, or letter by letter; from the
    top."""
    single = [
        part
        for part in parts
        if part.crosswise or (not vertical and _is_big_letter(part, lines[part.line].text, em))
    ]
    found: list[list[Part]] = []
    near: list[list[Part]] = []
    for part in sorted(single, key=lambda one: (one.y0, one.x0, one.line)):
        near = [stack for stack in near if part.y0 - stack[-1].y1 < 2 * _side(stack[-1])]
        for stack in near:
            last, size = stack[-1], median(_side(one) for one in (*stack, part))
            beside = abs((part.x0 + part.x1) - (last.x0 + last.x1)) / 2
            alike = size / 1.35 <= _side(part) <= size * 1.35
            if alike and beside < 0.35 * size and -0.5 * size < part.y0 - last.y1 < _GAP * size:
                stack.append(part)
                break
        else:
            near.append([part])
            found.append(near[-1])
    return [stack for stack in found if len(stack) >= _LETTERS or any(part.crosswise for part in stack)]


def _is_big_letter(part: Part, text: str, em: float) -> bool:
    letter = text[part.start : part.end].strip()
    return len(letter) == 1 and is_han(letter) and _side(part) >= _BIG * em


def _side(part: Part) -> float:
    """How big its letters are."""
    return part.width if part.crosswise else max(part.width, part.y1 - part.y0)


def headlines(stacked: Sequence[Sequence[Part]], em: float, vertical: bool) -> list[Headline]:
    """Headlines of one or several lines, which follow one another from the right to the left; on a vertical
    page, which is turned, from the top down."""
    some = [_line(stack) for stack in stacked]
    found: list[Headline] = []
    for line in sorted(some, key=lambda one: (-one.x1, one.y0)):
        for group in found:
            last = group[-1]
            gap = last.x0 - line.x1
            low, high = min(last.y1, line.y1), max(last.y0, line.y0)
            if -_GROUP * em < gap < _GROUP * max(em, line.size) and low - high > 0.3 * (line.y1 - line.y0):
                group.append(line)
                break
        else:
            found.append([line])
    return [group[::-1] for group in found] if vertical else found


def _line(parts: Sequence[Part]) -> Row:
    """A line of a headline out of its parts, from its beginning."""
    x0, x1 = min(part.x0 for part in parts), max(part.x1 for part in parts)
    y0, y1 = min(part.y0 for part in parts), max(part.y1 for part in parts)
    size = max(map(_side, parts)) if len(parts) > 1 else parts[0].size
    return Row(list(parts), x0, y0, x1, y1, size, sum(part.units for part in parts))


def place_of(headline: Headline) -> Place:
    """Where a headline stands."""
    return (
        min(line.x0 for line in headline),
        min(line.y0 for line in headline),
        max(line.x1 for line in headline),
        max(line.y1 for line in headline),
    )


def put_back(columns: list[Column], found: list[Headline], em: float) -> list[Column]:
    """The columns, at least one, with every headline before the text that it heads."""
    for headline in sorted(found, key=lambda one: (min(line.y0 for line in one), one[0].x0)):
        columns = _put(columns, headline, em)
    return columns


def _put(columns: list[Column], headline: Headline, em: float) -> list[Column]:
    left, top, right, bottom = place_of(headline)
    parts = [part for line in headline for part in line.parts]
    group = Column(parts, columns[0].lines, headline)
    best: tuple[float, int, float] | None = None
    for index, column in enumerate(columns):
        if column.headline:
            continue
        beside = [row for row in column.rows if row.y1 > top - 0.3 * em and row.y0 < bottom]
        under = _under(column, left, right, bottom, em)
        if under is not None:
            cost = abs(under.x0 - left) / em
            if best is None or cost < best[0]:
                best = (cost, index, under.middle)
        if not beside:
            continue
        first = beside[0]
        x0, x1 = min(row.x0 for row in beside), max(row.x1 for row in beside)
        gap = x0 - right if x0 > left else left - x1
        if gap > _FAR * em:
            continue
        worse = abs(first.y0 - top) / em if abs(first.y0 - top) > _LEVEL * em else 0.0
        cost = max(0.0, gap) / em + worse + (0.4 if x0 < left else 0.0)
        if best is None or cost < best[0]:
            best = (cost, index, first.middle)
    if best is None:
        at = sum(column.rows[0].middle < top for column in columns)
        return [*columns[:at], group, *columns[at:]]
    _, index, height = best
    if min(row.x0 for row in columns[index].rows) < left:
        index, height = _leftmost(columns, index, height, top, em)
    column = columns[index]
    above = [part for part in column.parts if part.middle < height - 0.3 * em]
    below = [part for part in column.parts if part.middle >= height - 0.3 * em]
    split = (Column(above, column.lines), group, Column(below, column.lines))
    return [*columns[:index], *(one for one in split if one.parts), *columns[index + 1 :]]


def _under(column: Column, left: float, right: float, bottom: float, em: float) -> Row | None:
    """The first row under a headline that stands at the head of a column, at its left edge."""
    below = [row for row in column.rows if row.y0 > bottom - em]
    if not below or below[0].y0 - bottom > _LEVEL * em:
        return None
    edges = min(row.x0 for row in below), max(row.x1 for row in below)
    beside = any(left < row.x1 and row.x0 < right for row in column.rows if row.y1 < bottom - em)
    return below[0] if not beside and abs(edges[0] - left) < _FLUSH * em and right < edges[1] else None


def _leftmost(columns: list[Column], index: int, height: float, top: float, em: float) -> tuple[int, float]:
    """The first of the columns read up to `index` that begin at the headline's top."""
    while index > 0:
        before = columns[index - 1]
        rows = [row for row in before.rows if row.y1 > top - 0.3 * em]
        if not rows or abs(rows[0].y0 - top) > _LEVEL * em or rows[0].x0 >= columns[index].rows[0].x0:
            break
        index, height = index - 1, rows[0].middle
    return index, height
