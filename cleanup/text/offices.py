"""Offices as they stand before a name: 市委副书记、市长胡某某."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import regex

from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN

_BEFORE = regex_pattern(rf"(?:[{HAN}\d]|[、（）“”·])*[ 　]?$")
_NOISE = regex_pattern(r"^(?:中国共产党|中共|原|时任|前|现任)+")
_LONGEST = 60
LEADS = " \u3000：:（("
"""May stand between an office and the name: 局长：李林, 局长（李林）."""


Agreement = Literal["own", "like", "other"]
"""The organ is said and is that person's; the office alone agrees; another office, or another organ's."""


class Office(NamedTuple):
    organ: str
    """What the office belongs to, as far as it is said: 市委, 中组部."""
    word: str
    """The office itself: 书记, 部长."""
    sole: bool
    """An organ has one holder at a time."""

    @property
    def title(self) -> str:
        return self.organ + self.word


class Offices(NamedTuple):
    """What is known of offices and of the organs that they belong to."""

    holders: Mapping[str, str]
    """Office word → "sole" (one holder at a time in an organ) or "several"."""
    short: Mapping[str, str]
    """Full name of an organ → its short form."""
    by_first: Mapping[str, Sequence[str]]
    """First character → the full names that begin with it."""


def known(holders: Mapping[str, str], short: Mapping[str, str]) -> Offices:
    """The offices and organs of two tables."""
    found: dict[str, list[str]] = {}
    for full in short:
        found.setdefault(full[:1], []).append(full)
    return Offices(holders, short, found)


def before(text: str, start: int, table: Offices) -> list[Office]:
    """The offices strung up directly before position `start`, last one nearest to it.

    Only as many as hang together: the part nearest to the name must end in an office word, and parts
    before it, set off by 、, count while they do so too.
    """
    lead = _BEFORE.search(text, max(0, start - _LONGEST), start)
    found: list[Office] = []
    for part in reversed(regex.split("[、兼]", lead.group() if lead else "")):
        # 本报讯（记者: what stands before an open bracket is no organ.
        inside = part.rpartition("（")[2] if part.rfind("（") > part.rfind("）") else part
        office = parse(inside.strip(" 　"), table)
        if office is None:
            break
        found.append(office)
    return found[::-1]


def parse(title: str, table: Offices) -> Office | None:
    """`title` as organ and office word; None where it ends in no office word."""
    first = table.by_first
    within = [full for char in dict.fromkeys(title) for full in first.get(char, ()) if full in title]
    for full in sorted(within, key=len, reverse=True):
        title = title.replace(full, table.short[full])
    for size in range(min(8, len(title)), 1, -1):
        word = title[-size:]
        if word in table.holders:
            organ = _NOISE.sub("", title[:-size])
            return Office(organ, word, table.holders[word] == "sole" and not word.startswith("副"))
    return None


def held(titles: str, organization: str, table: Offices) -> list[Office]:
    """The offices that a roster row gives: titles parted by 、 ， ; or /."""
    parts = regex.split(r"[、，,;；/ 　兼]+", titles)
    found = [office for part in parts if (office := parse(part, table))]
    if organization:
        found += [office for part in parts if part and (office := parse(organization + part, table))]
    return found


def agreement(stated: Sequence[Office], held: Sequence[Office]) -> Agreement:
    """Whether somebody who holds `held` is meant by the offices `stated` before a name."""
    found: Agreement = "other"
    for said in stated:
        same = [had for had in held if had.word == said.word]
        if not same:
            continue
        organs = [had.organ for had in same if len(had.organ) > 1]
        if len(said.organ) < 2 or not organs:
            # A bare 市长 may be another city's.
            found = "like" if any(compatible(said, had) for had in same) else found
        elif any(_same(said.organ, organ) for organ in organs):
            return "own"
    return found


def _same(one: str, two: str) -> bool:
    """Whether two names of an organ or place agree: 中共重庆市 and 重庆市, 重庆 and 重庆市."""
    forms = {two, *(two + kind for kind in "省市县区")} | ({two[:-1]} if two[-1] in "省市县区" else set())
    return any(len(form) > 1 and (one.endswith(form) or form.endswith(one)) for form in forms)


def compatible(stated: Office, held: Office) -> bool:
    """Whether a stated office may be the held one: the same word, and organs that do not contradict."""
    if stated.word != held.word:
        return False
    one, two = stated.organ, held.organ
    return not one or not two or one.endswith(two) or two.endswith(one)
