"""What a document is made of after its repair: parts, jump lines, the facts of its furniture."""

from __future__ import annotations

from collections.abc import Sequence

from cleanup.engine.run import Run
from cleanup.model.described import Fact, Jump, Region, Stitch, Structure
from cleanup.model.document import Document
from cleanup.model.fix import Span
from cleanup.model.hunks import LeftOf
from cleanup.model.journal import Record
from cleanup.plan import names_of
from cleanup.rules.contract import Page
from cleanup.rules.rule import stitches
from cleanup.text import jumps, structure


def structure_of(found: Run, source: Document, tools: Page) -> Structure:
    """The structure of a run's text, which was `source` before."""
    repaired, left_of = found.document, LeftOf(found.hunks)
    marks = tuple(
        Jump(
            mark.direction,
            mark.page,
            repaired.text[mark.start : mark.end],
            Span(mark.start, mark.end),
            source.line_at(left_of(Span(mark.start, mark.end)).start) + 1,
        )
        for mark in jumps.find(repaired.text)
    )
    regions = _regions(repaired, source, left_of, tools)  # first, while the repaired text is the latest read
    return Structure(
        source.format,
        len(source.pages),
        len(source.lines),
        marks,
        _facts(source, tools),
        _stitches(found.records),
        regions,
    )


def _regions(repaired: Document, source: Document, left_of: LeftOf, tools: Page) -> tuple[Region, ...]:
    told = tools.blocks(repaired)
    return tuple(
        Region(
            part.kind,
            part.span,
            source.line_at(left_of(part.span).start) + 1,
            part.article,
            part.level,
            told.kind(repaired.lines[repaired.line_at(part.span.start)]),
        )
        for part in structure.find(repaired, told.kind)
    )


def _facts(source: Document, tools: Page) -> tuple[Fact, ...]:
    return tuple(
        Fact(kind, text, found.line + 1, source.page_at(source.lines[found.line].span.start))
        for found in tools.aside(source)
        for kind, text in found.folio.facts
    )


def _stitches(records: Sequence[Record]) -> tuple[Stitch, ...]:
    found: list[Stitch] = []
    for record in records:
        if record.rule in names_of(stitches) and record.status == "applied":
            marks = [mark for edit in record.edits for mark in jumps.find(edit.before)]
            to = next((mark.page for mark in marks if mark.direction == "to"), 0)
            origin = next((mark.page for mark in marks if mark.direction == "from"), 0)
            found.append(Stitch(to, origin, record.line))
    return tuple(found)
