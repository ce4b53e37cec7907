"""A name of the roster with one character lost, behind that person's own office: 市长胡华 -> 市长胡衡华.

Why: engines drop narrow and faint characters.
Leaves alone: short names without the office of just one person of the roster; people who were not in post on
     the document's day; forms that are names of the roster themselves.
Safety: LIKELY where the office has one holder and nobody else fits; else SUGGEST.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.roster import Person
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import in_simplified, occurrences
from cleanup.text import people
from cleanup.text.offices import Office, compatible
from cleanup.text.scripts import is_han

NAME = "names.lost"
SUMMARY = Message(
    "补上人名中漏读的字（按名册和职务）", "Restore a character lost in a name, by roster and office"
)
SAFETY = Applicability.LIKELY
NEEDS = (
    "names/characters.tsv",
    "names/pairs.tsv",
    "names/surnames.tsv",
    "names/surnames-rare.tsv",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
_ROSTER = (("胡衡华", "市长"), ("程丽华", "市政协副主席"), ("陈丽华", "市政协副主席"))
CASES = (
    Case("市长胡华出席会议。", "市长胡衡华出席会议。", roster=_ROSTER),
    Case("胡华出席会议。", None, "no office: anybody", roster=_ROSTER),
    Case("局长胡华出席会议。", None, "another office", roster=_ROSTER),
    Case("市政协副主席丽华说。", None, "fits two", roster=_ROSTER),
)
_SOMEBODY = -18.0
"""A form that is likelier than this as a name may be somebody else's, in the same office elsewhere."""
_WHY_ZH = "“{0}”应为名册上的“{1}”，漏了“{2}”"
_WHY_EN = "{0} is {1} of the roster; {2} is lost"


@in_simplified
def find(document: Document, tools: Tools) -> Iterable[Fix]:
    text, roster = document.text, tools.roster
    if not roster.people:
        return
    places = {end for _, end, _ in occurrences(text, tools.office_words, overlapping=True)}
    for start in sorted(places):
        while text[start : start + 1] in (" ", "\u3000"):
            start += 1
        form = text[start : start + 2]
        end = start + 2
        if form in roster.by_name or form not in roster.shortened or document.is_opaque(start, end):
            continue
        if is_han(text[end : end + 1] or " ") and not people.acts(text, end):
            continue
        stated = tools.stated(text, start)
        fitting = [
            person
            for name in roster.shortened[form]
            for person in roster.by_name[name]
            if tools.in_post(person) is not False and _holds(person, stated, tools)
        ]
        names = dict.fromkeys(person.name for person in fitting)
        if not names:
            continue
        name = next(iter(names))
        at = next((at for at in range(2) if name[at] != form[at]), 2)
        firm = name in text or tools.name_likelihood(form) < _SOMEBODY or _is_own(fitting, stated, tools)
        sure = len(names) == 1 and stated[-1].sole and firm
        level = Applicability.LIKELY if sure else Applicability.SUGGEST
        why = Message(_WHY_ZH.format(form, name, name[at]), _WHY_EN.format(form, name, name[at]))
        place = start + at
        others = tuple(names)[1:]
        edits = [(place, place, name[at])]
        yield fix(NAME, text, edits, level, 0.9 if sure else 0.4, why, (name,), others)


def _is_own(people: list[Person], stated: list[Office], tools: Tools) -> bool:
    """Whether the organ is said too, or the roster knows of none: a bare 市长 may be another city's."""
    own = (had for person in people for had in tools.held(person))
    return any(compatible(stated[-1], had) and (stated[-1].organ or not had.organ) for had in own)


def _holds(person: Person, stated: list[Office], tools: Tools) -> bool:
    """Whether the office nearest to the name is this person's."""
    return bool(stated) and any(compatible(stated[-1], had) for had in tools.held(person))
