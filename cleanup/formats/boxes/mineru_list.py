"""MinerU's content_list.json: paragraphs in the order in which MinerU reads them, with or without boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from cleanup.formats.boxes import lines
from cleanup.formats.boxes.changes import Change, Key
from cleanup.formats.boxes.json_text import Text, load, rewritten
from cleanup.formats.boxes.lines import Read, ReadPage
from cleanup.model.box import Box, BoxedLine
from cleanup.text.patterns import re_pattern

NAME = "mineru-list"
EXTENSION = "json"
PARAGRAPHS = True
"""Its lines are whole paragraphs, in order."""
_SIGN = re_pattern(
    r'\s*\[\s*\{[^{}]*"type"\s*:\s*"(?:text|title|image|table|equation|header|list|page_number)"'
)
_HEAD = 100_000
_CAPTIONS = (
    "image_caption",
    "img_caption",
    "table_caption",
    "image_footnote",
    "img_footnote",
    "table_footnote",
)


def sniff(text: str) -> float:
    return 7.0 if '"page_idx"' in text and _SIGN.match(text, 0, _HEAD) else 0.0


def read(text: str) -> Iterator[ReadPage]:
    items = [item for item in load(text) if isinstance(item, dict)]
    for order, (_, rows) in enumerate(groupby(items, key=lambda item: item.get("page_idx"))):
        found, foot = list[tuple[Box | None, Read]](), 0.0
        for item in rows:
            place = item.get("bbox")
            box = lines.box(*place) if isinstance(place, list) and len(place) == 4 else None
            for said in _texts(item):
                if text := lines.flat(said):
                    # Without a box it stands below what came before.
                    box = box or Box(0.0, foot, 1000.0, foot + 1.0)
                    foot = box.bottom
                    role = "title" if item.get("text_level") else str(item.get("type", ""))
                    found.append((box, Read(BoxedLine(text, box, (), None, (), role), None, (said,))))
        if found:
            yield lines.page(order + 1, found)


def _texts(item: dict[str, Any]) -> Iterator[Text]:
    """The words of an item: its text, the items of a list, the captions of a picture or a table."""
    said = item.get("text")
    if isinstance(said, Text):
        yield said
    for name in (*_CAPTIONS[:3], "list_items", *_CAPTIONS[3:]):
        many = item.get(name)
        if isinstance(many, list):
            yield from (each for each in many if isinstance(each, Text))


def write(text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]) -> str:
    """The file with these lines changed, what was read beside; `tool`: name and version of who did it."""
    return rewritten(text, pages, changes, tool)
