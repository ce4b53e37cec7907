"""What a stretch of text is, and what may happen to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cleanup.model.fix import Span

BlockKind = Literal[
    "prose", "heading", "kicker", "byline", "dateline", "item", "form", "table", "contents", "index", "verse",
    "lyrics", "slogan", "paper", "statute", "chronicle", "dialogue", "caption", "note", "footnote",
    "bibliography", "letter", "list", "columns", "formula", "code", "front-matter", "token", "image",
    "page-mark", "noise",
]  # fmt: skip
Joins = Literal["inside", "none"]
Act = Literal["correct", "remove", "finish"]
"""What a rule does: put characters for others; take out what nobody printed; add what ends a sentence."""

SURE = 0.75


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are one thing."""

    kind: BlockKind
    span: Span
    first: int
    """Order of its first line among the lines that are not blank."""
    last: int
    """Order of its last line."""
    opens: bool = True
    """Nothing before it goes on in it."""
    closes: bool = True
    """It does not go on in what stands behind."""
    joins: Joins = "none"
    """Whether one of its lines may go on in the next."""
    sure: float = 0.9
    """That it is what its kind says, 0 to 1; below SURE a break that it bars is left to a person."""

    @property
    def is_sure(self) -> bool:
        """Whether what the block forbids is forbidden, rather than left to a person."""
        return self.sure >= SURE
