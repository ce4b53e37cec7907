"""Specks read as characters: lines and line ends with nothing readable in them."""

from __future__ import annotations

from collections import Counter

from cleanup.text.paragraphs import is_prose
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN, is_han

_SPECK = r"[\d\p{Latin}\p{P}\p{S}一二丨卜]"
TAIL = regex_pattern(r"(?<=\S)(?P<tail>[ 　]{3,}(?:[^\S\n]*[\d\p{Latin}\p{P}\p{S}]){1,2}[ 　]*)(?=\n|\f|$)")
"""Behind a wide gap at the end of a line: one or two stray marks."""
LEAD = regex_pattern(rf"(?:^|(?<=\n)|(?<=\f))[ 　]*(?P<lead>[。，、.·|_~^‘’'*]{{1,2}}[ 　]+)(?=[{HAN}])")
"""Stray marks and a gap before the first word of a line."""
_STROKES = frozenset("一二卜 　")
_NUMBERED = regex_pattern(r"[（(]?\d{1,3}[）)]?[.．、]?|\d{4}|[\d.,]+[%％]?")
_SPECKS = regex_pattern(rf"{_SPECK}+")
GAP = regex_pattern(r"[ 　]{2,}")
"""What parts the pieces of a line of specks."""
_READABLE = regex_pattern(r"\d[%％]|\d{2}|[A-Za-z]{4}")
_ROW = regex_pattern(r"([-—*=_.。·…])\1*")
_FRAME = regex_pattern(r"[\u2500-\u257f]{3}|[+|][-=+]{3}")
"""The frame of a table drawn with characters."""
_LATIN = regex_pattern(r"[A-Za-z\d\p{P}\p{S} 　]{4,}")
_WORD = regex_pattern(r"[\p{P}]*\p{Lu}?(?=\p{Ll}*[aeiouyà-ÿ])\p{Ll}{2,}(?:['’-]\p{Ll}+)*[\p{P}]*")
_FEWEST_WORDS, _MOSTLY, _LENGTH = 3, 0.6, 4.0
"""Words of another language in a line that has them, their share of its pieces, their length on average."""
_MEASURED = regex_pattern(
    r"\d[ ]?(?:[kmcμ]?g|[kmcn]?m|m?[lL]|[kM]?W|[kM]?Hz|k?V|℃)(?![A-Za-z])|[A-Za-z]{2,}[:：](?=$|[ 　\d])"
)
"""Amounts with their units, labels."""
_INDEXED = regex_pattern(rf"[{HAN}]{{1,8}}[ 　]?\d{{1,4}}(?:[ 　,，、;；]+|$)")
_SEVERAL = 2
"""Words with the numbers of their pages, as an index has them, on one line."""
_ODD_CAPITALS = regex_pattern(r"[A-Z][A-Za-z]* [A-Za-z]*[A-Z]")


def is_speck_line(words: str) -> bool:
    """Whether nothing in a line can be read: no Han (but strokes), no word, no number that could be text."""
    bare = words.replace(" ", "").replace("　", "")
    if not bare or len(bare) > 24 or not _SPECKS.fullmatch(bare):
        return False
    if _READABLE.search(bare) or _MEASURED.search(words) or _NUMBERED.fullmatch(bare):
        return False
    if _ROW.fullmatch(bare) or _FRAME.search(bare):
        return False
    if not any(char.isalnum() for char in bare):
        return True
    return all(len(piece) <= 3 for piece in words.split())


def are_strokes(words: str) -> bool:
    """Whether a line is made of 一, 二 and 卜 alone, which are words as well as specks."""
    return bool(words) and set(words) <= _STROKES


def is_loose(words: str) -> bool:
    """Whether a line is short or parted by spaces, as noise is: only such lines are looked at closely."""
    return len(words) <= 4 or any(char in " 　|" for char in words) or not any(map(is_han, words))


def is_said(words: str) -> bool:
    """Whether a line says something, odd as it is to models of Chinese: words in Latin script, amounts with
    their units, labels, an index."""
    if _MEASURED.search(words) or len(_INDEXED.findall(words)) >= _SEVERAL:
        return True
    pieces = words.split()
    said = [piece for piece in pieces if _WORD.fullmatch(piece)]
    few = len(said) < max(_FEWEST_WORDS, _MOSTLY * len(pieces))
    return not few and sum(map(len, said)) >= _LENGTH * len(said)


def is_garbage(words: str) -> bool:
    """Whether a line looks like noise that may hide text: loose pieces, or Latin letters in odd order."""
    pieces = words.split()
    if not pieces or _FRAME.search(words):
        return False
    loose = sum(len(piece) <= 2 for piece in pieces)
    odd = _LATIN.fullmatch(words) and _ODD_CAPITALS.search(words)
    return bool((len(pieces) >= 6 and loose >= 0.7 * len(pieces)) or odd) and not is_said(words)


def features(words: str, usual: float) -> list[str]:
    """What tells noise from text: which Han it is made of, how loose it lies, and how usual it is.

    `usual` is a language model's mean log-probability of its characters.
    """
    pieces = words.split()
    solid = "".join(pieces)
    size = len(solid)
    piece = size / len(pieces)
    latin = sum(char.isascii() and char.isalpha() for char in solid) / size
    han = sum(map(is_han, solid)) / size
    again = Counter(solid).most_common(1)[0][1] / size
    return [
        *(f"char={char}" for char in set(solid) if is_han(char)),
        f"piece={_step(piece, (1.2, 1.6, 2.1, 2.6, 3.2, 4, 5.5, 8, 12))}",
        f"piece,size={_step(piece, (1.6, 2.6, 4, 8))},{_step(size, (1, 3, 6, 10, 16))}",
        f"size={_step(size, (1, 2, 3, 5, 8, 12, 18, 30))}",
        f"gaps={min(3, len(GAP.findall(words)))}",
        f"han={_step(han, (0.05, 0.3, 0.5, 0.7, 0.9, 0.999))}",
        f"latin,piece={_step(latin, (0.001, 0.2, 0.5, 0.8))},{_step(piece, (2.6, 4))}",
        f"usual={_step(usual, (-8, -7, -6.5, -6, -5.5, -5, -4.5, -4, -3))}",
        f"usual,size={_step(usual, (-7, -6, -5, -4))},{_step(size, (1, 3, 6, 10, 16))}",
        f"prose={is_prose(words)}",
        f"again,size={_step(again, (0.1, 0.2, 0.3, 0.5))},{_step(size, (3, 6, 12))}",
        f"end={words[-1] if words[-1] in '，。、；：”' else 'other'}",
    ]


def _step(value: float, steps: tuple[float, ...]) -> int:
    return sum(value > step for step in steps)
