"""A byte that the encoding of the file cannot read stays as it is, and is flagged.

Why: a copy was cut, a disk or a transfer flipped a byte; what stood there only the page itself can say. One
such byte is no reason to leave the rest of the file as it is.
Leaves alone: what an encoding can read, the sign for lost text included (encoding.unreadable).
Safety: SUGGEST, a flag: the byte stays, and nothing beside it is changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.model.kept_bytes import KEPT, bytes_of
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern

NAME = "encoding.broken-bytes"
SUMMARY = Message("标出无法按编码读取的字节，原样保留", "Flag bytes that the encoding cannot read; they stay")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
SIGNS = "\uffff"
CASES = (
    Case("会议由\U0010ffe4\U0010ffbd主持", flags=True),
    Case("会议由\ufffd主持", None, "text that was lost before the file was written"),
    Case("会议由\U00020000主持", None, "a rare character"),
)

_RUN = re_pattern(f"{KEPT.pattern}+")


def find(document: Document, tools: object) -> Iterable[Fix]:
    for match in _RUN.finditer(document.text):
        shown = bytes_of(match[0]).hex(" ").upper()
        why = Message(
            f"字节 {shown} 不是有效的编码，原样保留；须核对原件",
            f"Bytes {shown} are none of the encoding and stay as they are; see the original",
        )
        yield flag(NAME, Span(*match.span()), 0.99, why)
