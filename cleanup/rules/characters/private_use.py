"""Private-use characters: known ones become what they stand for, bullets become •, others are flagged.

Why: symbol fonts and old GBK fonts put characters where Unicode has none; other readers see boxes.
Leaves alone: private-use characters with no known meaning (flagged for a person).
Safety: LIKELY, since a code may mean something else in a font of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, fix, flag
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern

NAME = "characters.private-use"
SUMMARY = Message("识别造字区字符，余者标出", "Read known private-use characters and flag the others")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "".join(map(chr, range(0xE000, 0xF900))) + "\U000f0000"
CASES = (
    Case("\uf06c 加强领导", "• 加强领导", "Wingdings' bullet at the start of a line"),
    Case("周\ue81f", "周㖞", "a character that GBK fonts kept in private use"),
    Case("张\ue123同志", flags=True, note="no known meaning"),
    Case("• 加强领导", None, "an ordinary bullet"),
)

_PRIVATE = re_pattern("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_BULLETS = "\uf06c\uf06e\uf075\uf0a7\uf0b2\uf0b7\uf0d8\uf0e8\uf076\uf070"
_BULLET = Message("符号字体的项目符号", "A bullet of a symbol font")
_KNOWN = Message("旧国标字体用造字区代替的字", "A character that old GBK fonts kept in private use")
_UNKNOWN = Message("造字区字符，含义不明，须核对原件", "A private-use character; see the original")
_FIRST, _LAST = 0xE815, 0xE864
"""Where GBK's eighty characters FE50 to FEA0 lay before Unicode had them."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for match in _PRIVATE.finditer(text):
        start, end = match.span()
        run = match.group()
        apart = text[start - 1 : start] in ("", *"\n 　") and text[end : end + 1] in tuple(" 　\t")
        if run in _BULLETS and apart:
            yield fix(NAME, text, [(start, end, "•")], SAFETY, 0.95, _BULLET)
        elif all(map(_gbk, run)):
            yield fix(NAME, text, [(start, end, "".join(map(_gbk, run)))], SAFETY, 0.95, _KNOWN)
        else:
            yield flag(NAME, Span(start, end), 0.95, _UNKNOWN)


def _gbk(char: str) -> str:
    """The character that GBK has at this private-use place, or nothing."""
    code = ord(char)
    if not _FIRST <= code <= _LAST:
        return ""
    trail = 0x50 + code - _FIRST
    found = bytes([0xFE, trail + (trail >= 0x7F)]).decode("gb18030")
    return "" if _PRIVATE.match(found) else found
