"""A speck that the engine boxed as a line of one to three characters, and hardly believed itself.

Why: engines read dirt, column rules and pieces of pictures as characters; with their places they stand
     between the lines of an article.
Leaves alone: longer lines, figures, lines of which the engine was surer, pages that it could hardly read.
Safety: LIKELY: geometry saw how unsure the engine was; of such characters one in forty is print.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case
from cleanup.rules.kinds import row_out

NAME = "layout.boxed-specks"
SUMMARY = Message("去掉引擎自己也没有把握的零星字符", "Take out specks that the engine was hardly sure of")
SAFETY = Applicability.LIKELY
EARLY = 4
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("县里修了三座桥，两座通车。\n汪\n", "县里修了三座桥，两座通车。\n", rows=("body", "speck")),
    Case("县里修了三座桥，两座通车。\n汪\n", None, "the engine was sure of it", rows=("body", "body")),
)
_WHY = Message(
    "多是污点或栏线：引擎对它几乎没有把握，或只读出一竖",
    "dirt, or a rule between columns: the engine was hardly sure of it, or read a bar",
)
_SURE = 0.9
"""By hand, below what was counted (see geometry.dirt)."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    yield from row_out(document, "speck", NAME, SAFETY, _SURE, _WHY)
