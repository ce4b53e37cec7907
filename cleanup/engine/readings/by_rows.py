"""A witness's reading beside a text that stands in its rows: row for row, what is lost between them."""

from __future__ import annotations

from collections.abc import Mapping

from cleanup.engine.readings.laid import FURNITURE, UNSEEN, Found, Laid
from cleanup.engine.readings.rows import Reading
from cleanup.model.document import Document
from cleanup.model.fix import Span


def compare(document: Document, read: Reading, source: str, rows: Mapping[int, Span]) -> Found:
    """Where a reading, called `source`, has something else than a text, or something more; `rows`: number of
    a row of the reading → where it stands in the text, in the same order."""
    laid = Laid(document, read, source)
    solid = {place: at for at, place in enumerate(laid.places)}
    end, lost = 0, list[int]()

    def put_in() -> None:
        if lost:
            first, last = read.rows[lost[0]], read.rows[lost[-1]]
            laid.lost(end, first.span.start, last.span.end, True, True)
            lost.clear()

    for number, row in enumerate(read.rows):
        if number in rows:
            at = [solid[place] for place in range(rows[number].start, rows[number].end) if place in solid]
            if at[0] - end >= UNSEEN:
                laid.unseen.append((end, at[0]))
            put_in()
            laid.side_by_side(at[0], at[-1] + 1, row.span.start, row.span.end)
            end = at[-1] + 1
        elif row.kind in FURNITURE:
            put_in()
        else:
            lost.append(number)
    put_in()
    if len(laid.own) - end >= UNSEEN:
        laid.unseen.append((end, len(laid.own)))
    return laid.found()
