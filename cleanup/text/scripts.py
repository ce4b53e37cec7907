"""Which script a character belongs to, as regex classes and predicates."""

from __future__ import annotations

HAN = "〇一-鿿㐀-䶿豈-﫿\U00020000-\U000323af々"
"""Inside a character class: Han ideographs, 〇 and the repetition mark."""
ZH_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·"
CLOSING = "”’）》〉】」』"
OPENING = "“‘（《〈【「『"
ENDS_SENTENCE = "。！？…!?"
PAIRS = dict(zip(OPENING, "”’）》〉】」』", strict=True))


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


def han_share(text: str) -> float:
    """Share of Han among the characters that are not white space; 0 for none."""
    solid = [char for char in text if not char.isspace()]
    return sum(map(is_han, solid)) / len(solid) if solid else 0.0
