"""Characters that a faulty conversion left in place of lost text: 锟斤拷, U+FFFD, 烫烫烫 are flagged.

Why: the text is gone for good; only the page itself can give it back.
Leaves alone: 斤, 烫 and 屯 in words.
Safety: SUGGEST, a flag: nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern

NAME = "encoding.unreadable"
SUMMARY = Message("标出转码时丢失的文字", "Flag text that a faulty conversion destroyed")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
SIGNS = "锟\ufffd烫屯"
CASES = (
    Case("本报讯锟斤拷锟斤拷昨日", flags=True),
    Case("会议由\ufffd\ufffd主持", flags=True),
    Case("水很烫，烫烫脚", None, "a word"),
)

_LOST = re_pattern(r"(?=[锟\ufffd烫屯])(?:锟斤拷|锟叫|\ufffd|烫{3,}|屯{3,})+")
_WHY = Message("转码时丢失的文字，须核对原件", "Text lost in a faulty conversion; see the original")


def find(document: Document, tools: object) -> Iterable[Fix]:
    for match in _LOST.finditer(document.text):
        yield flag(NAME, Span(*match.span()), 0.99, _WHY)
