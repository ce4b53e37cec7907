"""A phrase with a misread character that is no word otherwise: 己经 -> 已经, 曰前 -> 日前.

Why: a few look-alikes are misread over and over, and in these phrases only one reading makes sense.
Leaves alone: single characters without such a phrase around them; phrases that occur as right text
     (every row was counted in 100 million characters; see the head of the table).
Safety: LIKELY.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.text.scripts import is_traditional

NAME = "phrases.misread"
SUMMARY = Message("改正固定语境中的形近误字", "Repair misread characters in phrases that settle them")
SAFETY = Applicability.LIKELY
NEEDS = ("phrases/misread.tsv", "phrases/misread-guarded.tsv")
CASES = (
    Case("工程己经完成，曰前通过验收。", "工程已经完成，日前通过验收。"),
    Case("工程己經完成，這個消息對國民來說是好的。", "工程已經完成，這個消息對國民來說是好的。"),
    Case("他对自己经历的事很清楚，周末来访。", None, "自己 + 经历, 周末 + 来访"),
)


def find(document: Document, tools: Models) -> Iterable[Fix]:
    text = document.text
    traditional = is_traditional(text)
    table = tools.misread(traditional)
    for start, end, wrong in occurrences(text, tools.misread_forms(traditional)):
        row = table[wrong]
        if text[start - 1 : start] in tuple(row.not_after) or text[end : end + 1] in tuple(row.not_before):
            continue
        if document.is_opaque(start, end):
            continue
        changes = [
            (start + at, start + at + 1, right)
            for at, (read, right) in enumerate(zip(wrong, row.right, strict=True))
            if read != right
        ]
        why = Message(f"“{wrong}”当作“{row.right}”", f"{wrong} for {row.right}: {row.why}")
        yield fix(NAME, text, changes, SAFETY, 0.95, why)
