"""Specks read as characters: lines and line ends with nothing readable in them."""

from __future__ import annotations

import regex

from cleanup.text.scripts import HAN

_SPECK = r"[\d\p{Latin}\p{P}\p{S}一二丨卜]"
TAIL = regex.compile(r"(?<=\S)(?P<tail>[ 　]{3,}(?:[^\S\n]*[\d\p{Latin}\p{P}\p{S}]){1,2}[ 　]*)(?=\n|\f|$)")
"""Behind a wide gap at the end of a line: one or two stray marks."""
LEAD = regex.compile(rf"(?:^|(?<=\n)|(?<=\f))[ 　]*(?P<lead>[。，、.·|_~^‘’'*]{{1,2}}[ 　]+)(?=[{HAN}])")
"""Stray marks and a gap before the first word of a line."""
_NUMBERED = regex.compile(r"[（(]?\d{1,3}[）)]?[.．、]?|\d{4}|[\d.,]+[%％]?")
_READABLE = regex.compile(r"\d[%％]|\d{2}|[A-Za-z]{4}")
_ROW = regex.compile(r"([-—*=_.。·…])\1*")
_LATIN = regex.compile(r"[A-Za-z\d\p{P}\p{S} 　]{4,}")
_ODD_CAPITALS = regex.compile(r"[A-Z][A-Za-z]* [A-Za-z]*[A-Z]")


def is_speck_line(words: str) -> bool:
    """Whether nothing in a line can be read: no Han (but strokes), no word, no number that could be text."""
    bare = words.replace(" ", "").replace("　", "")
    if not bare or len(bare) > 24 or not regex.fullmatch(rf"{_SPECK}+", bare):
        return False
    if (
        regex.search(r"\d[%％]|\d{2}|[A-Za-z]{4}", bare)
        or _NUMBERED.fullmatch(bare)
        or regex.fullmatch(r"([-—*=_.。·…])\1*", bare)
    ):
        return False
    if not any(char.isalnum() for char in bare):
        return True
    return all(len(piece) <= 3 for piece in words.split())


def is_garbage(words: str) -> bool:
    """Whether a line looks like noise that may hide text: loose pieces, or Latin letters in odd order."""
    pieces = words.split()
    if not pieces:
        return False
    loose = sum(len(piece) <= 2 for piece in pieces)
    odd = regex.fullmatch(r"[A-Za-z\d\p{P}\p{S} 　]{4,}", words) and regex.search(
        r"[A-Z][A-Za-z]* [A-Za-z]*[A-Z]", words
    )
    return (len(pieces) >= 6 and loose >= 0.7 * len(pieces)) or bool(odd)
