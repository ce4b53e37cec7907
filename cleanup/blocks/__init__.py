"""What a text is made of: blocks, each of a kind that says what may happen to it.

Every kind is one file under kinds/, found by lying there. A kind claims rows (lines that are not blank);
where two claim the same, the surer one has it, then the longer. What nobody claims is prose.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import cast

from cleanup.blocks import kinds
from cleanup.blocks.contract import Claim, Kind
from cleanup.blocks.rows import Page, Reader
from cleanup.model.block import Act, Block, BlockKind
from cleanup.model.document import Document, Line
from cleanup.model.fix import Span

__all__ = ["Blocks", "Page", "Reader", "all_kinds", "own", "read"]


_SET = ("table", "contents", "index", "form", "verse", "lyrics", "slogan", "list", "columns", "paper")
"""Kinds in which what comes again, or says little, was set so: cells, refrains, items."""
_OWN = ("paper", "letter", "form", "verse", "contents", "bibliography", "footnote", "note")
"""Kinds that stand at the edges of pages without being their heads."""


@cache
def all_kinds() -> tuple[Kind, ...]:
    """Every kind, by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(kinds.__path__))
    return tuple(cast(Kind, import_module(f"{kinds.__name__}.{name}")) for name in names)


def read(document: Document, aside: Collection[int] = (), reader: Reader | None = None) -> Blocks:
    """The blocks of a document.

    `aside` are the indices of the lines of page furniture, `reader` knows the language.
    """
    return _told(Page(document, aside, reader), all_kinds())


def own(document: Document) -> Blocks:
    """The blocks of a document that stand on its pages for themselves; nothing is known of its furniture."""
    return _told(Page(document), [kind for kind in all_kinds() if kind.NAME in _OWN])


def _told(page: Page, asked: Iterable[Kind]) -> Blocks:
    claims = [
        claim if claim.kind else claim._replace(kind=kind.NAME) for kind in asked for claim in kind.find(page)
    ]
    claims.sort(key=lambda claim: (-claim.sure, claim.first - claim.last, claim.first, str(claim.kind)))
    return Blocks(page, claims)


class Blocks:
    """The blocks of a document, in order; prose between them."""

    def __init__(self, page: Page, claims: Collection[Claim]) -> None:
        self.page = page
        self._of: list[Block | None] = [None] * len(page.rows)
        for claim in claims:
            at = claim.first
            while at <= claim.last:
                end = at
                while end <= claim.last and self._of[end] is None:
                    end += 1
                if end > at:
                    block = _block(page, claim, at, end - 1)
                    self._of[at:end] = [block] * (end - at)
                at = max(end, at + 1)
        self._row = {row.line.span.start: at for at, row in enumerate(page.rows)}

    def __iter__(self) -> Iterator[Block]:
        """Every block, prose as well."""
        at = 0
        while at < len(self._of):
            block = self._of[at]
            end = at + 1
            if block is None:
                while end < len(self._of) and self._of[end] is None:
                    end += 1
                yield Block("prose", _span(self.page, at, end - 1), at, end - 1, False, False, "inside")
            else:
                end = block.last + 1
                yield block
            at = end

    def of(self, line: Line) -> Block | None:
        """The block of a line; None: prose, or a blank line."""
        at = self._row.get(line.span.start)
        return None if at is None else self._of[at]

    def kind(self, line: Line) -> BlockKind:
        """What a line is."""
        block = self.of(line)
        return block.kind if block else "prose"

    def is_prose(self, line: Line) -> bool:
        """Whether the line is running text, or a part of a block that wraps as running text does."""
        block = self.of(line)
        return block is None or block.joins == "inside"

    def allows(self, act: Act, line: Line) -> bool:
        """Whether a rule of that sort may propose anything in a line."""
        block = self.of(line)
        if block is None or act == "correct" or not block.is_sure:
            return True
        return block.kind not in _SET if act == "remove" else block.joins == "inside"

    def is_own(self, line: Line) -> bool:
        """Whether a line belongs to what stands on the page for itself, so that it is no furniture of it."""
        block = self.of(line)
        return block is not None and block.kind in _OWN and block.is_sure

    def bar(self, before: Line, after: Line) -> Block | None:
        """The block that forbids to join two neighbouring lines; None: nothing does."""
        one, two = self.of(before), self.of(after)
        if one is two:
            return one if one and one.joins == "none" else None
        bars = [
            block
            for block in (one if one and one.closes else None, two if two and two.opens else None)
            if block
        ]
        return max(bars, key=lambda block: block.sure, default=None)


def _block(page: Page, claim: Claim, first: int, last: int) -> Block:
    assert claim.kind is not None
    opens = claim.opens or first > claim.first
    return Block(
        claim.kind, _span(page, first, last), first, last, opens, claim.closes or last < claim.last,
        claim.joins, claim.sure,
    )  # fmt: skip


def _span(page: Page, first: int, last: int) -> Span:
    return Span(page.rows[first].line.content.start, page.rows[last].line.content.end)
