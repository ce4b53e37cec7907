"""A right name with its right office, but on a day when that person did not hold it: flagged.

Why: a wrong date of the issue, a model's invention, or a roster that needs care.
Leaves alone: former holders (原市长, 时任市长); people without terms; documents without a day.
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
from cleanup.text.offices import Office, compatible

NAME = "suspicions.term"
SUMMARY = Message("标出不在任期内的职务", "Flag offices outside the person's term")
SAFETY = Applicability.SUGGEST
NEEDS = ("offices/offices.tsv", "organizations/abbreviations.tsv")
_DAY = "2023年5月1日\n"
_ROSTER = (("胡某华", "市长"),)
CASES = (
    Case(_DAY + "市长胡某华出席会议。", None, "no term on the roster", roster=_ROSTER),
    Case(_DAY + "市长胡某华出席会议。", flags=True, roster=_ROSTER, terms=(("2024-01", ""),), note="not yet"),
    Case(_DAY + "市长胡某华出席会议。", None, "in post", roster=_ROSTER, terms=(("2021-01", "2024-01"),)),
    Case(_DAY + "原市长胡某华出席会议。", None, "former", roster=_ROSTER, terms=(("2018-01", "2021-01"),)),
)
_FORMER = ("原", "时任", "前", "前任", "曾任", "首任")


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text = document.text
    for start, end, name in occurrences(text, tools.roster.names) if tools.date else ():
        stated = tools.stated(text, start)
        if not stated:
            continue
        people = [
            (person, office)
            for person in tools.roster.by_name[name]
            for office in stated
            if _holds(person, office, tools)
        ]
        if not people or any(tools.in_post(person) is not False for person, _ in people):
            continue
        person, office = people[-1]
        first = text.rfind(stated[0].word, 0, start) - len(stated[0].organ)
        if any(mark in text[max(0, first - 3) : start] for mark in _FORMER):
            continue
        term = f"{person.start or '…'}—{person.end or '…'}"
        why = Message(
            f"{name}任{office.title}是{term}，与文件日期{tools.date}不合",
            f"{name} was {office.title} {term}; the document is of {tools.date}",
        )
        yield flag(NAME, Span(max(0, first), end), 0.8, why, (name, person.title, term), name)


def _holds(person: Person, office: Office, tools: Names) -> bool:
    return any(compatible(office, had) for had in tools.held(person))
