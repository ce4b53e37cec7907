"""A page or file of text with the structure that rules may rely on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from cleanup.model.box import Boxed
from cleanup.model.fix import Span
from cleanup.model.scan import Scan, SeenAt

Format = Literal["text", "markdown", "html", "csv", "subtitles", "tex"]
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
    block: int = -1
    """Number of the block that its format says the line belongs to (a paragraph, a list item's paragraph with
    all its wrapped lines); -1 where the format says nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Markup around words: it is no text, and goes only with all that it marks."""

    start: int
    end: int
    parts: bool = False
    """Parts what stands on its sides, as a border between cells does; else the words run on over it."""


def _start(place: Span | Mark) -> int:
    return place.start


def _end(place: Span | Mark) -> int:
    return place.end


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
class RowAt:
    """A row of an engine's file within the text: what its place on the page says of it."""

    start: int
    """Its first character in the text."""
    end: int
    kind: str
    """As in model.box.PlacedRow."""
    follows: float
    """How likely it goes on with the paragraph before it, by its place; 0 to 1."""
    doubtful: bool = False
    """From here another order of the page is nearly as good."""


@dataclass(frozen=True, slots=True)
class SeenOnce:
    """What a witness says of a place that it read otherwise."""

    rival: float
    """The probability that the picture shows what stands in the text."""
    clear: float
    """How sure it is of the whole line of print."""
    goes_on: bool = False
    """Of what is lost: it goes on with the text before it."""
    goes_behind: bool = False
    """Of what is lost: the text behind goes on with it."""
    is_whole: bool = False
    """All that the pictures have, in the order in which it is read: the text has lost its own."""
    beside: tuple[tuple[str, str], ...] = ()
    """What other witnesses read there: (name, text); of what they have not read there is nothing."""


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What another reading of the same page has where the text has something else."""

    span: Span
    """Empty: only the other has something here."""
    text: str
    """Empty: only this one has something here."""
    source: str
    """Name of the other reading's file."""
    confidence: float | None = None
    """Of its engine, 0 to 1; None where it says nothing."""
    at_end: bool = False
    """Behind the last character of a boxed line, whose box may have cut one off."""
    lost: bool = False
    """Whole lines, or parts of lines, that the text has lost."""
    rows: tuple[RowAt, ...] = ()
    """The rows of lines lost, by place in `text`, where the page's boxes are known."""
    seen: SeenOnce | None = None
    """Where it was read off the picture of the page by a witness."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """How the bytes carried the text, so that they can be rebuilt exactly."""

    encoding: str = "utf-8"
    bom: bool = False
    newline: Newline = "\n"
    """The line end that most lines have."""
    odd_newlines: tuple[tuple[int, Newline], ...] = ()
    """(line index from 0, line end) where it differs."""
    broken: bool = False
    """Some bytes are none of the encoding: characters of the text hold them (model.kept_bytes)."""
    raw: str | None = None
    """The bytes themselves, zlib and base64, where decoding and encoding do not round-trip, and of engines'
    files, of which the text is a part only."""


@dataclass(frozen=True, eq=False)
class Document:
    """Decoded text with line ends as LF, and what its format says about it."""

    text: str
    name: str = ""
    format: Format = "text"
    lines: tuple[Line, ...] = ()
    pages: tuple[Page, ...] = ()
    opaque: tuple[Span, ...] = ()
    """Places that are no text, whatever happens around them: formulas, code, addresses; sorted, disjoint."""
    envelope: Envelope = field(default_factory=Envelope)
    engine: tuple[EngineReading, ...] = ()
    """What the engine says of its characters, where it is known; by place."""
    marks: tuple[Mark, ...] = ()
    """Markup: list and emphasis marks, tags, borders of cells; sorted, disjoint, and apart from `opaque`."""
    rows: tuple[RowAt, ...] = ()
    """The rows of an engine's file, by place; lines that were joined hold several."""
    others: tuple[OtherReading, ...] = ()
    """What other readings of the page have instead, by place."""
    beside: tuple[tuple[str, str], ...] = ()
    """(name, SHA-256) of the files of the other readings."""
    boxed: Boxed | None = None
    """Of an engine's file with places: its pages, and the order in which their rows became the text."""
    scans: tuple[Scan, ...] = ()
    """The pictures that it was held against."""
    seen: tuple[SeenAt, ...] = ()
    """Where its words, and those that it has lost, stand on them, of text without places of its own."""
    agreed: tuple[Span, ...] = ()
    """Where its pictures show what it has; sorted, disjoint."""
    unseen: tuple[Span, ...] = ()
    """What stands nowhere on its pictures, though what is around it does."""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    @cached_property
    def _page_ends(self) -> list[int]:
        return [page.span.end for page in self.pages]

    @cached_property
    def _shut(self) -> tuple[list[int], list[int]]:
        """Starts and ends of what is no text."""
        both = [(span.start, span.end) for span in self.opaque]
        both += [(mark.start, mark.end) for mark in self.marks]
        both.sort()
        return [start for start, _ in both], [end for _, end in both]

    @cached_property
    def _row_starts(self) -> list[int]:
        return [row.start for row in self.rows]

    def row(self, line: Line) -> RowAt | None:
        """The first row of a line; None where the text was no engine's file with places."""
        at = bisect_left(self._row_starts, line.span.start)
        found = self.rows[at] if at < len(self.rows) else None
        return found if found and found.start <= line.span.end else None

    def line_at(self, position: int) -> int:
        """Index of the line that holds `position`."""
        return max(0, bisect_right(self._line_starts, position) - 1)

    def page_at(self, position: int) -> int:
        """Number of the page that holds `position`, from 1."""
        at = min(bisect_right(self._page_ends, position), len(self.pages) - 1)
        return self.pages[at].number if self.pages else 1

    def is_opaque(self, start: int, end: int) -> bool:
        """Whether any of [start, end) is no text; a place between two characters, whether it lies within."""
        starts, ends = self._shut
        at = (bisect_left(starts, start) if start >= end else bisect_right(starts, end - 1)) - 1
        return at >= 0 and ends[at] > start

    def shut_in(self, start: int, end: int) -> tuple[Span, ...]:
        """The opaque places that [start, end) meets, markup aside."""
        return self.opaque[
            bisect_right(self.opaque, start, key=_end) : bisect_left(self.opaque, end, key=_start)
        ]

    def marks_in(self, start: int, end: int) -> tuple[Mark, ...]:
        """The markup that [start, end) meets."""
        return self.marks[
            bisect_right(self.marks, start, key=_end) : bisect_left(self.marks, end, key=_start)
        ]

    def words(self, line: Line) -> str:
        """The content of a line."""
        return self.text[line.content.start : line.content.end]
