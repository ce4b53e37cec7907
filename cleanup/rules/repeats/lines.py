"""A line, or a few by turns, over and over: A B A B A B … kept once.

Why: vision-language models loop over lines as over clauses, by tens and hundreds, to the end of the page.
Leaves alone: refrains, litanies, cries; cells of a table that are read one a line (合格, 中共党员), equal
     rows (flagged where they are many); dialogue (“是。” “是。”).
Safety: LIKELY for lines of prose from eight copies on, a few by turns from four; empty table rows from forty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, Span, fix, flag
from cleanup.rules.contract import Case
from cleanup.text.paragraphs import is_prose
from cleanup.text.scripts import is_han

NAME = "repeats.lines"
SUMMARY = Message("几行轮流写了许多遍，只留一遍", "Keep once lines that stand many times by turns")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
_A, _B = "各乡要落实责任。\n", "各村要加强巡查。\n"
_ROW = "|   |   |   |\n"
CASES = (
    Case(f"会议要求：\n{(_A + _B) * 6}", f"会议要求：\n{_A}{_B}"),
    Case(_A * 9 + "各乡要落\n", _A, "its last copy is cut"),
    Case(f"| 乡镇 | 户数 | 人口 |\n|---|---|---|\n| 东河 | 3 | 9 |\n{_ROW * 50}",
         f"| 乡镇 | 户数 | 人口 |\n|---|---|---|\n| 东河 | 3 | 9 |\n{_ROW}", "empty rows without end"),
    Case("人人唱\n万岁！\n" * 6, None, "a refrain"),
    Case("“是。”\n“是。”\n", None, "dialogue"),
    Case("中共党员\n" * 12, None, "a column of a table"),
    Case("| 白菜 | 1.20 |\n" * 3, None, "equal rows"),
    Case(_ROW * 12, None, "rows to fill in"),
    Case("县人民政府办公室\n" * 40, None, "a column or a loop", flags=True),
)  # fmt: skip
_LONGEST = 6
_LINE, _TURNS, _MANY, _EMPTY = 8, 4, 30, 40
"""Copies: of a line of prose, of a few lines by turns, of anything else (flagged), of empty rows."""
_LEAST = 7
"""Characters of a line of prose that is no call."""
_WHY = Message("这{0}行轮流写了{1}遍", "These {0} line(s) stand {1} times in a row")
_LOOK = Message(
    "同样{0}行连着出现{1}遍，请看是否模型失控", "{0} line(s), {1} times in a row: did the model run away?"
)


class _Loop(NamedTuple):
    at: int
    size: int
    copies: int


def find(document: Document, tools: object) -> Iterable[Fix]:
    solid = [line for line in document.lines if line.kind != "blank"]
    if len(solid) < _LINE:
        return
    words = [document.text[line.content.start : line.content.end] for line in solid]
    if len(words) - len(set(words)) < _TURNS - 1:
        return
    for loop in _loops(words):
        first, last = solid[loop.at], solid[loop.at + loop.size * loop.copies - 1]
        shown = (loop.size, loop.copies)
        if loop.copies >= _enough(solid[loop.at : loop.at + loop.size], words[loop.at : loop.at + loop.size]):
            start = solid[loop.at + loop.size - 1].span.end
            if loop.at + loop.size * loop.copies == len(solid) - 1 and words[loop.at].startswith(words[-1]):
                last = solid[-1]  # the last copy is cut
            why = Message(_WHY.zh.format(*shown), _WHY.en.format(*shown))
            yield fix(NAME, document.text, [(start, last.span.end, "")], SAFETY, 0.98, why)
        elif loop.copies >= _MANY and any(map(is_han, "".join(words[loop.at : loop.at + loop.size]))):
            why = Message(_LOOK.zh.format(*shown), _LOOK.en.format(*shown))
            yield flag(NAME, Span(first.span.start, last.span.end), 0.6, why)


def _loops(words: list[str]) -> Iterator[_Loop]:
    """Lines by turns, at least four times, from above; of several sizes the smallest."""
    at = 0
    while at + _TURNS <= len(words):
        found = next((loop for size in range(1, _LONGEST + 1) if (loop := _loop(words, at, size))), None)
        if found:
            yield found
        at += found.size * found.copies if found else 1


def _loop(words: list[str], at: int, size: int) -> _Loop | None:
    end = at + size
    while end < len(words) and words[end] == words[end - size]:
        end += 1
    copies = (end - at) // size
    return _Loop(at, size, copies) if copies >= _TURNS else None


def _enough(block: list[Line], words: list[str]) -> float:
    """How many copies of these lines make a loop that is surely one."""
    if all(line.kind == "table" for line in block):
        return _EMPTY if all(set(word) <= set("| \t　-") for word in words) else float("inf")
    if not all(line.kind in ("body", "list", "quote") for line in block):
        return float("inf")
    if any(sign in word for word in words for sign in "！!“「"):
        return float("inf")
    prose = [word for word in words if is_prose(word) and len(word) >= _LEAST]
    if not prose:
        return float("inf")
    return _LINE if len(block) == 1 else _TURNS
