"""Another reading of the same scan beside the base, by the places of its characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median
from typing import NamedTuple

from cleanup.model.box import Box, BoxedLine, BoxedPage, mean
from cleanup.model.placed import around, box_in

_BESIDE = 1.2
"""Heights of a line: so far beyond its ends its last characters may still stand (by hand)."""
_BAND = 2.0
"""Heights of a usual line that a band of the page has."""
_OVER = 0.3
"""Share of a box under which boxes of the base may lie where the base is said to have lost it."""
_OTHER_SIZE = 0.02
"""Pages that differ by more in size were scanned or scaled apart."""


class Beside(NamedTuple):
    """The characters of the other reading that stand where a line of the base stands, in order."""

    line: int
    """Index of the base's line."""
    text: str
    confidences: tuple[float | None, ...]


class Page(NamedTuple):
    """What another reading has of a page."""

    beside: list[Beside]
    lost: list[BoxedLine]
    """Where the base has no line."""


class Char(NamedTuple):
    line: int
    at: int
    char: str
    box: Box
    confidence: float | None


def compare(base: BoxedPage, other: BoxedPage) -> Page:
    """The other reading of a page sorted to the lines of the base."""
    lines = scaled(base, other)
    places = Lines(base.lines)
    beside: dict[int, list[list[Char]]] = defaultdict(list)
    lost = list[BoxedLine]()
    for number, line in enumerate(lines):
        found = [(places.at(char.box), char) for char in chars(number, line)]
        for place, some in groupby(found, key=lambda pair: pair[0]):
            run = [char for _, char in some]
            if place is not None:
                beside[place].append(run)
            elif not places.covers(box := around([char.box for char in run])):
                text = line.text[run[0].at : run[-1].at + 1]
                lost.append(BoxedLine(text, box, confidence=mean(char.confidence for char in run)))
    return Page([_in_order(place, base.lines[place], runs) for place, runs in sorted(beside.items())], lost)


def _in_order(place: int, line: BoxedLine, runs: list[list[Char]]) -> Beside:
    runs.sort(key=lambda run: run[0].box.top if line.box.is_tall else run[0].box.left)
    chars = [char for run in runs for char in run]
    return Beside(place, "".join(char.char for char in chars), tuple(char.confidence for char in chars))


def scaled(base: BoxedPage, other: BoxedPage) -> Sequence[BoxedLine]:
    """The lines of the other in the base's unit, where both say how large the page is."""
    if not (base.width and base.height and other.width and other.height):
        return other.lines
    across, down = base.width / other.width, base.height / other.height
    if abs(across - 1) < _OTHER_SIZE and abs(down - 1) < _OTHER_SIZE:
        return other.lines

    return [
        replace(
            line,
            box=line.box.scaled(across, down),
            words=tuple(replace(word, box=word.box.scaled(across, down)) for word in line.words),
        )
        for line in other.lines
    ]


def chars(number: int, line: BoxedLine) -> Iterator[Char]:
    """The characters of a line that are no space, each with its place."""
    said: list[float | None] = []
    for word in line.words:
        said += [word.confidence] * (len(word.text) + word.space_after)
    for at, char in enumerate(line.text):
        if not char.isspace():
            sure = said[at] if at < len(said) else line.confidence
            yield Char(number, at, char, box_in(line, at, at + 1), sure)


class Lines:
    """The lines of a page, to be found by a place on it."""

    def __init__(self, lines: Sequence[BoxedLine]) -> None:
        self._lines = lines
        tall = [min(line.box.height, line.box.width) for line in lines if line.text.strip()]
        self._band = _BAND * max(1.0, median(tall) if tall else 1.0)
        self._bands: dict[int, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            if line.text.strip() and line.box.width > 0 and line.box.height > 0:
                for band in self._within(line.box):
                    self._bands[band].append(number)

    def _within(self, box: Box) -> range:
        return range(
            int((box.top - self._band) // self._band), int((box.bottom + self._band) // self._band) + 1
        )

    def at(self, box: Box) -> int | None:
        """The line in which the middle of a box lies, else just beyond whose ends it lies."""
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        best: tuple[float, float, int] | None = None
        for number in self._bands.get(int(y // self._band), ()):
            own = self._lines[number].box
            if own.is_tall:
                along = max(own.top - y, y - own.bottom)
                across, size = abs(x - (own.left + own.right) / 2), own.width
            else:
                along = max(own.left - x, x - own.right)
                across, size = abs(y - (own.top + own.bottom) / 2), own.height
            if along <= _BESIDE * size and across <= size / 2:
                best = min(best or (max(along, 0.0), across, number), (max(along, 0.0), across, number))
        return best[2] if best else None

    def covers(self, box: Box) -> bool:
        """Whether lines lie over a good part of a box."""
        near = {number for band in self._within(box) for number in self._bands.get(band, ())}
        over = sum(self._lines[number].box.both(box).area for number in near)
        return over > _OVER * max(box.width * box.height, 1e-9)
