"""Markdown, as vision-language models write it: markup by a real parser, formulas, front matter, tokens.

What is not sure to be markup is text. Two habits of the standard are left out, since they take prose for
something else: four spaces make no code, and a rule under a line makes it no heading.
"""

from __future__ import annotations

import re

from cleanup.formats import chunks
from cleanup.model.document import Document, Envelope, Format, Line, Mark
from cleanup.model.fix import Span
from cleanup.text import formulas, lines, opaque
from cleanup.text.patterns import re_pattern

NAME: Format = "markdown"
# Only marks that repair keeps may count, or a second run would take the text for something else.
_MARKS = re_pattern(r"(?m)^(?:#{1,6} \S|```|\|[^\n|]+\|[^\n]*\|$|[-*+] \S[^\n]*\n[-*+] \S)")
_SOME = ("# ", "```", "|", "- ", "* ", "+ ")
"""One of these stands in every mark."""
_KEY = r"[^\s:：#|<>*\-][^:：\n|]{0,40}:(?:[ \t][^\n]*)?\n"
_MATTER = re_pattern(
    rf"---[ \t]*\n{_KEY}(?:{_KEY}|[ \t]+\S[^\n]*\n|-[ \t][^\n]*\n|\#[^\n]*\n|[ \t]*\n)*?"
    r"(?:---|\.\.\.)[ \t]*(?=\n|\Z)"
    r"|\+\+\+[ \t]*\n(?:[\w.\-]+[ \t]*=[^\n]*\n|\[[^\n]*\][ \t]*\n|[ \t]*\n)+?\+\+\+[ \t]*(?=\n|\Z)"
)
"""Front matter: --- with keys, or +++."""
_WRAPPER = re_pattern(r"\s*(`{3,}|~{3,})[ \t]*(?:markdown|md)[ \t]*(?=\n)", re.I)
"""A fence around the whole text, which a model opened to say that it writes Markdown."""
_REFERENCE = re_pattern(r"(?m)^[ ]{0,3}\[[^\]\^\n]{1,80}\]:[ \t]*\S+[^\n]*$")


def sniff(text: str, name: str) -> float:
    if name.lower().endswith((".md", ".markdown", ".mkd")):
        return 1.0
    return 0.9 if any(mark in text for mark in _SOME) and _MARKS.search(text) else 0.0


def parse(text: str, name: str, envelope: Envelope) -> Document:
    flat = text.replace("\f", "\n")
    own = opaque.notation(flat)
    if flat.startswith(("---", "+++")) and (matter := _MATTER.match(flat)):
        own.append(Span(*matter.span()))
    own += [
        Span(start, end) if set_off else opaque.spaced(flat, start, end)
        for start, end, set_off in formulas.find(flat)
    ]
    shut = opaque.words(flat) + own
    if "]:" in flat:
        shut += [Span(*match.span()) for match in _REFERENCE.finditer(flat)]
    fences = _fences(flat)
    found, marks = list[Line](), [Mark(span.start, span.end, True) for span in fences]
    at = block = 0
    for piece, gap in chunks.cut(_hidden(flat, shut, fences)):
        chunk = chunks.read(piece)
        found += [_moved(line, at, block) for line in chunk.lines]
        if chunk.opaque:
            shut += [Span(at + span.start, at + span.end) for span in chunk.opaque]
        if chunk.marks:
            marks += [Mark(at + mark.start, at + mark.end, mark.parts) for mark in chunk.marks]
        at += len(piece) + 1
        for blank in gap.split("\n")[1:-1]:
            found.append(Line(Span(at, at + len(blank)), "blank", Span(at, at)))
            at += len(blank) + 1
        block += chunk.blocks
    split = lines.apart(text, tuple(found), own + fences)
    places, free = opaque.apart(shut, marks)
    return Document(text, name, NAME, split, lines.pages(text), places, envelope, marks=free)


def _moved(line: Line, by: int, block: int) -> Line:
    span, content = line.span, line.content
    return Line(
        Span(span.start + by, span.end + by),
        line.kind,
        Span(content.start + by, content.end + by),
        line.level,
        line.hard_break,
        line.block + block if line.block >= 0 else -1,
    )


def _as_word(line: str) -> str:
    return "x" * len(line) if line.strip() else line


def _hidden(flat: str, shut: list[Span], fences: list[Span]) -> str:
    """The text with what is no text put out of the parser's sight, place for place: as a word; a fence as
    space."""
    if not shut and not fences:
        return flat
    parts, done = list[str](), 0
    for span in opaque.merged(span for span in shut if not flat.startswith("[^", span.start)):
        words = flat[span.start : span.end]
        lead, inside = len(words) - len(words.lstrip(" ")), words.strip(" ")
        trail = len(words) - lead - len(inside)
        parts += (
            flat[done : span.start],
            " " * lead,
            "\n".join(map(_as_word, inside.split("\n"))),
            " " * trail,
        )
        done = span.end
    flat = "".join((*parts, flat[done:]))
    for span in fences:
        flat = flat[: span.start] + " " * len(span) + flat[span.end :]
    return flat


def _fences(flat: str) -> list[Span]:
    """The fence that stands around all of a text, or that a model opened and never closed."""
    if not (first := _WRAPPER.match(flat)):
        return []
    fences = [Span(first.start(1), first.end())]
    last = flat.rstrip()
    at = len(last) - len(first[1])
    if last.endswith("\n" + first[1]) and at > first.end():
        fences.append(Span(at, len(last)))
    return fences
