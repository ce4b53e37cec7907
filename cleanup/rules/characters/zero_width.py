"""Zero-width and control characters: taken out.

Why: PDF text layers and models leave marks that no reader sees and that break searches.
Leaves alone: tabs, line ends, page breaks; joiners inside emoji or Indic and Arabic words; a soft hyphen
     at a line end within a Latin word (layout.hyphenation joins the word).
Safety: SAFE, since the text reads the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case
from cleanup.rules.kinds import substitution
from cleanup.text.patterns import regex_pattern

NAME = "characters.zero-width"
SUMMARY = Message("去掉看不见的零宽字符和控制字符", "Take out invisible zero-width and control characters")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
SIGNS = "".join(
    map(
        chr,
        (
            *range(9),
            0xB,
            *range(0xE, 0x20),
            0x7F,
            0xAD,
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2065),
            0xFEFF,
        ),
    )
)
CASES = (
    Case("中\u200b国\ufeff人民", "中国人民"),
    Case("第\x07一章", "第一章"),
    Case("the com\xadmittee", "the committee"),
    Case("👨\u200d👩\u200d👧", None, "the joiner builds one emoji"),
    Case("第一页\f第二页", None, "a form feed is a page break"),
    Case("the com\xad\nmittee", None, "joined by layout.hyphenation"),
)

_MARKS = regex_pattern(
    r"(?:[\u200b\u200e\u200f\u202a-\u202e\u2060\u2061-\u2064\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]"
    r"|\u00ad(?![ \t]*\n[ \t]*\p{Ll}))+"
    r"|(?<=[\p{Han}\p{Latin}\d\s\p{P}])[\u200c\u200d]+|[\u200c\u200d]+(?=[\p{Han}\p{Latin}\d\s\p{P}])"
)
_WHY = Message("看不见的字符，不属于文字", "An invisible character that is no part of the text")


def find(document: Document, tools: object) -> Iterable[Fix]:
    return substitution(NAME, document, _MARKS, "", SAFETY, 0.999, _WHY)
