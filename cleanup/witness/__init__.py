"""What stands on the pictures of a text: found, read once, kept, and laid beside it.

The recognisers read; nothing is decided here. What they read reaches the rules as readings of the document.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cleanup.engine import readings
from cleanup.formats import packing
from cleanup.formats.encoding import encode
from cleanup.geometry import order
from cleanup.model.box import Boxed, BoxedPage
from cleanup.model.document import Document
from cleanup.model.placed import text_of
from cleanup.model.scan import Scan, Witness
from cleanup.witness import finding, kept, pictures
from cleanup.witness.finding import At
from cleanup.witness.pictures import Unreadable
from cleanup.witness.recogniser import NoRecogniser, Recogniser, recognisers

__all__ = ["NoRecogniser", "Unreadable", "again", "look"]


class Read(NamedTuple):
    """A picture, and what each recogniser read of it."""

    scan: Scan
    pages: tuple[BoxedPage, ...]


def look(document: Document, source: Path, scan: str, witness: Witness, out: Path) -> Document:
    """The document with what stands on its pictures: `scan` (a file, or a folder in which they are found by
    name or number), or those that it names itself and that lie beside it.

    `source`: where the document lies; `out`: the folder of the results, which keeps readings. What is wrong
    with a picture stands in `Document.scans`. Raises NoRecogniser where `scan` cannot be read with what is
    installed.
    """
    try:
        places = finding.asked(Path(scan), source) if scan else _named(document, source)
    except Unreadable as error:
        return replace(document, scans=(Scan(_seen_from(Path(scan), out), notes=(error.message,)),))
    if not places:
        return document
    try:
        who = recognisers(witness)
    except NoRecogniser:
        if scan:
            raise
        return document
    return _beside(document, [_read(place, who, out) for place in places])


def again(document: Document, scans: Sequence[Scan], out: Path) -> Document:
    """The document with what stands on the pictures of an earlier run, by the same recognisers: as kept, else
    read again. Raises Unreadable or NoRecogniser where that cannot be."""
    return _beside(
        document, [_once_more(scan, out) if scan.recognisers else Read(scan, ()) for scan in scans]
    )


def _named(document: Document, source: Path) -> list[At]:
    if document.boxed is None or document.boxed.format not in finding.NAMED:
        return []
    data = packing.unpacked(encode(document.text, document.envelope))
    return finding.named(data.decode("utf-8", "replace"), document.boxed.format, source)


def _read(at: At, who: Sequence[Recogniser], out: Path) -> Read:
    scan = Scan(_seen_from(at.path, out), at.frame)
    try:
        scan = replace(scan, sha256=pictures.digest(at.path))
        found = [_kept_or_read(scan, at, one, out) for one in who]
    except Unreadable as error:
        return Read(replace(scan, sha256="", notes=(error.message,)), ())
    page = found[0].page
    scan = replace(
        scan,
        width=round(page.width),
        height=round(page.height),
        recognisers=tuple(one.name for one in who),
        notes=found[0].notes,
    )
    return Read(scan, tuple(one.page for one in found))


def _kept_or_read(scan: Scan, at: At, one: Recogniser, out: Path) -> kept.Kept:
    found = kept.load(out, scan, one.name)
    if found is None:
        picture = pictures.read(at.path, at.frame)
        found = kept.Kept(one.read(picture), picture.notes)
        kept.save(out, scan, one.name, found)
    return found


def _once_more(scan: Scan, out: Path) -> Read:
    at = At(out / scan.file, scan.frame)
    found = [kept.load(out, scan, name) for name in scan.recognisers]
    if not all(found):
        if pictures.digest(at.path) != scan.sha256:
            raise Unreadable(
                f"{at.path} 已不是修复时的图像；请用 --scan 重新修复这一页。",
                f"{at.path} is not the picture that it was; repair this page again, with --scan.",
            )
        by = {one.name: one for one in recognisers("both")}
        if not set(scan.recognisers) <= set(by):
            raise Unreadable(
                f"{at.path} 当时由 {'、'.join(scan.recognisers)} 读出，现在的版本不同；请重新修复这一页。",
                f"{at.path} was read by {', '.join(scan.recognisers)}, which is not installed now; repair "
                "this page again.",
            )
        found = [_kept_or_read(scan, at, by[name], out) for name in scan.recognisers]
    return Read(scan, tuple(one.page for one in found if one))


def _beside(document: Document, read: Sequence[Read]) -> Document:
    """The document with what was read of its pictures: a reading for each recogniser."""
    scans = tuple(one.scan for one in read)
    seen = [one for one in read if one.pages]
    for number in range(max((len(one.pages) for one in seen), default=0)):
        pages = tuple(replace(one.pages[number], number=at + 1) for at, one in enumerate(seen))
        name = f"{Path(scans[0].file).name} ({scans[0].recognisers[number].split()[0]})"
        document = readings.beside(document, [_document(pages, name)])
    return replace(document, scans=scans)


def _document(pages: tuple[BoxedPage, ...], name: str) -> Document:
    """What a recogniser read, in the order in which it is read."""
    layouts = tuple(map(order, pages))
    return Document(text_of(layouts), name, boxed=Boxed("scan", pages, layouts))


def _seen_from(path: Path, out: Path) -> str:
    try:
        return Path(os.path.relpath(path, out)).as_posix()
    except ValueError:  # on another drive
        return path.absolute().as_posix()
