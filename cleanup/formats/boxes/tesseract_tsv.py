"""Tesseract's TSV: a row for each page, block, paragraph, line and word, with its box and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cleanup.formats.boxes import lines
from cleanup.formats.boxes.changes import Change, Key, in_place
from cleanup.formats.boxes.lines import Read, ReadPage
from cleanup.model.box import Box, BoxedLine, BoxedWord

NAME = "tesseract-tsv"
EXTENSION = "tsv"
_HEAD = re.compile(
    "\ufeff?level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\\s*\n"
)
_PAGE, _WORD = "1", "5"
_COLUMNS = 12


class _Row(NamedTuple):
    cells: list[str]
    end: int
    """Where its last cell ends in the file."""


def sniff(text: str) -> float:
    return 6.0 if _HEAD.match(text) else 0.0


def read(text: str) -> Iterator[ReadPage]:
    for order, (_, rows) in enumerate(groupby(_rows(text), key=lambda row: row.cells[1])):
        size, found = (0.0, 0.0), list[tuple[Box | None, Read]]()
        for _, parts in groupby(rows, key=lambda row: tuple(row.cells[2:5])):
            said = list(parts)
            if said[0].cells[0] == _PAGE:
                size = lines.number(said[0].cells[8]), lines.number(said[0].cells[9])
            words = [
                (row, text) for row in said if row.cells[0] == _WORD and (text := lines.flat(row.cells[11]))
            ]
            if words:
                boxed = lines.spaced([_word(row, text) for row, text in words], [True] * len(words))
                box = lines.around(word.box for word in boxed)
                line = BoxedLine(lines.text_of(boxed), box or Box(0, 0, 0, 0), (), None, boxed)
                found.append((box, Read(line, None, tuple(row for row, _ in words))))
        yield lines.page(order + 1, found, size)


def _rows(text: str) -> Iterator[_Row]:
    at = text.find("\n") + 1
    for raw in text[at:].split("\n"):
        cells = raw.split("\t", _COLUMNS - 1)
        if len(cells) == _COLUMNS and cells[2].isdigit():
            yield _Row(cells, at + len(raw))
        at += len(raw) + 1


def _word(row: _Row, text: str) -> BoxedWord:
    left, top, width, height = (lines.number(cell) for cell in row.cells[6:10])
    box = lines.box(left, top, left + width, top + height)
    return BoxedWord(text, box or Box(0, 0, 0, 0), lines.share(row.cells[10], 100.0))


def write(text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]) -> str:
    """The file with these lines changed; what was read, and who changed it, is in the journal alone."""

    def splice(row: _Row, new: str) -> tuple[int, int, str]:
        return row.end - len(row.cells[-1]), row.end, new

    return in_place(text, pages, changes, splice)
