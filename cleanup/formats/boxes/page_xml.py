"""PAGE XML, 2009 to 2024: what Transkribus, OCR-D, eScriptorium and Kraken write."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cleanup.formats.boxes import lines
from cleanup.formats.boxes.lines import Read, ReadPage
from cleanup.formats.boxes.markup import Element, namespace, tree
from cleanup.formats.boxes.page_write import AS_READ, OUT, equivalents, write
from cleanup.formats.encoding import InputError
from cleanup.model.box import Box, BoxedLine, BoxedWord
from cleanup.text.patterns import re_pattern

__all__ = ["EXTENSION", "NAME", "read", "sniff", "write"]
NAME = "page"
EXTENSION = "xml"
_ROOT = re_pattern(r"<(?:[\w.-]+:)?PcGts[\s>]")
_NAMESPACE = re_pattern(r"primaresearch\.org/PAGE/gts/pagecontent/20\d\d")
_PICTURES = frozenset(f"{kind}Region" for kind in ("Image", "Graphic", "LineDrawing", "Chart", "Map"))
_HEAD = 4000


def sniff(text: str) -> float:
    return 6.0 if _ROOT.search(text[:_HEAD]) else 0.0


def read(text: str) -> Iterator[ReadPage]:
    root = next((child for child in tree(text).children if child.name == "PcGts"), None)
    if root is None:
        raise InputError("xml")
    known = namespace(root)
    if known and not _NAMESPACE.search(known):
        raise InputError("namespace", namespace=known)
    for order, page in enumerate(root.named("Page")):
        yield _page(page, order + 1)


def _page(page: Element, order: int) -> ReadPage:
    found = list[tuple[Box | None, Read]]()
    pictures, rules = list[Box | None](), list[Box | None]()
    for element in page.within():
        if element.name in _PICTURES or element.name == "SeparatorRegion":
            (pictures if element.name in _PICTURES else rules).append(_box(element))
        if element.name == "TextRegion":
            for line in element.named("TextLine"):
                if (read := _line(line, element.get("type"))) is not None:
                    found.append((_box(line), read))
            if not element.named("TextLine"):
                found += ((_box(element), part) for part in _region(element))
    size = lines.number(page.get("imageWidth")), lines.number(page.get("imageHeight"))
    return lines.page(order, found, size, pictures, rules)


def _points(element: Element) -> list[tuple[float, float]]:
    """The corners of an element: `points="1,2 3,4"`, or before 2013 elements of their own."""
    for coords in element.named("Coords"):
        pairs = [pair.partition(",")[::2] for pair in coords.get("points").split()]
        pairs += [(point.get("x"), point.get("y")) for point in coords.named("Point")]
        points = [(lines.number(x), lines.number(y)) for x, y in pairs]
        return [(x, y) for x, y in points if not math.isnan(x + y)]
    return []


def _box(element: Element) -> Box | None:
    points = _points(element)
    return lines.hull([x for x, _ in points], [y for _, y in points])


def _line(line: Element, role: str) -> Read | None:
    if OUT in line.get("custom"):
        return None
    words, handles = list[BoxedWord](), list[Element]()
    for part in line.named("Word"):
        said = equivalents(part)
        if said and (text := lines.flat(said[0].text)):
            words.append(_word(part, text, _box(part) or _box(line) or Box(0, 0, 0, 0)))
            handles.append(part)
    boxed = lines.spaced(words, [True] * len(words))
    whole = equivalents(line)
    text = lines.flat(whole[0].text) if whole else ""
    if text and _solid(text) != _solid(lines.text_of(boxed)):
        boxed, handles = (), [line]  # the words are not those of the line
    text = lines.text_of(boxed) or text
    if not text:
        return None
    points = _points(line)
    sure = lines.share(whole[0].sure) if whole else None
    corners = tuple(points) if len(points) == 4 else ()
    made = BoxedLine(text, _box(line) or Box(0, 0, 0, 0), corners, sure, boxed, role)
    return Read(made, line, tuple(handles))


def _region(region: Element) -> Iterator[Read]:
    """The text of a region without lines, as one line where it has one."""
    said = equivalents(region)
    if said and "\n" not in said[0].text.strip() and (text := lines.flat(said[0].text)):
        line = BoxedLine(text, _box(region) or Box(0, 0, 0, 0), (), None, (), region.get("type"))
        yield Read(line, region, (region,))


def _word(word: Element, text: str, place: Box) -> BoxedWord:
    if any(said.is_read for said in equivalents(word)) or AS_READ in word.get("comments"):
        return BoxedWord(text, place)  # what the engine said was of another word
    first, *rest = equivalents(word)
    others = [(other, said.sure) for said in rest if (other := lines.flat(said.text)) and other != text]
    sure = lines.share(first.sure)
    left = (1.0 - (sure or 0.0)) / max(1, len(others))
    return BoxedWord(text, place, sure, tuple((o, lines.share(s) or left) for o, s in others))


def _solid(text: str) -> str:
    return "".join(text.split())
