"""Page furniture by its place on the scan, where the text came with boxes."""

from __future__ import annotations

from collections.abc import Sequence

from cleanup.model.document import Document
from cleanup.text import folios
from cleanup.text.furniture import Furniture

_SURE = 0.9
"""That a row is furniture which geometry takes for it, by its place and what it is made of; by hand."""


def added(document: Document, found: Sequence[Furniture]) -> Sequence[Furniture]:
    """The lines of furniture, with those that stand on the page where its furniture does; in order."""
    known = {one.line: one for one in found}
    for row in document.rows:
        at = document.line_at(row.start)
        line = document.lines[at]
        if row.kind != "furniture" or document.row(line) is not row or row.end < line.content.end:
            continue
        if at not in known or known[at].confidence < _SURE:
            folio = folios.read(document.words(line))
            if not folio.facts:
                folio = folio._replace(facts=(("head", document.words(line)),))
            known[at] = Furniture(at, _SURE, folio)
    return [known[at] for at in sorted(known)]
