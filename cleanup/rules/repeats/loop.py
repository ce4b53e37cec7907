"""The same words three and more times in a row: kept once.

Why: vision-language models fall into loops and write a clause four to forty times.
Leaves alone: short cries (健康！健康！健康！), reduplication (研究研究), ruled lines, numbers, tables, verse
     refrains (each on its own line); a name of the roster three or four times in a list, which its own
     spellings may have been until they were repaired.
Safety: LIKELY; the 34 million characters of broadcast news hold no such run of four or more characters.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.text.repeats import of_lines
from cleanup.text.scripts import is_han

NAME = "repeats.loop"
SUMMARY = Message("同一句话连写三遍以上，只留一遍", "Keep once what stands three or more times in a row")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
CASES = (
    Case(
        "运输从四月开始，到五月六日结束，到五月六日结束，到五月六日结束，到五月六日结束，共八天。",
        "运输从四月开始，到五月六日结束，共八天。",
    ),
    Case("大家齐声高呼：“健康！健康！健康！”", None, "a cry"),
    Case("前进！前进！前进！", None),
    Case("____________", None, "a ruled line"),
    Case("100100100100元", None),
    Case("到会的有买买提·艾力、买买提·艾力、买买提·艾力、王强。", None, roster=(("买买提·艾力", ""),)),
)
_LEAST, _MANY = 4, 5


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    text = document.text
    for line, run in of_lines(document):
        unit = text[line.content.start + run.start : line.content.start + run.start + run.period]
        if run.copies < 3 or run.period < _LEAST or len(set(filter(is_han, unit))) < 3:
            continue
        if run.copies < _MANY and unit.strip("、") in tools.roster.by_name:
            continue
        start, end = line.content.start + run.start + run.period, line.content.start + run.end
        why = Message(f"“{unit}”连写了{run.copies}遍", f"“{unit}” stands {run.copies} times in a row")
        confidence = 0.99 if run.period >= 6 or run.copies >= 5 else 0.93
        yield fix(NAME, text, [(start, end, "")], SAFETY, confidence, why)
