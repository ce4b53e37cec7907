"""MinerU's middle.json: blocks of lines of spans, by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleanup.formats.boxes import lines
from cleanup.formats.boxes.changes import Change, Key
from cleanup.formats.boxes.json_text import AS_READ, Text, load, rewritten
from cleanup.formats.boxes.lines import Read, ReadPage
from cleanup.formats.encoding import InputError
from cleanup.model.box import Box, BoxedLine, BoxedWord

NAME = "mineru-middle"
EXTENSION = "json"
_PICTURES = ("image_body", "chart_body")
_SIGN = '"pdf_info"'


def sniff(text: str) -> float:
    if _SIGN not in text or not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return 0.0
    try:
        found = load(text)
    except InputError:
        return 0.0
    return 7.0 if isinstance(found, dict) and isinstance(found.get("pdf_info"), list) else 0.0


def read(text: str) -> Iterator[ReadPage]:
    for order, page in enumerate(load(text)["pdf_info"]):
        if isinstance(page, dict):
            yield _page(page, order + 1)


def _page(page: dict[str, Any], order: int) -> ReadPage:
    found = list[tuple[Box | None, Read]]()
    pictures = list[Box | None]()
    blocks = page.get("para_blocks") or page.get("preproc_blocks") or []
    for block in [*_listed(blocks), *_listed(page.get("discarded_blocks"))]:
        for inner in _flat(block):
            if inner.get("type") in _PICTURES:
                pictures.append(_box(inner))
            for line in _listed(inner.get("lines")):
                if (read := _line(line, str(inner.get("type", "")))) is not None:
                    found.append((_box(line) or lines.around(w.box for w in read.line.words), read))
    size = page.get("page_size")
    wide, high = size[:2] if isinstance(size, list) and len(size) >= 2 else (0.0, 0.0)
    return lines.page(order, found, (lines.number(wide), lines.number(high)), pictures)


def _listed(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _flat(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A block, and those inside a picture's or a table's."""
    yield block
    yield from _listed(block.get("blocks"))


def _box(value: dict[str, Any]) -> Box | None:
    place = value.get("bbox")
    return lines.box(*place) if isinstance(place, list) and len(place) == 4 else None


def _line(line: dict[str, Any], role: str) -> Read | None:
    words, handles = list[BoxedWord](), list[Text]()
    for span in _listed(line.get("spans")):
        said = span.get("content")
        if isinstance(said, Text) and (text := lines.flat(said)):
            place = _box(span) or _box(line) or Box(0, 0, 0, 0)
            # What the engine said was of another word, where that stands beside.
            sure = None if f"content{AS_READ}" in span else lines.share(span.get("score"))
            words.append(BoxedWord(text, place, sure))
            handles.append(said)
    if not words:
        return None
    boxed = lines.spaced(words, [True] * len(words))
    made = BoxedLine(lines.text_of(boxed), _box(line) or boxed[0].box, (), None, boxed, role)
    return Read(made, None, tuple(handles))


def write(text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]) -> str:
    """The file with these lines changed, what was read beside; `tool`: name and version of who did it."""
    return rewritten(text, pages, changes, tool)
