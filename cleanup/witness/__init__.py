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
from cleanup.engine.readings import matching
from cleanup.formats import packing
from cleanup.formats.encoding import encode
from cleanup.geometry import order
from cleanup.model import file_names
from cleanup.model.box import WITNESS, Box, Boxed, BoxedLine, BoxedPage, BoxedWord
from cleanup.model.document import Document
from cleanup.model.fix import Message
from cleanup.model.placed import text_of
from cleanup.model.scan import Scan, SeenAt, Witness
from cleanup.witness import finding, kept, pictures
from cleanup.witness.finding import At
from cleanup.witness.pictures import Unreadable
from cleanup.witness.recogniser import NoRecogniser, Recogniser, recognisers

__all__ = ["NoRecogniser", "Read", "Unreadable", "again", "beside", "look", "recorded"]

_SIZE, _SURE, _UNSURE = 40.0, 0.999, 0.6
"""Pixels of a character, and confidences, of what is recorded."""
_SAME = 0.25
"""Share of the picture's characters, or of the text's, that must stand in the other (by hand: of two pages of
the same day's paper it is 0.02)."""


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
    except NoRecogniser as error:
        if scan:
            raise
        # Nobody reads them, and a person can still look at them.
        unread = [_unread(place, error.message, out) for place in places]
        return replace(document, scans=_measured(document, unread))
    return beside(document, [_read(place, who, out) for place in places])


def again(document: Document, scans: Sequence[Scan], out: Path) -> Document:
    """The document with what stands on the pictures of an earlier run, by the same recognisers: as kept, else
    read again. Raises Unreadable or NoRecogniser where that cannot be."""
    return beside(document, [_once_more(scan, out) if scan.recognisers else Read(scan, ()) for scan in scans])


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
        is_turned=found[0].is_turned,
        recognisers=tuple(one.name for one in who),
        notes=found[0].notes,
    )
    return Read(scan, tuple(one.page for one in found))


def _unread(at: At, why: Message, out: Path) -> Scan:
    """A picture that nothing is installed to read."""
    scan = Scan(_seen_from(at.path, out), at.frame)
    try:
        seen = pictures.read(at.path, at.frame)
    except Unreadable as error:
        return replace(scan, notes=(error.message,))
    return replace(scan, sha256=seen.sha256, width=seen.width, height=seen.height, notes=(why, *seen.notes))


def _kept_or_read(scan: Scan, at: At, one: Recogniser, out: Path) -> kept.Kept:
    found = kept.load(out, scan, one.name)
    if found is None:
        picture = pictures.read(at.path, at.frame)
        page, is_turned = one.read(picture)
        found = kept.Kept(page, picture.notes, is_turned)
        kept.save(out, scan, one.name, found)
    return found


def _once_more(scan: Scan, out: Path) -> Read:
    at = At(scan.path(out), scan.frame)
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


def recorded(text: str, unsure: str = "") -> Read:
    """What a recogniser might have read of a picture that has these lines; it is sure of all characters but
    `unsure`."""
    lines = list[BoxedLine]()
    for row, words in enumerate(text.splitlines()):
        top = _SIZE * (2 * row + 1)
        boxes = (Box(_SIZE * at, top, _SIZE * (at + 1), top + _SIZE) for at in range(1, len(words) + 1))
        chars = tuple(
            BoxedWord(char, box, _UNSURE if char in unsure else _SURE)
            for char, box in zip(words, boxes, strict=True)
        )
        sure = sum(char.confidence or 0.0 for char in chars) / max(1, len(chars))
        lines.append(
            BoxedLine(words, Box(_SIZE, top, _SIZE * (len(words) + 1), top + _SIZE), (), sure, chars)
        )
    size = (_SIZE * (2 + max(len(line.text) for line in lines)), _SIZE * (2 * len(lines) + 1))
    scan = Scan("page.png", width=round(size[0]), height=round(size[1]), recognisers=("recorded",))
    return Read(scan, (BoxedPage(1, tuple(lines), *size),))


def beside(document: Document, read: Sequence[Read]) -> Document:
    """The document with what was read of its pictures: a reading for each recogniser."""
    scans = _measured(document, [one.scan for one in read])
    seen = [one for one in read if one.pages]
    if seen and not any(_is_of(document, one.pages[0]) for one in seen):
        return replace(
            document,
            scans=tuple(
                replace(scan, width=0, height=0, notes=(*scan.notes, _other_page(scan.file)))
                for scan in scans
            ),
        )
    made = list[Document]()
    for number in range(max((len(one.pages) for one in seen), default=0)):
        pages = tuple(replace(one.pages[number], number=at + 1) for at, one in enumerate(seen))
        name = f"{Path(seen[0].scan.file).name} ({seen[0].scan.recognisers[number].split()[0]})"
        made.append(readings.beside(document, [_document(pages, name)]))
    if not made:
        return replace(document, scans=scans)
    found = readings.doubted(made[0], made[1:])
    numbers = [number for number, one in enumerate(read) if one.pages]
    places = (replace(place, scan=numbers[place.scan]) for place in found.seen)
    return replace(found, scans=scans, seen=tuple(_as_it_lies(place, scans[place.scan]) for place in places))


def _as_it_lies(place: SeenAt, scan: Scan) -> SeenAt:
    """A place on the picture itself, where that stands on its head."""
    return replace(place, box=place.box.turned(scan.width, scan.height)) if scan.is_turned else place


def _measured(document: Document, scans: Sequence[Scan]) -> tuple[Scan, ...]:
    """The pictures, each with what a unit of the document's own places is on it."""
    pages = document.boxed.pages if document.boxed else ()
    if len(pages) != len(scans):
        return tuple(scans)
    return tuple(
        replace(scan, unit=scan.width / page.width) if scan.width and page.width else scan
        for scan, page in zip(scans, pages, strict=True)
    )


def _is_of(document: Document, page: BoxedPage) -> bool:
    """Whether a picture is one of the text's, as far as that can be read."""
    text = "".join(document.text.split())
    print_ = "".join("".join(line.text.split()) for line in page.lines)
    both = matching.common(text, print_)
    return both >= _SAME * min(len(text), len(print_)) or readings.is_junk(text)


def _other_page(name: str) -> Message:
    return Message(
        f"{name} 上的文字与本文几乎没有相同之处，像是另一页；未据图改动。",
        f"next to nothing on {name} stands in this text, as if it were of another page; nothing "
        "was changed by it.",
    )


def _document(pages: tuple[BoxedPage, ...], name: str) -> Document:
    """What a recogniser read, in the order in which it is read."""
    layouts = tuple(map(order, pages))
    return Document(text_of(layouts), name, boxed=Boxed(WITNESS, pages, layouts))


def _seen_from(path: Path, out: Path) -> str:
    try:
        return file_names.readable(Path(os.path.relpath(path, out)).as_posix())
    except ValueError:  # on another drive
        return file_names.readable(path.absolute().as_posix())
