"""JSON of engines that box lines: RapidOCR, PaddleOCR 2 and 3, EasyOCR, Umi-OCR, Baidu, Azure …; our own.

Three shapes are known, wherever in the file they stand: rows `[box, text, score]` or `[box, [text, score]]`;
objects with a text and a box; lists of texts and of boxes side by side. A box is four corners,
`[left, top, right, bottom]`, or an object with `left, top, width, height`. Our own schema, for all else:

    {"pages": [{"width": 900, "height": 1400, "lines": [
        {"text": "…", "box": [left, top, right, bottom], "confidence": 0.98}]}]}
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleanup.formats.boxes import json_text, lines, printed
from cleanup.formats.boxes.changes import Change, Key
from cleanup.formats.boxes.json_text import Text
from cleanup.formats.boxes.lines import Read, ReadPage
from cleanup.formats.encoding import InputError
from cleanup.model.box import Box, BoxedLine
from cleanup.text.patterns import re_pattern

NAME = "engine-json"
EXTENSION = "json"
_TEXTS = ("text", "rec_text", "rec_txt", "words", "transcription", "content", "txt", "DetectedText")
_BOXES = (
    "box", "bbox", "rec_box", "dt_box", "dt_boxes", "points", "poly", "polygon", "dt_poly", "boundingBox",
    "bounding_box", "location", "position", "quad", "text_region", "ItemPolygon", "Polygon", "coordinates",
)  # fmt: skip
_SCORES = ("score", "confidence", "conf", "rec_score", "prob", "probability", "Confidence")
_PARALLEL = (
    ("rec_texts", ("rec_polys", "dt_polys", "rec_boxes"), "rec_scores"),
    ("txts", ("boxes", "dt_boxes"), "scores"),
    ("texts", ("boxes", "polys", "bboxes"), "scores"),
    ("rec_res", ("dt_boxes", "boxes"), "scores"),
    ("text", ("boxes", "bboxes", "polygons"), "scores"),
)
"""Names of lists side by side: of the texts, of the boxes (the better ones first), of the scores."""
_SIZES = ("dimensions", "size", "image_size", "page_size", "img_size")
_SIGN = re_pattern(r"\s*[\[{]")
_DEEPEST = 12


def sniff(text: str) -> float:
    """Whether the first row, object or list of texts has a box."""
    if not _SIGN.match(text) or text.rstrip()[-1] not in "]}":
        return 0.0
    try:
        return 6.0 if next(_pages(_load(text), ()), None) else 0.0
    except InputError:
        return 0.0


def read(text: str) -> Iterator[ReadPage]:
    for order, (holders, found) in enumerate(_pages(_load(text), ())):
        yield lines.page(order + 1, found, _size(holders))


def _load(text: str) -> Any:
    """What the file says, be it JSON or what Python prints."""
    try:
        return json_text.load(text)
    except InputError:
        if not printed.is_like(text):
            raise
    return printed.load(text)


_Found = list[tuple[Box | None, Read]]


def _pages(value: Any, holders: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], _Found]]:
    """The pages of a file, each with what it lies in, from the outside."""
    here = (*holders, value)
    if rows := _rows(value):
        yield here, rows
        return
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        if isinstance(part, dict | list) and len(here) < _DEEPEST:
            yield from _pages(part, here)


def _rows(value: Any) -> _Found:
    """The rows of a list or an object; none where it holds no rows itself."""
    if isinstance(value, dict):
        for name, boxes, scores in _PARALLEL:
            texts = value.get(name)
            places = next((value[other] for other in boxes if isinstance(value.get(other), list)), None)
            if isinstance(texts, list) and places is not None and len(texts) == len(places):
                sure = value.get(scores)
                sure = sure if isinstance(sure, list) and len(sure) == len(texts) else [None] * len(texts)
                return _made(zip(places, texts, sure, strict=True))
        rows = list(value.values())
        if not (rows and all(isinstance(row, dict) for row in rows)):
            return []
    elif isinstance(value, list):
        rows = value
    else:
        return []
    found = [row for each in rows if (row := _row(each)) is not None]
    # A list of one word, one score and one time is no page; a page's list is nearly all rows.
    return _made(found) if found and 2 * len(found) > len(rows) else []


def _row(value: Any) -> tuple[Any, Any, Any] | None:
    """(box, text, score) of a row; None where it is none."""
    if isinstance(value, list) and 2 <= len(value) <= 4:
        place, text, *rest = value
        if isinstance(text, list) and len(text) == 2:
            text, rest = text[0], text[1:]
        if isinstance(text, str) and isinstance(place, list) and (_points(place) or len(place) == 4):
            return place, text, rest[0] if rest else None
    elif isinstance(value, dict):
        text = next((value[name] for name in _TEXTS if isinstance(value.get(name), str)), None)
        place = next((value[name] for name in _BOXES if isinstance(value.get(name), list | dict)), None)
        score: Any = next((value[name] for name in _SCORES if name in value), None)
        if isinstance(score, dict):  # Baidu: {"average": 0.98, …}
            score = score.get("average")
        if text is not None and place is not None:
            return place, text, score
    return None


def _made(rows: Any) -> _Found:
    found: _Found = []
    for place, text, score in rows:
        if isinstance(text, list | tuple) and text and isinstance(text[0], str):
            text, score = text[0], text[1] if len(text) > 1 else score
        if not isinstance(text, Text) or not (words := lines.flat(text)):
            continue
        corners = _corners(place)
        upright = _upright(place, corners)
        sure = lines.share(score, 1.0 if lines.number(score) <= 1 else 100.0)
        line = BoxedLine(words, upright or Box(0, 0, 0, 0), corners if len(corners) == 4 else (), sure)
        found.append((upright, Read(line, None, (text,))))
    return found


def _corners(place: Any) -> tuple[tuple[float, float], ...]:
    """The corners that a place gives; () where it gives none, or one that is nowhere."""
    points = _points(place)
    return () if any(math.isnan(x + y) for x, y in points) else tuple(points)


def _points(place: Any) -> list[tuple[float, float]]:
    if not isinstance(place, list) or not place:
        return []
    if all(isinstance(point, list) and len(point) == 2 for point in place):
        return [(lines.number(x), lines.number(y)) for x, y in place]
    if all(isinstance(point, dict) for point in place):  # Azure, Tencent: {"x": 1, "y": 2}
        return [(lines.number(p.get("x", p.get("X"))), lines.number(p.get("y", p.get("Y")))) for p in place]
    if len(place) == 8:
        numbers = [lines.number(value) for value in place]
        return list(zip(numbers[::2], numbers[1::2], strict=True))
    return []


def _upright(place: Any, corners: Sequence[tuple[float, float]]) -> Box | None:
    if corners:
        return lines.hull([x for x, _ in corners], [y for _, y in corners])
    if isinstance(place, list) and len(place) == 4:
        return lines.box(*place)
    if isinstance(place, dict):
        low = {name.lower(): value for name, value in place.items()}
        left, top = (
            next((low[n] for n in names if n in low), None)
            for names in (("left", "x", "x1"), ("top", "y", "y1"))
        )
        if "width" in low or "w" in low:
            return lines.box(
                left, top,
                lines.number(left) + lines.number(low.get("width", low.get("w"))),
                lines.number(top) + lines.number(low.get("height", low.get("h"))),
            )  # fmt: skip
        return lines.box(left, top, low.get("right", low.get("x2")), low.get("bottom", low.get("y2")))
    return None


def _size(holders: tuple[Any, ...]) -> tuple[float, float]:
    """The size of the page, as the innermost object says that gives one; 0 where none does."""
    for holder in reversed(holders):
        if not isinstance(holder, dict):
            continue
        said = next((holder[name] for name in _SIZES if isinstance(holder.get(name), dict | list)), holder)
        if isinstance(said, list) and len(said) >= 2:
            return lines.number(said[0]), lines.number(said[1])
        if isinstance(said, dict):
            width, height = lines.number(said.get("width")), lines.number(said.get("height"))
            if width == width and height == height:
                return width, height
    return 0.0, 0.0


def write(text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]) -> str:
    """The file with these lines changed, what was read beside; `tool`: name and version of who did it."""
    written = json_text.written if json_text.is_valid(text) else printed.written
    return json_text.rewritten(text, pages, changes, tool, written)
