"""A line that the engine boxed twice: the reading that says less goes.

Why: detectors box a line whole and a part of it again; both stand in the text, one behind the other.
Leaves alone: lines that are printed twice.
Safety: LIKELY: geometry saw both boxes lie over one another and say the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case
from cleanup.rules.kinds import row_out

NAME = "layout.boxed-twice"
SUMMARY = Message("同一行被识别两次，去掉重复的一次", "Take out a line that the engine boxed twice")
SAFETY = Applicability.LIKELY
EARLY = 4
NEEDS: tuple[str, ...] = ()
CASES = (
    Case(
        "县里修了三座桥，两座通车。\n修了三座桥\n",
        "县里修了三座桥，两座通车。\n",
        rows=("body", "repeat"),
    ),
    Case("县里修了三座桥。\n县里修了三座桥。\n", None, "printed twice", rows=("body", "body")),
)
_WHY = Message(
    "此行与另一行重叠，是同一行的又一次识别",
    "its box lies over another line's, of which it is a second reading",
)
_SURE = 0.9
"""By hand."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    yield from row_out(document, "repeat", NAME, SAFETY, _SURE, _WHY)
