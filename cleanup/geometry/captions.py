"""Captions of pictures, which stand in the columns and are no part of what is read there.

Told by the picture's hole above them, or by their words: 图为…, ▲…, …摄.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleanup.geometry.column import Column
from cleanup.geometry.parts import Place
from cleanup.geometry.rows import Row
from cleanup.text.newspaper import begins_caption, is_credited

Where = tuple[int, int]
"""(index of the column, index of the row in it)"""

# All by hand, in ems of the page's text unless it says otherwise.
_ROWS = 3
"""Rows of a caption, at the most."""
_HOLE = 5.0
"""White over a caption that may be a picture."""
_UNDER = 2.5
"""White between a picture and its caption, at the most."""
_BIG = 1.15
"""A caption is not set bigger than the text so many times."""
_SHORT = 1.3
"""From a row's end to its column's edge: it does not go on."""
_FAR, _APART = 3.0, 1.3
"""Times the usual distance of rows: what stands so far above a caption, and below, is none of it."""
_ALIKE = 0.94
"""Sizes of a caption's rows, one over another, at the least."""
_LEAST = 4.0
"""Characters of a caption, at the least."""
_OPEN = "，、；："
"""It does not end in these."""


def captions(columns: Sequence[Column], em: float, pictures: Sequence[Place]) -> set[Where]:
    """The rows that are captions; `pictures`: where the engine says that some are."""
    found: set[Where] = set()
    boxes = np.array([(row.x0, row.y0, row.x1, row.y1) for column in columns for row in column.rows])
    pictures = [place for place in pictures if _is_clear(place, boxes.T, em)]
    for number, column in enumerate(columns):
        if column.headline:
            continue
        at = 0
        while at < len(column.rows):
            end = _told_end(column, at)
            if not end and (run := _run_end(column, at)):
                rows = column.rows[at:run]
                if _is_under_picture(rows, pictures, em) or _is_under_hole(rows, boxes.T, em):
                    end = run
            found |= {(number, row) for row in range(at, end)}
            at = max(end, at + 1)
    return found


def _told_end(column: Column, at: int) -> int:
    """The row behind a caption that its words tell; 0: they tell none."""
    if not begins_caption(column.set[at].text):
        return 0
    for end, row in enumerate(column.set[at : at + _ROWS], at + 1):
        if is_credited(row.text) or row.text.endswith("。") or row.short > _SHORT:
            return end
    return 0


def _run_end(column: Column, at: int) -> int:
    """The row behind rows that stand apart from what is above and below them; 0: they do not."""
    how = column.set
    if at and how[at].leading < _FAR:
        return 0
    end = at + 1
    while end < len(how) and how[end].leading < _APART and _are_alike(column.rows[at], column.rows[end]):
        end += 1
    rows, whole = column.rows[at:end], end - at == len(how)
    if len(rows) > _ROWS or sum(row.units for row in rows) < _LEAST or how[end - 1].text[-1:] in _OPEN:
        return 0
    ends = end == len(how) or how[end].leading >= _FAR or rows[0].size < _ALIKE * column.rows[end].size
    differs = whole or how[end - 1].short > _SHORT or rows[0].size < _ALIKE * column.em
    return end if ends and differs else 0


def _are_alike(one: Row, two: Row) -> bool:
    return _ALIKE < one.size / two.size < 1 / _ALIKE


def _is_clear(picture: Place, boxes: np.ndarray, em: float) -> bool:
    """Whether it is as large as pictures are and holds no print: engines take text for pictures, too."""
    left, top, right, bottom = picture
    x, y = (boxes[0] + boxes[2]) / 2, (boxes[1] + boxes[3]) / 2
    inside = (left < x) & (x < right) & (top < y) & (y < bottom)
    return min(right - left, bottom - top) > 0.8 * _HOLE * em and not inside.any()


def _is_under_picture(rows: Sequence[Row], pictures: Sequence[Place], em: float) -> bool:
    """Whether a picture stands right over most of what some rows take."""
    left, right, top = min(row.x0 for row in rows), max(row.x1 for row in rows), rows[0].y0
    return any(
        min(x1, right) - max(x0, left) > 0.5 * (right - left) and -em < top - y1 < _UNDER * em
        for x0, y0, x1, y1 in pictures
    )


def _is_under_hole(rows: Sequence[Row], boxes: np.ndarray, em: float) -> bool:
    """Whether print stands beside white over some rows that are set no bigger than the text."""
    if max(row.size for row in rows) > _BIG * em:
        return False
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    top = rows[0].y0
    x0, y0, x1, y1 = boxes
    above = y1[(x0 < right) & (x1 > left) & (y1 < top + 0.5 * em)]
    if not len(above) or top - (over := float(above.max())) < _HOLE * em:
        return False
    beside = (y0 < top - em) & (y1 > over + em)
    return bool(beside.any())
