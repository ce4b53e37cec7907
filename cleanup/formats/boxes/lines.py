"""What readers of engines' files share: numbers that may be wrong, words put together to lines."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from cleanup.model import placed
from cleanup.model.box import Box, BoxedLine, BoxedPage, BoxedWord
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_han

FARTHEST = 1e6
"""Pixels: no scan is as large; what lies beyond is no place."""
_BLANK = re_pattern(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WIDE_GAP, _WIDER = 1.5, 3.0
"""Heights of a line, and its middle gaps: so far apart stand words with a space between, in any script."""

Splice = tuple[int, int, str]
"""(start, end, what stands there then) in the text of a file."""


class Read(NamedTuple):
    """A line as it was read, and the parts of the file that its words stand in."""

    line: BoxedLine
    at: Any
    """The format's own handle of the line."""
    words: tuple[Any, ...] = ()
    """Handles of the words, one for each of `line.words`."""


class ReadPage(NamedTuple):
    """A page as it was read."""

    page: BoxedPage
    lines: tuple[Read, ...]
    """One for each of `page.lines`."""


def number(value: object) -> float:
    """A number as files give it; NaN where it is none, or no place on a scan."""
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return math.nan
    return found if abs(found) <= FARTHEST else math.nan


def box(left: object, top: object, right: object, bottom: object) -> Box | None:
    """A box of four numbers, turned the right way; None where one of them is none."""
    x, y, x1, y1 = number(left), number(top), number(right), number(bottom)
    if math.isnan(x + y + x1 + y1):
        return None
    return Box(min(x, x1), min(y, y1), max(x, x1), max(y, y1))


def hull(xs: Sequence[float], ys: Sequence[float]) -> Box | None:
    """The box around corners, whose numbers files give; None where there is none."""
    return box(min(xs), min(ys), max(xs), max(ys)) if xs and ys else None


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box that holds all of these; None where there is none."""
    found = list(boxes)
    return placed.around(found) if found else None


def share(value: object, whole: float = 1.0) -> float | None:
    """A confidence between 0 and 1, given as a part of `whole`; None where there is none."""
    found = number(value)
    return None if math.isnan(found) or found < 0 else min(1.0, found / whole)


def flat(text: str) -> str:
    """Words without line ends and control characters, each of which becomes a space; none at the ends."""
    return _BLANK.sub(" ", text).strip()


def is_wide(char: str) -> bool:
    """Whether a character fills a square: such ones stand side by side without spaces."""
    return is_han(char) or unicodedata.east_asian_width(char) in "WF"


def spaced(words: Sequence[BoxedWord], spaces: Sequence[bool]) -> tuple[BoxedWord, ...]:
    """The words, with the spaces between them that are printed: between Latin words, and where a gap is wide.

    `spaces`: whether the file has one behind the word. Engines put one behind every Chinese character.
    """
    gaps = [max(two.box.left - one.box.right, two.box.top - one.box.bottom) for one, two in pairwise(words)]
    middle = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    least = max(
        _WIDE_GAP * max((min(w.box.width, w.box.height) for w in words), default=0.0), _WIDER * middle
    )
    found = list[BoxedWord]()
    for at, (word, space) in enumerate(zip(words, spaces, strict=True)):
        after = words[at + 1].text[0] if at + 1 < len(words) else ""
        narrow = after and not (is_wide(word.text[-1]) or is_wide(after))
        is_space = bool(after) and space and (bool(narrow) or gaps[at] > least)
        found.append(replace(word, space_after=True) if is_space else word)
    return tuple(found)


def text_of(words: Iterable[BoxedWord]) -> str:
    """The text of a line's words."""
    return "".join(word.text + " " * word.space_after for word in words)


def spliced(text: str, found: Iterable[Splice]) -> str:
    """A text with each (start, end, new) put in; disjoint, at the same place one behind the other."""
    parts, last = list[str](), 0
    for start, end, new in sorted(found, key=lambda one: one[:2]):
        parts += (text[last:start], new)
        last = end
    return "".join((*parts, text[last:]))


def page(
    number: int,
    found: Sequence[tuple[Box | None, Read]],
    size: tuple[float, float] = (0.0, 0.0),
    pictures: Iterable[Box | None] = (),
    rules: Iterable[Box | None] = (),
) -> ReadPage:
    """A page of lines; one whose box is missing lies at the foot of the one before it."""
    lines, last = list[Read](), Box(0.0, 0.0, 0.0, 0.0)
    for place, read in found:
        last = place or Box(last.left, last.bottom, last.right, last.bottom)
        lines.append(read if read.line.box == last else read._replace(line=replace(read.line, box=last)))
    width, height = (0.0 if math.isnan(side) or side < 0 else side for side in size)
    drawn = (tuple(one for one in some if one and one.width + one.height > 0) for some in (pictures, rules))
    return ReadPage(
        BoxedPage(number, tuple(read.line for read in lines), width, height, *drawn), tuple(lines)
    )
