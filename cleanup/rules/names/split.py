"""A name of the roster with one character read as its two halves: 王女子明 -> 王好明, 李木木 -> 李林.

Why: engines cut wide characters in two; the name is lost to searches.
Leaves alone: what may be somebody's name as it stands (李木木); places that do not speak for a name.
Safety: LIKELY where the form is nobody's name and stands between cues; else SUGGEST.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import people

NAME = "names.split"
SUMMARY = Message("合并人名中被拆成两半的字（按名册）", "Rejoin a character of a name read as its two halves")
SAFETY = Applicability.LIKELY
NEEDS = (
    "characters/split.tsv",
    "names/characters.tsv",
    "names/pairs.tsv",
    "names/surnames.tsv",
    "names/surnames-rare.tsv",
    "names/titles.bin",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
_ROSTER = (("王好明", "市长"), ("李林", "记者"), ("胡衡华", "市长"))
CASES = (
    Case("市长王女子明出席会议。", "市长王好明出席会议。", roster=_ROSTER),
    Case("市长古月衡华说，要抓落实。", "市长胡衡华说，要抓落实。", roster=_ROSTER),
    Case("记者李木木报道。", None, "may be her name", roster=_ROSTER),
    Case("姓王女子明天出庭。", None, "ordinary words", roster=_ROSTER),
)
_SOMEBODY = -18.5
"""A form that is likelier than this as a name may be somebody's."""
_WHY_ZH = "“{0}”应为名册上的“{1}”，一字被拆成两半"
_WHY_EN = "{0} is {1} of the roster; a character was read as its two halves"


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text, split = document.text, tools.roster.split
    for start, end, form in occurrences(text, split.forms):
        if document.is_opaque(start, end) or not people.speaks_after(text, end):
            continue
        stated = bool(tools.stated(text, start))
        if not (stated or people.speaks_before(text, start)):
            continue
        name, at = split.meant[form]
        nobody = len(form) > 3 or (tools.name_likelihood(form) < _SOMEBODY and not tools.is_title(form))
        sure = nobody and (stated or people.introduces(text, start) or people.acts(text, end))
        level = Applicability.LIKELY if sure else Applicability.SUGGEST
        said = (form, name)
        why = Message(_WHY_ZH.format(*said), _WHY_EN.format(*said))
        place = start + at
        edit = [(place, place + 2, name[at])]
        yield fix(NAME, text, edit, level, 0.92 if sure else 0.4, why, (name,), (), name, said)
