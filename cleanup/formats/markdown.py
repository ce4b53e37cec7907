"""Markdown, as vision-language models write it: blocks and markup by a real parser, formulas, front matter, tokens.

What is not sure to be markup is text. Two habits of the standard are left out, since they take prose for something
else: four spaces make no code, and a rule under a line makes it no heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from cleanup.formats import inline
from cleanup.formats.inline import Markup
from cleanup.model.document import Document, Envelope, Format, Line, Mark
from cleanup.model.fix import Span
from cleanup.text import formulas, lines, opaque

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NAME: Format = "markdown"
# Only marks that repair keeps may count, or a second run would take the text for something else.
_MARKS = re.compile(r"(?m)^(?:#{1,6} \S|```|\|[^\n|]+\|[^\n]*\|$|[-*+] \S[^\n]*\n[-*+] \S)")
_SOME = ("# ", "```", "|", "- ", "* ", "+ ")
"""One of these stands in every mark."""
_KEY = r"[^\s:：#|<>*\-][^:：\n|]{0,40}:(?:[ \t][^\n]*)?\n"
_MATTER = re.compile(
    rf"---[ \t]*\n{_KEY}(?:{_KEY}|[ \t]+\S[^\n]*\n|-[ \t][^\n]*\n|\#[^\n]*\n|[ \t]*\n)*?(?:---|\.\.\.)[ \t]*(?=\n|\Z)"
    r"|\+\+\+[ \t]*\n(?:[\w.\-]+[ \t]*=[^\n]*\n|\[[^\n]*\][ \t]*\n|[ \t]*\n)+?\+\+\+[ \t]*(?=\n|\Z)"
)
"""Front matter: --- with keys, or +++."""
_WRAPPER = re.compile(r"\s*(`{3,}|~{3,})[ \t]*(?:markdown|md)[ \t]*(?=\n)", re.I)
"""A fence around the whole text, which a model opened to say that it writes Markdown."""
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_BORDER = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
"""The row under a table's head."""
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:[ \t]*")
_REFERENCE = re.compile(r"(?m)^[ ]{0,3}\[[^\]\^\n]{1,80}\]:[ \t]*\S+[^\n]*$")
_NOT_SPACE = re.compile(r"[^\n]")


def sniff(text: str, name: str) -> float:
    if name.lower().endswith((".md", ".markdown", ".mkd")):
        return 1.0
    return 0.9 if any(mark in text for mark in _SOME) and _MARKS.search(text) else 0.0


def parse(text: str, name: str, envelope: Envelope) -> Document:
    return _Reader(text).document(name, envelope)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["code", "lheading", "reference"])


class _Reader:
    """One text on its way to a document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._opaque: list[Span] = opaque.words(text)
        self._own: list[Span] = opaque.notation(text)
        """Those that may fill lines: formulas, front matter, notation."""
        self._fences: list[Span] = []
        self._marks: list[Mark] = []
        self._plain = self._masked(text.replace("\f", "\n"))
        """The text with formulas, front matter and the like put out of the parser's sight, place for place."""
        self._raw = self._plain.split("\n")
        self._starts = [0]
        for raw in self._raw[:-1]:
            self._starts.append(self._starts[-1] + len(raw) + 1)
        self._tokens: list[Token] = []
        _parser().block.parse(self._plain, _parser(), {}, self._tokens)

    def document(self, name: str, envelope: Envelope) -> Document:
        code, tables, blocks = set[int](), set[int](), dict[int, int]()
        for number, (kind, first, last, content) in enumerate(self._blocks()):
            if kind == "fence":
                code.update(range(first, last))
                self._opaque.append(Span(self._starts[first], self._end(last - 1)))
            elif kind == "table_open":
                tables.update(range(first, last))
                for at in range(first, last):
                    self._mark(inline.find(self._raw[at]), [self._starts[at]], [0])
            elif kind == "html_block":
                source = self._plain[self._starts[first] : self._end(last - 1)]
                self._mark(inline.of_html(source), [self._starts[first]], [0])
            else:
                blocks |= dict.fromkeys(range(first, last), number)
                self._words(first, last, content)
        found = tuple(
            self._line(at, at in code, at in tables, blocks.get(at, -1)) for at in range(len(self._raw))
        )
        found = lines.apart(self._text, found, [*self._own, *self._fences])
        shut, marks = _disjoint([*self._opaque, *self._own], self._marks)
        return Document(self._text, name, NAME, found, lines.pages(self._text), shut, envelope, marks=marks)

    def _end(self, line: int) -> int:
        return self._starts[line] + len(self._raw[line])

    def _masked(self, flat: str) -> str:
        if flat.startswith(("---", "+++")) and (matter := _MATTER.match(flat)):
            self._own.append(Span(*matter.span()))
        self._own += [
            Span(start, end) if set_off else opaque.spaced(flat, start, end)
            for start, end, set_off in formulas.find(flat)
        ]
        self._opaque += [Span(*match.span()) for match in _REFERENCE.finditer(flat)] if "]:" in flat else []
        parts, done = list[str](), 0
        for span in opaque.merged([*self._opaque, *self._own]):
            hidden = _NOT_SPACE.sub("x", flat[span.start : span.end].strip(" "))
            lead = len(flat[span.start : span.end]) - len(flat[span.start : span.end].lstrip(" "))
            parts += (flat[done : span.start], " " * lead, hidden)
            parts.append(" " * (len(span) - lead - len(hidden)))
            done = span.end
        return self._unwrapped("".join((*parts, flat[done:])))

    def _unwrapped(self, flat: str) -> str:
        """The text without the fence that stands around all of it."""
        if "```" not in flat[:200] and "~~~" not in flat[:200] or not (first := _WRAPPER.match(flat)):
            return flat
        fences = [(first.start(1), first.end())]
        last = flat.rstrip()
        if (
            last.endswith(first[1])
            and (at := len(last) - len(first[1])) > first.end()
            and flat[at - 1] == "\n"
        ):
            fences.append((at, len(last)))
        for start, end in fences:
            self._marks.append(Mark(start, end, True))
            self._fences.append(Span(start, end))
            flat = flat[:start] + " " * (end - start) + flat[end:]
        return flat

    def _blocks(self) -> Iterator[tuple[str, int, int, str]]:
        """The blocks with words, code or tags in them: kind, lines, words; those of tables as a whole."""
        behind = 0
        for before, token in zip([None, *self._tokens], self._tokens, strict=False):
            if token.map is None or token.map[0] < behind:
                continue
            first, last = token.map
            if token.type in ("table_open", "fence", "html_block"):
                yield token.type, first, last, ""
                behind = last
            elif token.type == "inline" and before:
                yield before.type, first, last, token.content

    def _words(self, first: int, last: int, content: str) -> None:
        """The markup of a paragraph or heading."""
        pieces = content.split("\n")
        bases, offsets, at = list[int](), list[int](), 0
        if len(pieces) != last - first:
            pieces = [self._raw[line].strip() for line in range(first, last)]
        for line, piece in zip(range(first, last), pieces, strict=True):
            place = self._raw[line].rfind(piece)
            if place < 0:  # a tab that the parser took for spaces
                pieces[line - first] = piece = self._raw[line].strip()
                place = self._raw[line].rfind(piece)
            bases.append(self._starts[line] + place)
            offsets.append(at)
            at += len(piece) + 1
        self._mark(inline.find("\n".join(pieces)), bases, offsets)

    def _mark(self, found: Markup, bases: list[int], offsets: list[int]) -> None:
        """Keep the markup of a block whose lines stand at `bases` and, in its words, at `offsets`."""

        def out(at: int) -> int:
            line = bisect_right(offsets, at) - 1
            return bases[line] + at - offsets[line]

        for span in found.opaque:
            start, end = out(span.start), out(span.end - 1) + 1
            self._opaque.append(
                opaque.spaced(self._text, start, end) if span in found.code else Span(start, end)
            )
        self._marks += [Mark(out(mark.start), out(mark.end - 1) + 1, mark.parts) for mark in found.marks]

    def _line(self, at: int, code: bool, table: bool, block: int) -> Line:
        raw, start = self._raw[at], self._starts[at]
        bare = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        span, content = Span(start, start + len(raw)), Span(start + indent, start + indent + len(bare))
        if not bare or code:
            return Line(span, "code", content) if code else Line(span, "blank", Span(start, start))
        hard = raw.endswith("  ")
        if quote := _QUOTE.match(raw):
            self._marks.append(Mark(start, start + quote.end(), True))
            content = Span(min(start + quote.end(), content.end), content.end)
            return Line(span, "quote", content, 0, hard, block)
        kind, level, skip, tail = lines.read(bare, True)
        if kind == "body" and self._text.startswith("[^", content.start):
            note = _NOTE.match(self._text, content.start, content.end)
            kind, skip = ("list", len(note[0])) if note else (kind, skip)
        elif skip and not tail:
            self._marks.append(Mark(content.start, content.start + skip, True))
        if table or (kind == "table" and bare.startswith("|")):
            kind = "table"
            if _ROW.fullmatch(raw):
                self._opaque.append(content)
            else:
                self._marks += [
                    Mark(start + border.start(), start + border.end(), True)
                    for border in _BORDER.finditer(raw)
                ]
        return Line(span, kind, Span(content.start + skip, content.end - tail), level, hard, block)


def _disjoint(shut: list[Span], marks: list[Mark]) -> tuple[tuple[Span, ...], tuple[Mark, ...]]:
    """What is no text and the markup, sorted and apart: an address in a tag is of the tag."""
    found: list[Mark] = []
    for mark in sorted(marks):
        if found and mark.start < found[-1].end:
            found[-1] = Mark(found[-1].start, max(found[-1].end, mark.end), found[-1].parts or mark.parts)
        elif mark.start < mark.end:
            found.append(mark)
    starts = [mark.start for mark in found]

    def within(span: Span) -> bool:
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and span.end <= found[at].end

    places = opaque.merged(span for span in opaque.merged(shut) if not within(span))
    begins = [place.start for place in places]

    def is_free(mark: Mark) -> bool:
        at = bisect_right(begins, mark.end - 1) - 1
        return at < 0 or places[at].end <= mark.start

    return places, tuple(mark for mark in found if is_free(mark))
