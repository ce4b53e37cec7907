"""A misread form from the user's own dictionary: 渝北去 -> 渝北区.

Why: what a person has settled once (ocrfix review, learned/phrases.tsv) need not be asked again.
Leaves alone: everything else; a form that stands inside the right one.
Safety: LIKELY: the user chose forms that cannot be right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models

NAME = "phrases.own"
SUMMARY = Message("按自己的词典改正误读", "Repair misreadings by your own dictionary")
SAFETY = Applicability.LIKELY
NEEDS = ()
_OWN = (("渝北去政府", "渝北区政府"), ("会已", "会议已"))
CASES = (
    Case("渝北去政府今天开会。", "渝北区政府今天开会。", own=_OWN),
    Case("他到渝北去看望老人。", None, own=_OWN),
    Case("会议已结束。", None, "the right form is there already", own=(("议已", "会议已"),)),
)


def find(document: Document, tools: Models) -> Iterable[Fix]:
    text = document.text
    pairs, forms = _table(tools.learned.phrases)
    for start, end, wrong in occurrences(text, forms):
        right = pairs[wrong]
        at = right.find(wrong)
        inside = at >= 0 and text[max(0, start - at) :].startswith(right)
        if inside or document.is_opaque(start, end):
            continue
        why = Message(f"自己的词典：“{wrong}”应为“{right}”", f"Your dictionary: {wrong} is {right}")
        yield fix(NAME, text, [(start, end, right)], SAFETY, 0.97, why)


@lru_cache(maxsize=2)
def _table(phrases: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Wrong form → right form; and the wrong forms as one tuple, for which the search is built once."""
    pairs = dict(phrases)
    return pairs, tuple(pairs)
