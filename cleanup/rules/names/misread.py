"""A name on the roster with one character read as a look-alike: 胡衙华 -> 胡衡华.

Why: engines have seen few names; a misread one is lost to every search.
Leaves alone: names that may be another person's (a surname and characters usual in names), words that
     are ordinary Chinese, readings that fit two people, characters that do not look alike.
Safety: LIKELY where the context introduces a name and only one person fits; SUGGEST else, with the
     others named. A name that could be somebody else's is changed only under that person's own office.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from cleanup.data.roster import Roster
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import occurrences
from cleanup.text import offices, people
from cleanup.text.scripts import HAN, is_han

NAME = "names.misread"
SUMMARY = Message("按名册改正误读的人名", "Repair misread names by the roster")
SAFETY = Applicability.LIKELY
NEEDS = (
    "characters/shapes.tsv",
    "names/given.tsv",
    "names/surnames.tsv",
    "models/pairs.bin",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
_ROSTER = (("胡衡华", "市长"), ("程丽华", "市政协主席"), ("李明清", "市委副书记"))
CASES = (
    Case("市长胡衙华出席会议。", "市长胡衡华出席会议。", roster=_ROSTER),
    Case("李明青说，今年雨水好。", None, "may be another person: suggested only", roster=_ROSTER),
    Case("市长胡衡华出席会议。", None, roster=_ROSTER),
    Case("王晓明表示同意。", None, "another person, and no look-alike", roster=(("王小明", ""),)),
    Case("要明清责任，狠抓落实。", None, "ordinary words", roster=_ROSTER),
)
_ALIKE = 60
_WHY_ZH = "“{0}”应为名册上的“{1}”（{2}、{3}形近）"
_WHY_EN = "{0} is {1} of the roster; {2} and {3} look alike"


class _Match(NamedTuple):
    start: int
    shown: str
    name: str
    place: int
    """Which character differs."""
    likeness: int


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    if not tools.roster.people:
        return
    text = document.text
    exact = list(occurrences(text, tools.roster.names))
    covered = {at for name in exact for at in range(name.start, name.end)}
    present = {name.word for name in exact}
    found: dict[tuple[int, int], list[_Match]] = {}
    for match in _matches(tools.roster, text):
        span = (match.start, match.start + len(match.name))
        likeness = tools.likeness(match.shown[match.place], match.name[match.place])
        if likeness >= _ALIKE and not covered.intersection(range(*span)):
            found.setdefault(span, []).append(match._replace(likeness=likeness))
    taken = -1
    for (start, end), matches in sorted(found.items(), key=lambda row: (row[0][0], -row[0][1])):
        if start < taken or document.is_opaque(start, end):
            continue
        proposal = _propose(text, start, end, matches, present, tools)
        if proposal is not None:
            taken = end
            yield proposal


def _propose(
    text: str, start: int, end: int, matches: list[_Match], present: set[str], tools: Tools
) -> Fix | None:
    matches.sort(key=lambda m: (m.name not in present, -m.likeness, m.name))
    best, shown = matches[0], matches[0].shown
    stated = offices.before(text, start, tools.offices, tools.abbreviations)
    under_own_office = any(
        offices.compatible(said, had)
        for said in stated
        for person in tools.roster.by_name[best.name]
        for had in offices.held(person.title, person.organization, tools.offices, tools.abbreviations)
    )
    introduced = bool(stated) or people.speaks_before(text, start)
    context = introduced + people.speaks_after(text, end)
    plausible = tools.is_plausible_name(shown)
    if (context == 0 and best.name not in present) or (len(shown) == 2 and context < 2):
        return None
    if not stated and _is_wording(text, start, end, tools):
        return None
    rivals = tuple(dict.fromkeys(m.name for m in matches[1:] if m.name != best.name))
    level, confidence = Applicability.SUGGEST, 0.5
    if rivals and not (under_own_office and not plausible):
        confidence = 0.4
    elif under_own_office and best.likeness >= 65 - 5 * (not plausible):
        level, confidence = Applicability.LIKELY, 0.9 if plausible else 0.97
    elif not plausible and (context == 2 or best.name in present):
        level, confidence = Applicability.LIKELY, 0.9
    if len(shown) == 2 and not under_own_office:
        level, confidence = Applicability.SUGGEST, min(confidence, 0.5)
    wrong, right = shown[best.place], best.name[best.place]
    why = Message(
        _WHY_ZH.format(shown, best.name, wrong, right), _WHY_EN.format(shown, best.name, wrong, right)
    )
    at = start + best.place
    evidence = tuple(office.title for office in stated)
    return fix(NAME, text, [(at, at + 1, right)], level, confidence, why, evidence, rivals)


def _is_wording(text: str, start: int, end: int, tools: Tools) -> bool:
    """Whether the characters hang together, or with their neighbours, as ordinary words do."""
    links = [
        tools.pairs.link(text[at], text[at + 1])
        for at in range(max(0, start - 1), min(end, len(text) - 1))
        if is_han(text[at]) and is_han(text[at + 1])
    ]
    strong = [bits for bits in links if bits is not None and bits >= 5.0]
    return len(strong) >= 2 or (len(strong) == 1 and end - start == 2)


class _Index(NamedTuple):
    heads: regex.Pattern[str] | None
    """First characters of names: where a name with a later character misread may start."""
    tails: tuple[str, ...]
    """Names without their first character, of three and more characters."""
    lengths: tuple[int, ...]


@lru_cache(maxsize=2)
def _index(roster: Roster) -> _Index:
    names = [name for name in roster.by_name if 2 <= len(name) <= 5 and all(map(is_han, name))]
    heads = "".join(sorted({name[0] for name in names}))
    tails = {name[1:] for name in names if len(name) >= 3}
    return _Index(
        regex.compile(f"[{heads}](?=[{HAN}])") if heads else None,
        tuple(sorted(tails)),
        tuple(sorted({len(name) for name in names})),
    )


def _matches(roster: Roster, text: str) -> Iterator[_Match]:
    """Places that differ from a name of the roster in exactly one Han character."""
    index = _index(roster)
    if index.heads is not None:
        for head in index.heads.finditer(text):
            start = head.start()
            for size in index.lengths:
                shown = text[start : start + size]
                if len(shown) < size or not all(map(is_han, shown)):
                    break
                for place in range(1, size):
                    key = f"{shown[:place]}?{shown[place + 1 :]}"
                    for name in roster.gapped.get(key, ()):
                        if name != shown:
                            yield _Match(start, shown, name, place, 0)
    for at, end, tail in occurrences(text, index.tails, overlapping=True):
        if at > 0 and is_han(text[at - 1]):
            shown = text[at - 1 : end]
            for name in roster.gapped.get(f"?{tail}", ()):
                if name != shown:
                    yield _Match(at - 1, shown, name, 0, 0)
