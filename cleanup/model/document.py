"""A page or file of text with the structure that rules may rely on."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from cleanup.model.fix import Span

Format = Literal["text", "markdown"]
LineKind = Literal["blank", "heading", "list", "table", "quote", "code", "rule", "figure", "body"]
Newline = Literal["\n", "\r\n", "\r"]


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line, without its line end."""

    span: Span
    kind: LineKind
    content: Span
    """The words: without indent, list or heading marks and trailing spaces."""
    level: int = 0
    """Depth of a Markdown heading, 1 to 6; else 0."""
    hard_break: bool = False
    """Ends in Markdown's two-space hard break."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the input; form feeds part pages."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class EngineReading:
    """What the OCR engine itself says of a character: how sure it was, and what else it may have been."""

    span: Span
    """Of the character, in the text with line ends as LF."""
    confidence: float
    """Of what stands there, 0 to 1."""
    others: tuple[tuple[str, float], ...] = ()
    """(character, confidence)"""


@dataclass(frozen=True, slots=True)
class Envelope:
    """How the bytes carried the text, so that they can be rebuilt exactly."""

    encoding: str = "utf-8"
    bom: bool = False
    newline: Newline = "\n"
    """The line end that most lines have."""
    odd_newlines: tuple[tuple[int, Newline], ...] = ()
    """(line index from 0, line end) where it differs."""
    raw: str | None = None
    """The bytes themselves, zlib and base64, where decoding and encoding do not round-trip."""


@dataclass(frozen=True, eq=False)
class Document:
    """Decoded text with line ends as LF, and what its format says about it."""

    text: str
    name: str = ""
    format: Format = "text"
    lines: tuple[Line, ...] = ()
    pages: tuple[Page, ...] = ()
    opaque: tuple[Span, ...] = ()
    """Places that rules leave alone: code, addresses, tags; sorted."""
    envelope: Envelope = field(default_factory=Envelope)
    engine: tuple[EngineReading, ...] = ()
    """What the engine says of its characters, where it is known; by place."""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    @cached_property
    def _page_ends(self) -> list[int]:
        return [page.span.end for page in self.pages]

    @cached_property
    def _opaque_starts(self) -> list[int]:
        return [span.start for span in self.opaque]

    def line_at(self, position: int) -> int:
        """Index of the line that holds `position`."""
        return max(0, bisect_right(self._line_starts, position) - 1)

    def page_at(self, position: int) -> int:
        """Number of the page that holds `position`, from 1."""
        at = min(bisect_right(self._page_ends, position), len(self.pages) - 1)
        return self.pages[at].number if self.pages else 1

    def is_opaque(self, start: int, end: int) -> bool:
        """Whether any of [start, end) stands in an opaque place."""
        at = bisect_right(self._opaque_starts, max(start, end - 1)) - 1
        return at >= 0 and self.opaque[at].end > start

    def words(self, line: Line) -> str:
        """The content of a line."""
        return self.text[line.content.start : line.content.end]
