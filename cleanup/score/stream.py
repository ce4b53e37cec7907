"""A document's running text as one row of characters, without spaces and line ends within paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import regex
from numpy.typing import NDArray

from cleanup.model.document import Document
from cleanup.text import signs

_SPACE = regex.compile(r"\s+")
_SPACES = np.zeros(0x3002, dtype=np.bool_)
_SPACES[[ord(char) for char in " \t\r\u3000\u00a0"]] = True
_READ = ("body", "heading", "list", "quote")


@dataclass(frozen=True)
class Stream:
    """Characters that hang together; a line end stands where they do not."""

    text: str
    places: NDArray[np.int64]
    """Where each character stands in the document."""


@lru_cache(maxsize=2)
def of(document: Document) -> Stream:
    """The running text of a document; tables, code and rules are left out."""
    text = document.text
    solid = signs.codes(text)
    keep = np.ones(len(text), dtype=bool)
    for line in document.lines:
        if line.kind in _READ:
            keep[line.span.start : line.content.start] = False
            keep[line.content.end : line.span.end] = False
        elif line.kind != "blank":
            keep[line.span.start : line.span.end] = False
    for place in (*document.opaque, *document.marks):
        keep[place.start : place.end] = False
    keep &= ~_SPACES[np.minimum(solid, len(_SPACES) - 1)]
    for match in _SPACE.finditer(text):
        end = match.group().replace("\f", "\n").find("\n")
        if end >= 0:
            keep[match.start() : match.end()] = False
            keep[match.start() + end] = True
    places = np.flatnonzero(keep)
    chosen = np.where(solid[places] == ord("\f"), ord("\n"), solid[places]).astype("<u4")
    return Stream(chosen.tobytes().decode("utf-32-le", "surrogatepass"), places)
