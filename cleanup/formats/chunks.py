"""Pieces of Markdown between blank lines: their lines and markup, by a real parser, each read once.

An edit changes one piece of a page or two; the others are known from the look before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleanup.formats import inline
from cleanup.formats.inline import Markup
from cleanup.model.document import Line, Mark
from cleanup.model.fix import Span
from cleanup.text import lines, opaque
from cleanup.text.once import once
from cleanup.text.patterns import re_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

KEPT = 4096
"""Pieces that are remembered."""
_SEAM = re_pattern(r"\n(?:[ \t]*\n)+(?=[^ \t\n])")
_REACHES_ON = re_pattern(r"(?m)^[ \t>]*(?:```|~~~)|<!|<\?|<(?:pre|script|style|textarea)\b", re.I)
"""What goes on over blank lines."""
_SOME = re_pattern(r"(?m)[\\`*_~\[!<&|]|^[ \t]*(?:[#>+-]|\d{1,9}[.)])")
"""One of these stands in every piece that is more than a paragraph of words."""
_QUOTE = re_pattern(r"[ \t]{0,3}(?:>[ \t]?)+")
_BORDER = re_pattern(r"[ \t]*(?<!\\)\|[ \t]*")
_ROW = re_pattern(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
"""The row under a table's head."""
_NOTE = re_pattern(r"\[\^[^\]\s]{1,40}\]:[ \t]*")


class Chunk(NamedTuple):
    """A piece, by places in itself."""

    lines: tuple[Line, ...]
    opaque: tuple[Span, ...]
    marks: tuple[Mark, ...]
    blocks: int
    """How many of its blocks have words."""


def cut(text: str) -> Iterator[tuple[str, str]]:
    """The pieces, each with the blank lines behind it."""
    start = 0
    on = _REACHES_ON.search(text)
    for seam in _SEAM.finditer(text, 0, on.start() if on else len(text)):
        yield text[start : seam.start()], seam[0]
        start = seam.end()
    yield text[start:], ""


@lru_cache(maxsize=KEPT)
def read(text: str) -> Chunk:
    """What stands in a piece; what is opaque for other reasons was put out of sight before."""
    return _Reader(text).chunk()


@once
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable(["code", "lheading", "reference"])
    return inline.ready(parser)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._raw = text.split("\n")
        self._starts = [0]
        for raw in self._raw[:-1]:
            self._starts.append(self._starts[-1] + len(raw) + 1)
        self._opaque: list[Span] = []
        self._marks: list[Mark] = []

    def chunk(self) -> Chunk:
        code, tables, blocks, count = set[int](), set[int](), dict[int, int](), 0
        for kind, first, last, content in self._blocks():
            if kind == "fence":
                code.update(range(first, last))
                self._opaque.append(Span(self._starts[first], self._end(last - 1)))
            elif kind == "table_open":
                tables.update(range(first, last))
                for at in range(first, last):
                    self._mark(inline.find(self._raw[at]), [self._starts[at]], [0])
            elif kind == "html_block":
                source = self._text[self._starts[first] : self._end(last - 1)]
                self._mark(inline.of_html(source), [self._starts[first]], [0])
            else:
                blocks |= dict.fromkeys(range(first, last), count)
                count += 1
                if content:
                    self._words(first, last, content)
        found = (self._line(at, at in code, at in tables, blocks.get(at, -1)) for at in range(len(self._raw)))
        return Chunk(tuple(found), tuple(self._opaque), tuple(self._marks), count)

    def _end(self, line: int) -> int:
        return self._starts[line] + len(self._raw[line])

    def _blocks(self) -> Iterator[tuple[str, int, int, str]]:
        """The blocks with words, code or tags in them: kind, lines, words; those of tables as a whole."""
        if not _SOME.search(self._text):
            first = 0
            for at in range(len(self._raw) + 1):
                if at == len(self._raw) or not self._raw[at].strip(" \t"):
                    if first < at:
                        yield "paragraph_open", first, at, ""
                    first = at + 1
            return
        tokens: list[Token] = []
        _parser().block.parse(self._text, _parser(), {}, tokens)
        behind = 0
        for before, token in zip([None, *tokens], tokens, strict=False):
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
            code = span in found.code
            self._opaque.append(opaque.spaced(self._text, start, end) if code else Span(start, end))
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
        if kind == "body" and bare.startswith("[^") and (note := _NOTE.match(bare)):
            kind, skip = "list", note.end()
        elif skip and not tail:
            self._marks.append(Mark(content.start, content.start + skip, True))
        if table or (kind == "table" and bare.startswith("|")):
            kind = "table"
            if _ROW.fullmatch(raw):
                self._opaque.append(content)
            else:
                borders = _BORDER.finditer(raw)
                self._marks += [
                    Mark(start + border.start(), start + border.end(), True) for border in borders
                ]
        return Line(span, kind, Span(content.start + skip, content.end - tail), level, hard, block)
