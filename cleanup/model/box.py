"""What an engine gives of a scanned page: lines and words with their places.

Places are in pixels of the scan, x to the right and y downwards; `geometry/` finds the order in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle on its page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_tall(self) -> bool:
        """Whether the characters in it stand one under another."""
        return self.height > 1.5 * self.width

    @property
    def area(self) -> float:
        """0 of what is turned inside out."""
        return max(0.0, self.width) * max(0.0, self.height)

    def both(self, other: Box) -> Box:
        """What two boxes share; turned inside out where they share nothing."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def scaled(self, across: float, down: float) -> Box:
        """The same place where the page is so many times as wide and as high."""
        return Box(self.left * across, self.top * down, self.right * across, self.bottom * down)


def mean(confidences: Iterable[float | None]) -> float | None:
    """Of those that are said; None where none is."""
    said = [one for one in confidences if one is not None]
    return sum(said) / len(said) if said else None


@dataclass(frozen=True, slots=True)
class BoxedWord:
    """A word, or a character, as the engine boxed it."""

    text: str
    box: Box
    confidence: float | None = None
    """0 to 1; None where the engine says nothing."""
    others: tuple[tuple[str, float], ...] = ()
    """What else the engine took it for: (text, confidence)."""
    space_after: bool = False
    """A space stands behind it in the line."""


@dataclass(frozen=True, slots=True)
class BoxedLine:
    """A line of print, or the part of one that the engine boxed."""

    text: str
    box: Box
    corners: tuple[tuple[float, float], ...] = ()
    """The four corners where the engine gives more than an upright box, clockwise from its top left."""
    confidence: float | None = None
    words: tuple[BoxedWord, ...] = ()
    """Their texts, with the spaces behind them, are the line's text; () where the engine boxes lines only."""
    role: str = ""
    """What the engine says it is (heading, caption, header, footer, table …), in its own words; a hint."""

    def scaled(self, across: float, down: float) -> BoxedLine:
        """The same line where the page is so many times as wide and as high."""
        words = tuple(replace(word, box=word.box.scaled(across, down)) for word in self.words)
        corners = tuple((x * across, y * down) for x, y in self.corners)
        return replace(self, box=self.box.scaled(across, down), corners=corners, words=words)

    @property
    def sure(self) -> float | None:
        """How sure the engine was of the line, else of its words on average; None where it does not say."""
        if self.confidence is not None:
            return self.confidence
        return mean(word.confidence for word in self.words)


@dataclass(frozen=True, slots=True)
class BoxedPage:
    """A page as an engine boxed it, its lines in the engine's own order."""

    number: int
    lines: tuple[BoxedLine, ...]
    width: float = 0.0
    """0 where unknown."""
    height: float = 0.0
    pictures: tuple[Box, ...] = ()
    """Where the engine says that pictures are; a hint."""
    rules: tuple[Box, ...] = ()
    """Where it says that rules are printed; a hint."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a boxed line's text: the whole line mostly, a part where it runs over a gutter."""

    line: int
    """Index in BoxedPage.lines."""
    start: int
    """First character of the line's text that belongs to it."""
    end: int
    """The one behind its last."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of print in reading order: one line of the document's text."""

    text: str
    """Its pieces' texts, one behind the other, with white space between them or nothing; without line ends.
    Empty in a journal, whose source has it."""
    pieces: tuple[Piece, ...]
    """In the order in which they are read."""
    box: Box
    """On the page as scanned."""
    kind: str = "body"
    """body, heading, caption, furniture, repeat, speck …"""
    follows: float = 0.0
    """How likely it goes on with the paragraph of the row before it, 0 to 1; 0 for a page's first row."""
    article: int = 0
    """Number of the article on the page: each headline, with its kickers, begins one; 0 before the first."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page's rows in the order in which they are read."""

    page: int
    rows: tuple[PlacedRow, ...]
    skew: float = 0.0
    """Degrees, clockwise, that were taken out."""
    vertical: bool = False
    """Set in columns from the right to the left."""
    doubtful: tuple[tuple[int, str], ...] = ()
    """(row, why): places where another order is nearly as good."""


WITNESS = "witness"
"""The format of what was not in any file, but read off the picture itself."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """The pages of an engine's file, and the order that was found in them."""

    format: str
    """hocr, alto, engine-json …: the name of its reader."""
    pages: tuple[BoxedPage, ...]
    layouts: tuple[PageLayout, ...]
    """One for each page."""
