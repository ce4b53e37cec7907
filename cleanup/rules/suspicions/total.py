"""List parts that do not add up to the stated total: flagged.

Why: a misread digit hides best in a list; the sum finds it.
Leaves alone: lists without a total of the same unit directly above or below; rounded figures.
Safety: a flag; nothing is changed (a digit is never changed into another).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text.patterns import regex_pattern

NAME = "suspicions.total"
SUMMARY = Message("标出分项之和与总数不符的清单", "Flag lists whose parts do not add up to their total")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("今年共安排项目 30个。\n\n- 交通项目 10个\n- 水利项目 15个\n- 文旅项目 6个\n", flags=True),
    Case("今年共安排项目 31个。\n\n- 交通项目 10个\n- 水利项目 15个\n- 文旅项目 6个\n", None),
    Case("今年开会 30次。\n\n- 交通项目 10个\n- 水利项目 15个\n", None, "another unit, no total"),
)
_UNIT = r"[个项件名人次家处所条座户亩万亿元公里吨台套]{1,3}"
_PART = regex_pattern(rf"(\d[\d,，]*)\s?({_UNIT})$")
_TOTAL = regex_pattern(
    rf"(?:共|共计|总计|合计|总共|总数[为是]?|一共)[^\d，。；]{{0,12}}(\d[\d,，]*)\s?({_UNIT})"
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    for block, near in _lists(document):
        parts = [_PART.search(document.words(line)) for line in block]
        figures = [match for match in parts if match]
        if len(figures) != len(block) or len({match[2] for match in figures}) != 1:
            continue
        unit, total = figures[0][2], sum(_number(match[1]) for match in figures)
        for line in near:
            stated = _TOTAL.search(document.words(line))
            if stated and stated[2] == unit and _number(stated[1]) != total:
                why = Message(
                    f"总数写作 {stated[1]}{unit}，下列各项相加为 {total}{unit}",
                    f"The stated total is {stated[1]}{unit}, the parts add up to {total}{unit}",
                )
                start = line.content.start
                yield flag(NAME, Span(start + stated.start(1), start + stated.end(1)), 0.9, why)


def _number(digits: str) -> int:
    return int(regex.sub(r"\D", "", digits))


def _lists(document: Document) -> Iterator[tuple[list[Line], list[Line]]]:
    """Each list of two and more items, with the lines directly above and below it."""
    solid = [line for line in document.lines if line.kind != "blank"]
    at = 0
    while at < len(solid):
        end = at
        while end < len(solid) and solid[end].kind == "list":
            end += 1
        if end - at >= 2:
            yield solid[at:end], solid[max(0, at - 1) : at] + solid[end : end + 1]
        at = max(end, at + 1)
