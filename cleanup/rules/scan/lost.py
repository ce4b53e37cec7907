"""Words that the text has lost and the picture has are put in where they stand.

Why: a language model leaves out clauses and lines, or stops before a paragraph's end; engines lose lines.
Leaves alone: furniture, what the witness is not sure of, noise, strokes read as 一, and rows at whose ends
     nothing of the text goes on (suggested: they may be of another article, or a caption).
Safety: LIKELY where the text goes on over the gap, or breaks off in mid-sentence just there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleanup.model.document import Document, OtherReading, SeenOnce
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.text import folios
from cleanup.text.scripts import is_han
from cleanup.text.simplify import folded

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
_AROUND, _EDGE, _AGAINST = 8, 6, -30.0
"""Characters at the seams, and nats by which these speak against it: of 58 clauses, lines and ends that were
lost 57 have -25 or more, captions put within a sentence -36 and less (bench/scans)."""
_HEAD, _REST = 2.0, 3
"""How much speaks for a running head, and its letters of no known kind at the most (by hand)."""
_USUAL = -6.5
_STROKES = frozenset("一丨丶丿1lI|ー—-")
_PAUSES = "，。；：、"
_ENDS = "。！？”’」』）"
_BOTH, _CUT_OFF, _SUGGESTED = 0.95, 0.85, 0.4


def find(document: Document, tools: Models) -> Iterable[Fix]:
    lost = [one for one in document.others if _is_lost(one)]
    if not lost:
        return
    usual = tools.usual(["".join(one.text.split()) for one in lost])
    fitting = _fit(document, lost, tools)
    for one, likely, fits in zip(lost, usual, fitting, strict=True):
        assert one.seen
        chance = _chance(document, one, one.seen, likely)
        chance = chance if fits else min(chance, _SUGGESTED)
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


def _fit(document: Document, lost: Sequence[OtherReading], tools: Models) -> list[bool]:
    """Whether the language lets what is lost stand where it would be put into a line that goes on."""
    text, asked = document.text, list[tuple[str, str, str, str]]()
    for one in lost:
        words, line = folded("".join(one.text.split())), document.lines[document.line_at(one.span.start)]
        left = folded("".join(text[line.content.start : one.span.start].split())[-_AROUND:])
        right = folded("".join(text[one.span.start : line.content.end].split())[:_EDGE])
        asked += [(left, right, words[:_EDGE], ""), ("", left[-_EDGE:], words[-_EDGE:], right)]
    gains = tools.gains(asked)
    return [
        not (asked[2 * at][0] and asked[2 * at][1]) or gains[2 * at] + gains[2 * at + 1] >= _AGAINST
        for at in range(len(lost))
    ]


def _chance(document: Document, one: OtherReading, seen: SeenOnce, usual: float) -> float:
    letters = [char for char in one.text if char.isalnum()]
    sure = one.confidence or 0.0
    if len(letters) <= _SHORT:
        few = sure >= _SURE_OF_FEW and seen.clear >= _CLEAR_OF_FEW and not set(letters) <= _STROKES
        return _BOTH if few and seen.goes_on and seen.goes_behind else 0.0
    head = folios.read("".join(one.text.split()))
    if head.weight >= _HEAD and head.rest <= _REST and one.text[-1] not in _PAUSES:
        return 0.0
    if sure < _SURE or (sum(map(is_han, letters)) >= _LONG and usual < _USUAL):
        return 0.0
    if document.lines[document.line_at(one.span.start)].kind in ("table", "code") or not seen.clear:
        return _SUGGESTED
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
