"""A page as the reviewer sees it: its text with all changes in place, and what may be put at a record."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import astuple
from itertools import pairwise
from typing import Any

from cleanup.archive import results
from cleanup.engine.verdicts import EDIT
from cleanup.model.box import Box
from cleanup.model.fix import Span
from cleanup.model.journal import Record
from cleanup.model.replay import steps, substitute
from cleanup.model.result import Result
from cleanup.reports.pieces import Open, Piece, Row, opens, rows
from cleanup.review import query
from cleanup.review.index import Index
from cleanup.review.places import of_lines

WINDOW = 120
"""Rows of text on both sides of a record."""
_KEPT = 6
_MOST = 9
"""So many alternatives are offered."""


class Pages:
    """Reads results on demand; the last few stay in memory."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._read: OrderedDict[tuple[int, str], Result] = OrderedDict()

    def page(self, file: int, record: int | None, start: int | None) -> dict[str, Any]:
        """Rows of a page around a record, or from row `start` on, with the items that its marks speak of.

        Raises KeyError for an unknown file and results.Unusable for one that cannot be read.
        """
        path, name, issue, day = query.file_of(self._index, file)
        result = self.result(file)
        all_rows = list(rows(result))
        first = start if start is not None else self._row_of(result, all_rows, record)
        first = max(0, first - (WINDOW if start is None else 0))
        some = all_rows[first : first + 2 * WINDOW]
        open_places = opens(result.journal.records, len(result.repaired))
        places = of_lines(result)
        shown = [self._row(row, open_places, places) for row in some]
        return {
            "file": file, "path": path, "name": name, "issue": issue, "day": day, "first": first,
            "rows": shown, "total": len(all_rows), "pages": result.journal.structure.pages,
            "items": query.items_of(self._index, file), "scans": len(result.journal.scans),
        }  # fmt: skip

    def choices(self, item: int) -> dict[str, Any]:
        """What stands at a record, what is proposed for it, and other readings; raises KeyError."""
        file, number = query.record_of(self._index, item)
        result = self.result(file)
        record = result.journal.records[number]
        text, span = self._text_at(result, record)
        there = text[span.start : span.end]
        edits = [(edit.span.start - span.start, edit.before, edit.after) for edit in record.edits]
        proposed = substitute(there, edits) if record.edits and record.rule != EDIT else there
        if record.rule == EDIT:
            proposed = record.edits[0].after
        found = (self._reading(reading, text, span) for reading in record.alternatives)
        readings = [one for one in dict.fromkeys(found) if one not in (None, there, proposed)]
        return {"there": there, "proposed": proposed, "readings": readings[:_MOST]}

    def result(self, file: int) -> Result:
        """The result of a file; raises KeyError and results.Unusable."""
        path, digest = query.journal_of(self._index, file)
        key = (file, digest)
        found = self._read.pop(key, None) or results.read(self._index.root / path)
        self._read[key] = found
        while len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return found

    def _row_of(self, result: Result, all_rows: list[Row], record: int | None) -> int:
        records = result.journal.records
        if record is None or not 0 <= record < len(records):
            return 0
        wanted = records[record]
        if wanted.output is None:
            marked = (n for n, row in enumerate(all_rows) if any(record in p.marks for p in row.pieces))
            return next(marked, 0)
        ends = (row.pieces[-1].at + len(row.pieces[-1].right) for row in all_rows)
        return next(
            (number for number, end in enumerate(ends) if end > wanted.output.start), len(all_rows) - 1
        )

    def _row(self, row: Row, places: list[Open], seen: dict[int, tuple[int, Box]]) -> dict[str, Any]:
        start, last = row.pieces[0].at, row.pieces[-1]
        end = last.at + len(last.right)
        near = [one for one in places if one.start < max(end, start + 1) and one.end >= start]
        cells = [cell for piece in row.pieces for cell in _cells(piece, near)]
        scan, box = seen.get(row.line, (0, None))
        return {"line": row.line, "cells": cells, "at": [scan, *astuple(box)] if box else None}

    def _text_at(self, result: Result, record: Record) -> tuple[str, Span]:
        """The text that a record's edits were made on, or would be, with the place in it."""
        if record.step is None:
            span = record.output or record.span
            if record.edits:
                span = Span(record.edits[0].span.start, record.edits[-1].span.end)
            in_source = record.output is None or record.outlived
            return (result.original if in_source else result.repaired), span
        text = result.original
        for step in steps(result.journal.records)[: record.step]:
            text = substitute(text, [(e.span.start, e.before, e.after) for e, _ in step])
        return text, Span(record.edits[0].span.start, record.edits[-1].span.end)

    def _reading(self, reading: str, text: str, span: Span) -> str | None:
        """Another reading as what stands at the place; a whole name where one character of it is in question
        counts only if the rest of it stands around."""
        size = len(span)
        if len(reading) <= size:
            return reading
        for at in range(len(reading) - size + 1):
            start = span.start - at
            if start < 0:
                break
            before, after = reading[:at], reading[at + size :]
            if text[start : span.start] == before and text[span.end : span.end + len(after)] == after:
                return reading[at : at + size]
        return None if size else reading


def _cells(piece: Piece, places: list[Open]) -> Iterator[list[Any]]:
    """["=", text, records, ghosts] for text that stays; ["x", left, records, inner cells] for a change.

    `records` are those of suggestions and flags over the text; ghosts are [record, what it would put].
    """
    if piece.marks:
        yield ["x", piece.left, list(piece.marks), list(_kept(piece.right, piece.at, places))]
    else:
        yield from _kept(piece.right, piece.at, places)


def _kept(text: str, at: int, places: list[Open]) -> Iterator[list[Any]]:
    end = at + len(text)
    here = [one for one in places if one.start <= end and one.end >= at]
    cuts = sorted({at, end, *(cut for one in here for cut in (one.start, one.end) if at < cut < end)})
    for start, stop in pairwise(cuts):
        over = [one for one in here if one.start <= start and one.end >= stop]
        points = [one for one in here if one.start == one.end == start]
        ghosts = [[one.record, one.becomes] for one in over if one.end == stop and one.becomes is not None]
        for one in points:
            yield ["=", "", [one.record], [[one.record, one.becomes]] if one.becomes is not None else []]
        yield ["=", text[start - at : stop - at], [one.record for one in over], ghosts]
