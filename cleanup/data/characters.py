"""How common characters are, and which look alike."""

from __future__ import annotations

from cleanup.data.files import rows
from cleanup.text.once import once

NOTHING = "∅"
"""Stands in characters/misread.tsv for no character."""


@once
def common() -> dict[str, float]:
    """Han character → occurrences per million characters of ordinary text."""
    return {char: float(count) for char, count in rows("characters/common.tsv", 2)}


@once
def shapes() -> dict[str, dict[str, int]]:
    """Character → {character that looks like it: likeness, 60 to 100}."""
    table: dict[str, dict[str, int]] = {}
    for char, neighbours in rows("characters/shapes.tsv", 2):
        pairs = (pair.rsplit(":", 1) for pair in neighbours.split(" "))
        table[char] = {other: int(score) for other, score in pairs}
    return table


def likeness(one: str, two: str) -> int:
    """How alike two characters look: 100 the same, 0 not known to be alike."""
    if one == two:
        return 100
    table = shapes()
    return max(table.get(one, {}).get(two, 0), table.get(two, {}).get(one, 0))


@once
def misread() -> dict[str, dict[str, float]]:
    """Character read → {character printed: how often}; an empty one: nothing was read, or printed."""
    table: dict[str, dict[str, float]] = {}
    for read, printed in rows("characters/misread.tsv", 2):
        pairs = (pair.rsplit(":", 1) for pair in printed.split(" "))
        key = "" if read == NOTHING else read
        table[key] = {"" if char == NOTHING else char: float(count) for char, count in pairs}
    return table


@once
def halves() -> dict[str, tuple[str, ...]]:
    """Character → its two halves where they stand side by side; some can be cut in several ways."""
    return {char: tuple(parts.split(" ")) for char, parts in rows("characters/split.tsv", 2)}


@once
def noise() -> dict[str, float]:
    """Character → how often engines gave it where nothing was printed; digits as 0, letters as a."""
    return {char: float(count) for char, count in rows("characters/noise.tsv", 2)}
