"""A place where the boxes of the page allow two orders that are nearly as good: flagged.

Why: where columns, bands and articles meet, white space alone does not always tell what is read first; the
better order was taken, and whoever reads on should know.
Leaves alone: pages whose order is plain, text without boxes.
Safety: a flag; nothing is moved.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case

NAME = "suspicions.reading-order"
SUMMARY = Message("标出版面上阅读次序不确定的地方", "Flag places whose reading order is doubtful")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("县里修了三座桥。\n乡里修了一条路。\n", flags=True, rows=("body", "doubtful")),
    Case("县里修了三座桥。\n乡里修了一条路。\n", None, "in order", rows=("body", "body")),
)
_WHY = Message(
    "从此处起版面有两种读法，难分高下，取了较好的一种", "From here another order is nearly as good"
)
_CHANCE = 0.5
"""By hand: the other order is nearly as good."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    for row in document.rows:
        if row.doubtful:
            yield flag(NAME, Span(row.start, row.end), _CHANCE, _WHY)
