"""Several readings of one page: the base document, and what others have where it has something else.

Readings with places are laid beside the base by place, others by their text. Nothing is decided here but what
is not worth thinking of: the rules `layout.lost-line` and `context.other-reading` propose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from cleanup import formats
from cleanup.engine.readings import anew, by_lines, by_rows, by_text, guided, laid, pages, rows
from cleanup.formats import boxes
from cleanup.formats.encoding import encode
from cleanup.model.box import WITNESS, BoxedLine, PageLayout
from cleanup.model.document import Document, OtherReading
from cleanup.model.fix import Span
from cleanup.model.placed import Placed, text_of
from cleanup.rules import models
from cleanup.score import flow
from cleanup.text.scripts import is_han
from cleanup.text.simplify import folded

_MORE = 1.02
"""A later reading worth so many times as much as the first is the base: of 23 pages (bench/scans, tesseract
and PP-OCR) where one is, it has fewer wrong characters on all."""
_PART = 40
"""Characters that are weighed in one."""
_SURE = 0.6
"""Engines' confidence from which on a line that only one has is worth reading: tesseract's of noise is at
most 0.3, of lines that PP-OCR lost 0.65 (bench/scans)."""
_USUAL = -5.5
"""Mean log-probability of a character from which on a line is read: 138 of 141 lines that tesseract lost lie
above it, all 24 that it made of a page upside down below (bench/scans)."""
_JUNK, _MUCH = -7.5, 100
"""The same of a text below which it can be of any page, and the least characters of one: of a page read
upside down it is -8.9, of the worst that was read at all -5.6 (bench/scans)."""
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
    placed = [one for one in rest if _side_by_side(base, one) and not _is_witness(one)]
    if base.boxed and placed:
        base = _by_place(base, placed)
    found = list(base.others)
    for one in rest:
        if _is_witness(one):
            base = _seen(base, one, found)
        elif one not in placed:
            texts = by_text.compare(base.text, one.text, one.name)
            found += [other for other in texts if not other.lost or _is_readable(other.text)]
    found.sort(key=lambda other: (other.span, other.source))
    files = tuple((one.name, sha256(encode(one.text, one.envelope)).hexdigest()) for one in rest)
    return replace(base, others=tuple(found), beside=files)


def doubted(document: Document, others: Mapping[str, Document]) -> Document:
    """A document with what the first of several witnesses read, and beside it what the others did: the same
    document by the name of each, with what it read."""

    def told(one: OtherReading) -> OtherReading:
        if one.seen is None or one.lost:
            return one
        said = ((name, _said(document.text, other, one.span)) for name, other in others.items())
        beside = tuple((name, text) for name, text in said if text is not None)
        return replace(one, seen=replace(one.seen, beside=beside)) if beside else one

    return replace(document, others=tuple(map(told, document.others)))


def _said(text: str, other: Document, span: Span) -> str | None:
    """What a witness read where a span of a text stands; None where that is not known."""
    said, at = "", span.start
    for one in other.others:
        if one.lost or one.span.end <= at or span.end <= one.span.start:
            continue
        if one.span.start < at or span.end < one.span.end or not _agrees(other, Span(at, one.span.start)):
            return None
        said += text[at : one.span.start] + one.text
        at = one.span.end
    return said + text[at : span.end] if _agrees(other, Span(at, span.end)) else None


def _agrees(document: Document, span: Span) -> bool:
    """Whether the witness of a document read there what the text has."""
    return not len(span) or any(one.start <= span.start and span.end <= one.end for one in document.agreed)


def _side_by_side(base: Document, other: Document) -> bool:
    """Whether both readings have places, of as many pages."""
    if not (base.boxed and other.boxed) or boxes.are_paragraphs(base.boxed.format):
        return False
    return len(base.boxed.pages) == len(other.boxed.pages)


def _is_witness(document: Document) -> bool:
    return document.boxed is not None and document.boxed.format == WITNESS


def _seen(base: Document, other: Document, found: list[OtherReading]) -> Document:
    """The base with what a witness read of its pages; what differs goes to `found`."""
    assert other.boxed
    read = rows.reading(other.boxed.pages, other.boxed.layouts)
    if base.boxed and (by_row := _by_rows(base, other, read)):
        base, said = by_row
    else:
        known = base if base.lines else formats.parse(base.text, base.format, base.name, base.envelope)
        lines = by_lines.compare(known, read, other.name)
        if base.boxed is None and base.format == "text" and anew.is_due(lines, read):
            found.append(anew.whole(known, other, lines, read, _is_readable))
            return replace(base, seen=(*base.seen, *lines.found.seen))
        said = lines.found
    found += said.others
    return replace(base, seen=(*base.seen, *said.seen), agreed=tuple(said.agreed), unseen=tuple(said.unseen))


def _by_rows(base: Document, other: Document, read: rows.Reading) -> tuple[Document, laid.Found] | None:
    """A base with places in the order that a witness found on the same pages, and what that has otherwise;
    None where it does not know all of them well."""
    assert base.boxed
    assert other.boxed
    if not _side_by_side(base, other):
        return None
    pages = zip(base.boxed.pages, other.boxed.pages, other.boxed.layouts, strict=True)
    made = [guided.arranged(*each) for each in pages]
    layouts = tuple(one.layout for one in made if one)
    if len(layouts) < len(made):
        return None
    text = text_of(layouts)
    places = Placed(text, base.boxed.pages, layouts)
    base = _laid_out(base, text, layouts, places)
    spans, numbers = places.row_spans(), read.numbers
    stands = {
        numbers[page, number]: spans[page, at]
        for page, one in enumerate(made)
        if one
        for at, number in enumerate(one.rows)
        if number is not None and (page, number) in numbers and (page, at) in spans
    }
    return base, by_rows.compare(base, read, other.name, stands)


def _by_place(base: Document, others: Sequence[Document]) -> Document:
    assert base.boxed
    own, layouts = base.boxed.pages, base.boxed.layouts
    lost, seen = pages.gather(own, [(one.name, one.boxed.pages) for one in others if one.boxed], _is_wanted)
    if any(lost):
        text, layouts, places, found = pages.together(own, lost)
        base = _laid_out(base, text, layouts, places)
    else:
        places, found = Placed(base.text, own, layouts), []
    return replace(base, others=(*found, *pages.differing(own, places, seen)))


def _laid_out(base: Document, text: str, layouts: tuple[PageLayout, ...], places: Placed) -> Document:
    """The base with its lines in another order."""
    assert base.boxed
    return replace(
        formats.parse(text, base.format, base.name, base.envelope),
        boxed=replace(base.boxed, layouts=layouts),
        engine=boxes.readings(places),
        rows=tuple(places.rows()),
    )


def _is_wanted(line: BoxedLine) -> bool:
    """Whether a line that only one reading has is worth reading."""
    if sum(map(is_han, line.text)) < _LEAST or (line.confidence is not None and line.confidence < _SURE):
        return False
    return _is_readable(line.text)


def _is_readable(text: str) -> bool:
    return all(logs >= _USUAL for logs in usual([line for line in text.splitlines() if line.strip()]))


def usual(lines: Sequence[str]) -> list[float]:
    """Mean log-probability of the characters of each line."""
    return flow.usual(models.language(), list(map(folded, lines)))


def is_junk(text: str) -> bool:
    """Whether nothing in a text can be read."""
    likely = _usual(text)
    return sum(map(is_han, text)) >= _MUCH and sum(likely) < _JUNK * len(likely)


def _worth(text: str) -> float:
    """By how many nats a text is likelier than noise of its length, where it is at all: the more it has, the
    fewer characters are misread and the fewer lines stand in disorder, the more."""
    size = len("".join(text.split()))
    return sum(
        min(_PART, size - _PART * at) * max(0.0, logs - _USUAL) for at, logs in enumerate(_usual(text))
    )


def _usual(text: str) -> list[float]:
    """Mean log-probability of the characters of each part of a text."""
    solid = "".join(text.split())
    return usual([solid[at : at + _PART] for at in range(0, len(solid), _PART)])
