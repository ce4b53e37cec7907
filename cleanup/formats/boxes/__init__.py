"""Engines' files with places: one file a format (NAME, EXTENSION, sniff, read), found by what they hold.

`read` is the door: boxed pages from any of them.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import Protocol, cast

from cleanup.formats import packing
from cleanup.formats.boxes.changes import Change, Key
from cleanup.formats.boxes.lines import ReadPage
from cleanup.formats.encoding import InputError
from cleanup.model.box import BoxedPage, PageLayout, Piece, PlacedRow
from cleanup.model.document import EngineReading
from cleanup.model.fix import Span
from cleanup.model.placed import Placed

MOST = 500_000
"""Lines of a file; one with more is no scan's."""
KEPT = 4_000_000
"""Characters: the pages of a longer file are not kept in memory while it is repaired, but read once more."""


_AS_GIVEN = {"title": "heading", "image": "caption", "table": "caption", "chart": "caption"}
"""What a row of a page of paragraphs is, by what MinerU calls it; a picture's words are those below it."""


class BoxFormat(Protocol):
    """A format of engines' files."""

    NAME: str
    EXTENSION: str
    """Of a file that is written in it, where its own name gives none."""

    def sniff(self, text: str) -> float:
        """How surely a text is of the format; 0: it is not."""
        ...

    def read(self, text: str) -> Iterator[ReadPage]:
        """The pages; raises InputError."""
        ...

    def write(
        self, text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]
    ) -> str:
        """The text with these lines changed, by a tool of this name and version."""
        ...


@cache
def _modules() -> dict[str, BoxFormat]:
    found = (import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    return {module.NAME: cast(BoxFormat, module) for module in found if hasattr(module, "sniff")}


def tell(text: str) -> str:
    """The name of the format of an engine's file; empty: it is none."""
    if not packing.may_have_places(text):
        return ""
    said = {name: module.sniff(text) for name, module in sorted(_modules().items())}
    best = max(said, key=lambda name: said[name])
    return best if said[best] > 0 else ""


def begins(text: str) -> bool:
    """Whether a text that goes on begins as one of XML, HTML or TSV does."""
    return any(_modules()[name].sniff(text) > 0 for name in ("hocr", "alto", "page", "tesseract-tsv"))


def are_paragraphs(form: str) -> bool:
    """Whether what the format calls a line is a paragraph, and its order that in which it is read."""
    return bool(getattr(_modules().get(form), "PARAGRAPHS", False))


def as_given(page: BoxedPage) -> PageLayout:
    """The layout of a page of paragraphs: theirs."""
    rows = (
        PlacedRow(
            line.text,
            (Piece(at, 0, len(line.text)),),
            line.box,
            _AS_GIVEN.get(line.role, "body"),
        )
        for at, line in enumerate(page.lines)
    )
    return PageLayout(page.number, tuple(rows))


def extension(form: str) -> str:
    """What files of a format end in."""
    return _modules()[form].EXTENSION


def read(text: str, form: str) -> list[ReadPage]:
    """The pages of a text in the format `form`; raises InputError where nothing is to be read.

    Those of the last text are kept, unless it is long: whoever writes it back after its repair asks again.
    """
    return list(_last(text, form) if len(text) <= KEPT else _read(text, form))


@lru_cache(maxsize=1)
def _last(text: str, form: str) -> list[ReadPage]:
    return _read(text, form)


def _read(text: str, form: str) -> list[ReadPage]:
    found, count = list[ReadPage](), 0
    for page in _modules()[form].read(text):
        found.append(page)
        count += len(page.lines)
        if count > MOST:
            raise InputError("too-many", most=MOST)
    if not count:
        raise InputError("no-words", format=form)
    if not any(line.box.width > 0 and line.box.height > 0 for page in found for line in page.page.lines):
        raise InputError("no-boxes", format=form)
    return found


def boxed(pages: list[ReadPage]) -> tuple[BoxedPage, ...]:
    """The pages without what their formats know of them."""
    return tuple(page.page for page in pages)


def write(
    text: str, form: str, pages: list[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]
) -> str:
    """The text of an engine's file with these lines changed, by a tool of this name and version."""
    return _modules()[form].write(text, pages, changes, tool) if changes else text


def readings(places: Placed) -> tuple[EngineReading, ...]:
    """What the engine says of the characters of its words, by place in the text."""
    found = list[EngineReading]()
    for stretch in places.stretches:
        at = stretch.span.start - stretch.start
        for word in places.line(stretch).words:
            first, last = max(at, stretch.span.start), min(at + len(word.text), stretch.span.end)
            if word.confidence is not None:
                others = word.others if len(word.text) == 1 else ()
                found += (EngineReading(Span(i, i + 1), word.confidence, others) for i in range(first, last))
            at += len(word.text) + word.space_after
    return tuple(found)
