"""hOCR: HTML whose pages, lines and words carry boxes and confidences (tesseract, ocropus, kraken …)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cleanup.formats.boxes import lines
from cleanup.formats.boxes.hocr_write import AS_READ, OUT, texts, write
from cleanup.formats.boxes.lines import Read, ReadPage
from cleanup.formats.boxes.markup import Element, left_open, plain, tree
from cleanup.formats.encoding import InputError
from cleanup.model.box import Box, BoxedLine, BoxedWord
from cleanup.text.patterns import re_pattern

__all__ = ["EXTENSION", "NAME", "read", "sniff", "write"]
NAME = "hocr"
EXTENSION = "hocr"
_SIGN = re_pattern(r"""<[^<>]*\bclass\s*=\s*["']?[^"'>]*\bocr(?:_page|x?_line|x_word)\b""")
_LINES = frozenset(("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"))
_WORDS = _LINES | {"ocrx_word"}
_RULE, _PICTURES = "ocr_separator", frozenset(("ocr_photo", "ocr_image", "ocr_linedrawing"))
_LAID_OUT = re_pattern(r"[ \t]*[\r\n]\s*")
"""Line ends between a word's elements, which the writer of the file put there for the eye."""
_SAID = re_pattern(r"([\w-]+)((?:[^;\"]|\"[^\"]*\")*)(?:;|\Z)")
_HEAD = 20_000
"""Characters within which the first page begins."""


def sniff(text: str) -> float:
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    return 6.0 if head.startswith("<") and _SIGN.search(head) else 0.0


def read(text: str) -> Iterator[ReadPage]:
    root = tree(text, is_html=True)
    if any(_must_end(element, text) for element in left_open(root)):
        raise InputError("cut-off", format=NAME)
    found, waiting = list[Element](), [root]
    while waiting:
        element = waiting.pop()
        if "ocr_page" in _classes(element):
            found.append(element)
        else:
            waiting.extend(reversed(element.children))
    for order, page in enumerate(found or [root]):
        yield _page(page, order + 1)


def _must_end(element: Element, text: str) -> bool:
    """Whether an element is not whole without its end; in plain HTML <html> may do without."""
    return any(name.startswith("ocr") for name in _classes(element)) or text.lstrip("\ufeff \n").startswith(
        "<?xml"
    )


def _classes(element: Element) -> list[str]:
    return element.get("class").split()


def titled(element: Element) -> dict[str, list[str]]:
    """What the title says: name → values, of `bbox 1 2 3 4; x_wconf 90`."""
    return {name: values.split() for name, values in _SAID.findall(element.get("title"))}


def _box(title: dict[str, list[str]]) -> Box | None:
    values = title.get("bbox", [])
    return lines.box(*values[:4]) if len(values) >= 4 else None


def _page(page: Element, order: int) -> ReadPage:
    found = list[tuple[Box | None, Read]]()
    pictures, rules = list[Box | None](), list[Box | None]()
    for element, kinds in _parts(page):
        title = titled(element)
        if not kinds & _WORDS:
            (rules if _RULE in kinds else pictures).append(_box(title))
            continue
        if (line := _line(element, kinds, title)) is not None:
            found.append((_box(title) or lines.around(word.box for word in line.line.words), line))
    whole = _box(titled(page))
    size = (whole.right, whole.bottom) if whole else (0.0, 0.0)
    return lines.page(order, found, size, pictures, rules)


def _parts(page: Element) -> Iterator[tuple[Element, set[str]]]:
    """The lines of a page (and words outside of any) in their order, and its pictures and rules, of which no
    words are read."""
    waiting = page.children[::-1]
    while waiting:
        found = waiting.pop()
        kinds = set(_classes(found))
        bare = bool(kinds & _PICTURES) and not any(_classes(e)[:1] == ["ocrx_word"] for e in found.within())
        if _RULE in kinds or bare or kinds & _WORDS:
            yield found, kinds
        else:
            waiting.extend(reversed(found.children))


def _line(element: Element, kinds: set[str], title: dict[str, list[str]]) -> Read | None:
    inside = [found for found in element.within() if "ocrx_word" in _classes(found)]
    place, turn = _box(title), _turn(title)
    words = [(word, found) for found in inside or [element] if (word := _word(found, place))]
    if not words or OUT in title:
        return None
    boxed = lines.spaced([word for word, _ in words], [True] * len(words))
    line = BoxedLine(
        lines.text_of(boxed),
        place or boxed[0].box,
        _corners(place, turn) if place and turn else (),
        None,
        boxed if inside or "ocrx_word" in kinds else (),
        next((kind for kind in ("ocr_header", "ocr_footer", "ocr_caption") if kind in kinds), ""),
    )
    return Read(line, element, tuple(found for _, found in words))


def _word(element: Element, default: Box | None) -> BoxedWord | None:
    """A word with what the engine says of it; None where it has no letters."""
    title = titled(element)
    source = element.source
    said = plain("".join(source[place.start : place.end] for place, _ in texts(element)))
    text = lines.flat(_LAID_OUT.sub("", said))
    if not text:
        return None
    if AS_READ in title:  # what the engine said was of another word
        return BoxedWord(text, _box(title) or default or Box(0, 0, 0, 0))
    sure = lines.share((title.get("x_wconf") or [""])[0], 100.0)
    return BoxedWord(text, _box(title) or default or Box(0, 0, 0, 0), sure, _others(element, text))


def _others(word: Element, text: str) -> tuple[tuple[str, float], ...]:
    """What tesseract took a word of one character for, besides: `lstm_choice_mode 2`."""
    if len(text) != 1:
        return ()
    found: dict[str, float] = {}
    for choice in word.within():
        if choice.get("id").startswith("choice_"):
            sure = lines.share((titled(choice).get("x_confs") or [""])[0], 100.0)
            if sure and (said := lines.flat(choice.text)) and said != text:
                found[said] = max(sure, found.get(said, 0.0))
    return tuple(found.items())


def _turn(title: dict[str, list[str]]) -> float:
    turn = lines.number((title.get("textangle") or [""])[0])
    return 0.0 if math.isnan(turn) else turn % 360


def _corners(place: Box, turn: float) -> tuple[tuple[float, float], ...]:
    """The corners of a line that is turned by quarters (counter-clockwise), from where its text begins."""
    upright = (
        (place.left, place.top), (place.right, place.top),
        (place.right, place.bottom), (place.left, place.bottom),
    )  # fmt: skip
    quarters = -round(turn / 90) % 4
    return upright[quarters:] + upright[:quarters]
