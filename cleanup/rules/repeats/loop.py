"""The same words over and over: kept once.

Why: vision-language models fall into loops and write a clause four to forty times; the last copy is often
     cut.
Leaves alone: what people say three times (cries, slogans, prayers), reduplication (研究研究), names that a
     list repeats, ruled lines, numbers, tables, verse refrains (each on its own line).
Safety: LIKELY from four copies on, of a whole sentence from three; cries and items of a list from eight. Of
     fewer: SUGGEST. In 15 million characters of verse, novels, plays, speeches and judgments nothing of it
     stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, fix
from cleanup.rules.contract import Case
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
    Case("“毁碎你的头罢！毁碎你的头罢！毁碎你的头罢！”他喊道。", None, "said three times"),
    Case("敬祝毛主席万寿无疆！万寿无疆！万寿无疆！", None, "a cry of more words"),
    Case("从一个接触者的接触者的接触者的接触者说起。", None, "said for effect"),
    Case("参加会议的有王强、李忠林、李忠林、李忠林、周伟。", None, "names that a list repeats"),
    Case("各乡要落实责任，确保安全，" * 5 + "各乡要落", "各乡要落实责任，确保安全，", "its last copy is cut"),
    Case("会议结束。" + "各乡要落实责任，确保安全。" * 5, "会议结束。各乡要落实责任，确保安全。"),
)
_LEAST = 4
_FEW, _SHORT, _CRIES = 4, 5, 8
"""Copies from which it is a loop: of a clause, of five characters or fewer, of a cry or an item of a list."""
_ENDS = "，。；！？、：”’）》 "
_SENTENCE = 12
"""Characters from which a sentence that stands three times is no cry."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for line, run in of_lines(document):
        unit = text[line.content.start + run.start : line.content.start + run.start + run.period]
        if run.copies < 3 or run.period < _LEAST or len(set(filter(is_han, unit))) < 3:
            continue
        start, end = line.content.start + run.start + run.period, line.content.start + run.end
        sure = run.copies >= _enough(unit, text[line.content.start : start - run.period])
        changes = [(start, end, "")]
        if sure and (cut := _cut_copy(unit, text[end:].rstrip())):
            changes.append((end + cut.start, end + cut.end, ""))
        why = Message(f"“{unit}”连写了{run.copies}遍", f"“{unit}” stands {run.copies} times in a row")
        level = SAFETY if sure else Applicability.SUGGEST
        yield fix(NAME, text, changes, level, 0.99 if sure else 0.4, why)


def _cut_copy(unit: str, rest: str) -> Span | None:
    """Where in the rest of a text one more copy begins; the mark that ends the last whole one stays."""
    lead = len(unit) - len(unit.lstrip(_ENDS))
    return Span(lead, len(rest)) if lead < len(rest) < len(unit) and unit.startswith(rest) else None


def _enough(unit: str, before: str) -> int:
    """How many copies make a loop of these words behind `before` on their line."""
    spoken = before.count("“") > before.count("”") or before.count("「") > before.count("」")
    if (
        spoken
        or any(sign in unit for sign in "！!？?")
        or ("、" in unit and not any(s in unit for s in "，。；"))
    ):
        return _CRIES
    if "。" in unit and len(unit) >= _SENTENCE:
        return 3
    return _FEW if len(unit) > _SHORT else _SHORT
