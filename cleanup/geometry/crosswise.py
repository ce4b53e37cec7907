"""Headlines set across the direction of the page's lines: a vertical one beside horizontal columns, a
horizontal one over vertical columns. They are taken out before the order is sought, and come back before the
text they head: that which begins beside them, at their height.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleanup.geometry.column import Column
from cleanup.geometry.parts import Part

# All by hand, in ems of the page's text.
_GROUP = 2.0
"""Headlines so near one another are one."""
_LEVEL = 2.5
"""What a headline heads begins so near its top."""
_FAR = 8.0
"""What stands farther from it is not headed by it."""


def groups(parts: Sequence[Part], em: float) -> list[list[Part]]:
    """Headlines of one or several lines, which follow one another from the right to the left."""
    found: list[list[Part]] = []
    for part in sorted(parts, key=lambda one: (-one.x1, one.y0)):
        for group in found:
            last = group[-1]
            gap = last.x0 - part.x1
            low, high = min(last.y1, part.y1), max(last.y0, part.y0)
            if -_GROUP * em < gap < _GROUP * max(em, part.size) and low - high > 0.3 * (part.y1 - part.y0):
                group.append(part)
                break
        else:
            found.append([part])
    return found


def put_back(columns: list[Column], headlines: list[list[Part]], em: float) -> list[Column]:
    """The columns with every headline before the text that it heads."""
    for group in sorted(headlines, key=lambda one: (min(part.y0 for part in one), one[0].x0)):
        columns = _put(columns, group, em)
    return columns


def _put(columns: list[Column], group: list[Part], em: float) -> list[Column]:
    left, right = min(part.x0 for part in group), max(part.x1 for part in group)
    top, bottom = min(part.y0 for part in group), max(part.y1 for part in group)
    best: tuple[float, int, float] | None = None
    for index, column in enumerate(columns):
        beside = [row for row in column.rows if row.y1 > top - 0.3 * em and row.y0 < bottom]
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
        return [*columns[:at], Column(group, columns[0].lines), *columns[at:]] if columns else columns
    _, index, height = best
    if min(row.x0 for row in columns[index].rows) < left:
        index, height = _leftmost(columns, index, height, top, em)
    column = columns[index]
    above = [part for part in column.parts if part.middle < height - 0.3 * em]
    below = [part for part in column.parts if part.middle >= height - 0.3 * em]
    made = [Column(some, column.lines) for some in (above, group, below) if some]
    return [*columns[:index], *made, *columns[index + 1 :]]


def _leftmost(columns: list[Column], index: int, height: float, top: float, em: float) -> tuple[int, float]:
    """The first of the columns read up to `index` that begin at the headline's top."""
    while index > 0:
        before = columns[index - 1]
        rows = [row for row in before.rows if row.y1 > top - 0.3 * em]
        if not rows or abs(rows[0].y0 - top) > _LEVEL * em or rows[0].x0 >= columns[index].rows[0].x0:
            break
        index, height = index - 1, rows[0].middle
    return index, height
