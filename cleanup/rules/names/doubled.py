"""A name of the roster with a character read twice: 胡衡衡华 -> 胡衡华.

Why: engines that read in overlapping pieces stutter; the name is lost to searches.
Leaves alone: names that double a character themselves (李丽丽); a last character that may begin the next
     word; places that do not speak for a name.
Safety: LIKELY, since all the characters of one name stand there in order, before and after a cue; SUGGEST
     where the form may be somebody's name (张勇勇).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import near, people
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN

NAME = "names.doubled"
SUMMARY = Message("去掉人名中重复读出的字（按名册）", "Drop a character read twice in a name, by the roster")
SAFETY = Applicability.LIKELY
NEEDS = (
    "names/characters.tsv",
    "names/pairs.tsv",
    "names/surnames.tsv",
    "names/surnames-rare.tsv",
    "names/titles.bin",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
_ROSTER = (("胡衡华", "市长"), ("李丽丽", "记者"), ("张勇", "县委书记"))
CASES = (
    Case("市长胡衡衡华出席会议。", "市长胡衡华出席会议。", roster=_ROSTER),
    Case("胡胡衡华说，要抓落实。", "胡衡华说，要抓落实。", roster=_ROSTER),
    Case("市长胡衡华华出席会议。", "市长胡衡华出席会议。", roster=_ROSTER),
    Case("记者李丽丽报道。", None, "her name", roster=_ROSTER),
    Case("县委书记张勇勇说。", None, "may be another person: suggested only", roster=_ROSTER),
    Case("胡衡华华丽转身。", None, "the next word", roster=_ROSTER),
)
_TWICE = regex_pattern(rf"([{HAN}])\1")
_SOMEBODY = -18.5
"""A form that is likelier than this as a name may be somebody's."""
_WHY_ZH, _WHY_EN = (
    "“{0}”应为名册上的“{1}”，一字读了两遍",
    "{0} is {1} of the roster; a character was read twice",
)


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text, known = document.text, tools.roster.by_name
    for at in _twice(text) if known else ():
        for size in (4, 3, 2):
            for start in range(max(0, at - size + 1), at + 1):
                name, end = text[start:at] + text[at + 1 : start + size + 1], start + size + 1
                if name not in known or len(name) != size or text[start:end] in known:
                    continue
                if document.is_opaque(start, end) or not _speaks(text, start, end, at, tools):
                    continue
                nobody = tools.name_likelihood(text[start:end]) < _SOMEBODY and not tools.is_title(
                    text[start:end]
                )
                level = SAFETY if size > 2 and (nobody or size > 3) else Applicability.SUGGEST
                shown = text[start:end]
                said = (shown, name)
                why = Message(_WHY_ZH.format(*said), _WHY_EN.format(*said))
                sure = 0.95 if level else 0.4
                yield fix(NAME, text, [(at, at + 1, "")], level, sure, why, (name,), (), name, said)


def _speaks(text: str, start: int, end: int, at: int, tools: Names) -> bool:
    """Whether a name may stand at [start, end); a last character that stands twice may begin a word."""
    if text[start : end - 1] in tools.roster.by_name and not (at == end - 2 and people.acts(text, end)):
        return False
    if text[start + 1 : end] in tools.roster.by_name and at > start:
        return False
    named = tools.stated(text, start) or people.speaks_before(text, start)
    return bool(named) and people.speaks_after(text, end)


def _twice(text: str) -> Iterator[int]:
    """Where a Han character stands twice among others."""
    codes, end = near.codes(text), 0
    for at in np.flatnonzero(codes[1:] == codes[:-1]).tolist():
        if at >= end and _TWICE.search(text, at, at + 2):
            yield at
            end = at + 2
