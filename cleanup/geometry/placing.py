"""Columns in their order → rows of the document's text, with what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleanup.geometry import paragraphs
from cleanup.geometry.captions import captions
from cleanup.geometry.column import Column, Set
from cleanup.geometry.parts import Part, Place
from cleanup.geometry.rows import rows_of
from cleanup.model.box import Box, BoxedLine, Piece, PlacedRow
from cleanup.model.placed import GOES_ON, around, box_in

_BIG = 1.25
"""Over the page's text: a row so big and not longer than _LONG is a heading (by hand)."""
_LONG = 40.0
_HEADLINE, _FREE = 1.5, 2.2
"""Over the page's text, and over the usual distance of rows: a smaller heading, nearer to the row above it in
its column, is that of a section (by hand)."""
_KICKERS, _STOPS = 2, set("。！？!?…”")
"""Rows over a headline that may be its kickers, and what ends a sentence (by hand)."""
_APART = "  "


def body_rows(
    columns: Sequence[Column],
    lines: Sequence[BoxedLine],
    em: float,
    pictures: Sequence[Place],
    before: list[Set],
    article: int,
) -> list[PlacedRow]:
    """The rows of the columns, in their order; `before`: the last two before them, then of them.

    `article`: the number of the last one before them. Captions wait until the paragraph they cut is over.
    """
    found: list[PlacedRow] = []
    waiting: list[PlacedRow] = []
    above, last = (None, None, *before)[-2:]
    headed = False
    aside = captions(columns, em, pictures)
    for number, column in enumerate(columns):
        turn = True
        for at, (row, how, below) in enumerate(
            zip(column.rows, column.set, (*column.set[1:], None), strict=True)
        ):
            if (number, at) in aside:
                goes_on = (number, at - 1) in aside
                waiting.append(placed_row(row.parts, lines, "caption", float(goes_on), article))
                turn = True
                continue
            how = replace(how, size=row.size / em)
            heading = how.size >= _BIG and row.units <= _LONG
            follows = 0.0
            if last is not None:
                follows = paragraphs.chance(paragraphs.Place(last, how, above, below, turn))
            if follows < GOES_ON:
                found += waiting
                waiting = []
            if heading and not headed and (turn or how.size >= _HEADLINE or how.leading >= _FREE):
                article += 1
                _begun_above(found, article)
            headed = heading
            kind = "heading" if heading else "body"
            found.append(placed_row(row.parts, lines, kind, follows, article))
            above, last = last, how
            turn = False
    before[:] = [how for how in (above, last) if how is not None]
    return found + waiting


def _begun_above(found: list[PlacedRow], article: int) -> None:
    """Kickers over a headline are of its article."""
    for at in range(len(found) - 1, max(-1, len(found) - 1 - _KICKERS), -1):
        row = found[at]
        is_kicker = row.kind == "body" and row.follows < GOES_ON and len(row.text) <= _LONG / 2
        if not is_kicker or row.text[-1:] in _STOPS:
            return
        found[at] = replace(row, article=article)


def placed_row(
    parts: Sequence[Part], lines: Sequence[BoxedLine], kind: str, follows: float = 0.0, article: int = 0
) -> PlacedRow:
    """A row of the document's text out of parts, from left to right."""
    pieces = tuple(Piece(part.line, part.start, part.end) for part in parts)
    text = "".join(lines[piece.line].text[piece.start : piece.end] for piece in pieces)
    return PlacedRow(
        text, pieces, around([_box(lines[piece.line], piece) for piece in pieces]), kind, follows, article
    )


def furniture_rows(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> list[PlacedRow]:
    """Rows of the page's furniture, from the top; white space stands between parts that stand apart."""
    found = list[PlacedRow]()
    for row in rows_of(list(parts)):
        texts = [lines[part.line].text[part.start : part.end].strip() for part in row.parts]
        found.append(replace(placed_row(row.parts, lines, "furniture"), text=_APART.join(texts)))
    return found


def _box(line: BoxedLine, piece: Piece) -> Box:
    whole = piece.start == 0 and piece.end == len(line.text)
    return line.box if whole else box_in(line, piece.start, piece.end)


def with_edges(
    rows: Sequence[PlacedRow], lines: Sequence[BoxedLine], edges: Sequence[Part]
) -> list[PlacedRow]:
    """Parts that were left out go back beside the rest of their lines."""
    found = list(rows)
    of_line: dict[int, set[int]] = {edge.line: set() for edge in edges}
    for index, row in enumerate(rows):
        for piece in row.pieces:
            if piece.line in of_line:
                of_line[piece.line].add(index)
    for edge in sorted(edges, key=lambda part: (part.line, part.start)):
        beside = [
            (piece.start >= edge.end, abs(piece.start - edge.start), index, at)
            for index in of_line[edge.line]
            for at, piece in enumerate(found[index].pieces)
            if piece.line == edge.line
        ]
        before, _, index, at = min(beside)
        row, place = found[index], at + (not before)
        piece = Piece(edge.line, edge.start, edge.end)
        pieces = (*row.pieces[:place], piece, *row.pieces[place:])
        found[index] = replace(
            row,
            text="".join(lines[one.line].text[one.start : one.end] for one in pieces),
            pieces=pieces,
            box=around([row.box, _box(lines[piece.line], piece)]),
        )
    return found


def with_placeless(
    rows: list[PlacedRow], lines: Sequence[BoxedLine], lacking: Sequence[int]
) -> list[PlacedRow]:
    """Lines without a place stand behind the line that the engine gives before them."""
    if not lacking:
        return rows
    at: dict[int, int] = {}
    for index, row in enumerate(rows):
        for piece in row.pieces:
            at[piece.line] = index
    behind: dict[int, list[int]] = {}
    for number in lacking:
        before = number - 1
        while before >= 0 and before not in at:
            before -= 1
        behind.setdefault(at.get(before, -1), []).append(number)
        # the next without a place stands behind this one
        at[number] = at.get(before, -1)
    found: list[PlacedRow] = []
    for index in range(-1, len(rows)):
        if index >= 0:
            found.append(rows[index])
        for number in behind.get(index, ()):
            text = lines[number].text
            article = rows[index].article if index >= 0 else 0
            found.append(PlacedRow(text, (Piece(number, 0, len(text)),), lines[number].box, article=article))
    return found
