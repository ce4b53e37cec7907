"""What a kind of block is: a module with these names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind, Joins
from cleanup.model.document import Format


class Claim(NamedTuple):
    """Rows that a kind takes for its own; the fields mean what they mean in a Block."""

    first: int
    last: int
    sure: float = 0.9
    opens: bool = True
    closes: bool = True
    joins: Joins = "none"
    kind: BlockKind | None = None
    """Where it is another than the module's NAME."""


@dataclass(frozen=True, slots=True)
class Case:
    """An example that is a test: which lines of a text are of the kind."""

    text: str
    rows: tuple[int, ...] = ()
    """Orders of the lines that are not blank, from 0; empty: a look-alike, of which none is."""
    note: str = ""
    format: Format = "text"


class Kind(Protocol):
    """A module blocks/kinds/<name>.py; its docstring says how the kind is told."""

    __doc__: str | None
    NAME: BlockKind
    CASES: tuple[Case, ...]

    def find(self, page: Page) -> Iterable[Claim]:
        """What on a page is of this kind."""
        ...
