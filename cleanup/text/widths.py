"""How wide a line is in print, and whether marks stand inside it."""

from __future__ import annotations

from string import ascii_letters, digits

import numpy as np

from cleanup.text.patterns import regex_pattern

_INNER = regex_pattern(r"[，。；！？：、,;!?](?=.)")
_WIDTHS = np.ones(0x3002)
_WIDTHS[[ord(" "), 0x3000]] = 0.0
_WIDTHS[[ord(char) for char in ascii_letters + digits]] = 0.55


def measure(words: str) -> float:
    """The printed width of a line in characters: Latin letters and digits are half as wide."""
    codes = np.frombuffer(words.encode("utf-32-le", "surrogatepass"), dtype=np.int32)
    return float(_WIDTHS.take(codes, mode="clip").cumsum()[-1]) if len(codes) else 0.0


def has_marks(words: str) -> bool:
    """Whether the punctuation of sentences stands inside a line."""
    return bool(_INNER.search(words))
