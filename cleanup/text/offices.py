"""Offices as they stand before a name: 市委副书记、市长胡某某."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import regex

from cleanup.text.scripts import HAN

_BEFORE = regex.compile(rf"(?:[{HAN}\d]|[、（）“”·])*[ 　]?$")
_NOISE = regex.compile(r"^(?:中国共产党|中共|原|时任|前|现任)+")
_LONGEST = 60


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


def before(text: str, start: int, table: Mapping[str, str], short: Mapping[str, str]) -> list[Office]:
    """The offices strung up directly before position `start`, last one nearest to it.

    Only as many as hang together: the part nearest to the name must end in an office word, and parts
    before it, set off by 、, count while they do so too.
    """
    lead = _BEFORE.search(text, max(0, start - _LONGEST), start)
    found: list[Office] = []
    for part in reversed(regex.split("[、兼]", lead.group() if lead else "")):
        office = parse(part.strip(" 　"), table, short)
        if office is None:
            break
        found.append(office)
    return found[::-1]


def parse(title: str, table: Mapping[str, str], short: Mapping[str, str]) -> Office | None:
    """`title` as organ and office word; None where it ends in no office word."""
    first = _by_first(short)
    within = [full for char in dict.fromkeys(title) for full in first.get(char, ()) if full in title]
    for full in sorted(within, key=len, reverse=True):
        title = title.replace(full, short[full])
    for size in range(min(8, len(title)), 1, -1):
        word = title[-size:]
        if word in table:
            organ = _NOISE.sub("", title[:-size])
            return Office(organ, word, table[word] == "sole" and not word.startswith("副"))
    return None


_firsts: tuple[Mapping[str, str], dict[str, list[str]]] | None = None
"""The organs looked through last, by their first characters: all titles share one table."""


def _by_first(short: Mapping[str, str]) -> dict[str, list[str]]:
    global _firsts
    if _firsts is None or _firsts[0] is not short:
        found: dict[str, list[str]] = {}
        for full in short:
            found.setdefault(full[:1], []).append(full)
        _firsts = short, found
    return _firsts[1]


def held(titles: str, organization: str, table: Mapping[str, str], short: Mapping[str, str]) -> list[Office]:
    """The offices that a roster row gives: titles parted by 、 ， ; or /."""
    parts = regex.split(r"[、，,;；/ 　兼]+", titles)
    found = [office for part in parts if (office := parse(part, table, short))]
    if organization:
        found += [office for part in parts if part and (office := parse(organization + part, table, short))]
    return found


def compatible(stated: Office, held: Office) -> bool:
    """Whether a stated office may be the held one: the same word, and organs that do not contradict."""
    if stated.word != held.word:
        return False
    one, two = stated.organ, held.organ
    return not one or not two or one.endswith(two) or two.endswith(one)
