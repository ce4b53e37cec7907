"""Pictures of pages made for tests: rows of dark bars, in which the places that matter have a colour each."""

from __future__ import annotations

import colorsys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from made_results import Maker
from numpy.typing import NDArray

from cleanup.model.box import Box, PageLayout, Piece, PlacedRow
from cleanup.model.journal import Boxes
from cleanup.model.result import Result
from cleanup.model.scan import Scan
from cleanup.witness import pictures
from cleanup.witness.pictures import Picture

WITH_SCAN = "pip install 'ocrfix[scan]' to test with real pictures"
needs_pictures = pytest.mark.skipif(find_spec("PIL") is None, reason=WITH_SCAN)
COLUMNS, CHARS, SIZE = 2, 20, 40
"""Of print on a page, of characters in a row, and pixels of a character."""


def colour(number: int) -> tuple[int, int, int]:
    """The colour of a record's place: far from that of its neighbours."""
    red, green, blue = colorsys.hsv_to_rgb(number * 0.381966 % 1, 1, 0.9)
    return round(255 * red), round(255 * green), round(255 * blue)


def near(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """Whether two colours are the same but for what JPEG does to them."""
    return max(abs(a - b) for a, b in zip(one, two, strict=True)) < 45


def blank(file: Path, size: tuple[int, int] = (1000, 700), mode: str = "L", **options: object) -> Path:
    """A picture of white paper, as a file."""
    from PIL import Image

    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, 0 if mode == "CMYK" else 255 if mode != "RGB" else (255, 255, 255)).save(
        file, **options
    )
    return file


def place(number: int) -> Box:
    """Where the place of a record stands: one in each row, column by column."""
    rows = 50
    left = 60 + (number // rows) % COLUMNS * (CHARS * SIZE + 80) + (number * 7) % CHARS * SIZE
    top = 50 + number % rows * (SIZE + 15)
    return Box(left, top, left + SIZE, top + SIZE)


def page(places: int, noise: int = 0, turned: bool = False) -> NDArray[np.uint8]:
    """Red, green, blue of a page; `noise`: how much of it, 0 to 255; `turned`: rows stand upright."""
    height, width = 50 * (SIZE + 15) + 100, COLUMNS * (CHARS * SIZE + 80) + 60
    pixels = np.full((height, width, 3), 235, np.int16)
    for number in range(places):
        box, row = place(number), _row(number)
        pixels[int(box.top) : int(box.bottom), int(row.left) : int(row.right)] = 110
        pixels[int(box.top) : int(box.bottom), int(box.left) : int(box.right)] = colour(number)
    if noise:
        pixels += np.random.default_rng(1).integers(-noise, noise, pixels.shape, np.int16)
    made = pixels.clip(0, 255).astype(np.uint8)
    return np.ascontiguousarray(made.transpose(1, 0, 2)) if turned else made


def saved(file: Path, pixels: NDArray[np.uint8]) -> Picture:
    """The picture as a file, and as it is read."""
    from PIL import Image

    Image.fromarray(pixels).save(file)
    return pictures.read(file)


def _turned(box: Box) -> Box:
    return Box(box.top, box.left, box.bottom, box.right)


def _row(number: int) -> Box:
    """The row that a record's place stands in."""
    box, left = place(number), 60 + number // 50 % COLUMNS * (CHARS * SIZE + 80)
    return Box(left, box.top, left + CHARS * SIZE, box.bottom)


def result(
    places: int, picture: Picture, turned: bool = False, by: float = 1.0, boxed: bool = True
) -> Result:
    """A result whose records, flags, suggestions and edits in turn, have their places on a picture; of an
    engine's file with places (`boxed`), or of text that was found on it."""
    text = "".join(f"{number % 10}一二三四五六七八九\n" for number in range(places))
    maker = Maker(text)
    for number in range(places):
        start = number * 11
        if number % 3 == 0:
            maker.flag("suspicions.here", start, start + 1)
        elif number % 3 == 1:
            maker.hold("context.misread", (start, start + 1, "壹"))
        else:
            maker.apply("context.misread", (start, start + 1, "贰"))
    found = maker.result("page.txt")
    records = []
    for number, record in enumerate(found.journal.records):
        box = place(number).scaled(by, by)
        records.append(replace(record, box=_turned(box) if turned else box, scan=0))
    scan = Scan(picture.path.name, 0, picture.sha256, picture.width, picture.height)
    rows = (_row(number).scaled(by, by) for number in range(places))
    layout = PageLayout(
        1,
        tuple(
            PlacedRow("", (Piece(at, 0, 10),), _turned(row) if turned else row) for at, row in enumerate(rows)
        ),
        vertical=turned,
    )
    journal = replace(
        found.journal,
        records=tuple(records),
        scans=(scan,),
        boxes=Boxes("hocr", (layout,)) if boxed else None,
    )
    return replace(found, journal=journal)


def hocr(lines: list[str], name: str, size: tuple[int, int], unit: int = 1) -> str:
    """An engine's file of a page with these lines, one row each, the characters side by side; `unit`: pixels
    of the picture for one of the file's."""
    rows = []
    for number, line in enumerate(lines):
        left, top = 60, 50 + number * (SIZE + 15)
        sides = (left, top, left + SIZE * len(line), top + SIZE)
        box = f"title='bbox {' '.join(str(side // unit) for side in sides)}'"
        rows.append(f"<span class='ocr_line' {box}><span class='ocrx_word' {box}>{line}</span></span>")
    title = f"title='image \"{name}\"; bbox 0 0 {size[0] // unit} {size[1] // unit}'"
    head = "<html><head><meta name='ocr-system' content='made'/></head><body>"
    return f"{head}<div class='ocr_page' {title}>{''.join(rows)}</div></body></html>"


def read_page(
    lines: list[str], marked: dict[int, tuple[int, int]], file: Path, unit: int = 1
) -> tuple[str, Picture]:
    """A page's hOCR and its picture; `marked`: line → characters in it that are coloured, each as `colour`
    says of the line."""
    width, height = 120 + SIZE * max(map(len, lines)), 100 + len(lines) * (SIZE + 15)
    pixels = np.full((height, width, 3), 235, np.uint8)
    for number, line in enumerate(lines):
        top = 50 + number * (SIZE + 15)
        pixels[top : top + SIZE, 60 : 60 + SIZE * len(line)] = 110
        if number in marked:
            start, end = marked[number]
            pixels[top : top + SIZE, 60 + SIZE * start : 60 + SIZE * end] = colour(number)
    return hocr(lines, file.name, (width, height), unit), saved(file, pixels)
