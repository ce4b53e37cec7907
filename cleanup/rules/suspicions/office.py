"""An office before a name that the roster gives to somebody else, or not to this person: flagged.

Why: models fill in offices they have seen more often; engines mix two lines of a list.
Leaves alone: offices that several people hold (副书记, 常委), a second office beside the right one,
     people whom the roster knows without an office; terms of office where the document's day is unknown
     or outside them.
Safety: a flag; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.roster import Person
from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text.offices import Office, before, compatible

NAME = "suspicions.office"
SUMMARY = Message("标出与名册不符的职务", "Flag offices that the roster gives to somebody else")
SAFETY = Applicability.SUGGEST
NEEDS = ("offices/offices.tsv", "organizations/abbreviations.tsv")
_ROSTER = (
    ("袁某军", "市委书记"),
    ("胡某华", "市长"),
    ("石某", "中组部部务委员、组织二局局长"),
)
CASES = (
    Case("市委书记胡某华出席会议。", flags=True, roster=_ROSTER),
    Case("中组部部长、市委秘书长、组织二局局长石某到会指导。", flags=True, roster=_ROSTER),
    Case("市委副书记、市长胡某华出席会议。", None, "副书记 is held by several", roster=_ROSTER),
    Case("市安委会主任、市长胡某华出席会议。", None, "a second office", roster=_ROSTER),
    Case("市委书记袁某军出席会议。", None, roster=_ROSTER),
)


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text = document.text
    for start, end, name in occurrences(text, tools.roster.names):
        stated = before(text, start, tools.offices)
        sole = [office for office in stated if office.sole]
        people = tuple(person for person in tools.roster.by_name[name] if _counts(person, tools))
        if not sole or not people or any(_all_fit(sole, person, tools) for person in people):
            continue
        own = [office for person in people for office in tools.held(person)]
        wrong = [office for office in sole if not any(compatible(office, had) for had in own)]
        others = [
            f"{office.title}：{person.name}"
            for office in wrong
            for person in tools.roster.people
            if office.word in person.title
            and person.name != name
            and _counts(person, tools)
            and office.organ
            and any(had.organ and compatible(office, had) for had in tools.held(person))
        ]
        if not others and not (own and (len(wrong) == len(sole) or len(wrong) >= 2)):
            continue
        titles = "、".join(office.title for office in wrong)
        roster = "、".join(person.title for person in people if person.title) or "-"
        why = Message(
            f"“{titles}”与名册上{name}的职务（{roster}）不符",
            f"{titles} does not fit {name}, whom the roster has as {roster}",
        )
        first = text.rfind(stated[0].word, 0, start) - len(stated[0].organ)
        yield flag(NAME, Span(max(0, first), end), 0.85, why, (name, *others), name, (titles,))


def _counts(person: Person, tools: Names) -> bool:
    """Whether the roster's word holds on the day of the document; terms need a day to be judged by."""
    return person.term.is_open or tools.in_post(person) is True


def _all_fit(sole: list[Office], person: Person, tools: Names) -> bool:
    own = tools.held(person)
    return all(any(compatible(office, had) for had in own) for office in sole)
