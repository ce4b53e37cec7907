"""Names of files as people read them, and as databases keep them.

A system may hold names that are no valid Unicode: an archive packed by a Chinese Windows and unpacked
elsewhere has its names in GBK. Python keeps the bytes of such a name as lone surrogates, which neither JSON
nor a page nor a terminal takes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shlex
from pathlib import Path

SETTINGS = "ocrfix.toml"
"""The settings of a folder."""
LONGEST = 225
"""Bytes of a name after which results are named: with their endings (`.structure.json`) systems take 255."""
_LONE = re.compile("[\ud800-\udfff]")
_WITHIN = re.compile("[!-.0-~\x80-\u07ff\udc80-\udcff]+")
"""A name without spaces within a sentence; two bytes of GBK may read as one character of UTF-8."""
_ENCODINGS = (
    # Han characters, Chinese punctuation and full-width letters of GB2312, then the common Han characters of
    # Big5, then what GBK adds, where at least half are the common ones of GB2312: 朱镕基.
    ("gbk", re.compile(rb"(?:[\0-\x7f]|[\xa1\xa3\xb0-\xf7][\xa1-\xfe])+")),
    ("big5", re.compile(rb"(?:[\0-\x7f]|[\xa1\xa4-\xc5][@-~\xa1-\xfe]|\xc6[@-~])+")),
    ("gb18030", re.compile(rb"(?:[\0-\x7f]|[\x81-\xfe][@-~\x80-\xfe])+")),
)
_BARE = re.compile(r"[\w@%+=:,./-]+" if os.name != "nt" else r"[\w@+=:./\\-]+")
"""A path that shells take as it is, Chinese ones among them."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What breaks a line, commands a terminal or turns the order of what follows."""


def readable(path: str) -> str:
    """A path (with slashes) as valid Unicode: names in GBK or Big5 are read as such, other bytes are %NN."""
    if path.isascii() or not _LONE.search(path):
        return path
    return "/".join(map(_read, path.split("/")))


def shown(text: str) -> str:
    """A sentence with paths for a line of a terminal: names made readable, and characters spelt out that
    would break the line, or command the terminal."""
    if _LONE.search(text):
        text = _spelt(_WITHIN.sub(lambda found: _read(found[0]), text))
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def quoted(path: str) -> str:
    """A path for a command that is told to a person: as a shell takes it in one piece."""
    if _BARE.fullmatch(path):
        return path
    return f'"{path}"' if os.name == "nt" else shlex.quote(path)


def called(path: str) -> str:
    """What the results of a file are named after: its path (with slashes) made readable, parts that are too
    long to take an ending shortened."""
    return "/".join(map(fitting, readable(path).split("/")))


def fitting(name: str) -> str:
    """A readable name, shortened where nothing more could be added to it; its extension stays."""
    return name if len(name.encode()) <= LONGEST else _marked(name, name.encode())


def apart(name: str) -> str:
    """What the results of a name are called where `called` gives those of another one: by its bytes."""
    return _marked(readable(name), name.encode("utf-8", "surrogatepass"))


def found(path: Path) -> Path:
    """The file of a path that was made readable; the path itself where there is none."""
    if path.exists() or path == path.parent:
        return path
    folder = found(path.parent)
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if readable(entry.name) == path.name:
                return Path(entry.path)
    return path


def stored(name: str) -> str | bytes:
    """A name as a database holds it: text, or its bytes where it is no valid Unicode."""
    return os.fsencode(name) if _LONE.search(name) else name


def named(value: str | bytes) -> str:
    """The name that a database holds."""
    return os.fsdecode(value) if isinstance(value, bytes) else value


def _marked(name: str, data: bytes) -> str:
    """A name with a digest of `data` before its extension, of at most LONGEST bytes."""
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > 20:
        stem, dot, extension = name, "", ""
    ending = f"~{hashlib.sha256(data).hexdigest()[:8]}{dot}{extension}"
    return stem.encode()[: LONGEST - len(ending.encode())].decode("utf-8", "ignore") + ending


def _read(name: str) -> str:
    """A name, or part of one, in the first encoding that it may be in."""
    if not _LONE.search(name):
        return name
    try:
        data = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a half character of Windows
        return _spelt(name)
    for encoding, pattern in _ENCODINGS:
        if not pattern.fullmatch(data):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or _is_common(text):
            return text
    return _spelt(name)


def _is_common(text: str) -> bool:
    """Whether half of the Chinese is common in the People's Republic: in the first part of GB2312."""
    ours = [char.encode("gb18030") for char in text if not char.isascii()]
    return 2 * sum(len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in ours) >= len(
        ours
    )


def _spelt(name: str) -> str:
    """A name with every byte spelt out that is no valid Unicode."""
    return _LONE.sub(lambda found: _code(ord(found[0])), name)


def _code(code: int) -> str:
    return f"%{code & 0xFF:02X}" if 0xDC80 <= code <= 0xDCFF else f"%u{code:04X}"
