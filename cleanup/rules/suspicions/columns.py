"""Columns that were read across, line by line, or that run backwards: flagged, the right order offered.

Why: engines that lose the space between two columns read them as one, text layers keep them side by side;
vertical columns come from left to right.
Leaves alone: lines that stand in order, verse and lists, pages of which the language model knows too little.
Safety: a flag, and one suggestion that sets all lines in the order in which they are read; nothing is joined.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix, flag
from cleanup.rules.contract import Case, Page
from cleanup.text import abreast

NAME = "suspicions.columns"
SUMMARY = Message("标出横着读串的分栏和倒着排的竖栏", "Flag columns read across or backwards")
SAFETY = Applicability.SUGGEST
DISORDER = True
NEEDS = ("models/pairs.bin", "models/runs.bin")
_LEFT = (
    "县里的三座石拱桥已经\n修好了其中两座在城区\n另外一座在乡下的河边\n"
    "群众十分高兴都跑来看\n今后出门再也不用绕路\n县长在通车仪式上讲话"
)
_RIGHT = (
    "全县各乡镇正在抓紧时\n间准备春耕生产农业局\n派出技术人员下乡指导\n"
    "农民选种育秧并且检查\n农机具的质量预计今年\n的播种面积比去年增加"
)
CASES = (
    Case(
        "".join(
            f"{left}\n{right}\n" for left, right in zip(_LEFT.split("\n"), _RIGHT.split("\n"), strict=True)
        ),
        f"{_LEFT}\n{_RIGHT}\n",
        "read across",
    ),
    Case(f"{_LEFT}\n{_RIGHT}\n".replace("\n", ""), None, "in order"),
    Case(
        "县里的石拱桥，已经   全县各乡镇，抓紧时\n修好了，其中两座在   间准备春耕，农业局\n"
        "城区，另外一座在乡   派出技术员，下乡指\n下的河边，群众十分   导农民选种，并检查\n"
        "高兴，都跑来看，今   农机具的质量，预计\n",
        "县里的石拱桥，已经\n修好了，其中两座在\n城区，另外一座在乡\n下的河边，群众十分\n高兴，都跑来看，今\n"
        "全县各乡镇，抓紧时\n间准备春耕，农业局\n派出技术员，下乡指\n导农民选种，并检查\n农机具的质量，预计\n",
        "side by side",
    ),
)
_WHY = {
    "across": Message("分栏被横着读串了：每行接的是隔一行或两行", "Columns were read across, line by line"),
    "backwards": Message(
        "行的次序是倒的：每行接在下一行之后", "The lines stand in reverse: each goes on in the one above"
    ),
    "abreast": Message("几栏并排在同一行里，中间隔着空白", "Columns stand side by side on the same lines"),
}
_ORDER = Message("按阅读次序重排这些行", "The same lines in the order in which they are read")
_CHANCE = 0.8


def find(document: Document, tools: Page) -> Iterable[Fix]:
    if document.format != "text":
        return
    told = tools.blocks(document)
    for block in told:
        if block.kind != "columns":
            continue
        rows = [row.line for row in told.page.rows[block.first : block.last + 1]]
        beside = abreast.find([document.text[line.span.start : line.span.end] for line in rows])
        if beside:
            yield flag(NAME, block.span, _CHANCE, _WHY["abreast"])
            start, end = rows[beside.first].span.start, rows[beside.last].span.end
            pieces = "\n".join(piece for column in beside.columns for piece in column)
            yield fix(NAME, document.text, [(start, end, pieces)], SAFETY, 0.5, _ORDER)
            continue
        found = tools.disorder([document.words(line) for line in rows])
        if found is None:
            continue
        yield flag(NAME, block.span, _CHANCE, _WHY[found.kind])
        start, end = rows[found.first].span.start, rows[found.last].span.end
        lines = [document.text[rows[at].span.start : rows[at].span.end] for at in found.sorted()]
        yield fix(NAME, document.text, [(start, end, "\n".join(lines))], SAFETY, 0.5, _ORDER)
