"""What the place of a row on its page says of a break, together with what the text says."""

from __future__ import annotations

from math import exp, log

SURE = 0.85
"""From here on the place overrules what its words make a block of. Of the breaks of scanned pages that a
block bars, 27 go on and are told so by their place, and none is that parts paragraphs."""
_BIAS, _PLACE, _TEXT = 0.76, 0.51, 0.21
"""Weights of the log-odds, fitted by bench.going_on on the breaks of the 24 scans (PP-OCR, tesseract), six
real pages, which count six times, and 139 drawn ones, which count half: 96.2 % right."""
_LEAST = 1e-3


def going_on(follows: float, text: float | None) -> float:
    """How likely a row goes on with the paragraph before it: by its place, and by the text where that says
    anything; 0 to 1."""
    if text is None:
        return follows
    return 1 / (1 + exp(-(_BIAS + _PLACE * odds(follows) + _TEXT * odds(text))))


def odds(chance: float) -> float:
    """The log-odds of a chance; never beyond those of one in a thousand."""
    chance = min(1 - _LEAST, max(_LEAST, chance))
    return log(chance / (1 - chance))
