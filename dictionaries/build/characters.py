"""How often each character stands in the corpus, simplified and traditional script apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from corpus import TRADITIONAL, is_han, read, simplified

TIMES_COMMONER = 10.0
"""A character belongs to traditional script when it is so many times commoner there."""


@dataclass(frozen=True)
class Characters:
    """Characters of the corpus with their rates per million Han characters."""

    simplified: dict[str, float]
    """Weighted rate in the simplified corpora."""
    traditional: dict[str, float]
    """Rate in traditional text, only for the characters that it adds."""


def per_million(counts: dict[str, float]) -> dict[str, float]:
    """Counts of Han characters as rates per million of them."""
    han = {char: count for char, count in counts.items() if is_han(char)}
    total = sum(han.values())
    return {char: count * 1e6 / total for char, count in han.items()}


def count_characters(folder: Path) -> Characters:
    """Count all Han characters of the corpus in `folder`."""
    weighted: dict[str, float] = {}
    for _, weight, text in simplified(folder):
        for char, count in Counter(text).items():
            weighted[char] = weighted.get(char, 0.0) + weight * count
    plain = per_million(weighted)
    counts = {char: float(count) for char, count in Counter(read(folder, TRADITIONAL)).items()}
    rates = per_million(counts)
    added = {
        char: rate
        for char, rate in rates.items()
        if counts[char] >= 2 and rate > TIMES_COMMONER * plain.get(char, 0.0)
    }
    return Characters(plain, added)
