"""Full-width Latin letters and digits become ordinary ones: １９９８年 -> 1998年, ＧＤＰ -> GDP.

Why: typesetting systems of the 1990s coded them full-width; search and numbers then miss them.
Leaves alone: punctuation and ％, which Chinese print sets full-width, and the full-width space.
Safety: SAFE, since the text reads the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case
from cleanup.rules.kinds import substitution
from cleanup.text.patterns import re_pattern

NAME = "characters.full-width"
SUMMARY = Message("全角字母、数字改为半角", "Full-width letters and digits become ordinary ones")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
SIGNS = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
CASES = (
    Case("新华社北京５月１２日电", "新华社北京5月12日电"),
    Case("ＧＤＰ增长７％", "GDP增长7％"),
    Case("中国，２０２４", "中国，2024"),
    Case("（％）！", None, "punctuation"),
)

_WIDE = re_pattern("[０-９Ａ-Ｚａ-ｚ]+")
_CODES = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_NARROW = {code: code - 0xFEE0 for code in _CODES}
_WHY = Message("全角字母、数字改为半角", "Full-width letters and digits, set ordinary")


def find(document: Document, tools: object) -> Iterable[Fix]:
    return substitution(NAME, document, _WIDE, lambda m: m.group().translate(_NARROW), SAFETY, 0.999, _WHY)
