"""A piece of a set phrase said once too often before it: 隐患排查大排查大整治 -> 隐患大排查大整治.

Why: models start a set phrase, stumble over its inner repetition and begin again.
Leaves alone: the set phrase itself, pieces that have a meaning of their own before it.
Safety: LIKELY where the phrase list or the document itself shows the form without the piece.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.text.scripts import is_han

NAME = "repeats.set-phrase"
SUMMARY = Message("固定短语前多写了其中一截", "Take out a piece of a set phrase said once too often")
SAFETY = Applicability.LIKELY
NEEDS = ("phrases/set.tsv",)
CASES = (
    Case("抓好重点领域隐患排查大排查大整治。", "抓好重点领域隐患大排查大整治。"),
    Case("开展隐患大排查大整治。", None),
    Case("先排查，再大排查大整治。", None, "parted by punctuation"),
)
_LONGEST = 4


def find(document: Document, tools: Models) -> Iterable[Fix]:
    text = document.text
    names = tools.set_phrase_forms
    for start, _, phrase in occurrences(text, names):
        for size in range(2, min(_LONGEST, len(phrase) - 1) + 1):
            piece = text[max(0, start - size) : start]
            if len(piece) < size or phrase.find(piece) < 1 or not all(map(is_han, piece)):
                continue
            before = text[max(0, start - size - 2) : start - size]
            if len(before) < 2 or not all(map(is_han, before)):
                continue
            whole = before + phrase
            known = any(whole in name for name in names) or whole in text
            if not known or document.is_opaque(start - size, start):
                continue
            why = Message(f"“{whole}”里多写了“{piece}”", f"“{piece}” stands once too often in “{whole}”")
            yield fix(NAME, text, [(start - size, start, "")], SAFETY, 0.92, why, (whole,))
