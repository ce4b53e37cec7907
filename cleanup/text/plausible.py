"""Whether a run of characters looks like written Chinese rather than bytes read wrongly."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from cleanup.text.scripts import ZH_PUNCTUATION, is_han

Common = Mapping[str, float]
"""Character → occurrences per million in ordinary Chinese text."""
COMMON_ENOUGH = 20.0
"""Per million: about the 3,000 commonest characters are above it."""


def plausibility(text: str, common: Common) -> float:
    """How much `text` looks like Chinese (or plain ASCII), from below 0 (noise) to 1.

    Common Han and punctuation count for it; rare Han, private-use and control characters against it.
    """
    points = weight = 0.0
    for char in text:
        if char in " \n\t\r\f　":
            continue
        if is_han(char):
            points += 1.0 if common.get(char, 0.0) >= COMMON_ENOUGH else -0.6
            weight += 1.0
        elif char in ZH_PUNCTUATION:
            points += 1.0
            weight += 1.0
        elif " " < char < "\x7f":
            points += 0.15
            weight += 0.15
        else:
            points += -1.0 if unicodedata.category(char) in ("Cc", "Co", "Cn", "Cs") else -0.3
            weight += 1.0
    return points / weight if weight else 0.0
