"""Phrases: misread forms with what they were, set phrases, abbreviations, offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleanup.data.files import digest, digest_of, rows, stand
from cleanup.data.together import Together
from cleanup.text import simplify
from cleanup.text.cache import Kept
from cleanup.text.offices import Offices, known
from cleanup.text.once import once
from cleanup.text.scripts import is_han

SHORTEST = 6
"""Characters of a phrase: in shorter ones chance plays too great a part."""
EDGE = 2
"""Characters at either end that no loss or doubling is told from: 总工会会同, 作家会."""
_SET, _ABBREVIATIONS, _PLACES = "phrases/set.tsv", "organizations/abbreviations.tsv", "places/long.tsv"
_kept = Kept("damaged", "1", 1)
"""The damaged forms, by what the phrases are, and what makes them of these."""
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")


class Damage(NamedTuple):
    """What is wrong in a form, from the start of the form: [start, end) is `after`."""

    phrase: str
    start: int
    end: int
    after: str


class Misread(NamedTuple):
    right: str
    why: str
    not_after: str = ""
    """Behind one of these characters the form is right text: 自 before 己经."""
    not_before: str = ""


@once
def misread(traditional: bool) -> dict[str, Misread]:
    """Wrong form → the phrase it was misread from; the table is kept in simplified script."""
    table = {wrong: Misread(right, why) for wrong, right, why in rows("phrases/misread.tsv", 3)}
    for wrong, right, after, before, why in rows("phrases/misread-guarded.tsv", 5):
        table[wrong] = Misread(right, why, after, before)
    if not traditional:
        return table
    pairs = (
        (
            simplify.traditional(wrong),
            Misread(simplify.traditional(row.right), row.why, *map(simplify.traditional, row[2:])),
        )
        for wrong, row in table.items()
    )
    return {wrong: row for wrong, row in pairs if len(wrong) == len(row.right) and wrong != row.right}


SHORTEST_ORGAN = 8
"""Characters of a full name that is looked for by its halves; shorter ones may be those of other organs."""


class OrganParts(NamedTuple):
    """Halves of the names of organs."""

    names: Mapping[str, Sequence[str]]
    """Half → the names that have it."""
    forms: Together


@once
def set_phrases() -> dict[str, float]:
    """Set phrase of official writing → occurrences per million characters."""
    return {phrase: float(count) for phrase, count in rows(_SET, 2)}


@once
def abbreviations() -> dict[str, str]:
    """Full name of an organ → its short form."""
    return {full: short for full, short in rows(_ABBREVIATIONS, 2)}


@once
def organ_parts() -> OrganParts:
    """Either half of the full names of organs that are long enough."""
    names: dict[str, list[str]] = {}
    for name in abbreviations():
        if len(name) >= SHORTEST_ORGAN and all(map(is_han, name)):
            for part in (name[: len(name) // 2], name[len(name) // 2 :]):
                names.setdefault(part, []).append(name)
    return OrganParts(names, Together(names))


@once
def offices() -> Offices:
    """Words for offices, and the organs that they belong to."""
    holders = {office: holders for office, holders in rows("offices/offices.tsv", 2)}
    return known(holders, abbreviations())


@once
def office_words() -> Together:
    """Every word for an office, sorted."""
    return Together(sorted(offices().holders))


@once
def office_ends() -> frozenset[str]:
    """The last characters of offices."""
    return frozenset(word[-1] for word in office_words())


@once
def official() -> tuple[str, ...]:
    """What is said in one way: set phrases, full names of organs, long place names."""
    places = (name for name, _ in rows(_PLACES, 2))
    return (*set_phrases(), *abbreviations(), *places)


@once
def openings() -> dict[str, tuple[float, float, float]]:
    """Bits by which a string begins paragraphs rather than sentences, begins paragraphs, ends sentences."""
    return {
        gram: (float(paragraph), float(begin), float(finish))
        for gram, paragraph, begin, finish in rows("models/openings.tsv", 4)
    }


@once
def misread_forms(traditional: bool) -> tuple[str, ...]:
    """The wrong forms in the table of misread phrases: one tuple, built once."""
    return tuple(misread(True)) if traditional else Together(misread(False))


@once
def set_phrase_forms() -> Together:
    """The set phrases."""
    return Together(set_phrases())


@once
def damaged() -> dict[str, Damage]:
    """Damaged form of what is said in one way → what is wrong in it.

    Forms that two phrases share, or that are phrases, are left out.
    """
    found: dict[str, Damage | None] = {}
    phrases = official()
    for phrase in phrases:
        if len(phrase) < SHORTEST or not all(map(is_han, phrase)):
            continue
        for at, char in enumerate(phrase):
            if char in _NUMERALS:
                continue
            pair = phrase[at : at + 2]
            ways = [(phrase[:at] + pair[::-1] + phrase[at + 2 :], Damage(phrase, at, at + 2, pair))]
            if EDGE <= at < len(phrase) - EDGE:
                ways.append((phrase[:at] + char + phrase[at:], Damage(phrase, at, at + 1, "")))
                ways.append((phrase[:at] + phrase[at + 1 :], Damage(phrase, at, at, char)))
            for form, how in ways:
                if form not in found:
                    found[form] = how
                elif (other := found[form]) is not None and other.phrase != phrase:
                    found[form] = None
    right = set(phrases)
    return {form: how for form, how in found.items() if how is not None and form not in right}


@once
def damaged_forms() -> Together:
    """The damaged forms."""
    key = digest_of(stand(__file__)), *map(digest, (_SET, _ABBREVIATIONS, _PLACES))
    return Together(_kept.of(key, lambda: tuple(damaged())))
