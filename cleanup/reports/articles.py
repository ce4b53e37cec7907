"""An article joined over pages, as Markdown: its text, and where each part stands."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from cleanup.model.stitches import End, Piece, Stitched
from cleanup.text.patterns import regex_pattern

_MARKUP = regex_pattern(r"(?m)^([#>+*-]|\d+[.)])|[\\`*_\[\]<>]")


def markdown(article: Stitched, reports: Mapping[str, str]) -> str:
    """The article; `reports` leads from a page's file to its report."""
    blocks = [_block(piece) for piece in article.pieces]
    places = [_place(seam.to, reports) + " → " + _place(seam.origin, reports) for seam in article.seams]
    return "\n\n".join([*blocks, "---", *places]) + "\n"


def _block(piece: Piece) -> str:
    text = _escaped(piece.text)
    return f"{'#' * piece.level} {text}" if piece.level else text


def _place(end: End, reports: Mapping[str, str]) -> str:
    shown = _escaped(f"{end.name}, {end.line}: {end.mark}")
    return f"[{shown}]({quote(reports.get(end.name, ''), safe='/')})"


def _escaped(text: str) -> str:
    return str(_MARKUP.sub(lambda found: f"\\{found[0]}", text))
