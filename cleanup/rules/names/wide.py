"""A two-character name set wide: 王　炯 (王炯 on the roster).

Why: print spreads two-character names to the width of three; searches for 王炯 then miss them.
Leaves alone: every pair of characters that is no name of the roster.
Safety: SUGGEST, since the space is printed; who wants names whole accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import by_roster, substitution
from cleanup.text import people
from cleanup.text.scripts import HAN, is_han

NAME = "names.wide"
SUMMARY = Message("拉开排的两字人名（按名册）", "Two-character names set wide, by the roster")
SAFETY = Applicability.SUGGEST
NEEDS = ("offices/offices.tsv", "organizations/abbreviations.tsv")
CASES = (
    Case("市人大常委会主任　王　炯", "市人大常委会主任　王炯", roster=(("王炯", "市人大常委会主任"),)),
    Case("市委会　谈程序", None, "words", roster=(("会谈", ""),)),
    Case("王　炯", None, "not on the roster", roster=(("王大勇", ""),)),
)
_WIDE = regex.compile(rf"([ 　])(?<=([{HAN}])[ 　])(?=([{HAN}]))")
_WHY = Message("名册上的两字人名，印刷时拉开了", "A two-character name of the roster, spread in print")


@by_roster
def find(document: Document, tools: Tools) -> Iterable[Fix]:
    known = tools.roster.by_name

    def closed(match: regex.Match[str]) -> str | None:
        if match[2] + match[3] not in known or not people.speaks_after(match.string, match.end(3)):
            return None
        start = match.start(2)
        before = match.string[max(0, start - 1) : start]
        named = not is_han(before or " ") or tools.stated(match.string, start)
        return "" if named or people.introduces(match.string, start) else None

    return substitution(NAME, document, _WIDE, closed, SAFETY, 0.6, _WHY, group=1)
