"""How far a page lies askew: from the slope of its lines where engines give it, else from how they line up.

Slope is the rise over the run of a line, positive where lines sink to the right.
"""

from __future__ import annotations

from math import isfinite
from statistics import linear_regression, median

import numpy as np

from cleanup.geometry.lists import weighted
from cleanup.geometry.parts import corners, placed, turned
from cleanup.model.box import BoxedLine, BoxedPage

_LONG = 5
"""Characters from which a line's slope is worth something."""
_MOST = 0.09
"""Slopes beyond this (5 degrees) are no skew of a page."""
_LEAST_LINES = 4


def slope(page: BoxedPage, vertical: bool) -> float:
    """The slope that most of the print has; 0 where nothing tells it."""
    told: list[tuple[float, float]] = []
    boxes = []
    for line in page.lines:
        if not placed(line) or len(line.text) < _LONG:
            continue
        points = sorted(corners(line, vertical))
        width = (points[2][0] + points[3][0] - points[0][0] - points[1][0]) / 2
        height = abs(points[1][1] - points[0][1])
        if width < 2.5 * height:
            continue
        if len(line.corners) == 4:
            rise = (points[2][1] + points[3][1] - points[0][1] - points[1][1]) / 2
            told.append((rise / width, width))
        elif (known := _of_words(line, vertical)) is not None:
            told.append((known, width))
        else:
            boxes.append((points[0][0], points[0][1], points[3][0], points[3][1]))
    if len(told) >= _LEAST_LINES:
        found = weighted(told)  # by the lines' lengths
    elif len(boxes) >= _LEAST_LINES:
        found = _lined_up(np.array(boxes[:2000]))
    else:
        return 0.0
    return found if abs(found) <= _MOST else 0.0


def _of_words(line: BoxedLine, vertical: bool) -> float | None:
    """Through the middles of a line's words that are as high as most of them."""
    spots = []
    for word in line.words:
        box = word.box
        (xa, ya), (xb, yb) = turned((box.left, box.top), vertical), turned((box.right, box.bottom), vertical)
        if all(isfinite(value) for value in (xa, ya, xb, yb)):
            spots.append(((xa + xb) / 2, (ya + yb) / 2, abs(yb - ya)))
    if len(spots) < 4:
        return None
    usual = median(high for _, _, high in spots)
    some = [(x, y) for x, y, high in spots if abs(high - usual) <= 0.3 * usual]
    if len(some) < 4 or not 0 < 3 * usual <= max(some)[0] - min(some)[0]:
        return None
    return linear_regression(*zip(*some, strict=True)).slope


def _lined_up(boxes: np.ndarray) -> float:
    """The slope with which left edges, right edges and rows line up best."""
    x0, y0, x1, y1 = boxes.T
    width = x1 - x0
    unit = float(np.median(y1 - y0))
    middle = (y0 + y1) / 2
    best, found = -1.0, 0.0
    for step in range(-45, 46):
        rise = step / 1000
        left, right = middle - rise * width / 2, middle + rise * width / 2
        sharp = 0.0
        for values in (x0 + rise * left, x1 + rise * right, left - rise * x0):
            spots = np.floor(values / (0.35 * unit)).astype(int)
            counts = np.unique(spots, return_counts=True)[1].astype(float)
            sharp += float((counts**2).sum())
        sharp -= 1e-3 * abs(step)
        if sharp > best:
            best, found = sharp, rise
    return found
