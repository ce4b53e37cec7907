"""Where the characters of a document stand on its scans."""

from __future__ import annotations

from collections.abc import Callable

from cleanup.model.box import Box
from cleanup.model.document import Document
from cleanup.model.fix import Span
from cleanup.model.placed import Placed, Seen

Places = Callable[[Span], tuple[int | None, Box] | None]
"""Of a span of the source: the picture (None: none, the unit is that of the engine's file), and the box."""


def places_of(document: Document) -> Places | None:
    """The places of a document; None where it has none."""
    boxed = document.boxed
    if boxed is None:
        return Seen(document.seen).box if document.seen else None
    own, lost = Placed(document.text, boxed.pages, boxed.layouts), Seen(document.seen)
    scans = document.scans if len(document.scans) == len(boxed.pages) else ()

    def place(span: Span) -> tuple[int | None, Box] | None:
        if not len(span) and (found := lost.lost(span)):
            return found
        # Line ends are printed nowhere: where they are taken out, it is behind the character before.
        known = own.box(span) or own.box(Span(span.start, span.start))
        if known is None or not scans or not scans[known[0]].width:
            return known and (None, known[1])
        unit = scans[known[0]].unit
        return known[0], known[1].scaled(unit, unit)

    return place
