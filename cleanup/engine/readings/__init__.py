"""Several readings of one page: the base document, and what others have where it has something else.

Readings with places are laid beside the base by place, others by their text. Nothing is decided here but what
is not worth thinking of: the rules `layout.lost-line` and `context.other-reading` propose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from cleanup import formats
from cleanup.engine.readings import by_lines, by_text, pages, rows
from cleanup.formats import boxes
from cleanup.formats.encoding import encode
from cleanup.model.box import BoxedLine
from cleanup.model.document import Document, OtherReading
from cleanup.model.placed import Placed
from cleanup.rules import models
from cleanup.score import flow
from cleanup.text.scripts import is_han
from cleanup.text.simplify import folded

_MORE = 1.1
"""A later reading worth so many times as much as the first one is the base (by hand)."""
_PART = 40
"""Characters that are weighed in one."""
_SURE = 0.6
"""Engines' confidence from which on a line that only one has is worth reading: tesseract's of noise is at
most 0.3, of lines that PP-OCR lost 0.65 (bench/scans)."""
_USUAL = -5.5
"""Mean log-probability of a character from which on a line is read: 138 of 141 lines that tesseract lost lie
above it, all 24 that it made of a page upside down below (bench/scans)."""
_LEAST = 4
"""Han characters of a line that only one reading has; less is mostly the end of another line."""


def base_of(documents: Sequence[Document]) -> int:
    """Which of several readings of the same pages the others are held against: the first, unless another has
    clearly more text, and likelier."""
    sizes = [_worth(document.text) for document in documents]
    return 0 if max(sizes) <= _MORE * sizes[0] else sizes.index(max(sizes))


def merged(documents: Sequence[Document], at: int) -> Document:
    """One of several readings of the same pages, the base, with what the others have instead."""
    return beside(documents[at], [*documents[:at], *documents[at + 1 :]])


def beside(base: Document, rest: Sequence[Document]) -> Document:
    """A reading with what others of the same pages have instead."""
    placed = [one for one in rest if _side_by_side(base, one)]
    if base.boxed and placed:
        base = _by_place(base, placed)
    found = list(base.others)
    for one in rest:
        if base.boxed is None and one.boxed:
            base = _by_lines(base, one, found)
        elif one not in placed:
            texts = by_text.compare(base.text, one.text, one.name)
            found += [other for other in texts if not other.lost or _is_readable(other.text)]
    found.sort(key=lambda other: (other.span, other.source))
    files = tuple((one.name, sha256(encode(one.text, one.envelope)).hexdigest()) for one in rest)
    return replace(base, others=tuple(found), beside=files)


def _side_by_side(base: Document, other: Document) -> bool:
    """Whether both readings have places, of as many pages."""
    if not (base.boxed and other.boxed) or boxes.are_paragraphs(base.boxed.format):
        return False
    return len(base.boxed.pages) == len(other.boxed.pages)


def _by_lines(base: Document, other: Document, found: list[OtherReading]) -> Document:
    """The base, in which the lines of a reading with places are found; what differs goes to `found`."""
    assert other.boxed
    laid = by_lines.compare(base, rows.reading(other.boxed.pages, other.boxed.layouts), other.name)
    found += laid.others
    return replace(base, seen=(*base.seen, *laid.seen), agreed=tuple(laid.agreed), unseen=tuple(laid.unseen))


def _by_place(base: Document, others: Sequence[Document]) -> Document:
    assert base.boxed
    own, layouts = base.boxed.pages, base.boxed.layouts
    lost, seen = pages.gather(own, [(one.name, one.boxed.pages) for one in others if one.boxed], _is_wanted)
    if any(lost):
        text, layouts, places, found = pages.together(own, lost)
        again = formats.parse(text, base.format, base.name, base.envelope)
        base = replace(
            again,
            boxed=replace(base.boxed, layouts=layouts),
            engine=boxes.readings(places),
            rows=tuple(places.rows()),
        )
    else:
        places, found = Placed(base.text, own, layouts), []
    return replace(base, others=(*found, *pages.differing(own, places, seen)))


def _is_wanted(line: BoxedLine) -> bool:
    """Whether a line that only one reading has is worth reading."""
    if sum(map(is_han, line.text)) < _LEAST or (line.confidence is not None and line.confidence < _SURE):
        return False
    return _is_readable(line.text)


def _is_readable(text: str) -> bool:
    lines = [folded(line) for line in text.splitlines() if line.strip()]
    return all(logs >= _USUAL for logs in flow.usual(models.language(), lines))


def _worth(text: str) -> float:
    """By how many nats a text is likelier than noise of its length, where it is at all: the more it has, the
    fewer characters are misread and the fewer lines stand in disorder, the more."""
    solid = folded("".join(text.split()))
    parts = [solid[at : at + _PART] for at in range(0, len(solid), _PART)]
    usual = flow.usual(models.language(), parts)
    return sum(len(part) * max(0.0, logs - _USUAL) for part, logs in zip(parts, usual, strict=True))
