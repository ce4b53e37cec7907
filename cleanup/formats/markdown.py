"""Markdown, as vision-language models write it: headings, lists, tables, hard breaks."""

from __future__ import annotations

import re

from cleanup.model.document import Document, Envelope, Format
from cleanup.text import lines, opaque

NAME: Format = "markdown"
# Only marks that repair keeps may count, or a second run would take the text for something else.
_MARKS = re.compile(r"(?m)^(?:#{1,6} \S|```|\|[^\n|]+\|[^\n]*\|$|[-*+] \S[^\n]*\n[-*+] \S)")
_SOME = ("# ", "```", "|", "- ", "* ", "+ ")
"""One of these stands in every mark."""


def sniff(text: str, name: str) -> float:
    if name.lower().endswith((".md", ".markdown", ".mkd")):
        return 1.0
    return 0.9 if any(mark in text for mark in _SOME) and _MARKS.search(text) else 0.0


def parse(text: str, name: str, envelope: Envelope) -> Document:
    found = lines.split(text, markdown=True)
    return Document(text, name, NAME, found, lines.pages(text), opaque.find(text, found, True), envelope)
