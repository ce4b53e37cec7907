"""Which script a character belongs to, as regex classes and predicates."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from cleanup.text import signs

HAN = "〇一-鿿㐀-䶿豈-﫿\U00020000-\U000323af々"
"""Inside a character class: Han ideographs, 〇 and the repetition mark."""
ZH_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·"
CLOSING = "”’）》〉】」』"
CANNOT_START = "，。、；：！？）》”’"
"""What no line of print begins with."""
NEVER_FIRST = "，。、；：！？" + CLOSING
"""The same, with closing marks that engines seldom read rightly."""
OPENING = "“‘（《〈【「『"
ENDS_SENTENCE = "。！？…!?"
PAIRS = dict(zip(OPENING, "”’）》〉】」』", strict=True))

_FEW = 0.2
"""Share of Han among Han and Latin letters below which a text is in another language: an article has more,
with all its foreign names (by hand)."""


def is_han(char: str) -> bool:
    """Whether `char` is a Han ideograph (〇 and 々 included)."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x323AF
        or char in "〇々"
    )


# Among the commonest characters, those that only one of the two scripts has.
_TRADITIONAL = frozenset("國會們這說時來對為個學發經於後過種樣關開無實與從現動機電點問長東車書見門間題")
_SIMPLIFIED = frozenset("国会们这说时来对为个学发经于后过种样关开无实与从现动机电点问长东车书见门间题")
_MIXED = 0.04
"""Share of the rarer script from which a text is of both (by hand: misread letters stay far below)."""


def is_traditional(text: str) -> bool:
    """Whether `text` is set in traditional script, by its commonest characters."""
    return _leaning(text) > 0


def is_mixed(text: str) -> bool:
    """Whether both scripts stand in `text`, as in print of the 1950s and 1960s."""
    told = _leanings().take(signs.cells(text))
    traditional, simplified = int(np.count_nonzero(told > 0)), int(np.count_nonzero(told < 0))
    return min(traditional, simplified) >= _MIXED * (traditional + simplified) > 0


@lru_cache(maxsize=4)
def _leaning(text: str) -> int:
    """How many more of its characters are traditional ones than simplified ones."""
    return int(_leanings().take(signs.cells(text)).sum(dtype=np.int64))


@lru_cache(maxsize=4)
def is_foreign(text: str) -> bool:
    """Whether hardly a letter of it is Han: of such a text the models know nothing."""
    codes = signs.codes(text)
    han = np.count_nonzero(codes >= ord("㐀"))
    latin = np.count_nonzero((codes | 0x20) - ord("a") < 26)
    return bool(han < _FEW * (han + latin))


@cache
def _leanings() -> NDArray[np.int8]:
    """What each character says of the script: 1 for traditional, -1 for simplified."""
    table = np.zeros(signs.LAST + 1, dtype=np.int8)
    table[[ord(char) for char in _TRADITIONAL]] = 1
    table[[ord(char) for char in _SIMPLIFIED]] = -1
    return table


def is_simplified(text: str) -> bool:
    """Whether `text` is set in simplified script, by its commonest characters; few words may be neither."""
    return _leaning(text) < 0


def han_share(text: str) -> float:
    """Share of Han among the characters that are not white space; 0 for none."""
    solid = [char for char in text if not char.isspace()]
    return sum(map(is_han, solid)) / len(solid) if solid else 0.0


def han_of_letters(text: str) -> float:
    """Share of Han among letters of any script; 0 for none."""
    letters = [char for char in text if char.isalpha()]
    return sum(map(is_han, letters)) / len(letters) if letters else 0.0
