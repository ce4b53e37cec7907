"""What stands on the pictures of a text: found, read once, kept, and laid beside it.

The recognisers read; nothing is decided here. What they read reaches the rules as readings of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cleanup.engine import readings
from cleanup.engine.readings import matching
from cleanup.formats import boxes, packing
from cleanup.formats.encoding import encode
from cleanup.geometry import order
from cleanup.model.box import WITNESS, Box, Boxed, BoxedLine, BoxedPage, BoxedWord
from cleanup.model.document import Document
from cleanup.model.fix import Message
from cleanup.model.placed import text_of
from cleanup.model.scan import Look, Scan, Witness
from cleanup.witness import finding, reading
from cleanup.witness.finding import At
from cleanup.witness.pictures import Unreadable
from cleanup.witness.reading import Read
from cleanup.witness.recogniser import NoRecogniser, recognisers

__all__ = ["NoRecogniser", "Read", "Unreadable", "again", "beside", "look", "recorded"]

_SIZE, _SURE, _UNSURE = 40.0, 0.999, 0.6
"""Pixels of a character, and confidences, of what is recorded."""
_SAME = 0.25
"""Share of the picture's characters, or of the text's, that must stand in the other (by hand: of two pages of
the same day's paper it is 0.02)."""


def look(document: Document, source: Path, scan: str, witness: Witness, lines: Look, out: Path) -> Document:
    """The document with what stands on its pictures: `scan` (a file, or a folder in which they are found by
    name or number), or those that it names itself and that lie beside it.

    `source`: where the document lies; `lines`: which are read; `out`: the folder of the results, which keeps
    readings. What is wrong with a picture stands in `Document.scans`. Raises NoRecogniser where `scan` cannot
    be read with what is installed.
    """
    try:
        places = finding.asked(Path(scan), source) if scan else _named(document, source)
    except Unreadable as error:
        return replace(document, scans=(Scan(reading.seen_from(Path(scan), out), notes=(error.message,)),))
    if not places:
        return document
    try:
        who = recognisers(witness)
    except NoRecogniser as error:
        if scan:
            raise
        # Nobody reads them, and a person can still look at them.
        unread = [reading.unread(place, error.message, out) for place in places]
        return replace(document, scans=_measured(document, unread))
    own = _own_pages(document, len(places)) if lines == "doubtful" else [None] * len(places)
    return beside(document, [reading.of(*each, who, out) for each in zip(places, own, strict=True)])


def again(document: Document, scans: Sequence[Scan], out: Path) -> Document:
    """The document with what stands on the pictures of an earlier run, by the same recognisers: as kept, else
    read again. Raises Unreadable or NoRecogniser where that cannot be."""
    own = _own_pages(document, len(scans))
    return beside(
        document,
        [
            reading.again(scan, page, out) if scan.recognisers else Read(scan, ())
            for scan, page in zip(scans, own, strict=True)
        ],
    )


def _own_pages(document: Document, count: int) -> Sequence[BoxedPage | None]:
    """The engine's pages that so many pictures are of; None where it does not say where its lines stand."""
    boxed = document.boxed
    if boxed is None or len(boxed.pages) != count or boxes.are_paragraphs(boxed.format):
        return [None] * count
    return boxed.pages


def _named(document: Document, source: Path) -> list[At]:
    if document.boxed is None or document.boxed.format not in finding.NAMED:
        return []
    data = packing.unpacked(encode(document.text, document.envelope))
    return finding.named(data.decode("utf-8", "replace"), document.boxed.format, source)


def recorded(text: str, unsure: str = "") -> Read:
    """What a recogniser might have read of a picture that has these lines; it is sure of all characters but
    `unsure`."""
    lines = list[BoxedLine]()
    for row, words in enumerate(text.splitlines()):
        top = _SIZE * (2 * row + 1)
        places = (Box(_SIZE * at, top, _SIZE * (at + 1), top + _SIZE) for at in range(1, len(words) + 1))
        chars = tuple(
            BoxedWord(char, box, _UNSURE if char in unsure else _SURE)
            for char, box in zip(words, places, strict=True)
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
    made = dict[str, Document]()
    for number in range(max((len(one.pages) for one in seen), default=0)):
        pages = tuple(replace(one.pages[number], number=at + 1) for at, one in enumerate(seen))
        name = f"{Path(seen[0].scan.file).name} ({seen[0].scan.recognisers[number].split()[0]})"
        made[name] = readings.beside(document, [_document(pages, name)])
    if not made:
        return replace(document, scans=scans)
    (_, found), *others = made.items()
    # Who put the lines of an engine's file in another order speaks of other places.
    found = readings.doubted(found, {name: one for name, one in others if one.text == found.text})
    numbers = [number for number, one in enumerate(read) if one.pages]
    places = (replace(place, scan=numbers[place.scan]) for place in found.seen)
    return replace(found, scans=scans, seen=tuple(places))


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
