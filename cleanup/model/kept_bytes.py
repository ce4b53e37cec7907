"""Bytes of a text that its encoding cannot read: each is held by a character of its own, and stays as it is.

The last private plane of Unicode, which no script uses, has room for them: U+10FF00 holds byte 00, U+10FFFF
byte FF. Lone surrogates, Python's own way, can be written to no journal and no page.
"""

from __future__ import annotations

import re

_FIRST = 0x10FF00
KEPT = re.compile("[\U0010ff00-\U0010ffff]")
_RUNS = re.compile(f"({KEPT.pattern}+)")


def held(data: bytes) -> str:
    """The characters that hold these bytes."""
    return "".join(chr(_FIRST + byte) for byte in data)


def bytes_of(text: str) -> bytes:
    """The bytes that these characters hold."""
    return bytes(ord(char) - _FIRST for char in text)


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a text, those that it holds being themselves; raises UnicodeEncodeError."""
    parts = _RUNS.split(text)
    return b"".join(bytes_of(part) if at % 2 else part.encode(encoding) for at, part in enumerate(parts))
