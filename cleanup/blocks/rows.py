"""The lines of a document as blocks are told from them: measured, with what stands before each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from cleanup.model.document import Document, Line
from cleanup.text import paragraphs
from cleanup.text.joins import Link
from cleanup.text.lines import KEPT
from cleanup.text.order import Flow
from cleanup.text.scripts import CLOSING
from cleanup.text.widths import has_marks, measure

_REACH = 8
"""Lines on either side that tell how wide a line may be."""
_ENDS = "。！？；：!?;:…．"


@dataclass(slots=True)
class Row:
    """A line that is not blank."""

    line: Line
    words: str
    size: float
    """Printed width in characters."""
    open: bool
    """It ends where a sentence cannot."""
    marked: bool
    """Punctuation of sentences stands inside it."""
    blank: bool
    """A blank line stands before it."""
    page: bool
    """A page begins with it."""
    indent: int
    """White space before its words."""
    plain: bool
    """It is nothing by its format: no heading, table, code …"""
    width: float = 0.0
    """What the longer lines around it measure."""

    @property
    def closed(self) -> bool:
        """Whether a sentence, or what it introduces, may be over here."""
        return not self.open

    @property
    def short(self) -> bool:
        """Much shorter than the lines around it."""
        return self.size <= 0.65 * self.width


class Reader(NamedTuple):
    """What is known of the language, for kinds that ask whether one line goes on in another."""

    link: Link
    flow: Flow


class Page:
    """The rows of a document."""

    def __init__(self, document: Document, aside: Collection[int] = (), reader: Reader | None = None) -> None:
        """`aside` are the indices of lines of page furniture: no rows; `reader` knows the language."""
        self.reader = reader
        text = document.text
        self.document = document
        self.rows: list[Row] = []
        end = 0
        for index, line in enumerate(document.lines):
            if line.kind == "blank" or index in aside:
                continue
            words = document.words(line)
            if not words:
                continue  # nothing but marks of the format
            gap = text[end : line.span.start]
            size, is_open, marked = look(words)
            self.rows.append(
                Row(
                    line, words, size, is_open, marked, gap.count("\n") > 1, "\f" in gap,
                    line.content.start - line.span.start, line.kind in ("body", "list", "quote"),
                )
            )  # fmt: skip
            end = line.span.end
        sizes = [row.size for row in self.rows]
        for at, row in enumerate(self.rows):
            near = sorted(sizes[max(0, at - _REACH) : at + _REACH + 1])
            row.width = near[int(0.75 * len(near))]

    def shown(self, at: int) -> str:
        """A row as it stands, with the marks that its format gives it."""
        return self.whole(at).strip()

    def whole(self, at: int) -> str:
        """A row as it stands, with its indent."""
        span = self.rows[at].line.span
        return self.document.text[span.start : span.end]

    def is_plain(self, at: int) -> bool:
        """Whether there is such a row, and it is nothing by its format."""
        return 0 <= at < len(self.rows) and self.rows[at].plain

    def is_fresh(self, at: int) -> bool:
        """Whether something new may begin with a row: what stands above is over."""
        if at == 0 or not self.is_plain(at - 1):
            return True
        above, row = self.rows[at - 1], self.rows[at]
        return above.closed or row.blank or row.page or above.size < 0.75 * above.width

    def is_full(self, at: int) -> bool:
        """Whether a row fills its column."""
        return self.rows[at].size >= self.rows[at].width - 1.5


@lru_cache(maxsize=KEPT)
def look(words: str) -> tuple[float, bool, bool]:
    """(printed width, ends where a sentence cannot, has the punctuation of sentences inside)."""
    bare = words.rstrip(CLOSING + ")")
    return measure(words), paragraphs.ends_open(words) and bare[-1:] not in _ENDS, has_marks(words)


def runs(flags: Iterable[object], least: int) -> list[tuple[int, int]]:
    """(first, last) of the stretches of at least so many rows that are flagged."""
    marks = bytes(map(bool, flags)) + b"\0"
    found: list[tuple[int, int]] = []
    at = marks.find(1)
    while at >= 0:
        end = marks.find(0, at)
        if end - at >= least:
            found.append((at, end - 1))
        at = marks.find(1, end)
    return found
