"""Only the lines of an engine's file that are doubtful are read off the picture, and print that it lost.

Where the engine was sure and the language is usual a second reading rarely says anything else; for the other
lines the engine's file stands as it is, and counts as not seen. Two lines that it was sure of are read too:
where these say something else the picture is not the one that the file is of, or lies otherwise, and the
whole page is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from rapidfuzz.fuzz import ratio

from cleanup.engine import readings
from cleanup.model.box import Box, BoxedLine, BoxedPage
from cleanup.text.simplify import folded
from cleanup.witness import ink
from cleanup.witness.pictures import Picture
from cleanup.witness.recogniser import Corners, Print, Recogniser

_SURE, _USUAL = 0.95, -6.5
"""An engine's confidence, and the mean log-probability of a character, below which a line is doubtful: on
bench/scans 7 of PP-OCRv4's 58 lines a page, which lose nothing to a reading of all."""
_MOST = 0.4
"""Of more lines than that share a reading of the page is no dearer (by hand)."""
_CONTROL, _LONG, _ALIKE = 2, 8, 70.0
"""Lines that tell whether it is the right picture, their least length, and how alike they are read, of 100:
by hand; lines of other pages are below 20."""
_PRINT = 0.6
"""Mean confidence from which on ink is print (by hand)."""
_LEGIBLE = 0.3
"""Below it the recogniser's reading of a line is none, as of whole pages."""
_MARGIN = 0.12
"""Heights of a line that are shown above and below it, where the engine's boxes are close."""


def read(page: BoxedPage, picture: Picture, one: Recogniser) -> Print | None:
    """What stands on a picture, by the file of an engine where that is not in doubt; None where the whole
    page is to be read."""
    by = picture.width / page.width if page.width else 1.0
    own = [replace(line.scaled(by, by), confidence=line.sure) for line in page.lines if line.text.strip()]
    doubts = _doubtful(own)
    sure = [at for at in range(len(own)) if at not in doubts and len(own[at].text) >= _LONG]
    if len(sure) < _CONTROL or len(doubts) > _MOST * len(own):
        return None
    usual = median(len(own[at].text) for at in sure)  # a longer one may run over a gutter
    control = sorted(sure, key=lambda at: abs(len(own[at].text) - usual))[:_CONTROL]
    asked = [*control, *sorted(doubts)]
    found = one.lines(picture, [_corners(own[at]) for at in asked])
    if found is None:
        return None
    again = dict(zip(asked, found, strict=True))
    if any(
        (line := again[at]) is None or ratio(folded(line.text), folded(own[at].text)) < _ALIKE
        for at in control
    ):
        return None
    lines = [
        seen if (seen := again.get(at)) and (seen.confidence or 0.0) >= _LEGIBLE else _unseen(line)
        for at, line in enumerate(own)
    ]
    return Print(BoxedPage(1, (*lines, *_lost(own, picture, one)), picture.width, picture.height))


def _doubtful(lines: Sequence[BoxedLine]) -> set[int]:
    """Which lines the engine was not sure of, or that no language has."""
    usual = readings.usual([line.text for line in lines])
    return {
        at
        for at, (line, likely) in enumerate(zip(lines, usual, strict=True))
        if likely < _USUAL or (line.sure is not None and line.sure < _SURE)
    }


def _lost(own: Sequence[BoxedLine], picture: Picture, one: Recogniser) -> list[BoxedLine]:
    """Lines of print that the engine has not."""
    boxes = [line.box for line in own]
    high = median(min(box.width, box.height) for box in boxes)
    found = one.lines(picture, [_around(box, _MARGIN * high) for box in ink.rows(picture, boxes, high)])
    return [line for line in found or () if line and (line.confidence or 0.0) >= _PRINT]


def _unseen(line: BoxedLine) -> BoxedLine:
    """A line of the engine's, of which no witness says anything."""
    words = tuple(replace(word, confidence=None, others=()) for word in line.words)
    return replace(line, words=words, confidence=None)


def _corners(line: BoxedLine) -> Corners:
    if line.corners:
        return line.corners
    return _around(line.box, _MARGIN * min(line.box.width, line.box.height))


def _around(box: Box, margin: float) -> Corners:
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    if box.is_tall:
        left, right = left - margin, right + margin
    else:
        top, bottom = top - margin, bottom + margin
    return ((left, top), (right, top), (right, bottom), (left, bottom))
