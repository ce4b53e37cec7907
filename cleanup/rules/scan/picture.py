"""The picture of the page could not be read, or is of another page.

Why: whoever asks for a page to be held against its scan must know where that was not done.
Leaves alone: everything; the text is repaired without the picture.
Safety: a flag.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case

NAME = "scan.picture"
SUMMARY = Message("图像不能用，或不是这一页", "A picture that cannot be used, or is of another page")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
CASES = (
    Case(
        "会议强调，要扎实推进各项工作。各地各部门要加强组织领导，明确责任分工。",
        flags=True,
        page="来自全国各地的艺术家们登台献艺，演出在热烈的掌声中落下帷幕。",
    ),
    Case("会议强调，要扎实推进各项工作。", None, page="会议强调，要扎实推进各项工作。"),
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    for scan in document.scans:
        for note in scan.notes:
            yield flag(NAME, _first_line(document.text), 1.0, note)


def _first_line(text: str) -> Span:
    """The first line that has text."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(start, end if end >= 0 else len(text))
