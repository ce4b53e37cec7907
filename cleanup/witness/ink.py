"""Where print stands on a picture that no box covers: what an engine lost.

OpenCV comes with the recogniser.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleanup.model.box import Box
from cleanup.witness.pictures import Picture

_AROUND, _DARKER = 2.5, 25
"""Heights of a line around a pixel, and how much darker than on average there (of 255) ink is (by hand)."""
_EDGE = 0.1
"""Heights of a box beyond its edges that is still its own: all lines of articles that PP-OCRv4 lost on
bench/scans and bench/real are found with 0 to 0.2, not those between two others with 0.35."""
_ALONG, _ACROSS = 1.2, 0.25
"""Heights of a line over which ink is one, along it and across it (by hand, as what follows)."""
_LOW, _HIGH, _LONG = 0.5, 3.0, 1.2
"""The least and the greatest height of what may be print, and its least length, in heights of a line."""
_THIN, _THICK = 0.1, 0.65
"""Share of a line of print that is ink: less are specks, more is a picture."""


def rows(picture: Picture, boxes: Sequence[Box], high: float) -> list[Box]:
    """What may be lines of print outside of some boxes; all in pixels of the scan, `high`: of a line."""
    import cv2

    by = picture.scale
    high /= by
    dark = _dark(picture.pixels, high)
    for box in boxes:
        own, edge = box.scaled(1 / by, 1 / by), _EDGE * min(box.width, box.height) / by
        top, left = max(0, int(own.top - edge)), max(0, int(own.left - edge))
        dark[top : max(0, int(own.bottom + edge)), left : max(0, int(own.right + edge))] = 0
    one = np.ones((max(1, round(_ACROSS * high)), max(1, round(_ALONG * high))), np.uint8)
    _, _, parts, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, one))
    found = list[Box]()
    for left, top, width, height, _ in parts[1:].tolist():
        if not _LOW * high <= height <= _HIGH * high or width < _LONG * high:
            continue
        if _THIN <= float(dark[top : top + height, left : left + width].mean()) / 255 <= _THICK:
            found.append(Box(left, top, left + width, top + height).scaled(by, by))
    return found


def _dark(pixels: NDArray[np.uint8], high: float) -> NDArray[np.uint8]:
    """255 where there is ink."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    block = max(3, int(_AROUND * high) | 1)
    found = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, _DARKER
    )
    return np.asarray(found, dtype=np.uint8)
