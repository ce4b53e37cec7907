"""Words that the text has lost and the picture has are put in where they stand.

Why: a language model leaves out clauses and lines, or stops before a paragraph's end; engines lose lines.
Leaves alone: furniture, what the witness is not sure of, noise, strokes read as 一, and rows at whose ends
     nothing of the text goes on (suggested: they may be of another article, or a caption).
Safety: LIKELY where the text goes on over the gap, or breaks off in mid-sentence just there.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document, OtherReading, SeenOnce
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.text.scripts import is_han

NAME = "scan.lost"
SUMMARY = Message("补入图像上有而文本漏掉的文字", "Put in what the picture has and the text has lost")
SAFETY = Applicability.LIKELY
NEEDS = ("models/runs.bin",)
_PAGE = "会议强调，要扎实推进各项工作。\n各地各部门要加强组织领导，\n明确责任分工，确保完成全年任务。"
CASES = (
    Case(
        "会议强调，要扎实推进各项工作。各地各部门要明确责任分工，确保完成全年任务。",
        "会议强调，要扎实推进各项工作。各地各部门要加强组织领导，明确责任分工，确保完成全年任务。",
        "a clause",
        page=_PAGE,
    ),
    Case(
        "会议强调，要扎实推进各项工作。各地各部门要加强组",
        "会议强调，要扎实推进各项工作。各地各部门要加强组织领导，明确责任分工，确保完成全年任务。",
        "the end",
        page=_PAGE,
    ),
    Case(
        "会议强调，要扎实推进各项工作。明确责任分工，确保完成全年任务。",
        None,
        "the witness is not sure",
        page=_PAGE,
        unsure="各地部门要加强组织领导",
    ),
)
_SHORT = 2
_SURE, _SURE_OF_FEW, _CLEAR_OF_FEW = 0.88, 0.99, 0.9
"""The least mean confidence of what is put in; of one or two characters, and of their line."""
_LONG = 4
_USUAL = -6.5
_STROKES = frozenset("一丨丶丿1lI|ー—-")
_ENDS = "。！？”’」』）"
_BOTH, _CUT_OFF, _SUGGESTED = 0.95, 0.85, 0.4


def find(document: Document, tools: Models) -> Iterable[Fix]:
    lost = [one for one in document.others if _is_lost(one)]
    if not lost:
        return
    usual = tools.usual(["".join(one.text.split()) for one in lost])
    for one, likely in zip(lost, usual, strict=True):
        assert one.seen
        chance = _chance(document, one, one.seen, likely)
        if chance == 0.0:
            continue
        shown = "".join(one.text.split())
        sure = "" if one.confidence is None else f" ({one.confidence:.2f})"
        yield fix(
            NAME,
            document.text,
            [(one.span.start, one.span.end, one.text)],
            Applicability.LIKELY if chance > _SUGGESTED else Applicability.SUGGEST,
            chance,
            Message("图像上此处还有文字，文本漏了", "the picture has more here, which the text has lost"),
            (f"{document.name}: ", f"{one.source}: {shown}{sure}"),
        )


def _is_lost(one: OtherReading) -> bool:
    has_letters = any(char.isalnum() for char in one.text)
    return one.lost and one.seen is not None and not one.seen.is_whole and has_letters


def _chance(document: Document, one: OtherReading, seen: SeenOnce, usual: float) -> float:
    letters = [char for char in one.text if char.isalnum()]
    sure = one.confidence or 0.0
    if len(letters) <= _SHORT:
        few = sure >= _SURE_OF_FEW and seen.clear >= _CLEAR_OF_FEW and not set(letters) <= _STROKES
        return _BOTH if few and seen.goes_on and seen.goes_behind else 0.0
    if sure < _SURE or (sum(map(is_han, letters)) >= _LONG and usual < _USUAL):
        return 0.0
    if seen.goes_on and seen.goes_behind:
        return _BOTH
    if len(letters) < _LONG:
        return 0.0
    return _CUT_OFF if _breaks_off(document, one, seen) else _SUGGESTED


def _breaks_off(document: Document, one: OtherReading, seen: SeenOnce) -> bool:
    """Whether the line of the text ends, or begins, where the print goes on."""
    line = document.lines[document.line_at(one.span.start)]
    if seen.goes_on:
        return one.span.start >= line.content.end and document.text[one.span.start - 1] not in _ENDS
    return seen.goes_behind and one.span.start <= line.content.start
