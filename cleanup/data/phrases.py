"""Phrases: misread forms with what they were, set phrases, abbreviations, offices."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cleanup.data.files import rows


class Misread(NamedTuple):
    right: str
    why: str


@cache
def misread() -> dict[str, Misread]:
    """Wrong form → the phrase it was misread from."""
    return {wrong: Misread(right, why) for wrong, right, why in rows("phrases/misread.tsv", 3)}


@cache
def set_phrases() -> dict[str, float]:
    """Set phrase of official writing → occurrences per million characters."""
    return {phrase: float(count) for phrase, count in rows("phrases/set.tsv", 2)}


@cache
def abbreviations() -> dict[str, str]:
    """Full name of an organ → its short form."""
    return {full: short for full, short in rows("organizations/abbreviations.tsv", 2)}


@cache
def offices() -> dict[str, str]:
    """Office word → "sole" (one holder at a time in an organ) or "several"."""
    return {office: holders for office, holders in rows("offices/offices.tsv", 2)}
