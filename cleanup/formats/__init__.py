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
from typing import TYPE_CHECKING, Protocol, cast

from cleanup.formats import packing
from cleanup.formats.encoding import decode, normalise, packed
from cleanup.model.box import Boxed
from cleanup.model.document import Document, Envelope, Format, Line, Mark
from cleanup.model.fix import Span
from cleanup.text import lines, wrappers
from cleanup.text.plausible import Common

if TYPE_CHECKING:
    from cleanup.formats.engine_files import Found

LONG = 300_000
"""Characters: a longer text is parsed part by part, when it is repaired."""

_WITH_PLACES = ("boxes", "engine_files", "pdf")


class FormatModule(Protocol):
    """A format; with REFUSED, one whose `parse` only raises InputError.

    Where a text may not be cut anywhere, `unbroken(text)` gives the places that stay in one piece.
    """

    NAME: Format

    def sniff(self, text: str, name: str) -> float: ...

    def parse(self, text: str, name: str, envelope: Envelope) -> Document: ...


@cache
def _modules() -> dict[str, FormatModule]:
    # Readers of engines' files are loaded for such files alone.
    names = [one.name for one in pkgutil.iter_modules(__path__) if one.name not in _WITH_PLACES]
    found = (import_module(f"{__name__}.{name}") for name in names)
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
    inner = module.parse(_unfenced(text, around)[start:end], name, envelope)
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


def _unfenced(text: str, around: wrappers.Around) -> str:
    """The text with the fences within it put out of sight, place for place."""
    for piece in around.pieces:
        if around.body.start <= piece.span.start and piece.span.end <= around.body.end:
            words = text[piece.span.start : piece.span.end]
            hidden = "".join(char if char.isspace() else " " for char in words)
            text = text[: piece.span.start] + hidden + text[piece.span.end :]
    return text


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
    if packing.may_have_places(text) and _tell(text):
        return read(text.encode("utf-8", "surrogatepass"), name, dict, "utf-8")
    flat, newline, odd = normalise(text)
    return _document(flat, name, Envelope(newline=newline, odd_newlines=odd))


def read(data: bytes, name: str, common: Callable[[], Common], encoding: str | None = None) -> Document:
    """The document in `data`, without lines where it is long; raises InputError where it is no text.

    Of an engine's file with places it is the rows in the order in which they are read. It may be packed.
    """
    inner = packing.unpacked(data)
    if packing.may_be_an_engines(inner):
        from cleanup.formats import engine_files

        if found := engine_files.read(data, inner, common, encoding):
            return _boxed(found, name)
    text, envelope = decode(inner, common, encoding)
    if inner is not data:
        envelope = replace(envelope, raw=packed(data))
    return _document(text, name, envelope)


def _tell(text: str) -> str:
    from cleanup.formats import boxes

    return boxes.tell(text)


def _boxed(found: Found, name: str) -> Document:
    """The document of an engine's file with places."""
    from cleanup.formats import boxes
    from cleanup.geometry import order
    from cleanup.model import placed

    form, pages, envelope = found
    layouts = tuple(map(boxes.as_given if boxes.are_paragraphs(form) else order, pages))
    text = placed.text_of(layouts)
    long = len(text) > LONG
    document = Document(text, name, envelope=envelope) if long else parse(text, "text", name, envelope)
    places = placed.Placed(text, pages, layouts)
    return replace(
        document,
        boxed=Boxed(form, pages, layouts),
        engine=boxes.readings(places),
        rows=tuple(places.rows()),
    )


def _document(text: str, name: str, envelope: Envelope) -> Document:
    form = sniff(text, packing.bare(name))
    if len(text) > LONG and not getattr(_modules()[form], "REFUSED", False):
        return Document(text, name, form, envelope=envelope)
    return parse(text, form, name, envelope)
