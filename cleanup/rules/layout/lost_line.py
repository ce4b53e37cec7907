"""Lines that another reading of the same page has, and this one has lost, are put in where they stand.

Why: engines lose lines: dim print, narrow columns, lines that touch; another one has often found them.
Leaves alone: what the other engine itself was not sure of, noise (no language reads so), ends of lines that
     are here already, and text of which nothing around it agrees.
Safety: LIKELY: by place nothing stands there in this reading, or the words around agree in both.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case

NAME = "layout.lost-line"
SUMMARY = Message("补入另一次识别才有的行", "Put in lines that only another reading has")
SAFETY = Applicability.LIKELY
EARLY = 1
NEEDS: tuple[str, ...] = ()
CASES = (
    Case(
        "会议强调，要扎实推进各项工作。\n确保完成全年目标任务，向人民交出答卷。\n",
        "会议强调，要扎实推进各项工作。\n各地各部门要加强组织领导，明确责任分工。\n确保完成全年目标任务，向人民交出答卷。\n",
        other="会议强调，要扎实推进各项工作。\n各地各部门要加强组织领导，明确责任分工。\n确保完成全年目标任务，向人民交出答卷。\n",
    ),
    Case(
        "会议强调，要扎实推进各项工作。\n确保完成全年目标任务，向人民交出答卷。\n",
        None,
        "noise",
        other="会议强调，要扎实推进各项工作。\n刘芝要台旭学基巡和群响澡闻交风名进\n确保完成全年目标任务，向人民交出答卷。\n",
    ),
)
_BY_PLACE, _BY_TEXT = 0.85, 0.7
"""How sure a line is that stands where the base has none, and one that only the words around place (by
hand)."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    for other in document.others:
        if other.lost and not other.seen:
            shown = other.text.strip().replace("\n", "")
            yield fix(
                NAME,
                document.text,
                [(other.span.start, other.span.end, other.text)],
                SAFETY,
                _BY_PLACE if other.rows else _BY_TEXT,
                Message(f"此处漏了 {other.source} 读出的文字", f"text is lost here that {other.source} has"),
                (f"{document.name}: ", f"{other.source}: {shown}"),
            )
