"""XML that is no engine's file with places (see boxes): data, not running text; refused."""

from __future__ import annotations

import re
from typing import NoReturn

from cleanup.formats.encoding import InputError
from cleanup.model.document import Envelope
from cleanup.text.patterns import re_pattern

NAME = "xml"
REFUSED = True
_HEAD = 3000
"""Characters that tell what a file is."""
_ROOT = re_pattern(r"(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<([A-Za-z_][\w.:-]*)((?:\s[^<>]*)?)>", re.S)
_TAG = re_pattern(r"<([A-Za-z_][\w.:-]*)")
_HOCR = re_pattern(r"""class\s*=\s*["']ocr(?:_page|x_word|_line)""")
_HTML = re_pattern(r"<(?:!doctype\s+html|html)\b", re.I)
_OURS = frozenset(
    ("think", "thinking", "html", "table", "div", "p", "body", "span", "ul", "ol", "section", "article")
)


def sniff(text: str, name: str) -> float:
    bare = text[:_HEAD].lstrip("\ufeff \t\n")
    if not bare.startswith("<"):
        return 0.0
    if _HOCR.search(bare):
        return 5.0
    if _HTML.search(bare):
        return 0.0
    if bare.startswith("<?xml"):
        return 4.0
    root = _ROOT.match(bare)
    if root is None or root[1].lower() in _OURS or not text.rstrip().endswith(f"</{root[1]}>"):
        return 0.0
    inner = _TAG.findall(text[root.end() : root.end() + 20 * _HEAD])
    return 4.0 if len(inner) >= 2 and (len(set(inner)) >= 2 or "xmlns" in root[2] or len(inner) >= 4) else 0.0


def parse(text: str, name: str, envelope: Envelope) -> NoReturn:
    raise InputError(NAME)
