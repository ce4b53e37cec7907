"""A document as it is read: without its markup, so that a name in bold stands beside the office before it.

Emphasis and such go without a trace, borders of cells become a space; each character knows where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cleanup.model.document import Document
from cleanup.model.fix import Edit, Fix, Span


@dataclass(frozen=True, eq=False)
class Bare:
    """A document without markup."""

    document: Document
    _places: NDArray[np.int64]
    """Where each of its characters stands in the document with markup, and where that ends."""

    def back(self, made: Fix, text: str) -> Fix | None:
        """A fix of the bare document as one of the whole `text`; None where it would touch markup."""
        edits: list[Edit] = []
        for edit in made.edits:
            parts = [edit]
            start, end = edit.span.start, edit.span.end
            if len(edit.before) == len(edit.after):
                pairs = zip(range(start, end), edit.before, edit.after, strict=True)
                parts = [Edit(Span(at, at + 1), old, new) for at, old, new in pairs if old != new]
            for part in parts:
                span = self._span(part.span)
                if span is None or text[span.start : span.end] != part.before:
                    return None
                edits.append(Edit(span, part.before, part.after))
        if made.edits and not edits:
            return None
        place = Span(
            int(self._places[made.span.start]), int(self._places[max(made.span.start, made.span.end - 1)]) + 1
        )
        hull = Span(edits[0].span.start, edits[-1].span.end) if edits else place
        return replace(made, edits=tuple(edits), span=hull)

    def _span(self, span: Span) -> Span | None:
        places, start, end = self._places, span.start, span.end
        if start < end:
            return Span(int(places[start]), int(places[end - 1]) + 1)
        # Something put in between two characters that markup parts could belong to either side.
        at = int(places[start])
        return Span(at, at) if start == 0 or int(places[start - 1]) + 1 == at else None


@lru_cache(maxsize=2)
def of(document: Document) -> Bare | None:
    """The document without markup; None where no line has any within."""
    lines = document.lines
    if all(mark.end <= lines[document.line_at(mark.start)].content.start for mark in document.marks):
        return None
    text = document.text
    keep = np.ones(len(text), dtype=np.bool_)
    chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").copy()
    for mark in document.marks:
        keep[mark.start : mark.end] = False
        if not mark.parts:
            continue
        before = mark.start - 1
        while before >= 0 and not keep[before]:
            before -= 1
        # Of borders side by side one space is enough, and none stands where a line begins.
        if before >= 0 and chr(chars[before]) not in "\n\f ":
            keep[mark.start] = True
            chars[mark.start] = ord(" ")
    places = np.flatnonzero(keep)
    moved = np.concatenate(([0], np.cumsum(keep)))

    def seen(span: Span) -> Span:
        return Span(int(moved[span.start]), int(moved[span.end]))

    bare = replace(
        document,
        text=chars[places].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"),
        lines=tuple(replace(line, span=seen(line.span), content=seen(line.content)) for line in lines),
        pages=tuple(replace(page, span=seen(page.span)) for page in document.pages),
        opaque=tuple(seen(span) for span in document.opaque),
        marks=(),
        engine=(),
    )
    return Bare(bare, np.append(places, len(text)))
