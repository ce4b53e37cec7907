"""A name of the roster with one character lost: 市长胡华 -> 市长胡衡华, 县委书记勇说 -> 县委书记张勇说.

Why: engines drop narrow and faint characters.
Leaves alone: short names without the office of just one person of the roster, or their full name in the text
     under the same office, or names of the roster on both sides in a list; given names alone (衡华同志);
     people who were not in post on the document's day; forms that are names of the roster themselves.
Safety: LIKELY where the office has one holder and nobody else fits, and where one character alone stands in
     a list for somebody whom the text names in full; else SUGGEST.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.data.roster import Person
from cleanup.data.search import Found, occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import people
from cleanup.text.offices import Agreement, Office, agreement, compatible
from cleanup.text.scripts import is_han

NAME = "names.lost"
SUMMARY = Message("补上人名中漏读的字（按名册）", "Restore a character lost in a name, by the roster")
SAFETY = Applicability.LIKELY
NEEDS = (
    "models/pairs.bin",
    "names/characters.tsv",
    "names/pairs.tsv",
    "names/surnames.tsv",
    "names/surnames-rare.tsv",
    "names/titles.bin",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
_ROSTER = (
    ("胡衡华", "重庆市市长"),
    ("程丽华", "市政协副主席"),
    ("陈丽华", "市政协副主席"),
    ("张勇", "甲县县委书记"),
    ("欧阳自远", "研究院院长"),
)
CASES = (
    Case("重庆市市长胡华出席会议。", "重庆市市长胡衡华出席会议。", roster=_ROSTER),
    Case("市长胡华出席会议。", None, "may be another city's: suggested only", roster=_ROSTER),
    Case("胡衡华来了。市长胡华出席会议。", None, "another person: suggested only", roster=_ROSTER),
    Case("市长胡衡华出席。市长胡华说，好。", "市长胡衡华出席。市长胡衡华说，好。", roster=_ROSTER),
    Case("甲县县委书记勇强调，要抓落实。", "甲县县委书记张勇强调，要抓落实。", roster=_ROSTER),
    Case("北京研究院院长欧阳远说，很远。", "北京研究院院长欧阳自远说，很远。", roster=_ROSTER),
    Case(
        "张勇来了。到会的有胡衡华、勇、程丽华。", "张勇来了。到会的有胡衡华、张勇、程丽华。", roster=_ROSTER
    ),
    Case("胡华出席会议。", None, "no office: anybody", roster=_ROSTER),
    Case("局长胡华出席会议。", None, "another office", roster=_ROSTER),
    Case("市政协副主席丽华说。", None, "fits two", roster=_ROSTER),
    Case("胡衡华来了。胡华说，好。", None, "may be another person: suggested only", roster=_ROSTER),
    Case("县委书记张说，要抓落实。", None, "may be another person: suggested only", roster=_ROSTER),
)
_SOMEBODY = -18.0
"""A form that is likelier than this as a name may be somebody else's, in the same office elsewhere."""
_TIED = 2.0
"""From here on, in bits, two characters make a word."""
_LONGEST = 3
_MARKS = "、 \u3000"
_WHY_ZH = "“{0}”应为名册上的“{1}”，漏了“{2}”"
_WHY_EN = "{0} is {1} of the roster; {2} is lost"


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text, roster = document.text, tools.roster
    if not roster.people:
        return
    whole = list(occurrences(text, roster.names))
    taken = {at for found in whole for at in range(found.start, found.end)}
    for start, end, names, sure in (
        *_in_office(text, whole, tools),
        *_in_list(text, whole, tools),
        *_named_before(text, whole, tools),
    ):
        if taken.isdisjoint(range(start, end)) and not document.is_opaque(start, end):
            taken.update(range(start, end))
            form, name = text[start:end], names[0]
            at = next((at for at in range(len(form)) if name[at] != form[at]), len(form))
            level = Applicability.LIKELY if sure else Applicability.SUGGEST
            said = (form, name, name[at])
            why = Message(_WHY_ZH.format(*said), _WHY_EN.format(*said))
            edit = (start + at, start + at, name[at])
            others = tuple(names[1:])
            yield fix(NAME, text, [edit], level, 0.9 if sure else 0.4, why, (name,), others, name, said)


_Place = tuple[int, int, list[str], bool]
"""Start, end, who may be meant, and whether that is sure."""


def _in_office(text: str, whole: list[Found], tools: Names) -> Iterator[_Place]:
    """Short names behind offices that those who may be meant hold."""
    roster = tools.roster
    for start in sorted({end for _, end, _ in occurrences(text, tools.office_words, overlapping=True)}):
        while text[start : start + 1] in (" ", "\u3000"):
            start += 1
        for end in range(start + _LONGEST, start, -1):
            form = text[start:end]
            if form in roster.by_name or not (longer := roster.longer(form)) or not _is_apart(text, end):
                continue
            if people.acts(text, start):  # 市长一行
                break
            if len(form) == 1 and not _is_alone(text, start, tools):
                continue
            stated = tools.stated(text, start)
            fitting = [
                (name, _holds(person, stated, tools))
                for name in longer
                for person in roster.by_name[name]
                if tools.in_post(person) is not False and _holds(person, stated, tools) != "other"
            ]
            if names := list(dict.fromkeys(name for name, _ in fitting)):
                own = any(holds == "own" for _, holds in fitting)
                nobody = tools.name_likelihood(form) < _SOMEBODY and not tools.is_title(form)
                there = [found for found in whole if found.word == names[0] and _stands(text, found)]
                again = any(
                    compatible(said, stated[-1]) for f in there for said in tools.stated(text, f.start)
                )
                # 张说 may be a name where 张 lost the rest of one.
                name = len(form) == 1 and tools.is_surname(form) and text[end] in "说摄"
                if own or there or (len(form) > 1 and nobody):
                    rivals = any(roster.beside(form, at) for at in range(len(form)) if len(form) > 1)
                    sure = (own or again) and len(names) == 1 and stated[-1].sole and not rivals
                    yield start, end, names, sure and not name
                break


def _in_list(text: str, whole: list[Found], tools: Names) -> Iterator[_Place]:
    """Short items of a list between names of the roster."""
    roster = tools.roster
    starts = {found.start for found in whole}
    for found in whole:
        start = found.end + 1
        if text[found.end : start] not in tuple(_MARKS):
            continue
        for end in range(start + 1, start + _LONGEST + 1):
            if text[end : end + 1] in tuple(_MARKS) and end + 1 in starts:
                names = roster.longer(text[start:end])
                if len(names) == 1 and text[start:end] not in roster.by_name:
                    yield start, end, names, end - start == 1 and text.count(names[0]) > 0


def _named_before(text: str, whole: list[Found], tools: Names) -> Iterator[_Place]:
    """Surname and half of the given name, where the text has the whole name too."""
    roster = tools.roster
    meant: dict[str, list[str]] = {}
    long = (found for found in whole if len(found.word) == 3 and _stands(text, found))
    for name in dict.fromkeys(found.word for found in long):
        for form in (name[:2], name[0] + name[2]):
            meant.setdefault(form, []).append(name)
    forms = tuple(sorted(form for form in meant if form not in roster.by_name))
    for start, end, form in occurrences(text, forms):
        named = tools.stated(text, start) or people.speaks_before(text, start)
        if len(meant[form]) == 1 and named and people.acts(text, end) and tools.is_surname(form[0]):
            yield start, end, meant[form], False


def _stands(text: str, name: Found) -> bool:
    """Whether a name ends where it seems to: 李希强来到, not 李希强调."""
    return people.speaks_after(text, name.end) and not people.speaks_after(text, name.end - 1)


def _is_alone(text: str, at: int, tools: Names) -> bool:
    """Whether one character behind an office may be what is left of a name: no 令 of 主席令说."""
    link = tools.pairs.link(text[at - 1], text[at]) if at else None
    longer = text[at : at + 2] in tools.roster.by_name
    return people.acts(text, at + 1) and not longer and (link is None or link < _TIED)


def _is_apart(text: str, end: int) -> bool:
    """Whether a short name may end here."""
    return not is_han(text[end : end + 1] or " ") or people.acts(text, end)


def _holds(person: Person, stated: list[Office], tools: Names) -> Agreement:
    """Whether the office nearest to the name is this person's."""
    return agreement(stated[-1:], tools.held(person))
