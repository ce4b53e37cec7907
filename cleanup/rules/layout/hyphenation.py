"""A Latin word hyphenated over a line end: written whole, a compound with its own hyphen.

Why: hyphens, soft hyphens and ¬ at line ends belong to the typesetting, not to the word.
Leaves alone: ranges (3-\\n5 years), dashes, Chinese, tables and code.
Safety: LIKELY. Whether a hyphen is the word's own is told by the word elsewhere in the text, by a capital
     behind it (Sino-\\nAmerican), or by its parts: well-\\nknown, three-\\ndimensional, non-\\nnegative.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from cleanup.data import hyphens
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.patterns import regex_pattern

NAME = "layout.hyphenation"
SUMMARY = Message("接上行末用连字符断开的西文单词", "Join Latin words hyphenated at line ends")
SAFETY = Applicability.LIKELY
EARLY = 7
NEEDS = (hyphens.TABLE,)
SIGNS = "-\xad¬‐"
CASES = (
    Case("the govern-\nment of the day", "the government of the day"),
    Case("the com\xad\nmittee, com¬\nmittee, com\xad mittee", "the committee, committee, committee"),
    Case("a well-\nknown three-\ndimensional model", "a well-known three-dimensional model"),
    Case("a long-\nterm and state-\nowned one", "a long-term and state-owned one"),
    Case("an old-\nfashioned, semi-\ncolonial state", "an old-fashioned, semi-colonial state"),
    Case("semi-\nconductor", "semiconductor"),
    Case("low-\ner, self-\nish, four-\nteen, un-\nknown", "lower, selfish, fourteen, unknown"),
    Case("by e-\nmail; plan A-\nB", "by e-mail; plan A-\nB", "a single letter"),
    Case("Sino-\nAmerican relations", "Sino-American relations", "the hyphen is the word's own"),
    Case("the e-mail-\nbox; an e-mailbox", "the e-mailbox; an e-mailbox", "as elsewhere in the text"),
    Case("the proto-\ncol and a proto-col", "the proto-col and a proto-col", "as elsewhere in the text"),
    Case(
        "Mao Tse-\ntung and Chou En-\nlai; to Chung-\nking",
        "Mao Tse-tung and Chou En-lai; to Chungking",
        "names",
    ),
    Case("意见以及William Vat-\nter提出", "意见以及William Vatter提出"),
    Case("3-\n5 years, x ¬ y, and -\nthen", None),
)
_BREAK = regex_pattern(
    r"(?<![\p{L}])(?P<first>\p{L}(?:[\p{L}'’-]*\p{Ll})?)"
    r"(?P<cut>[-‐][ \t]*\n[ \t]*|[\xad¬](?:[ \t]*\n[ \t]*|[ ]?))(?P<second>\p{L}\p{Ll}*)"
)
_FAMILY = regex_pattern(
    r"\b(?:Mao|Chou?|Ch?u|Zhou|Chiang|Chang|Ch'?en|Li[nu]?|Wang|P'?eng|Sung?|Soong|Yeh|H[ou]|Teng|Tung|Kao|Jao|Lo"
    r"|Nieh|Hs[uü]|Ts'?ai|T'?ang?|Chao|Huang|Wu|Yang|Ma|Kuo|K'?ung|Feng|Yen|Pai|Ch'?in|Liao|Liang|Lu"
    r"|Yuan|Tuan)[ ]$"
)
"""Family names as Wade and Giles wrote them, before a given name."""
_GIVEN = regex_pattern(r"[A-Z][a-z']{0,4}[aeiouüng][a-z']{1,5}")
_LEAST = 2
"""Letters on either side, the fewest that printers leave."""
_WHY = Message("行末连字符把一个单词断成两截", "A hyphen at the line end cuts a word in two")
_KEPT = Message("行末的连字符属于单词本身", "The hyphen at the line end is the word's own")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    if not _BREAK.search(text):
        return
    for match in _BREAK.finditer(text):
        first, second = match["first"], match["second"]
        start, end = match.span("cut")
        if document.is_opaque(start, end) or not _are_prose(document, start, end):
            continue
        part = regex.split("[-‐]", first)[-1]
        hyphen = match["cut"][0] in "-‐"
        own = hyphen and _is_own(text, match.start(), first, part, second)
        if not own and (len(part) < _LEAST or len(second) < _LEAST or not second.islower()):
            continue
        after = match["cut"][0] if own else ""
        yield fix(NAME, text, [(start, end, after)], SAFETY, 0.93, _KEPT if own else _WHY)


def _are_prose(document: Document, start: int, end: int) -> bool:
    """Whether neither line is one of a table or code, or begins with a mark."""
    one, two = (document.lines[document.line_at(at)] for at in (start, end))
    return one is two or (one.kind not in ("table", "code") and two.kind in ("body", "quote"))


def _is_own(text: str, at: int, first: str, part: str, second: str) -> bool:
    """Whether the word that begins at a place keeps its hyphen."""
    if len(part) == 1 or second[0].isupper():
        return (len(part) > 1) != second[0].islower()
    whole = regex.compile(rf"(?<!\p{{L}})(?:({first}-{second})|({first}{second}))(?!\p{{Ll}})", regex.I)
    seen = [bool(match[1]) for match in whole.finditer(text)]
    if seen:
        return sum(seen) * 2 > len(seen)
    if second in hyphens.parts("ending"):
        return False
    if _GIVEN.fullmatch(first + second) and _FAMILY.search(text, max(0, at - 12), at):
        return True
    if part.lower() in hyphens.parts("first"):
        return True
    return second in hyphens.parts("last") and part.lower() not in hyphens.parts("prefix") and len(part) > 2
