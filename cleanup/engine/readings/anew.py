"""A text that has lost its order, or much of its page: all that the picture has, as it is read there."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz.fuzz import partial_ratio

from cleanup.engine.readings.by_lines import Lines
from cleanup.engine.readings.rows import Reading
from cleanup.model.document import Document, OtherReading, RowAt, SeenOnce
from cleanup.model.fix import Span
from cleanup.model.placed import Placed
from cleanup.text import simplify
from cleanup.text.scripts import is_han

_BREAKS, _EACH, _ROWS = 5, 0.08, 6
"""So often, and for so many of the page's rows, a text of lost order goes on elsewhere than the page; and the
least rows of a page that has an order. No page as language models give them does so once; engines' that were
read across columns do for 0.08 to 0.5 of the rows, columns in the wrong direction for 0.9 (bench/scans,
bench/real)."""
_SHARE, _FEW, _SHARE_OF_BROKEN = 0.5, 2, 0.8
"""Less of the page's characters in the text, and it has lost much; and where it goes on elsewhere so often
(by hand)."""
_MISREAD = 0.03
"""Share of the text's characters that the page has otherwise, from which on an engine misread it: of pages as
language models give them 0.02 are at most, of those that tesseract read 0.06 on average (bench/scans)."""
_CLEAR = 0.9
"""Mean confidence of the witness, below which its reading takes no text's place (by hand)."""
_ALIKE = 45.0
"""From here on (of 100) what stands nowhere on the page is a line of it misread (by hand)."""
_OWN = 12
"""Han characters of what is kept that the page has not."""


def is_due(laid: Lines, read: Reading) -> bool:
    """Whether the text is better read anew."""
    if len(read.rows) < _ROWS or (read.sure() or 0.0) < _CLEAR:
        return False
    if laid.misread > _MISREAD or laid.breaks >= max(_BREAKS, _EACH * len(read.rows)):
        return True
    return laid.share < (_SHARE_OF_BROKEN if laid.breaks >= _FEW else _SHARE)


def whole(
    document: Document, other: Document, laid: Lines, read: Reading, is_readable: Callable[[str], bool]
) -> OtherReading:
    """All that the page has, with what only the text has behind what it stands behind there."""
    assert other.boxed
    text, rows = other.text, list(Placed(other.text, other.boxed.pages, other.boxed.layouts).rows())
    ends = {row.span.end: number for number, row in enumerate(read.rows)}
    added = dict[int, list[str]]()
    for span in laid.found.unseen:
        words = " ".join(document.text[span.start : span.end].split())
        if sum(map(is_han, words)) < _OWN or not is_readable(words) or _stands(words, read):
            continue
        behind = next((ends[end] for end in sorted(ends) if end >= laid.behind[span.start]), len(rows) - 1)
        added.setdefault(behind, []).append(words)
    shift, moved = 0, list[RowAt]()
    for number, row in enumerate(rows):
        moved.append(RowAt(row.start + shift, row.end + shift, row.kind, row.follows, row.doubtful))
        for words in added.get(number, ()):
            at = row.end + shift
            text = f"{text[:at]}\n\n{words}\n{text[at:]}"
            moved.append(RowAt(at + 2, at + 2 + len(words), "body", 0.0))
            shift += len(words) + 3
    sure = read.sure()
    seen = SeenOnce(0.0, sure or 0.0, is_whole=True)
    return OtherReading(
        Span(0, len(document.text)), text, other.name, sure, lost=True, rows=tuple(moved), seen=seen
    )


def _stands(words: str, read: Reading) -> bool:
    """Whether the page has words like these."""
    return partial_ratio(simplify.one_script(words), simplify.one_script(read.text)) >= _ALIKE
