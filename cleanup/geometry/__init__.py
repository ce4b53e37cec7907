"""Boxes to reading order: `order` is the door."""

from __future__ import annotations

from cleanup.model.box import BoxedPage, PageLayout, Piece, PlacedRow


def order(page: BoxedPage) -> PageLayout:
    """The rows of a page from the top to the bottom, each a line of its own."""
    lines = sorted(range(len(page.lines)), key=lambda at: (page.lines[at].box.top, page.lines[at].box.left))
    rows = (
        PlacedRow(
            page.lines[at].text, (Piece(at, 0, len(page.lines[at].text)),), page.lines[at].box, follows=0.9
        )
        for at in lines
    )
    return PageLayout(page.number, tuple(rows))
