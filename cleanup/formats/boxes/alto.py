"""ALTO XML, versions 1 to 4: what libraries keep beside their scans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanup.formats.boxes import lines
from cleanup.formats.boxes.alto_write import AS_READ, OUT, write
from cleanup.formats.boxes.lines import Read, ReadPage
from cleanup.formats.boxes.markup import Element, namespace, tree
from cleanup.formats.encoding import InputError
from cleanup.model.box import Box, BoxedLine, BoxedWord
from cleanup.text.patterns import re_pattern

__all__ = ["EXTENSION", "NAME", "read", "sniff", "write"]
NAME = "alto"
EXTENSION = "xml"
_ROOT = re_pattern(r"<(?:[\w.-]+:)?alto[\s>]", re.I)
_NAMESPACE = re_pattern(r"loc\.gov/standards/alto|ccs-gmbh\.com/ALTO|bnf\.fr/.*alto", re.I)
_HEAD = 4000
_TESSERACT = re_pattern(r"<(?:[\w.-]+:)?softwareName>\s*tesseract", re.I)
_PASTED, _PROPER = re_pattern(r"\bWC=\"0\.(?:\d0|100)\""), re_pattern(r"\bWC=\"0\.0\d")
"""Confidences of tesseract before August 2026, which wrote 9 % as 0.9 and 100 % as 0.100: the number behind
`0.` (https://github.com/tesseract-ocr/tesseract/pull/4616); and one that it did not write so."""


def sniff(text: str) -> float:
    return 6.0 if _ROOT.search(text[:_HEAD]) else 0.0


def read(text: str) -> Iterator[ReadPage]:
    root = next((child for child in tree(text).children if child.name.lower() == "alto"), None)
    if root is None:
        raise InputError("xml")
    known = namespace(root)
    if known and not _NAMESPACE.search(known):
        raise InputError("namespace", namespace=known)
    roles = {tag.get("ID"): tag.get("LABEL") for tags in root.named("Tags") for tag in tags.children}
    found = [page for layout in root.named("Layout") for page in layout.named("Page")]
    pasted = bool(_TESSERACT.search(text) and _PASTED.search(text) and not _PROPER.search(text))
    for order, page in enumerate(found):
        yield _page(page, order + 1, roles, pasted)


def _box(element: Element) -> Box | None:
    left, top = lines.number(element.get("HPOS")), lines.number(element.get("VPOS"))
    found = lines.box(
        left, top, left + lines.number(element.get("WIDTH")), top + lines.number(element.get("HEIGHT"))
    )
    if found is None:
        for shape in element.named("Shape"):
            for polygon in shape.named("Polygon"):
                numbers = [
                    lines.number(value) for value in re.split(r"[\s,]+", polygon.get("POINTS").strip())
                ]
                found = lines.hull(numbers[::2], numbers[1::2])
    return found


def _page(page: Element, order: int, roles: dict[str, str], pasted: bool) -> ReadPage:
    found = list[tuple[Box | None, Read]]()
    pictures, rules = list[Box | None](), list[Box | None]()
    for element in page.within():
        if element.name in ("Illustration", "GraphicalElement"):
            (pictures if element.name == "Illustration" else rules).append(_box(element))
        if element.name == "TextBlock":
            for line in element.named("TextLine"):
                read = _line(line, _role(element, line, roles), pasted)
                if read is not None:
                    found.append((_box(line) or lines.around(word.box for word in read.line.words), read))
    size = lines.number(page.get("WIDTH")), lines.number(page.get("HEIGHT"))
    return lines.page(order, found, size, pictures, rules)


def _role(block: Element, line: Element, roles: dict[str, str]) -> str:
    """What the tags call a line or its block; else the margin that holds it."""
    for tag in f"{line.get('TAGREFS')} {block.get('TAGREFS')}".split():
        if roles.get(tag):
            return roles[tag]
    above = block.parent
    while above is not None and above.name != "Page":
        if above.name.endswith("Margin"):
            return above.name
        above = above.parent
    return ""


def _line(line: Element, role: str, pasted: bool) -> Read | None:
    words, handles, spaces = list[BoxedWord](), list[Element](), list[bool]()
    default = _box(line)
    for part in line.children:
        if part.name == "SP" and spaces:
            spaces[-1] = True
        elif part.name in ("String", "HYP") and (text := lines.flat(part.get("CONTENT"))):
            place = _box(part) or default or Box(0, 0, 0, 0)
            words.append(_word(part, text, place, pasted))
            handles.append(part)
            spaces.append(False)
    if not words or OUT in line.get("TAGREFS").split():
        return None
    boxed = lines.spaced(words, spaces)
    return Read(
        BoxedLine(lines.text_of(boxed), default or boxed[0].box, (), None, boxed, role),
        line,
        tuple(handles),
    )


def _word(part: Element, text: str, place: Box, pasted: bool) -> BoxedWord:
    if any(other.get("PURPOSE") == AS_READ for other in part.named("ALTERNATIVE")):
        return BoxedWord(text, place)  # what the engine said was of another word
    said = part.get("WC")
    sure = lines.share(said.removeprefix("0."), 100.0) if pasted else lines.share(said)
    return BoxedWord(text, place, sure, _others(part, text, sure))


def _others(string: Element, text: str, sure: float | None) -> tuple[tuple[str, float], ...]:
    """Alternatives; the format gives them no confidence, so they share what the word's own leaves."""
    said = [lines.flat(other.text) for other in string.named("ALTERNATIVE")]
    found = [other for other in dict.fromkeys(said) if other and other != text]
    left = 1.0 - (sure or 0.0)
    return tuple((other, left / len(found)) for other in found)
