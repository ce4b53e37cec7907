"""Tesseract's TSV: a row for each page, block, paragraph, line and word, with its box and confidence.

Written back it has two columns more, with the words as read of the rows that have changed, and who changed
them; the others do not grow. pandas, pytesseract and csv read the other columns as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cleanup.formats.boxes import lines
from cleanup.formats.boxes.changes import Change, Key, in_place
from cleanup.formats.boxes.lines import Read, ReadPage, Splice
from cleanup.formats.encoding import InputError
from cleanup.model.box import Box, BoxedLine, BoxedWord
from cleanup.text.patterns import re_pattern

NAME = "tesseract-tsv"
EXTENSION = "tsv"
_COLUMNS = (
    "level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height",
    "conf", "text",
)  # fmt: skip
_AS_READ, _BY = "text_as_read", "repaired_by"
_HEAD = re_pattern("\ufeff?({})(\t{})?(\t{})?[ ]*\n".format("\t".join(_COLUMNS), _AS_READ, _BY))
_PAGE, _WORD = "1", "5"


class _Row(NamedTuple):
    cells: list[str]
    text: str
    as_read: str
    """What its words were before they were changed; empty: they were not."""
    start: int
    """Where its words begin in the file."""
    end: int
    """Where the row ends there."""


def sniff(text: str) -> float:
    return 6.0 if _HEAD.match(text) else 0.0


def read(text: str) -> Iterator[ReadPage]:
    for order, (_, rows) in enumerate(groupby(_rows(text), key=lambda row: row.cells[1])):
        size, found = (0.0, 0.0), list[tuple[Box | None, Read]]()
        for _, parts in groupby(rows, key=lambda row: tuple(row.cells[2:5])):
            said = list(parts)
            if said[0].cells[0] == _PAGE:
                size = lines.number(said[0].cells[8]), lines.number(said[0].cells[9])
            words = [(row, text) for row in said if row.cells[0] == _WORD and (text := lines.flat(row.text))]
            if words:
                boxed = lines.spaced([_word(row, text) for row, text in words], [True] * len(words))
                box = lines.around(word.box for word in boxed)
                line = BoxedLine(lines.text_of(boxed), box or Box(0, 0, 0, 0), (), None, boxed)
                found.append((box, Read(line, None, tuple(row for row, _ in words))))
        yield lines.page(order + 1, found, size)


def _rows(text: str) -> Iterator[_Row]:
    head = _HEAD.match(text)
    has_column = bool(head and head[2])
    before = len(_COLUMNS) - 1
    at = text.find("\n") + 1
    for raw in text[at:].split("\n"):
        *cells, said = raw.split("\t", before)
        if len(cells) == before and cells[2].isdigit():
            words, _, rest = said.partition("\t") if has_column else (said, "", "")
            old = rest.partition("\t")[0]
            end = at + len(raw)
            yield _Row(cells, words, old, end - len(said), end)
        at += len(raw) + 1
    if text[-1:] != "\n" and raw.count("\t") < before:
        raise InputError("cut-off", format=NAME)


def _word(row: _Row, text: str) -> BoxedWord:
    left, top, width, height = (lines.number(cell) for cell in row.cells[6:10])
    box = lines.box(left, top, left + width, top + height)
    # What the engine said was of another word, where that stands beside.
    sure = None if row.as_read else lines.share(row.cells[10], 100.0)
    return BoxedWord(text, box or Box(0, 0, 0, 0), sure)


def write(text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]) -> str:
    """The file with these lines changed, what was read beside; `tool`: name and version of who did it."""

    def splice(row: _Row, new: str) -> Iterator[Splice]:
        yield row.start, row.end, "\t".join((new, row.as_read or lines.flat(row.text), " ".join(tool)))

    changed, head = in_place(text, pages, changes, splice), _HEAD.match(text)
    if changed == text or head is None or head[3]:
        return changed
    at = head.end(2) if head[2] else head.end(1)
    return "\t".join((changed[:at], *((_BY,) if head[2] else (_AS_READ, _BY)))) + changed[at:]
