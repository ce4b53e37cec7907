"""An issue's jump lines resolved: articles joined over pages, and the ends that found no other end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cleanup.model.described import RegionKind
from cleanup.model.fix import Message, Span

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class End:
    """One end of a jump: 下转 where an article breaks off, 上接 where it goes on."""

    direction: Literal["to", "from"]
    name: str
    """The page's file in the archive."""
    page: int
    """The page that it stands on; 0: not known."""
    names: int
    """The page that it points to; 0: cannot be read."""
    mark: str
    """As it stands in the repaired text."""
    line: int
    """Line of the source, from 1."""
    output: Span
    """In the repaired text."""
    title: str
    """The headline of the part; empty: it has none."""
    edge: str
    """The text at the seam: the last characters before 下转, the first behind 上接."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a joined article."""

    kind: RegionKind
    text: str
    level: int
    name: str
    """The file that it comes from."""
    page: int
    line: int
    """Line of the source, from 1."""


@dataclass(frozen=True, slots=True)
class Seam:
    """Where two parts were joined."""

    to: End
    origin: End
    confidence: float
    runs_on: bool
    """The sentence goes on over the seam."""
    overlap: str
    """What stood on both sides and was kept once."""
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stitched:
    """An article that was printed on several pages."""

    number: int
    """In the issue, from 1."""
    title: str
    pieces: tuple[Piece, ...]
    """The whole text, in order; a paragraph that runs over a seam is one piece, of the page it begins on."""
    seams: tuple[Seam, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Ends that are left: an orphan without a partner, or ends that contradict each other."""

    ends: tuple[End, ...]
    why: Message


@dataclass(frozen=True, slots=True)
class IssueStitches:
    """All jumps of an issue."""

    articles: tuple[Stitched, ...] = ()
    orphans: tuple[Trouble, ...] = ()
    contradictions: tuple[Trouble, ...] = ()
    """Among them those whose parts were joined all the same, since the text leaves no doubt."""
