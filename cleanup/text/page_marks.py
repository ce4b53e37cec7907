"""What a line says that marks a page: 121, — 12 —, 第 3 页, 1/3, <!-- page 4 -->, ![](page_4.png), ---."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple
from unicodedata import normalize

import regex

from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

Style = Literal[
    "bare", "bracketed", "roman", "flanked", "of", "page", "comment", "image", "named", "rule", "numeral"
]
_LONGEST = 160
_LONG = 40
"""Characters: only names of files and comments make a mark longer."""
_DASH = r"[-—–―－−一_~～=＝]"
_DOT = r"[·•∙・.。*○●◆◇□■“”\"']"
_SIDE = rf"(?:{_DASH}{{1,4}}|{_DOT}{{1,3}})"
_WRONG = str.maketrans("]l|[IOo", "1111100")
_DIGITS = r"[\d\]l|\[IOo]{0,3}\d[\d\]l|\[IOo]{0,3}"
_HAN = {char: at for at, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_NUMERAL = r"[〇零○一二三四五六七八九十百]{1,5}"
_BARE = regex_pattern(r"[\dlIOo]{0,3}\d[\dlIOo]{0,3}")
_HANS = regex_pattern(_NUMERAL)
_FLANKED = regex_pattern(rf"{_SIDE}[ 　]*(?:({_DIGITS})|({_NUMERAL}))[ 　]*{_SIDE}")
_BRACKETED = regex_pattern(r"[（(][ 　]?(\d{1,4})[ 　]?[）)]")
"""Square brackets are those of notes: [12] amid a sentence may belong there."""
_ROMAN_LETTERS = r"(?i:(?=[clxvi])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))|[ⅰ-ⅻⅠ-Ⅻ]"
_ROMAN = regex_pattern(rf"(?:{_SIDE}[ 　]*)?({_ROMAN_LETTERS})(?:[ 　]*{_SIDE})?")
_ROMANS = {"c": 100, "l": 50, "x": 10, "v": 5, "i": 1}
_DAMAGED = regex_pattern(rf"{_DASH}{{1,4}}[ 　]?[^\s。，、；：]{{1,4}}[ 　]?{_DASH}{{1,4}}")
"""A page number between dashes that cannot be read."""
_OF = regex_pattern(r"\W{0,2}(\d{1,4})[ 　]*[/／][ 　]*(\d{1,4})\W{0,2}")
_EDGE = r"[^\p{L}\p{N}]{0,60}"
_PAGE = regex_pattern(
    rf"{_EDGE}(?:"
    rf"(?:共[ 　]*(?:\d+|{_NUMERAL})[ 　]*[页頁][ 　]?[,，/／|]?[ 　]*)?"
    rf"第[ 　]*(?:(\d{{1,4}})|({_NUMERAL}))[ 　]*[页頁]"
    rf"(?:[ 　]?[,，/／|]?[ 　]*[（(]?共[ 　]*(?:\d+|{_NUMERAL})[ 　]*[页頁])?"
    r"|(?i:page|pg|p)[ 　._:#-]{0,3}(\d{1,4})(?:[ 　]?(?i:of|/)[ 　]?\d{1,4})?"
    rf"){_EDGE}"
)
_BRACED = regex_pattern(r"\{(\d{1,4})\}-{3,}")
"""As a converter that counts from nought prints a new page."""
_COMMENT = regex_pattern(r"<!--(.{1,80})-->")
_SAYS = regex_pattern(
    r"(?i)(?<![a-z])(?:page|pg|p|scan|folio|img)s?[ _.:#=-]{0,3}\"?0*(\d{1,5})|第[ 　]*(\d{1,4})[ 　]*[页頁]"
)
_IMAGE = regex_pattern(r"!\[([^\]]{0,40})\]\(([^()\s]{1,120})\)")
_FILE = regex_pattern(
    r"(?i)(?:.*?(?<![a-z])(?:page|pg|p|scan)s?[_. -]{0,2})?0*(\d{1,5})\.(?:png|jpe?g|tiff?|webp|gif|bmp)"
)
_NAMED = regex_pattern(r"[≦≤⟦]\s?([^≦≧≤≥⟦⟧]{1,60}?)\s?[≧≥⟧]")
_RULE = regex_pattern(r"[-_](?:[ \t]*[-_]){2,}|\*(?:[ \t]*\*){2,}")


class Mark(NamedTuple):
    """A line that may mark a page."""

    style: Style
    number: int | None
    """None: none that can be read."""
    total: int = 0
    """Of how many pages, where the mark says so in figures alone."""


@lru_cache(maxsize=KEPT)
def read(words: str) -> Mark | None:
    """A whole line as a mark; None where it can be none."""
    if not words or len(words) > _LONGEST:
        return None
    if words[0] in "<!≦≤⟦{":
        return _markup(words)
    if len(words) > _LONG and not _RULE.fullmatch(words):
        return None
    if found := _BARE.fullmatch(words):
        return Mark("bare", _figure(words))
    if _RULE.fullmatch(words):
        return Mark("rule", None)
    if found := _OF.fullmatch(words):
        number, total = int(found[1]), int(found[2])
        return Mark("of", number, total) if 0 < number <= total and total > 1 else None
    if found := _FLANKED.fullmatch(words):
        return Mark("flanked", _figure(found[1]) if found[1] else _numeral(found[2]))
    if found := _BRACKETED.fullmatch(words):
        return Mark("bracketed", int(found[1]))
    if found := _ROMAN.fullmatch(words):
        return Mark("roman", _roman(found[1]))
    if found := _HANS.fullmatch(words):
        return Mark("numeral", _numeral(words))
    if found := _PAGE.fullmatch(words):
        return Mark("page", _numeral(found[2]) if found[2] else int(found[1] or found[3]))
    return Mark("flanked", None) if _DAMAGED.fullmatch(words) else None


def is_markup(words: str) -> bool:
    """Whether a line marks a page by markup that nobody reads: a comment, a picture of the whole page."""
    found = read(words)
    return found is not None and found.style in ("comment", "image")


def _markup(words: str) -> Mark | None:
    if found := _COMMENT.fullmatch(words):
        said = _SAYS.search(found[1])
        return Mark("comment", int(said[1] or said[2])) if said else None
    if found := _IMAGE.fullmatch(words):
        file = _FILE.fullmatch(found[2].rpartition("/")[2])
        said = _SAYS.search(found[1])
        if file is None or (found[1].strip() and said is None):
            return None  # a figure with a caption
        return Mark("image", int(file[1]))
    if found := _BRACED.fullmatch(words):
        return Mark("page", int(found[1]))
    if found := _NAMED.fullmatch(words):
        digits = regex.findall(r"\d{1,5}", found[1])
        return Mark("named", int(digits[-1]) if digits else None)
    return None


def _figure(digits: str) -> int:
    return int(digits.translate(_WRONG))


def _roman(letters: str) -> int:
    """xiv, Ⅳ as a number."""
    worths = [_ROMANS[letter] for letter in normalize("NFKC", letters).lower()]
    return sum(-one if one < two else one for one, two in zip(worths, [*worths[1:], 0], strict=True))


def _numeral(words: str) -> int | None:
    """十二, 一二, 一百零五 as a number."""
    if "十" not in words and "百" not in words:
        return int("".join(str(_HAN[char]) for char in words))
    hundreds, cut, rest = words.rpartition("百")
    total = 100 * _HAN.get(hundreds, 1) if cut else 0
    tens, cut, ones = rest.rpartition("十")
    if not cut:
        ones = rest.lstrip("零〇○")
    total += 10 * _HAN.get(tens.lstrip("零〇○"), 1) if cut else 0
    return total + _HAN[ones] if len(ones) == 1 and ones in _HAN else (total if not ones else None)
