"""Plain text: lines, form feeds; headings are only guessed at by rules."""

from __future__ import annotations

from cleanup.model.document import Document, Envelope, Format
from cleanup.text import lines, opaque

NAME: Format = "text"


def sniff(text: str, name: str) -> float:
    return 0.5


def parse(text: str, name: str, envelope: Envelope) -> Document:
    shut, own = opaque.find(text)
    found, commas = lines.separated(text, lines.apart(text, lines.split(text), own))
    places, marks = opaque.apart(shut, [*opaque.tags(text), *commas])
    return Document(text, name, NAME, found, lines.pages(text), places, envelope, marks=marks)
