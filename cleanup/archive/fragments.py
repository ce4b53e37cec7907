"""A repaired page cut at its jump lines: parts of articles that break off, go on, or both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cleanup.model.fix import Span
from cleanup.model.journal import Journal, Jump, Region
from cleanup.model.stitches import End, Piece

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
    to: End | None = None
    """Where it breaks off."""
    origin: End | None = None
    """What it goes on from."""
    spans: tuple[Span, ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind == "headline")

    @property
    def body(self) -> tuple[Piece, ...]:
        """Without the head that a continuation repeats."""
        if self.origin is None:
            return self.pieces
        at = next((n for n, piece in enumerate(self.pieces) if piece.kind not in _HEAD), len(self.pieces))
        return self.pieces[at:]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def last(self) -> str:
        """The last paragraph."""
        return self.body[-1].text if self.body else ""

    @property
    def first(self) -> str:
        """The first paragraph."""
        return self.body[0].text if self.body else ""


def of(page: IssuePage) -> Iterator[Fragment]:
    """The parts that have a jump line, in order."""
    for part in _cut(page):
        if part.to is not None or part.origin is not None:
            yield part


def _cut(page: IssuePage) -> Iterator[Fragment]:
    regions = [r for r in page.journal.structure.regions if r.kind in _TEXT and not _nested(r, page)]
    items: list[Region | Jump] = sorted(
        [*regions, *page.journal.structure.jumps],
        key=lambda item: (item.output.start, isinstance(item, Jump)),
    )
    current, article = Fragment(page.name), 0
    head: list[Region] = []
    for item in items:
        if isinstance(item, Jump):
            if item.direction == "from":
                # A headline directly above 上接 is that of the part which goes on.
                kept = _without_last(current, len(head))
                if kept.pieces:
                    yield kept
                current = Fragment(page.name, _pieces(head, page), origin=_end(item, page))
            else:
                yield _closed(current, _end(item, page))
                current = Fragment(page.name)
            head = []
            continue
        new_article = item.kind in ("kicker", "headline") and not head
        if new_article and (current.pieces or current.origin) and not _is_own_head(current):
            yield _opened(current)
            current = Fragment(page.name)
        article = item.article
        head = [*head, item] if item.kind in _HEAD else []
        current = replace(current, pieces=(*current.pieces, *_pieces([item], page)))
    yield _opened(current)
    _ = article


def _is_own_head(part: Fragment) -> bool:
    """Whether a part that goes on has had no text yet: a headline below 上接 is its own."""
    return part.origin is not None and not part.body


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
