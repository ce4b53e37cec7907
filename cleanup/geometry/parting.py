"""One box over two columns parted: where its words, or its characters' pitch, leave the gutter."""

from __future__ import annotations

from cleanup.geometry.gutters import Gutter
from cleanup.geometry.parts import Part, cut
from cleanup.model.box import BoxedLine
from cleanup.text.scripts import NEVER_FIRST
from cleanup.text.widths import measure

_NO_START = set(NEVER_FIRST + "％,.;:?!)%]}")
_NO_END = set("（《“‘「『【〈([{")


def parted(part: Part, gutter: Gutter, line: BoxedLine) -> tuple[Part, Part] | None:
    """The two lines in the box; None where no character is left for one of them."""
    text = line.text
    if part.end - part.start < 2:
        return None
    for hole in part.holes:
        if hole.x0 < gutter.x + 0.4 * part.size and hole.x1 > gutter.x - 0.4 * part.size:
            return cut(part, text, hole.at, hole.x0, hole.x1)
    left, right = gutter.left - part.x0, part.x1 - gutter.right
    if left <= 0 or right <= 0:
        return None
    want = measure(text[part.start : part.end]) * left / (left + right)
    best, least = part.start + 1, 1e18
    width = 0.0
    for at in range(part.start + 1, part.end):
        width += measure(text[at - 1])
        off = abs(width - want)
        off += 0.8 * (text[at] in _NO_START) + 0.8 * (text[at - 1] in _NO_END)
        off -= 0.9 * (text[at - 1].isspace() or text[at].isspace())
        if off < least:
            best, least = at, off
    return cut(part, text, best, gutter.left, gutter.right)
