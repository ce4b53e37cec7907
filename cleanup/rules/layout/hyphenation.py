"""A Latin word hyphenated over a line end: written whole.

Why: hyphens at line ends belong to the typesetting, not to the word.
Leaves alone: hyphens before capitals or digits (Sino-\\nAmerican), dashes, Chinese.
Safety: LIKELY; a compound's own hyphen may stand at a line end by chance.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import substitution

NAME = "layout.hyphenation"
SUMMARY = Message("接上行末用连字符断开的西文单词", "Join Latin words hyphenated at line ends")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("the govern-\nment of the day", "the government of the day"),
    Case("Sino-\nAmerican relations", None, "the hyphen is the word's own"),
    Case("3-\n5 years", None),
)
_BREAK = regex.compile(r"(?<=\p{Ll}{2})-[ \t]*\n[ \t]*(?=\p{Ll}{2})")
_WHY = Message("行末连字符把一个单词断成两截", "A hyphen at the line end cuts a word in two")


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    return substitution(NAME, document, _BREAK, "", SAFETY, 0.93, _WHY)
