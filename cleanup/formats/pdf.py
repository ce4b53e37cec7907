"""The text layer of a PDF: its lines, with the place of each character. It is read, never written."""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.formats.boxes import lines
from cleanup.formats.boxes.lines import Read
from cleanup.formats.encoding import InputError
from cleanup.model.box import Box, BoxedLine, BoxedPage, BoxedWord

NAME = "pdf"
MAGIC = b"%PDF-"
_ENDS = "\r\n"
_MOST = 20_000
"""Pages of a file."""


def pages(data: bytes) -> Iterator[BoxedPage]:
    """The pages of a PDF that have text; raises InputError."""
    try:
        import pypdfium2
    except ImportError:
        raise InputError("needs-pdf") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise InputError("broken-pdf", why=str(error)) from None
    try:
        if len(document) > _MOST:
            raise InputError("too-many-pages", most=_MOST)
        found = False
        for number in range(len(document)):
            page = _page(document[number], number + 1)
            found = found or bool(page.lines)
            yield page
        if not found:
            raise InputError("no-text-layer")
    finally:
        document.close()


def _page(page: object, number: int) -> BoxedPage:
    width, height = page.get_size()  # type: ignore[attr-defined]
    text = page.get_textpage()  # type: ignore[attr-defined]
    found = list[tuple[Box | None, Read]]()
    said = text.get_text_range(0, -1) if text.count_chars() else ""
    # Characters beyond the first plane are two for pdfium and one here: then places would not hold.
    places = text.count_chars() == len(said)
    words = list[BoxedWord]()
    for at, char in enumerate([*said, "\n"]):
        if char in _ENDS:
            if line := _line(words):
                found.append((line.box, Read(line, None)))
            words = []
        elif places:
            left, bottom, right, top = text.get_charbox(at, loose=True)
            box = lines.box(left, height - top, right, height - bottom)
            if box is not None:
                words.append(BoxedWord(char, box))
    text.close()
    page.close()  # type: ignore[attr-defined]
    return lines.page(number, found, (width, height)).page


def _line(words: list[BoxedWord]) -> BoxedLine | None:
    """A line of characters; spaces stand behind the words before them."""
    kept = list[BoxedWord]()
    for word in words:
        if not word.text.isspace() and lines.flat(word.text):
            kept.append(word)
        elif kept:
            last = kept[-1]
            kept[-1] = BoxedWord(last.text, last.box, None, (), True)
    if not kept:
        return None
    last = kept[-1]
    kept[-1] = BoxedWord(last.text, last.box)
    box = lines.around(word.box for word in kept)
    return BoxedLine(lines.text_of(kept), box or last.box, words=tuple(kept))
