"""An index: a word and the pages where it stands: 水库 12，34—35.

Told by: three and more lines in a row that end with several numbers or ranges.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page, runs
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "index"
CASES = (
    Case("水库 12，34—35\n水闸 7\n水渠，8、19、102\n溢洪道 3，77\n", (0, 1, 2, 3)),
    Case("A\n阿坝 12\nB\n北山 7，8，102\n白水 45—48\nC\n城关 3\n", tuple(range(7))),
    Case("今年增产12，34户受益\n明年再增7，\n后年8、19个村\n", ()),
)
_ENTRY = regex_pattern(
    r"\D{1,20}?[ 　,，:：]+\d{1,4}(?:[—–~～-]\d{1,4})?"
    r"(?:[ 　]*[,，、;；][ 　]*\d{1,4}(?:[—–~～-]\d{1,4})?)*[。.]?"
)
_HEAD = regex_pattern(r"[A-Z]|[一二三四五六七八九十]{1,2}[画劃]")
"""What parts the words of an index: their first letter, or how many strokes they begin with."""
_LEAST = 3


@lru_cache(maxsize=KEPT)
def _is_entry(words: str) -> bool:
    if len(words) <= 3 and _HEAD.fullmatch(words):
        return True
    return words[-1:].isdecimal() and len(words) <= 60 and bool(_ENTRY.fullmatch(words))


def find(page: Page) -> Iterator[Claim]:
    entries = [row.plain and _is_entry(row.words) for at, row in enumerate(page.rows)]
    for first, last in runs(entries, _LEAST):
        words_of = [row.words for row in page.rows[first : last + 1] if len(row.words) > 3]
        several = sum(any(mark in words for mark in "，、,—–～") for words in words_of)
        if words_of and 3 * several >= len(words_of):
            yield Claim(first, last, 0.9)
