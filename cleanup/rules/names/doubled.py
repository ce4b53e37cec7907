"""A name of the roster with a character read twice: 胡衡衡华 -> 胡衡华.

Why: engines that read in overlapping pieces stutter; the name is lost to searches.
Leaves alone: names that double a character themselves (李丽丽); a last character that may begin the next
     word; places that do not speak for a name.
Safety: LIKELY, since all the characters of one name stand there in order, before and after a cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import by_roster
from cleanup.text import near, people
from cleanup.text.scripts import HAN

NAME = "names.doubled"
SUMMARY = Message("去掉人名中重复读出的字（按名册）", "Drop a character read twice in a name, by the roster")
SAFETY = Applicability.LIKELY
NEEDS = ("offices/offices.tsv", "organizations/abbreviations.tsv")
_ROSTER = (("胡衡华", "市长"), ("李丽丽", "记者"))
CASES = (
    Case("市长胡衡衡华出席会议。", "市长胡衡华出席会议。", roster=_ROSTER),
    Case("记者李丽丽报道。", None, "her name", roster=_ROSTER),
    Case("胡衡华华丽转身。", None, "the next word", roster=_ROSTER),
)
_TWICE = regex.compile(rf"(?<=[{HAN}])([{HAN}])\1(?=[{HAN}])")
_WHY_ZH, _WHY_EN = (
    "“{0}”应为名册上的“{1}”，一字读了两遍",
    "{0} is {1} of the roster; a character was read twice",
)


@by_roster
def find(document: Document, tools: Tools) -> Iterable[Fix]:
    text, known = document.text, tools.roster.by_name
    for at in _twice(text) if known else ():
        for size in (3, 4):
            for start in range(max(0, at - size + 2), at):
                name, end = text[start:at] + text[at + 1 : start + size + 1], start + size + 1
                if name not in known or text[start : start + size] in known or end <= at + 2:
                    continue
                named = tools.stated(text, start) or people.speaks_before(text, start)
                if named and people.speaks_after(text, end):
                    shown = text[start:end]
                    why = Message(_WHY_ZH.format(shown, name), _WHY_EN.format(shown, name))
                    yield fix(NAME, text, [(at, at + 1, "")], SAFETY, 0.95, why, (name,))


def _twice(text: str) -> Iterator[int]:
    """Where a Han character stands twice among others."""
    codes, end = near.codes(text), 0
    for at in np.flatnonzero(codes[1:] == codes[:-1]).tolist():
        if at >= end and _TWICE.match(text, at):
            yield at
            end = at + 2
