"""Characters that leave no trace on a page, and the short labels that stand for them."""

from __future__ import annotations

from cleanup.model.kept_bytes import KEPT, bytes_of
from cleanup.text.patterns import re_pattern

_LABELS = {
    "\x00": "NUL",
    "\x07": "BEL",
    "\x08": "BS",
    "\x0b": "VT",
    "\x0c": "FF",
    "\r": "CR",
    "\x1b": "ESC",
    "\x7f": "DEL",
    "\x85": "NEL",
    "\xa0": "NBSP",
    "\xad": "SHY",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u2028": "LS",
    "\u2029": "PS",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
}

# Controls, direction marks, lone surrogates, private use, non-characters, tags: a page would drop,
# reorder or misread them. Joiners are not among them: they build emoji and Indic words.
_NEVER = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
HIDDEN = re_pattern(f"[{_NEVER}]")
"""What must not stand as itself in any report."""
HIDDEN_IN_CHANGES = re_pattern(f"[{_NEVER}\u200c\u200d\xa0\u2000-\u200a\u202f\u205f\ufe00-\ufe0f]")
"""What is shown besides where an edit is about just that."""


def label(char: str) -> str:
    """ZWSP, NBSP, E5E5: a short name for a character that cannot be seen."""
    if KEPT.match(char):
        return f"\\x{bytes_of(char).hex().upper()}"
    return _LABELS.get(char) or f"{ord(char):04X}"
