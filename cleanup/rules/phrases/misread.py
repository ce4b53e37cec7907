"""A phrase with a misread character that is no word otherwise: 己经 -> 已经, 曰前 -> 日前.

Why: a few look-alikes are misread over and over, and in these phrases only one reading makes sense.
Leaves alone: single characters without such a phrase around them; phrases that occur as right text
     (every row was counted in 100 million characters of news and papers; see the head of the table); what a
     language model of any era would rather have as it stands: 访闻 and 今曰 are words of old texts.
Safety: LIKELY.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.data.phrases import Misread
from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.rules.kinds import solid_around
from cleanup.text.scripts import is_traditional

NAME = "phrases.misread"
SUMMARY = Message("改正固定语境中的形近误字", "Repair misread characters in phrases that settle them")
SAFETY = Applicability.LIKELY
NEEDS = ("phrases/misread.tsv", "phrases/misread-guarded.tsv", "models/runs.bin", "models/eras.bin")
SURE, LEAST = 6.0, 1.0
"""Nats that a change must gain in texts of any era to be made, and to be suggested. Of 81 right ones in all
sets of bench 79 gain six and more; of 388 in nine million characters of classical and vernacular text, nearly
all wrong, 32."""
AROUND = 8
"""Characters on either side that the language models see."""
CASES = (
    Case("工程己经完成，曰前通过验收。", "工程已经完成，日前通过验收。"),
    Case("工程己經完成，這個消息對國民來說是好的。", "工程已經完成，這個消息對國民來說是好的。"),
    Case("他对自己经历的事很清楚，周末来访。", None, "自己 + 经历, 周末 + 来访"),
    Case("又访闻诸州军皆擅用官钱，支给不多。", None, "a word of old papers"),
    Case("又訪聞諸州軍皆擅用官錢，支給不多。", None, "a word of old papers"),
    Case("她说了几句，往房外跑下楼去。", None, "往 + 房外"),
)


def find(document: Document, tools: Models) -> Iterable[Fix]:
    text = document.text
    found = list(_found(document, tools))
    chars = list(text) if found else []
    for start, end, _, row in found:
        chars[start:end] = row.right
    mended = "".join(chars)  # the others beside it are as wrong
    asked = []
    for start, end, wrong, row in found:
        before, behind = solid_around(mended, start, end, AROUND)
        asked.append((before, wrong, row.right, behind))
    gains = tools.gains_in_every_era(asked)
    for (start, _, wrong, row), gain in zip(found, gains, strict=True):
        if gain < LEAST:
            continue
        changes = [
            (start + at, start + at + 1, right)
            for at, (read, right) in enumerate(zip(wrong, row.right, strict=True))
            if read != right
        ]
        why = Message(f"“{wrong}”当作“{row.right}”", f"{wrong} for {row.right}: {row.why}")
        sure = gain >= SURE
        yield fix(NAME, text, changes, SAFETY if sure else Applicability.SUGGEST, 0.95 if sure else 0.3, why)


def _found(document: Document, tools: Models) -> Iterator[tuple[int, int, str, Misread]]:
    """Where wrong forms stand that the table does not part by what is beside them."""
    text = document.text
    traditional = is_traditional(text)
    table = tools.misread(traditional)
    for start, end, wrong in occurrences(text, tools.misread_forms(traditional)):
        row = table[wrong]
        if text[start - 1 : start] in tuple(row.not_after) or text[end : end + 1] in tuple(row.not_before):
            continue
        if not document.is_opaque(start, end):
            yield start, end, wrong, row
