"""A heading whose characters do not go together, or a teaser set as a heading: flagged.

Why: headlines are large, ornamented and short; engines and models garble them more than text and set
     the teasers of other pages (4版刊登 …) as headings of this one.
Leaves alone: headings whose characters follow one another as they do in print; names on the roster.
Safety: a flag; nothing is changed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case, Names
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN

NAME = "suspicions.garbled-heading"
SUMMARY = Message("标出读乱的标题", "Flag garbled headings")
SAFETY = Applicability.SUGGEST
NEEDS = ("models/pairs.bin",)
CASES = (
    Case("# 4版刊登 重报添一度\n\n万州区：用好改革一招", flags=True),
    Case("# 鼓足干劲 奋进争先\n\n本报讯", None),
    Case("# 坚决守住安全底线\n\n本报讯", None),
)
_SEGMENT = regex_pattern(rf"[{HAN}]{{5,}}")
_TEASER = regex_pattern(
    r"(?:^|[\s（(])[A-D]?\d{1,2}\s?版\s?(?:刊登|刊发|见报|[)）]|$)|(?:详见|见)第?\s?\d{1,2}\s?版"
)
_LOOSE = -1.5
"""Mean bits of association below which (1 in 2,000 printed headlines) characters do not go together."""
_GARBLED = Message(
    "标题的字连不成词，可能读错", "The characters of this heading do not go together; it may be misread"
)
_PLACED = Message("指向其他版的提示被当成了标题", "A teaser that points to another page is set as a heading")


def find(document: Document, tools: Names) -> Iterable[Fix]:
    known = tools.roster.by_name
    for line in document.lines:
        if line.kind != "heading":
            continue
        words = document.words(line)
        loose = [
            match
            for match in _SEGMENT.finditer(words)
            if _association(match.group(), tools) < _LOOSE and not any(name in words for name in known)
        ]
        teaser = _TEASER.search(words)
        if not loose and not teaser:
            continue
        why = _GARBLED if loose else _PLACED
        evidence = tuple(match.group() for match in loose) + ((teaser.group(),) if teaser else ())
        confidence = 0.8 if loose and teaser else 0.6
        yield flag(NAME, Span(line.content.start, line.content.end), confidence, why, evidence)


def _association(words: str, tools: Names) -> float:
    """Mean bits between neighbours; characters that the model does not know do not count."""
    bits = [tools.pairs.link(one, two) for one, two in itertools.pairwise(words)]
    known = [bit for bit in bits if bit is not None]
    return sum(known) / len(known) if len(known) >= 4 else 0.0
