"""A word lost, added, swapped or put for another inside what is always said the same way: 居民人均可收入
-> 居民人均可支配收入.

Why: vision-language models do not misread strokes, they drift from what is printed to what it sounds like;
     official writing is made of formulas, and where a text leaves one and comes back to it, the formula
     says what was printed.
Leaves alone: what is said in more ways than one (坚决维护, 坚决做到); numbers, places and Latin letters
     within a formula; words in a row that begin alike (聚焦…、聚情…); what may be a name.
Safety: LIKELY only where held-out text says that the formula was printed 99 times of 100; the others are
     suggested.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.score import stream
from cleanup.score.drift import Reading
from cleanup.text import simplify, unknown_names
from cleanup.text.scripts import is_traditional

NAME = "formulas.drift"
SUMMARY = Message(
    "按固定说法改正漏掉、多出、颠倒、换错的词", "Repair words lost, added, swapped or replaced in formulas"
)
SAFETY = Applicability.LIKELY
NEEDS = ("models/formulas.bin", "models/drift.tsv", "models/runs.bin", "names/surnames.tsv")
CASES = (
    Case(
        "更加紧密地团结在以习近平同志为的党中央周围。",
        "更加紧密地团结在以习近平同志为核心的党中央周围。",
        "lost",
    ),
    Case("坚持绿水青山金山就是银山理念，推动发展。", "坚持绿水青山就是金山银山理念，推动发展。", "swapped"),
    Case(
        "更加緊密地團結在以習近平同志為的黨中央周圍，保護環境。",
        "更加緊密地團結在以習近平同志為核心的黨中央周圍，保護環境。",
    ),
    Case("推动巩固拓展脱贫攻坚成果同乡村振兴有效衔接。", None, "right as it is"),
    Case("要坚决维护党中央权威，坚决做到令行禁止。", None, "both are said"),
    Case("同时，坚持以用户为中心，以更好的产品服务大家。", None, "another wording: suggested only"),
    Case("市委要求聚焦中心工作、聚情民生关切、聚力依法履职，聚合代表力量。", None, "words in a row"),
)
SURE = 0.99
"""From here on the formula is put in."""
_CAPPED = 0.9
"""The most that is claimed where something speaks against it that the models do not know."""
SERIES = 28
"""Characters on either side within which words stand in a row."""
_BETWEEN = "、，；"


def find(document: Document, tools: Names) -> Iterable[Fix]:
    found = stream.of(document)
    if len(found.text) < 8:
        return
    traditional = is_traditional(found.text)
    text = simplify.simplified(found.text) if traditional else found.text
    readings = tools.said.drifted(text)
    named = unknown_names.within(text, tools.surnames, [reading.start for reading in readings])
    for reading in readings:
        start, end = _span(found, reading)
        if document.is_opaque(start, max(end, start + 1)):
            continue
        new = _printed(text, reading) if traditional else reading.new
        if new is None:
            continue
        doubtful = reading.start in named or _in_series(text, reading)
        sure = min(reading.probability, _CAPPED) if doubtful else reading.probability
        yield fix(
            NAME, document.text, [(start, end, new)],
            Applicability.LIKELY if sure >= SURE else Applicability.SUGGEST,
            sure, _why(text, reading), (reading.formula, reading.counted),
            () if traditional else reading.others,
        )  # fmt: skip


def _span(found: stream.Stream, reading: Reading) -> tuple[int, int]:
    """Where the change stands in the document; what is lost stands directly behind what is before it."""
    if reading.start == reading.end:
        at = int(found.places[reading.start - 1]) + 1
        return at, at
    return int(found.places[reading.start]), int(found.places[reading.end - 1]) + 1


def _printed(text: str, reading: Reading) -> str | None:
    """What the formula has, in traditional script; None where that is unclear."""
    before, behind = text[max(0, reading.start - 8) : reading.start], text[reading.end : reading.end + 8]
    chars: list[str] = []
    for at, char in enumerate(reading.new):
        set_in = simplify.in_traditional(before + reading.new[:at], char, reading.new[at + 1 :] + behind)
        if set_in is None:
            return None
        chars.append(set_in)
    return "".join(chars)


def _in_series(text: str, reading: Reading) -> bool:
    """Whether words stand in a row that begin as the one before the change does: 聚焦…、聚情…、聚力…."""
    at = reading.start
    if at < 2 or text[at - 2] not in _BETWEEN:
        return False
    near = text[max(0, at - 2 - SERIES) : at - 2] + text[reading.end : reading.end + SERIES]
    return any(mark + text[at - 1] in near for mark in _BETWEEN)


def _why(text: str, reading: Reading) -> Message:
    shown, new, formula = text[reading.start : reading.end], reading.new, reading.formula
    if not shown:
        return Message(f"固定说法“{formula}”，此处漏了“{new}”", f"One says {formula}; {new} is lost here")
    if not new:
        return Message(
            f"固定说法“{formula}”，“{shown}”应为多出", f"One says {formula}; {shown} is too many here"
        )
    if sorted(shown) == sorted(new):
        return Message(
            f"固定说法“{formula}”，“{shown}”前后颠倒",
            f"One says {formula}; {shown} has it the other way round",
        )
    return Message(f"固定说法“{formula}”，此处却作“{shown}”", f"One says {formula}; here it is {shown}")
