"""What an engine reads out of specks, rules and pictures, and hardly believes itself."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from cleanup.geometry.lists import without
from cleanup.geometry.parts import Part, cut
from cleanup.model.box import BoxedLine, mean
from cleanup.text.widths import measure

_FEW = 3
"""Characters of such a line, at the most; of the part of one, one: of 48 such 2 were on the page, of two and
three one in four."""
_UNSURE = 0.2
"""How sure the engine is of it, at the most. Of 74 characters in 45 such lines on 135 pages that tesseract
read (bench.drawn, ../shared/bench/scans), 2 were on the page; from 0.2 to 0.35 it is one in five."""
_READ = 0.5
"""So sure it must be of most lines of the page: where it could read nothing, nothing sets specks apart."""
_BARS = "|｜"


def bars(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> tuple[list[Part], list[Part]]:
    """The parts without the rules between columns that engines read as | at their ends, and these. The row of
    a table has bars inside as well, and stays."""
    kept, found = list[Part](), list[Part]()
    for part in parts:
        text = lines[part.line].text
        whole = text[part.start : part.end]
        inner = whole.strip(_BARS + " ")
        first = whole.find(inner)
        last = first + len(inner)
        if not inner or any(bar in inner for bar in _BARS):
            kept.append(part)
            continue
        if any(bar in whole[last:] for bar in _BARS):
            at = part.x1 - part.width * min(0.5, measure(whole[last:]) / part.units)
            part, edge = cut(part, text, part.start + last, at, at)
            found.append(edge)
        if any(bar in whole[:first] for bar in _BARS):
            at = part.x0 + part.width * min(0.5, measure(whole[:first]) / part.units)
            edge, part = cut(part, text, part.start + first, at, at)
            found.append(edge)
        kept.append(part)
    return kept, found


def specks(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> list[Part]:
    """The parts that are no print; never one with a figure."""
    return [
        part
        for part in _unsure(parts, lines)
        if (_is_whole(part, lines) or len(_text(part, lines)) == 1)
        and not any(map(str.isdigit, _text(part, lines)))
    ]


def frayed(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> list[Part]:
    """The parts that may be print, but stand far from the rest of their lines and would hide a gutter or an
    indent: they go where that goes. Never all of a line."""
    some = [part for part in _unsure(parts, lines) if not _is_whole(part, lines)]
    held = {part.line for part in parts} - {part.line for part in without(list(parts), some)}
    return [part for part in some if part.line not in held]


def _unsure(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> list[Part]:
    """Parts of few characters that the engine hardly believes; none where it believes little of the page."""
    said = [sure for line in lines if (sure := line.sure) is not None]
    if not said or median(said) < _READ:
        return []
    return [
        part
        for part in parts
        if len(_text(part, lines)) <= _FEW
        and (sure := _sure(part, lines[part.line])) is not None
        and sure < _UNSURE
    ]


def _is_whole(part: Part, lines: Sequence[BoxedLine]) -> bool:
    return part.end - part.start == len(lines[part.line].text)


def _text(part: Part, lines: Sequence[BoxedLine]) -> str:
    return "".join(lines[part.line].text[part.start : part.end].split())


def _sure(part: Part, line: BoxedLine) -> float | None:
    """How sure the engine was of a part's own words; of the whole line where it boxes lines only."""
    if not line.words:
        return line.sure
    at, said = 0, list[float | None]()
    for word in line.words:
        if part.start <= at < part.end:
            said.append(word.confidence)
        at += len(word.text) + word.space_after
    return mean(said)
