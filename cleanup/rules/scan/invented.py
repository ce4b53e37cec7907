"""Text that stands nowhere on the picture of the page, though what is around it does.

Why: a language model goes on by itself, says things again, adds what it takes for known.
Leaves alone: a few characters (scan.misread); nothing is ever taken out unattended, since the witness may
     have lost a line too.
Safety: a flag.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, flag
from cleanup.rules.contract import Case
from cleanup.text.scripts import is_han

NAME = "scan.invented"
SUMMARY = Message("图像上找不到的文字", "Text that stands nowhere on the picture")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
_PAGE = "会议强调，要扎实推进各项工作。\n各地各部门要加强组织领导，明确责任分工。"
_ADDED = _PAGE.replace("\n", "与会代表一致表示热烈拥护和坚决支持。\n")
CASES = (
    Case(_ADDED, flags=True, page=_PAGE),
    Case(_PAGE, None, "all stands there", page=_PAGE),
)
_LEAST = 6
_CHANCE = 0.6


def find(document: Document, tools: object) -> Iterable[Fix]:
    for span in document.unseen:
        if sum(map(is_han, document.text[span.start : span.end])) >= _LEAST:
            yield flag(
                NAME,
                span,
                _CHANCE,
                Message("图像上找不到这段文字，请对照", "this stands nowhere on the picture; compare"),
            )
