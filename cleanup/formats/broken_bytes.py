"""A few bytes in a text that its encoding cannot read, cut or flipped: the rest is read."""

from __future__ import annotations

import codecs

from cleanup.model.kept_bytes import KEPT, held
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

_HAN = re_pattern(f"[{HAN}]")
_KEEP = "ocrfix.keep"
_FEW, _SHARE = 4, 0.005
"""So many bytes may be broken in any text, and so many of each character: by hand, one line in ten pages."""
_AHEAD = 60
"""Bytes behind a broken place that say how it goes on."""
_COMMON = {"gb18030": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7), "cp950": range(0xA4, 0xC7)}
"""First bytes of the common characters of encodings with two bytes a character."""


def decode(data: bytes, encoding: str) -> str:
    """The text of bytes; those that the encoding cannot read are held by characters of their own.

    Raises UnicodeDecodeError where one of them is ASCII: elsewhere it would read as a letter.
    """
    return data.decode(encoding, _KEEP)


def read(data: bytes, encoding: str) -> str | None:
    """The same, where it is Chinese with a few such bytes; else None."""
    try:
        text = decode(data, encoding)
    except UnicodeDecodeError:
        return None
    count = len(KEPT.findall(text))
    return text if count <= _FEW + _SHARE * len(text) and count <= len(_HAN.findall(text)) else None


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    start, end, data = error.start, error.end, error.object
    if common := _COMMON.get(error.encoding):
        # A first byte that lost its second, or one byte too many: as what follows reads better.
        ends = [start + 1, start + 2] if data[start + 1 : start + 2] >= b"\x80" else [start + 1]
        end = max(ends, key=lambda at: _readability(data[at:], error.encoding, common))
    if min(data[start:end]) < 0x80:
        raise error
    return held(data[start:end]), end


def _readability(data: bytes, encoding: str, common: range) -> int:
    """How many common characters stand in what follows on the line, less what is broken there too."""
    line = data[:_AHEAD].partition(b"\n")[0]
    text = line.decode(encoding, "replace").rstrip("\ufffd")
    broken = text.count("\ufffd")
    return sum(char.encode(encoding)[0] in common for char in _HAN.findall(text)) - 10 * broken


codecs.register_error(_KEEP, _keep)
