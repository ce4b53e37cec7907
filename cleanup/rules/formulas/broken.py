"""A formula breaks off and the text goes on otherwise: 推动“两个确立”、坚决做到… (坚决拥护“两个确立”).

Why: where a model drifts farther than a word, nothing comes back to the formula that could say what was
     printed; but that it was left can be told: before “两个确立” stands 拥护 or 领悟, and hardly anything
     else.
Leaves alone: what goes on in several ways in the texts that were counted; where formulas.drift says what
     was printed.
Safety: a flag; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case, Models
from cleanup.score import stream
from cleanup.text import simplify
from cleanup.text.scripts import is_traditional

NAME = "formulas.broken"
SUMMARY = Message("标出固定说法断开的地方", "Flag places where a formula breaks off")
SAFETY = Applicability.SUGGEST
NEEDS = ("models/formulas.bin", "models/drift.tsv", "models/runs.bin")
CASES = (
    Case("持续修复净化政治生态，推动政治生态“两个确立”、坚决做到“两个维护”一以贯之。", flags=True),
    Case("要坚定拥护“两个确立”、坚决做到“两个维护”。", None, "as it is said"),
    Case("他在会上谈了“两个问题”、三点意见。", None, "no formula"),
)


def find(document: Document, tools: Models) -> Iterable[Fix]:
    found = stream.of(document)
    text = simplify.simplified(found.text) if is_traditional(found.text) else found.text
    for place in tools.said.broken_off(text):
        span = Span(int(found.places[place.start]), int(found.places[place.end - 1]) + 1)
        why = Message(f"固定说法“{place.formula}”，此处断开", f"One says {place.formula}; here it breaks off")
        yield flag(NAME, span, 0.5, why, (place.formula, place.counted))
