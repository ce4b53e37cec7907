"""A paragraph, or a few of them, twice in a row: kept once.

Why: page images overlap, and models read a column twice or loop over its end.
Leaves alone: list items, table rows, refrains and other short lines; paragraphs that only begin alike, and
     those that stand elsewhere in the text as well (suggested): what comes back is said on purpose.
Safety: LIKELY for the same words; SUGGEST where the copies differ in a few characters (one is misread).
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.block import Act
from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.paragraphs import is_prose

NAME = "repeats.paragraph"
SUMMARY = Message("整段连着出现两遍，只留一遍", "Keep once a paragraph that stands twice in a row")
ACT: Act = "remove"
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
_A = "会议通报了去年各乡镇主要经济指标完成情况，部署了今年的工作。"
_B = "各乡镇负责同志，县级有关部门主要负责人参加会议。"
CASES = (
    Case(f"{_A}\n\n{_A}\n\n{_B}", f"{_A}\n\n{_B}"),
    Case(f"{_A}\n\n{_B}\n\n{_A}\n\n{_B}\n", f"{_A}\n\n{_B}\n"),
    Case(f"{_A}\n\n{_A}\n\n{_B}\n\n{_A}\n\n{_A}", None, "comes back"),
    Case("同志们，向前进！\n同志们，向前进！\n", None, "a refrain"),
    Case(
        "海面倒映着白塔，\n四周环绕着绿树。\n小船儿轻轻飘荡在水中，迎面吹来了凉风。\n小船儿轻轻飘荡在水中，迎面吹来了凉风。\n",
        None,
        "a refrain of long lines",
    ),
    Case(f"{_A}\n\n{_A[:-1]}，并表彰了先进。", None, "the second says more"),
)
_LONGEST = 6
"""Lines: a longer block said twice is compared paragraph by paragraph anyway."""
_SHORT = 15
_NEAR = 2
"""Lines on either side that tell whether a line stands in a song."""
_WHY = Message("这一段与上文完全相同，接连出现", "The same paragraph stands directly above")
_ALMOST = Message(
    "这一段与上文几乎相同，其中一份可能读错", "Almost the same as the paragraph above; one is misread"
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    solid = [line for line in document.lines if line.kind != "blank"]
    words = ["".join(document.words(line).split()) for line in solid]
    at = 1
    while at < len(solid):
        size = _repeated(solid, words, at)
        if size:
            back = words.count(words[at]) > 2 + (words[at + size : at + 2 * size] == words[at : at + size])
            level, sure = (Applicability.SUGGEST, 0.5) if back else (SAFETY, 0.97)
            yield _without(document, solid, at, size, level, sure, _WHY)
            at += size
            continue
        if _nearly(solid, words, at):
            yield _without(document, solid, at, 1, Applicability.SUGGEST, 0.6, _ALMOST)
        at += 1


def _repeated(solid: list[Line], words: list[str], at: int) -> int:
    """How many lines from `at` repeat those directly before; 0 for none."""
    for size in range(1, _LONGEST + 1):
        if at - size < 0 or at + size > len(solid):
            break
        if words[at - size] != words[at]:
            continue
        block = solid[at : at + size]
        adjacent = solid[at].span.start <= solid[at - 1].span.end + 1
        if size == 1 and adjacent and _in_verse(words, at):
            continue
        if words[at - size : at] == words[at : at + size] and any(line.kind == "body" for line in block):
            long = max(len(word) for word, line in zip(words[at : at + size], block, strict=True))
            if long >= 2 * _SHORT if size > 1 else _prose(block[0], words[at]):
                return size
    return 0


def _in_verse(words: list[str], at: int) -> bool:
    """Whether a line and all near it are as short as those of a song."""
    near = [*words[max(0, at - 1 - _NEAR) : at - 1], *words[at + 1 : at + 1 + _NEAR]]
    return len(near) >= 2 and max(map(len, [words[at], *near])) < 2 * _SHORT


def _prose(line: Line, words: str) -> bool:
    return line.kind == "body" and len(words) >= _SHORT and is_prose(words)


def _nearly(solid: list[Line], words: list[str], at: int) -> bool:
    one, two = words[at - 1], words[at]
    if min(len(one), len(two)) < 3 * _SHORT or abs(len(one) - len(two)) > 3:
        return False
    from rapidfuzz.fuzz import ratio  # takes its time, and few lines are long and as long as the one before

    return solid[at].kind == solid[at - 1].kind == "body" and ratio(one, two) >= 96


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
