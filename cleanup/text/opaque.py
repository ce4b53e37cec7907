"""Places in a text that no rule may touch: addresses, code, tags, link targets, what is switched off."""

from __future__ import annotations

import re

from cleanup.model.document import Line
from cleanup.model.fix import Span

# Bounded and begun only where a word begins, so that a long run of dots or letters costs no more than others.
_ANY = re.compile(
    r"""(?:https?|ftp)://[^\s，。；、（）《》“”<>]+
      | \bwww\.[A-Za-z0-9./_?=&%-]+
      | (?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}\.[A-Za-z0-9.-]{1,200}
      | (?<![A-Za-z0-9.-])(?:[A-Za-z0-9-]{1,63}\.){1,8}(?:com|cn|org|net|gov|edu)\b(?:/[A-Za-z0-9./_?=&%-]*)?
    """,
    re.X,
)
_PARTS = ("://", "www.", "@", ".com", ".cn", ".org", ".net", ".gov", ".edu")
"""One of these stands in every address."""
_MARKDOWN = re.compile(
    r"""`[^`\n]+`
      | \]\([^()\s]+\)
      | </?[A-Za-z][^<>\n]*>
      | <!--.*?-->""",
    re.X | re.S,
)


_OFF = re.compile(
    r"\n?<!--[ \t]*ocrfix:[ \t]*off[ \t]*-->.*?(?:<!--[ \t]*ocrfix:[ \t]*on[ \t]*-->\n?|\Z)", re.S
)
"""Marks between which a text is left alone; without the second, to the end."""


def switched_off(text: str) -> list[Span]:
    """What stands between <!-- ocrfix: off --> and <!-- ocrfix: on -->, with the marks."""
    return [Span(*match.span()) for match in _OFF.finditer(text)] if "<!--" in text else []


def find(text: str, lines: tuple[Line, ...], markdown: bool) -> tuple[Span, ...]:
    """Opaque places of `text`, sorted and disjoint."""
    some = any(part in text for part in _PARTS)
    spans = [Span(*m.span()) for m in _ANY.finditer(text)] if some else []
    if markdown:
        spans += [Span(*m.span()) for m in _MARKDOWN.finditer(text)]
    spans += switched_off(text)
    spans += [line.span for line in lines if line.kind == "code" and len(line.span)]
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
