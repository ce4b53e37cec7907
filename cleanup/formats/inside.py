"""Documents whose lines are no running text: what stands in their structure is text; nothing is joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cleanup.model.document import Document, Envelope, Format, Line, LineKind, Mark
from cleanup.model.fix import Span
from cleanup.text import lines, opaque
from cleanup.text.patterns import re_pattern

_BREAK = re_pattern(r"[\n\f]")


def document(
    text: str,
    name: str,
    form: Format,
    envelope: Envelope,
    kind: Callable[[int], LineKind],
    shut: Iterable[Span],
    marks: Iterable[Mark] = (),
) -> Document:
    """A document that keeps its line breaks, what is `shut` and its `marks`; `kind` tells what a line is."""
    found, start = list[Line](), 0
    breaks = [match.start() for match in _BREAK.finditer(text)]
    for number, end in enumerate([*breaks, len(text)]):
        raw = text[start:end]
        bare = raw.strip()
        at = start + len(raw) - len(raw.lstrip()) if bare else start
        found.append(Line(Span(start, end), kind(number) if bare else "blank", Span(at, at + len(bare))))
        start = end + 1
    markup = sorted(marks)
    keeps = [*shut, *(Span(at, at + 1) for at in breaks), *opaque.words(text)]
    places = opaque.merged(keeps)
    shut_off = _apart(places, markup)
    return Document(
        text, name, form, tuple(found), lines.pages(text), shut_off, envelope, marks=tuple(markup)
    )  # fmt: skip


def _apart(places: tuple[Span, ...], marks: list[Mark]) -> tuple[Span, ...]:
    """The places without what is markup: an address in a tag is of the tag."""
    found, at = list[Span](), 0
    for span in places:
        start = span.start
        while at < len(marks) and marks[at].end <= start:
            at += 1
        near = at
        while near < len(marks) and marks[near].start < span.end:
            if start < marks[near].start:
                found.append(Span(start, marks[near].start))
            start = max(start, marks[near].end)
            near += 1
        if start < span.end:
            found.append(Span(start, span.end))
    return tuple(found)


def signs(text: str, chars: str) -> list[Span]:
    """Where one of `chars` stands: what a rule would write for it is a mark of the format."""
    if not any(char in text for char in chars):
        return []
    return [Span(*match.span()) for match in re.finditer(f"[{re.escape(chars)}]", text)]
