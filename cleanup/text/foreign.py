"""Brackets around words in Latin script: 介绍(introduction), and whether a text sets these on purpose."""

from __future__ import annotations

import re

from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

PAIR = re_pattern(r"([(（])([^()（）]{1,60})([)）])")
"""Two brackets, of either width, and what they hold."""
WORDS = re_pattern(r"[A-Za-zÀ-ž][A-Za-zÀ-ž .,，、；&/'’\-–—]+")
"""What such brackets hold: words, and the marks between them."""
_HAN = re_pattern(f"[{HAN}]")
_SEVERAL, _MANY = 2, 6
"""Pairs around words in Latin script that tell the style of a text, beside others and alone (by hand)."""


def is_styled(pairs: list[re.Match[str]]) -> bool:
    """Whether a text sets ( ) around words in Latin script on purpose: mostly, and around these only."""
    foreign = "".join(match[1] + match[3] for match in pairs if WORDS.fullmatch(match[2]))
    if foreign.count("(") + foreign.count(")") < max(2 * _SEVERAL, len(foreign) / 2):
        return False
    chinese = {match[1] + match[3] for match in pairs if _HAN.search(match[2])}
    return chinese == {"（）"} or (not chinese and len(foreign) >= 2 * _MANY)
