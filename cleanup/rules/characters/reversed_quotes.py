"""Quotation marks that stand the wrong way round: 他说：”今天很好。“ -> 他说：“今天很好。”

Why: engines and typists take the one of a pair for the other.
Leaves alone: pairs that read right, a mark whose partner was lost, and pairs that may belong to others.
Safety: LIKELY; a pair is turned only where neither mark can stand as it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_han

NAME = "characters.reversed-quotes"
SUMMARY = Message("左右颠倒的引号改正", "Quotation marks the wrong way round are turned")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "”’」』"
CASES = (
    Case("他说：”今天很好。“大家笑了。", "他说：“今天很好。”大家笑了。"),
    Case("他說：」今天很好。「大家笑了。", "他說：「今天很好。」大家笑了。"),
    Case("读了《人民日报》，”两会“，讨论", "读了《人民日报》，“两会”，讨论"),
    Case("”今天很好。“他说：”快看，“大家都来了。", "“今天很好。”他说：“快看，”大家都来了。"),
    Case("”他说。“明天呢？”", None, "the first mark was lost"),
    Case("他说：“今天很好。”“明天呢？”", None, "pairs that read right"),
    Case("今天很好。”他说，“明天呢？", None, "the first and the last mark were lost"),
    Case("题为”春天“的展览，”改革“，”开放“两词", "题为“春天”的展览，“改革”，“开放”两词"),
    Case("这就是”人民战争“的思想", None, "nothing tells which pair it was"),
    Case("他说好”，又说“好", None, "each of another pair"),
)

_KINDS = {"”": "“", "’": "‘", "」": "「", "』": "『"}
_MARKS = re_pattern("[“”‘’「」『』]|\n[ \u3000\t]*\n")
_BEGINS = frozenset("：，、；（《")
"""Behind these no quotation can close."""
_ENDS = frozenset("，。、；：！？）》")
"""Before these none can open."""
_FULL, _SAID = frozenset("。！？…"), frozenset("。！？…，")
_REACH = 80
_WHY = Message("引号左右颠倒", "Quotation marks the wrong way round")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    marks = list(_MARKS.finditer(text))
    opened = ""
    number = 0
    while number < len(marks):
        mark = marks[number].group()
        if mark in _KINDS and not opened:
            run = _run(marks, number)
            pairs = [(run[at], run[at + 1]) for at in range(0, len(run) - 1, 2)]
            turned = [_is_turned(text, *pair, len(run) % 2 == 0) for pair in pairs]
            every = any(turned) and len(run) % 2 == 0
            for (at, end), sure in zip(pairs, turned, strict=True):
                if (every or sure) and not document.is_opaque(at, end + 1):
                    changes = [(at, at + 1, _KINDS[mark]), (end, end + 1, mark)]
                    yield fix(NAME, text, changes, SAFETY, 0.93, _WHY)
            number += max(1, len(run))
            continue
        opened = mark if mark in _KINDS.values() else ""
        number += 1


def _run(marks: list[re.Match[str]], number: int) -> list[int]:
    """Where the marks from there on stand that close and open in turn: ” “ ” “."""
    shut = marks[number].group()
    places: list[int] = []
    for at in range(number, len(marks)):
        if marks[at].group() != (_KINDS[shut] if len(places) % 2 else shut):
            break
        places.append(marks[at].start())
    return places


def _is_turned(text: str, at: int, end: int, paired: bool) -> bool:
    """Whether the marks at `at` and `end` are a pair the wrong way round; `paired`: as many of one kind as
    of the other stand from there to the paragraph's end."""
    inside = text[at + 1 : end]
    if not 1 <= len(inside) <= _REACH or inside[0] in _ENDS or inside[0] == "\n":
        return False
    before, after = text[at - 1 : at], text[end + 1 : end + 2]
    closed = inside[-1] in _FULL
    if before in ("", "\n", "　"):
        return paired and closed and is_han(inside[0]) and is_han(after or " ")
    ends = after in _ENDS or (closed and after in ("", "\n")) or (before == "：" and inside[-1] in _SAID)
    return before in _BEGINS and ends
