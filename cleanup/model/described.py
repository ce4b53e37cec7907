"""What a document is made of after its repair, as the journal tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from cleanup.model.block import BlockKind
from cleanup.model.fix import Span

RegionKind = Literal[
    "kicker", "headline", "subhead", "byline", "dateline", "paragraph", "list", "table", "caption",
    "jump", "teaser", "furniture", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump line: this article goes on at, or comes from, another page."""

    direction: Literal["to", "from"]
    page: int
    text: str
    """As it stands in the repaired text."""
    output: Span
    line: int
    """Line of the source, from 1."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What the page's furniture says of the document, whether or not it was taken out."""

    kind: str
    """paper, date, weekday, page, section, credit (editors), number, or head (a running head else)."""
    text: str
    """As it stands in the source."""
    line: int
    """Line of the source, from 1."""
    page: int
    """Page of the source, from 1."""


@dataclass(frozen=True, slots=True)
class Stitch:
    """下转 and 上接 that met within the file and were taken out."""

    to: int
    """The page that 下转 names; 0 where it could not be read."""
    origin: int
    """The page that 上接 names; 0 where it could not be read or was not there."""
    line: int
    """Line of the source, from 1."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the repaired text; a dateline may lie inside the paragraph that it opens."""

    kind: RegionKind
    output: Span
    """In the repaired text, without heading marks."""
    line: int
    """Line of the source, from 1."""
    article: int
    """Number of its article, from 1; 0: outside of articles."""
    level: int
    """1 to 6: depth of the heading; 0: no heading."""
    block: BlockKind = "prose"
    """What its lines are: verse, a form, an item, a part of an official paper … (see blocks)."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What the document is made of, after repair."""

    format: str
    pages: int
    lines: int
    jumps: tuple[Jump, ...] = ()
    facts: Sequence[Fact] = field(default=())
    stitches: tuple[Stitch, ...] = ()
    regions: Sequence[Region] = field(default=())
    """The parts of the text, in order."""
