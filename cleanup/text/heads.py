"""Lines at the edges of pages: the same there in many files, they are running heads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleanup.model.document import Document
from cleanup.text import newspaper, notes, paragraphs
from cleanup.text.lines import KEPT, MARK
from cleanup.text.patterns import regex_pattern

EDGE = 3
"""So many lines from the top and from the bottom of a page are at its edge."""
LONGEST = 40
SHORTEST = 3
_DIGITS = regex_pattern(r"\d+")


class Standing(NamedTuple):
    """What other files of an archive say of a line by its shape."""

    edges: int
    """In how many it stands at the edge of a page."""
    furniture: int
    """In how many it is furniture by the file's own evidence."""


Known = Callable[[str], Standing]


def shape(words: str) -> str:
    """A line by its letters, with its numbers made equal; empty where it is too short or long, or prose."""
    if len(words) > 2 * LONGEST or paragraphs.is_prose(words):
        return ""
    found = str(_DIGITS.sub("0", "".join(char for char in words if char.isalnum())))
    return found if SHORTEST <= len(found) <= LONGEST else ""


def at_edges(document: Document) -> Iterator[tuple[int, str]]:
    """(index of the line, shape) of the lines at the edges of pages, in order."""
    for page in document.pages:
        first, last = document.line_at(page.span.start), document.line_at(max(0, page.span.end - 1))
        solid = [at for at in range(first, last + 1) if document.lines[at].kind != "blank"]
        for at in dict.fromkeys((*solid[:EDGE], *solid[-EDGE:])):
            if found := shape(document.words(document.lines[at])):
                yield at, found


def page_cuts(document: Document, solid: Sequence[int]) -> set[int]:
    """Orders of the `solid` lines that begin a page; the end of the text counts as one."""
    text, lines = document.text, document.lines
    cuts = {0, len(solid)}
    for order in range(1, len(solid)):
        before, after = lines[solid[order - 1]], lines[solid[order]]
        if text.find("\f", before.span.end, after.span.start) >= 0:
            cuts.add(order)
    return cuts


@lru_cache(maxsize=4)
def shapes(document: Document) -> frozenset[str]:
    """The shapes of all lines at the edges."""
    return frozenset(found for _, found in at_edges(document))


@lru_cache(maxsize=KEPT)
def is_content(words: str) -> bool:
    """What is no running head, whatever stands on other pages: byline, jump line, teaser, note."""
    return (
        newspaper.is_byline(words)
        or paragraphs.is_jump_line(words)
        or words.startswith(MARK)
        or newspaper.is_teaser_head(words)
        or newspaper.is_teaser(words)
        or notes.is_note(words)
    )
