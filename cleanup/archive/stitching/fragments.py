"""A repaired page cut at its jump lines: parts of articles that break off, go on, or both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleanup.model.described import Jump, Region
from cleanup.model.journal import Journal
from cleanup.model.stitches import End, Piece
from cleanup.text import newspaper

_HEAD = ("kicker", "headline", "subhead")
_TEXT = ("kicker", "headline", "subhead", "byline", "dateline", "paragraph", "list", "table", "caption")
_EDGE = 40


@dataclass(frozen=True)
class IssuePage:
    """A page of an issue as its repair left it."""

    number: int
    """Its number in the issue; 0: not known."""
    name: str
    """Its file in the archive."""
    journal: Journal
    text: str
    """The repaired text."""


@dataclass(frozen=True)
class Fragment:
    """A run of parts of one article between headlines and jump lines."""

    name: str
    pieces: tuple[Piece, ...] = ()
    """Its text; of what goes on, without the headline that is repeated above 上接."""
    head: tuple[Piece, ...] = ()
    """That headline."""
    to: End | None = None
    """Where it breaks off."""
    origin: End | None = None
    """What it goes on from."""

    @property
    def title(self) -> str:
        pieces = self.head or self.pieces[: 1 if self.origin else None]
        return "".join(piece.text for piece in pieces if piece.kind == "headline")

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def last(self) -> str:
        """The last paragraph."""
        return self.pieces[-1].text if self.pieces else ""

    @property
    def first(self) -> str:
        """The first paragraph."""
        return self.pieces[0].text if self.pieces else ""


def of(page: IssuePage) -> Iterator[Fragment]:
    """The parts that have a jump line, in order."""
    for found in _cut(page):
        if found.to is not None or found.origin is not None:
            yield found


def _cut(page: IssuePage) -> Iterator[Fragment]:
    regions = [r for r in page.journal.structure.regions if r.kind in _TEXT and not _nested(r, page)]
    items: list[Region | Jump] = sorted(
        [*regions, *page.journal.structure.jumps],
        key=lambda item: (item.output.start, isinstance(item, Jump)),
    )
    current = Fragment(page.name)
    head: list[Region] = []
    for item in items:
        if isinstance(item, Jump):
            if item.direction == "from":
                # A headline directly above 上接 is that of the part which goes on.
                kept = _opened(_without_last(current, len(head)))
                if kept.pieces:
                    yield kept
                above = tuple(replace(piece, kind="headline") for piece in _pieces(head, page))
                current = Fragment(page.name, (), above, origin=_end(item, page))
            else:
                yield _closed(current, _end(item, page))
                current = Fragment(page.name)
            head = []
            continue
        new_article = item.kind in ("kicker", "headline") and not head
        # What stands directly below 上接 is the text that goes on, whatever it looks like.
        if new_article and current.pieces:
            yield _opened(current)
            current = Fragment(page.name)
        head = [*head, item] if _may_head(item, page) else []
        current = replace(current, pieces=(*current.pieces, *_pieces([item], page)))
    yield _opened(current)


def _may_head(region: Region, page: IssuePage) -> bool:
    """A headline; or a line that looks like one, since above 上接 no paragraph tells it from text."""
    words = page.text[region.output.start : region.output.end]
    return region.kind in _HEAD or (region.kind == "paragraph" and newspaper.is_title(words))


def _nested(region: Region, page: IssuePage) -> bool:
    """A dateline within the paragraph that it opens."""
    return region.kind == "dateline" and any(
        other.kind == "paragraph"
        and other.output.start <= region.output.start
        and region.output.end <= other.output.end
        for other in page.journal.structure.regions
    )


def _without_last(part: Fragment, count: int) -> Fragment:
    return replace(part, pieces=part.pieces[: len(part.pieces) - count]) if count else part


def _pieces(regions: list[Region], page: IssuePage) -> tuple[Piece, ...]:
    """The regions as pieces, without the jump lines that stand within them."""
    found = []
    for region in regions:
        text = page.text[region.output.start : region.output.end]
        for jump in page.journal.structure.jumps:
            if region.output.start <= jump.output.start and jump.output.end <= region.output.end:
                text = text.replace(jump.text, "")
        found.append(Piece(region.kind, text.strip(), region.level, page.name, page.number, region.line))
    return tuple(found)


def _end(jump: Jump, page: IssuePage) -> End:
    return End(jump.direction, page.name, page.number, jump.page, jump.text, jump.line, jump.output, "", "")


def _closed(part: Fragment, end: End) -> Fragment:
    part = replace(part, to=end)
    return _opened(replace(part, to=replace(end, title=part.title, edge=part.last[-_EDGE:])))


def _opened(part: Fragment) -> Fragment:
    if part.origin is None:
        return part
    return replace(part, origin=replace(part.origin, title=part.title, edge=part.first[:_EDGE]))
