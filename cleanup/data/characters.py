"""How common characters are, and which look alike."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleanup.data.files import path, rows

NOTHING = "∅"
"""Stands in characters/misread.tsv for no character."""


@cache
def common() -> dict[str, float]:
    """Han character → occurrences per million characters of ordinary text."""
    return {char: float(count) for char, count in rows("characters/common.tsv", 2)}


@cache
def shapes() -> dict[str, dict[str, int]]:
    """Character → {character that looks like it: likeness, 60 to 100}."""
    table: dict[str, dict[str, int]] = {}
    for char, neighbours in rows("characters/shapes.tsv", 2):
        pairs = (pair.rsplit(":", 1) for pair in neighbours.split(" "))
        table[char] = {other: int(score) for other, score in pairs}
    return table


@cache
def shape_pairs() -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float32]]:
    """The same table as code points of characters, of those that look like them, and likenesses."""
    text = path("characters/shapes.tsv").read_text("utf-8")
    codes = np.frombuffer(("\n" + text + "\n  ").encode("utf-32-le"), dtype=np.uint32)
    at = np.flatnonzero(codes == ord(":"))
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    at = at[np.isin(codes[at - 2], [ord("\t"), ord(" ")]) & digit[at + 1] & digit[at + 2]]
    ends = np.flatnonzero(codes == ord("\n"))
    first = ends[np.searchsorted(ends, at) - 1] + 1
    at, first = at[codes[first + 1] == ord("\t")], first[codes[first + 1] == ord("\t")]
    one, two, three = (codes[at + n].astype(np.int64) - ord("0") for n in (1, 2, 3))
    scores = np.where(digit[at + 3], 100 * one + 10 * two + three, 10 * one + two)
    return codes[first], codes[at - 1], scores.astype(np.float32)


def likeness(one: str, two: str) -> int:
    """How alike two characters look: 100 the same, 0 not known to be alike."""
    if one == two:
        return 100
    table = shapes()
    return max(table.get(one, {}).get(two, 0), table.get(two, {}).get(one, 0))


@cache
def misread() -> dict[str, dict[str, float]]:
    """Character read → {character printed: how often}; an empty one: nothing was read, or printed."""
    table: dict[str, dict[str, float]] = {}
    for read, printed in rows("characters/misread.tsv", 2):
        pairs = (pair.rsplit(":", 1) for pair in printed.split(" "))
        key = "" if read == NOTHING else read
        table[key] = {"" if char == NOTHING else char: float(count) for char, count in pairs}
    return table


@cache
def halves() -> dict[str, tuple[str, ...]]:
    """Character → its two halves where they stand side by side; some can be cut in several ways."""
    return {char: tuple(parts.split(" ")) for char, parts in rows("characters/split.tsv", 2)}


@cache
def noise() -> dict[str, float]:
    """Character → how often engines gave it where nothing was printed; digits as 0, letters as a."""
    return {char: float(count) for char, count in rows("characters/noise.tsv", 2)}
