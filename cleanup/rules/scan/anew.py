"""A text that has lost the order of its page, or much of it, is taken from the picture: columns read across.

Why: engines read across columns, from left to right what runs from right to left, and lose lines; line by
     line nothing can be mended there. A witness's lines, in the order of the page, can be read.
Leaves alone: Markdown, whose order is its author's; texts that go on as the page does; pages that the witness
     could not read well. What only the text has, and can be read, stays behind what it stood behind.
Safety: LIKELY; one change, that can be taken back as one.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case

NAME = "scan.anew"
SUMMARY = Message("次序混乱或缺漏多的文本，按图像重读", "Text that lost its order is taken from the picture")
SAFETY = Applicability.LIKELY
EARLY = 1
NEEDS: tuple[str, ...] = ()
_ROWS = (
    "会议强调，要认真学习贯彻重要讲话精神，",
    "加强组织领导，明确责任分工，扎实推进各",
    "项工作落实落细，确保完成全年目标任务，",
    "以优异的成绩向全县人民交出满意的答卷。",
    "今年上半年全市规模以上工业增加值同比增",
    "长百分之六，其中高技术制造业增长最快。",
)
_PAGE = "\n".join(_ROWS)
CASES = (
    Case("\n".join(reversed(_ROWS)), f"{_PAGE}\n", "backwards", page=_PAGE),
    Case("\n".join((*_ROWS[4:], *_ROWS[:4])), None, "two articles change places", page=_PAGE),
    Case(_PAGE, None, "as printed", page=_PAGE),
)
_CHANCE = 0.85


def find(document: Document, tools: object) -> Iterable[Fix]:
    for other in document.others:
        if other.seen and other.seen.is_whole and other.text.split() != document.text.split():
            yield fix(
                NAME,
                document.text,
                [(other.span.start, other.span.end, other.text)],
                SAFETY,
                _CHANCE,
                Message(
                    "文本的次序与图像不符或缺漏很多，改按图像的次序和文字",
                    "the text has lost the order of its page, or much of it; this is the page as it is read",
                ),
                (f"{other.source}: {other.confidence or 0.0:.2f}",),
            )
