"""Boxes → the order in which they are read: skew, columns, rows, paragraphs; numbers in, order out.

Every character of the page is in the rows exactly once, whatever the boxes are; the order does not depend
on that in which the engine gives its lines.
"""

from __future__ import annotations

from itertools import chain
from math import atan, cos, degrees, sin
from typing import NamedTuple

from cleanup.geometry.arrange import Arranging
from cleanup.geometry.column import Set
from cleanup.geometry.crosswise import MOST, headlines, place_of, put_back, stacks
from cleanup.geometry.dirt import bars, frayed, specks
from cleanup.geometry.lists import em_of, without
from cleanup.geometry.margins import margins
from cleanup.geometry.parts import Part, Place, is_vertical, level, parts_of, placed, without_upright_corners
from cleanup.geometry.placing import body_rows, furniture_rows, placed_row, with_edges, with_placeless
from cleanup.geometry.repeats import repeats
from cleanup.geometry.skew import slope
from cleanup.geometry.spread import pages
from cleanup.model.box import BoxedPage, PageLayout, PlacedRow

_DOUBT = "another order is nearly as good"


def order(page: BoxedPage) -> PageLayout:
    """The rows of a page in the order in which they are read, with their paragraphs."""
    page = without_upright_corners(page)
    vertical = is_vertical(page)
    lean = atan(slope(page, vertical))
    frame = vertical, cos(lean), sin(lean)
    drawn = Drawn(level(page.pictures, *frame), level(page.rules, *frame))
    parts = sorted(
        parts_of(page, *frame),
        key=lambda part: (part.y0, part.x0, part.x1, part.y1, page.lines[part.line].text, part.start),
    )
    parts, again = repeats(parts, page.lines)
    parts, rules = bars(parts, page.lines)
    dirt = [*rules, *specks(parts, page.lines)]
    parts = without(parts, dirt)
    edges = frayed(parts, page.lines)
    parts = without(parts, edges)
    rows: list[PlacedRow] = []
    doubts: list[Part] = []
    before: list[Set] = []
    both = pages(parts, vertical)
    head, foot = margins(parts, page.lines, em_of(parts), vertical) if len(both) > 1 else ([], [])
    rows += furniture_rows(head, page.lines)
    for some in both:
        article = max((row.article for row in rows), default=0)
        rows += _one_page(page, without(some, [*head, *foot]), vertical, drawn, doubts, before, article)
    rows += furniture_rows(foot, page.lines)
    rows = with_edges(rows, page.lines, edges)
    rows += [placed_row([part], page.lines, "repeat") for part in again]
    rows += [placed_row([part], page.lines, "speck") for part in dirt]
    lacking = [number for number, line in enumerate(page.lines) if line.text and not placed(line)]
    rows = with_placeless(rows, page.lines, lacking)
    at = {(piece.line, piece.start): index for index, row in enumerate(rows) for piece in row.pieces}
    doubtful = sorted({at[part.line, part.start] for part in doubts if (part.line, part.start) in at})
    return PageLayout(
        page.number, tuple(rows), degrees(lean), vertical, tuple((row, _DOUBT) for row in doubtful)
    )


class Drawn(NamedTuple):
    """What is no print, in the frame of the parts."""

    pictures: list[Place]
    rules: list[Place]


def _one_page(
    page: BoxedPage,
    parts: list[Part],
    vertical: bool,
    drawn: Drawn,
    doubts: list[Part],
    before: list[Set],
    article: int,
) -> list[PlacedRow]:
    if not parts:
        return []
    em = em_of(parts)
    head, foot = margins(parts, page.lines, em, vertical)
    body = without(parts, [*head, *foot])
    across = stacks(body, page.lines, em, vertical) if len(body) > 2 else []
    if len(across) > MOST:
        across = []
    heads = headlines(across, em, vertical)
    work = Arranging(page, drawn.rules, list(map(place_of, heads)))
    along = without(body, [*chain(*across)]) or body
    columns = work.columns(along)
    if along is not body:
        columns = put_back(columns, heads, em)
    doubts += work.doubts
    found = furniture_rows(head, page.lines)
    found += body_rows(columns, page.lines, em_of(body), drawn.pictures, before, article)
    return found + furniture_rows(foot, page.lines)
