"""What Chinese personal names are made of: surnames and the characters of given names."""

from __future__ import annotations

from functools import cache

from cleanup.data.files import rows


@cache
def surnames() -> frozenset[str]:
    """Surnames, single and compound."""
    return frozenset(surname for surname, _ in rows("names/surnames.tsv", 2))


@cache
def given() -> dict[str, float]:
    """Character → occurrences per 10,000 characters of given names."""
    return {char: float(count) for char, count in rows("names/given.tsv", 2)}


def is_plausible(name: str) -> bool:
    """Whether `name` could well be somebody's: a surname and characters usual in given names."""
    for size in (2, 1):
        if len(name) > size and name[:size] in surnames():
            table = given()
            return all(table.get(char, 0.0) >= 2.0 for char in name[size:])
    return False
