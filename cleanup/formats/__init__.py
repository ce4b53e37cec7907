"""Input formats: one file each (NAME, sniff, parse); this package finds and uses them.

The bigger what `sniff` says, the surer: 0.5 any text, 1 a name that says Markdown, from 2 on the structure
itself.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from cleanup.formats import boxes
from cleanup.formats.encoding import declared, decode, encode, normalise, packed
from cleanup.geometry import order
from cleanup.model import placed
from cleanup.model.box import Boxed, BoxedPage
from cleanup.model.document import Document, Envelope, Format, Line, Mark
from cleanup.model.fix import Span
from cleanup.model.result import Result
from cleanup.text import lines, wrappers
from cleanup.text.plausible import Common

LONG = 300_000
"""Characters: a longer text is parsed part by part, when it is repaired."""


class FormatModule(Protocol):
    """A format; with REFUSED, one whose `parse` only raises InputError.

    Where a text may not be cut anywhere, `unbroken(text)` gives the places that stay in one piece.
    """

    NAME: Format

    def sniff(self, text: str, name: str) -> float: ...

    def parse(self, text: str, name: str, envelope: Envelope) -> Document: ...


@cache
def _modules() -> dict[str, FormatModule]:
    found = (import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    return {module.NAME: cast(FormatModule, module) for module in found if hasattr(module, "sniff")}


def sniff(text: str, name: str) -> Format:
    """The format that speaks loudest for itself; ties go to the first by name."""
    if around := wrappers.find(text):
        text = text[around.body.start : around.body.end]
    return max(
        sorted(_modules().values(), key=lambda module: module.NAME),
        key=lambda module: module.sniff(text, name),
    ).NAME


def parse(text: str, form: Format, name: str = "", envelope: Envelope | None = None) -> Document:
    """A document of `text` (line ends as LF) in the format `form`.

    What a model said around the text is no part of it: a fence around everything makes no code of it.
    """
    envelope, module = envelope or Envelope(), _modules()[form]
    around = wrappers.find(text)
    if around is None:
        return module.parse(text, name, envelope)
    start, end = around.body.start, around.body.end
    inner = module.parse(text[start:end], name, envelope)
    beside = [line for line in lines.split(text) if not start <= line.span.start < max(end, start + 1)]
    found = [_aside(line, start) for line in beside] + [_moved(line, start) for line in inner.lines]
    return replace(
        inner,
        text=text,
        lines=tuple(sorted(found, key=lambda line: line.span)),
        pages=lines.pages(text),
        opaque=tuple(Span(span.start + start, span.end + start) for span in inner.opaque),
        marks=tuple(sorted([*_fences(text, around), *(_shifted(mark, start) for mark in inner.marks)])),
    )


def _fences(text: str, around: wrappers.Around) -> list[Mark]:
    """The marks of a fence around everything."""
    found = list[Mark]()
    for piece in around.pieces:
        if piece.kind == "fence":
            words = text[piece.span.start : piece.span.end]
            start = piece.span.start + len(words) - len(words.lstrip())
            found.append(Mark(start, start + len(words.strip()), True))
    return found


def _shifted(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start + by, end=mark.end + by)


def _aside(line: Line, body: int) -> Line:
    """A line that stands around the text: no line is joined with it. The text may begin within it."""
    if line.kind == "blank":
        return line
    span, content = line.span, line.content
    if span.start < body < span.end:
        span, content = Span(span.start, body), Span(content.start, max(content.start, body))
    return replace(line, span=span, content=content, kind="code", level=0)


def _moved(line: Line, by: int) -> Line:
    def at(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return replace(line, span=at(line.span), content=at(line.content))


def unbroken(text: str, form: Format) -> list[Span]:
    """The places of a long text that no cut may part."""
    found: Callable[[str], list[Span]] | None = getattr(_modules()[form], "unbroken", None)
    return found(text) if found else []


def from_text(text: str, name: str) -> Document:
    """The document of text that is decoded already; without lines where it is long. Raises InputError."""
    if form := boxes.tell(text):
        return _boxed(text, form, name, Envelope(raw=packed(text.encode("utf-8", "surrogatepass"))))
    flat, newline, odd = normalise(text)
    return _document(flat, name, Envelope(newline=newline, odd_newlines=odd))


def read(data: bytes, name: str, common: Callable[[], Common], encoding: str | None = None) -> Document:
    """The document in `data`, without lines where it is long; raises InputError where it is no text.

    Of an engine's file with places it is the rows in the order in which they are read.
    """
    text, envelope = decode(data, common, encoding or declared(data))
    if form := boxes.tell(text):
        return _boxed(text, form, name, Envelope(envelope.encoding, envelope.bom, raw=packed(data)))
    return _document(text, name, envelope)


def _boxed(text: str, form: str, name: str, envelope: Envelope) -> Document:
    """The document of an engine's file with places."""
    pages = boxes.boxed(boxes.read(text, form))
    layouts = tuple(order(page) for page in pages)
    found = placed.text_of(layouts)
    long = len(found) > LONG
    document = Document(found, name, envelope=envelope) if long else parse(found, "text", name, envelope)
    places = placed.Placed(found, pages, layouts)
    return replace(
        document,
        boxed=Boxed(form, pages, layouts),
        engine=boxes.readings(places),
        rows=tuple(places.rows()),
    )


def written(result: Result) -> tuple[str, bytes]:
    """(ending of its name, bytes) of an engine's file with the words of the result; empty: it is none."""
    order, envelope = result.journal.boxes, result.journal.source.envelope
    if order is None:
        return "", b""
    data = encode(result.original, envelope)
    text, own = decode(data, dict, envelope.encoding)
    new = boxes.write(text, order.format, result)
    return boxes.extension(order.format), data if new == text else encode(new, replace(own, raw=None))


def boxed_pages(
    data: bytes, common: Callable[[], Common], encoding: str | None = None
) -> tuple[BoxedPage, ...]:
    """The boxed pages of an engine's file; () where it is no such file. Raises InputError."""
    text, _ = decode(data, common, encoding or declared(data))
    form = boxes.tell(text)
    return boxes.boxed(boxes.read(text, form)) if form else ()


def _document(text: str, name: str, envelope: Envelope) -> Document:
    form = sniff(text, name)
    if len(text) > LONG and not getattr(_modules()[form], "REFUSED", False):
        return Document(text, name, form, envelope=envelope)
    return parse(text, form, name, envelope)
