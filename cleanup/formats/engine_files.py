"""Engines' files with places, as they come: one, or several in a zip; packed or not; a PDF's text layer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from cleanup.formats import boxes, packing, pdf
from cleanup.formats.boxes.changes import find
from cleanup.formats.boxes.lines import ReadPage
from cleanup.formats.encoding import declared, decode, encode, packed
from cleanup.model.box import BoxedPage
from cleanup.model.document import Envelope
from cleanup.model.kept_bytes import KEPT
from cleanup.model.placed import Placed
from cleanup.model.result import Result
from cleanup.text.patterns import re_pattern
from cleanup.text.plausible import Common

SEVERAL = "zip"
"""The format of several files."""

_SPELT: dict[str, Callable[[str], str]] = {
    "json": lambda char: json.dumps(char)[1:-1],
    "xml": lambda char: f"&#{ord(char)};",
    "hocr": lambda char: f"&#{ord(char)};",
}
"""How a character is written in a file whose encoding lacks it, by the file's extension."""


class Found(NamedTuple):
    """The pages of what came."""

    form: str
    pages: tuple[BoxedPage, ...]
    envelope: Envelope


BEGINNING = 16_384
"""Bytes that tell whether a file may be an engine's."""
_JSON = re_pattern(
    r"""\s*(?:\[\s*){3,}+-?\d|['"](?:rec_texts|dt_polys|ocr_results|words_result|pdf_info|page_idx|rec_boxes|boxes"""
    r"""|bbox|box|points|location|bounding_?[bB]ox|dt_boxes|text_region)['"]\s*:"""
)


def begins(data: bytes) -> bool:
    """Whether the first bytes of a file are as those of an engine's file with places."""
    text = packing.beginning(data).replace(b"\0", b"").decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    if text[:1] in ("[", "{"):
        return bool(_JSON.search(text))
    return boxes.begins(text)


class _File(NamedTuple):
    name: str
    text: str
    envelope: Envelope
    form: str
    pages: list[ReadPage]


def read(data: bytes, inner: bytes, common: Callable[[], Common], encoding: str | None) -> Found | None:
    """The pages in `inner`, which `data` may have packed; None where it is no engine's file.

    Raises InputError.
    """
    if inner.startswith(pdf.MAGIC):
        return Found(pdf.NAME, tuple(pdf.pages(inner)), Envelope(raw=packed(data)))
    if several := packing.members(inner):
        files = [_file(name, part, common, None) for name, part in several]
        if not files or not all(files):
            return None
        numbered = (page.page for file in files if file for page in file.pages)
        pages = tuple(replace(page, number=order) for order, page in enumerate(numbered, 1))
        return Found(SEVERAL, pages, Envelope(raw=packed(data)))
    file = _file("", inner, common, encoding)
    if file is None:
        return None
    return Found(file.form, boxes.boxed(file.pages), replace(file.envelope, raw=packed(data)))


def _file(name: str, data: bytes, common: Callable[[], Common], encoding: str | None) -> _File | None:
    if not packing.may_be_an_engines(data):
        return None
    text, envelope = decode(data, common, encoding or declared(data))
    form = boxes.tell(text)
    return _File(name, text, envelope, form, boxes.read(text, form)) if form else None


def written(result: Result) -> tuple[str, bytes]:
    """(ending of its name, bytes) of an engine's file with the words of the result; empty: it is none, or
    one that is not written (PDF)."""
    order, envelope = result.journal.boxes, result.journal.source.envelope
    if order is None or order.format == pdf.NAME:
        return "", b""
    data = encode(result.original, envelope)
    inner = packing.unpacked(data)
    several = packing.members(inner) if order.format == SEVERAL else [("", inner)]
    encoding = None if order.format == SEVERAL else envelope.encoding
    files = [file for name, part in several if (file := _file(name, part, dict, encoding))]
    pages = [page.page for file in files for page in file.pages]
    changes = find(result, Placed(result.original, pages, order.layouts))
    name, _, version = result.journal.tool.partition(" ")
    first, parts, is_new = 0, list[tuple[str, bytes]](), False
    for file, (_, old) in zip(files, several, strict=True):
        own = {
            (at - first, line): c for (at, line), c in changes.items() if 0 <= at - first < len(file.pages)
        }
        new = boxes.write(file.text, file.form, file.pages, own, (name, version))
        is_new = is_new or new != file.text
        parts.append((file.name, _encoded(file, new) if new != file.text else old))
        first += len(file.pages)
    ending = SEVERAL if order.format == SEVERAL else boxes.extension(order.format)
    if not is_new:
        return ending, data
    whole = packing.zipped(parts) if order.format == SEVERAL else parts[0][1]
    return ending, packing.packed_like(whole, data)


def _encoded(file: _File, text: str) -> bytes:
    """A file's new text in its own encoding; characters that it lacks are spelt as the format has it. Where
    that has no way, the file becomes UTF-8."""
    envelope, spelt = replace(file.envelope, raw=None), _SPELT.get(boxes.extension(file.form))
    lacking = {char for char in set(text) if not KEPT.match(char) and not _is_in(char, envelope.encoding)}
    if lacking and spelt is None:
        envelope = replace(envelope, encoding="utf-8")
    elif lacking and spelt is not None:
        text = text.translate({ord(char): spelt(char) for char in lacking})
    return encode(text, envelope)


def _is_in(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
