"""A paragraph, or a few of them, twice in a row: kept once.

Why: page images overlap, and models read a column twice or loop over its end.
Leaves alone: list items, table rows, refrains and other short lines; paragraphs that only begin alike.
Safety: LIKELY for the same words; SUGGEST where the copies differ in a few characters (one is misread).
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.text.paragraphs import ends_sentence, is_prose

NAME = "repeats.paragraph"
SUMMARY = Message("整段连着出现两遍，只留一遍", "Keep once a paragraph that stands twice in a row")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
_A = "会议通报了去年各乡镇主要经济指标完成情况，部署了今年的工作。"
_B = "各乡镇负责同志，县级有关部门主要负责人参加会议。"
CASES = (
    Case(f"{_A}\n\n{_A}\n\n{_B}", f"{_A}\n\n{_B}"),
    Case(f"{_A}\n\n{_B}\n\n{_A}\n\n{_B}\n", f"{_A}\n\n{_B}\n"),
    Case(
        f"{_A}{_B[:-1]}\n\n**{_B[:-1]}**\n\n# 简讯", f"{_A}{_B[:-1]}\n\n# 简讯", "a tail, cut, again in bold"
    ),
    Case(f"{_A}{_B}\n\n**{_B}**\n\n# 简讯", None, "a sentence set out: suggested only"),
    Case("同志们，向前进！\n同志们，向前进！\n", None, "a refrain"),
    Case(f"{_A}\n\n{_A[:-1]}，并表彰了先进。", None, "the second says more"),
)
_LONGEST = 6
"""Lines: a longer block said twice is compared paragraph by paragraph anyway."""
_SHORT = 15
_WHY = Message("这一段与上文完全相同，接连出现", "The same paragraph stands directly above")
_TAIL = Message("这一行重复上一段的结尾", "The line says again how the paragraph above ends")
_NEAR = Message(
    "这一段与上文几乎相同，其中一份可能读错", "Almost the same as the paragraph above; one is misread"
)


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    solid = [line for line in document.lines if line.kind != "blank"]
    words = ["".join(document.words(line).split()) for line in solid]
    at = 1
    while at < len(solid):
        size = _repeated(solid, words, at)
        if size:
            yield _without(document, solid, at, size, SAFETY, 0.97, _WHY)
            at += size
            continue
        if _is_tail(solid, words, at):
            cut = not ends_sentence(words[at])
            level, sure = (SAFETY, 0.95) if cut else (Applicability.SUGGEST, 0.5)
            yield _without(document, solid, at, 1, level, sure, _TAIL)
        elif _nearly(solid, words, at):
            yield _without(document, solid, at, 1, Applicability.SUGGEST, 0.6, _NEAR)
        at += 1


def _repeated(solid: list[Line], words: list[str], at: int) -> int:
    """How many lines from `at` repeat those directly before; 0 for none."""
    for size in range(1, _LONGEST + 1):
        if at - size < 0 or at + size > len(solid):
            break
        if words[at - size] != words[at]:
            continue
        block = solid[at : at + size]
        if words[at - size : at] == words[at : at + size] and any(line.kind == "body" for line in block):
            long = max(len(word) for word, line in zip(words[at : at + size], block, strict=True))
            if long >= 2 * _SHORT if size > 1 else _prose(block[0], words[at]):
                return size
    return 0


def _prose(line: Line, words: str) -> bool:
    return line.kind == "body" and len(words) >= _SHORT and is_prose(words)


def _is_tail(solid: list[Line], words: list[str], at: int) -> bool:
    """Whether a line only says again how the paragraph above it ends, in bold or not."""
    short = len(words[at]) < len(words[at - 1]) and len(words[at]) >= _SHORT
    bold = solid[at].kind == "heading" and solid[at].level == 6
    return short and (bold or solid[at].kind == "body") and words[at - 1].endswith(words[at])


def _nearly(solid: list[Line], words: list[str], at: int) -> bool:
    one, two = words[at - 1], words[at]
    return (
        solid[at].kind == solid[at - 1].kind == "body"
        and min(len(one), len(two)) >= 3 * _SHORT
        and abs(len(one) - len(two)) <= 3
        and ratio(one, two) >= 96
    )


def _without(
    document: Document,
    solid: list[Line],
    at: int,
    size: int,
    level: Applicability,
    confidence: float,
    why: Message,
) -> Fix:
    start, end = solid[at - 1].span.end, solid[at + size - 1].span.end
    return fix(NAME, document.text, [(start, end, "")], level, confidence, why)
