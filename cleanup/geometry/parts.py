"""The parts that an order is made of: stretches of lines, level and in pixels, whatever the setting.

A vertical page is turned by a quarter, so that its lines run to the right and follow one another downwards
as those of a horizontal one do: its tiers become columns, and all else is one piece of code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import isfinite
from statistics import median

from cleanup.model.box import Box, BoxedLine, BoxedPage
from cleanup.text.widths import measure

Point = tuple[float, float]

_TALL = 1.6
"""Height over width from which a box of two characters and more is a vertical line (by hand)."""
_HOLE, _WORD_GAP = 0.45, 1.0
"""In ems: white between words from which a gutter may go through it, and from which a line is two (by hand;
tesseract's gaps inside a line are below 0.7)."""


_SOME = 4
"""Words that tell how high their line is."""


@dataclass(frozen=True, slots=True)
class Hole:
    """White between two words of a line, and the character it stands before."""

    x0: float
    x1: float
    at: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line: where it stands, how wide its text is in ems, and how big it is set."""

    line: int
    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    units: float
    size: float
    crosswise: bool = False
    """It runs across the direction of the page's lines: a vertical headline beside horizontal columns."""
    holes: tuple[Hole, ...] = ()
    """From left to right; () where the engine boxes lines only."""
    middle: float = field(init=False, default=0.0)
    """Of its height."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "middle", (self.y0 + self.y1) / 2)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def between(self, x0: float, x1: float, units: float) -> Part:
        """As much of it as stands between two places. (`dataclasses.replace` takes three times as long.)"""
        return Part(
            self.line, self.start, self.end, x0, self.y0, x1, self.y1,
            max(0.5, units), self.size, self.crosswise, self.holes,
        )  # fmt: skip


def placed(line: BoxedLine) -> bool:
    """Whether the line has a place that can be used."""
    box = line.box
    return (
        bool(line.text.strip())
        and all(isfinite(value) for value in (box.left, box.top, box.right, box.bottom))
        and box.width > 0
        and box.height > 0
    )


def is_vertical(page: BoxedPage) -> bool:
    """Whether most of the page's text stands in lines that run downwards."""
    tall = wide = 0
    for line in page.lines:
        if placed(line) and len(line.text) > 1:
            if line.box.height > _TALL * line.box.width:
                tall += len(line.text)
            elif line.box.width > _TALL * line.box.height:
                wide += len(line.text)
    return tall > wide


def corners(line: BoxedLine, vertical: bool) -> list[Point]:
    """The four corners, turned by a quarter on a vertical page."""
    found: Sequence[Point] = line.corners
    if len(found) != 4 or not all(isfinite(x) and isfinite(y) for x, y in found):
        box = line.box
        found = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    return [turned(point, vertical) for point in found]


def without_upright_corners(page: BoxedPage) -> BoxedPage:
    """The page as boxes alone where the corners of every line are those of its box: they tell no skew."""
    if all(_is_upright(line) for line in page.lines):
        return replace(page, lines=tuple(replace(line, corners=()) for line in page.lines))
    return page


def _is_upright(line: BoxedLine) -> bool:
    box = line.box
    return set(line.corners) <= {(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)}


def turned(point: Point, vertical: bool) -> Point:
    return (point[1], -point[0]) if vertical else point


def _box_points(box: Box, vertical: bool) -> list[Point]:
    ends = ((box.left, box.top), (box.right, box.bottom))
    (xa, ya), (xb, yb) = (turned(point, vertical) for point in ends)
    return [(xa, ya), (xb, ya), (xb, yb), (xa, yb)]


def _level(
    points: Sequence[Point], cos: float, sin: float, upright: bool
) -> tuple[float, float, float, float]:
    """Left, top, right, bottom with the skew taken out; an upright box of a skewed line is too high by it."""
    if upright:
        x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
        y0, y1 = min(y for _, y in points), max(y for _, y in points)
        width, height = x1 - x0, y1 - y0
        height = max(0.4 * height, height - width * abs(sin / cos))
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        x, y = x * cos + y * sin, y * cos - x * sin
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2
    xs = sorted(x * cos + y * sin for x, y in points)
    ys = sorted(y * cos - x * sin for x, y in points)
    return (xs[0] + xs[1]) / 2, (ys[0] + ys[1]) / 2, (xs[2] + xs[3]) / 2, (ys[2] + ys[3]) / 2


Place = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def level(boxes: Sequence[Box], vertical: bool, cos: float, sin: float) -> list[Place]:
    """Where boxes lie in the frame of the parts."""
    return [_level(_box_points(box, vertical), cos, sin, upright=True) for box in boxes]


def parts_of(page: BoxedPage, vertical: bool, cos: float, sin: float) -> list[Part]:
    """Every placed line as one part, or as several where its words stand far apart."""
    found: list[Part] = []
    for number, line in enumerate(page.lines):
        if not placed(line):
            continue
        upright = len(line.corners) != 4
        x0, y0, x1, y1 = _level(corners(line, vertical), cos, sin, upright)
        whole = _part(number, 0, line.text, (x0, y0, x1, y1))
        found += _at_gaps(whole, line, vertical, cos, sin) if len(line.words) > 1 else [whole]
    return found


def _part(line: int, start: int, text: str, place: tuple[float, float, float, float]) -> Part:
    x0, y0, x1, y1 = place
    units, width, height = max(0.5, measure(text)), x1 - x0, y1 - y0
    across = height > _TALL * width and len(text.strip()) > 1
    size = min(height / units, width) if across else min(width / units, height)
    return Part(line, start, start + len(text), x0, y0, x1, y1, units, size, across)


def _at_gaps(whole: Part, line: BoxedLine, vertical: bool, cos: float, sin: float) -> list[Part]:
    """The line parted where its words leave more white than words of one line do."""
    if whole.crosswise:
        return [whole]
    spots: list[tuple[int, int, float, float]] = []
    heights: list[tuple[float, float]] = []
    at = 0
    for word in line.words:
        begin = line.text.find(word.text, at)
        if begin < 0 or not word.text:
            continue
        at = begin + len(word.text)
        x0, y0, x1, y1 = _level(_box_points(word.box, vertical), cos, sin, upright=True)
        if isfinite(x0 + y0 + x1 + y1):
            spots.append((begin, at, x0, x1))
            heights.append((y0, y1))
    whole = _as_words(whole, heights)
    holes = []
    for (_, _, _, left), (begin, _, right, _) in pairwise(spots):
        if right - left >= _HOLE * whole.size and whole.x0 < left < right < whole.x1:
            holes.append(Hole(left, right, begin))
    gaps = [hole.x1 - hole.x0 for hole in holes]
    ink = whole.width - sum(gap for gap in gaps if gap > _WORD_GAP * (whole.y1 - whole.y0))
    size = max(1e-6, min(whole.size, ink / whole.units))
    whole = replace(whole, holes=tuple(holes), size=size)
    found: list[Part] = []
    for hole in holes:
        if hole.x1 - hole.x0 >= _WORD_GAP * whole.size:
            left_part, whole = cut(whole, line.text, hole.at, hole.x0, hole.x1)
            found.append(left_part)
    return [*found, whole]


def _as_words(whole: Part, heights: list[tuple[float, float]]) -> Part:
    """The line as high as most of its words are: engines' boxes of lines take in specks and other lines."""
    if len(heights) < _SOME:
        return whole
    usual = median(y1 - y0 for y0, y1 in heights)
    some = [(y0, y1) for y0, y1 in heights if 0.7 * usual <= y1 - y0 <= 1.4 * usual]
    if len(some) < _SOME:
        return whole
    top, bottom = median(y0 for y0, _ in some), median(y1 for _, y1 in some)
    return replace(whole, y0=top, y1=bottom, size=max(1e-6, min(whole.size, 1.1 * (bottom - top))))


def cut(part: Part, text: str, at: int, left_end: float, right_start: float) -> tuple[Part, Part]:
    """`part` parted before character `at` of its line; the halves end and start at these places."""
    one = measure(text[part.start : at])
    two = measure(text[at : part.end])
    before = tuple(hole for hole in part.holes if hole.at < at)
    behind = tuple(hole for hole in part.holes if hole.at > at)
    left = replace(part, end=at, x1=max(part.x0 + 1, left_end), units=max(0.5, one), holes=before)
    right = replace(part, start=at, x0=min(part.x1 - 1, right_start), units=max(0.5, two), holes=behind)
    return left, right
