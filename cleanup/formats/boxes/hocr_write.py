"""hOCR with other words: as read, gone and joined stand in the titles, where all else is that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cleanup.formats.boxes.changes import Change, Key
from cleanup.formats.boxes.lines import ReadPage
from cleanup.formats.boxes.markup import Element, Place, Splices, escaped, plain
from cleanup.text.patterns import re_pattern

AS_READ, OUT, _JOINED = "x_ocrfix_read", "x_ocrfix_out", "x_ocrfix_joined"
CHOICES = "lstm_choices"
"""How ids of elements begin that hold what else a character may be."""
_META = re_pattern(r"<meta\b[^<>]*\bname\s*=\s*[\"']ocr-system[\"'][^<>]*>[ \t]*(?:</meta>)?", re.I)


def texts(word: Element) -> list[tuple[Place, Element]]:
    """Where the text of a word stands, with the element of each place; not what else it may have been."""
    if not word.children:
        return [(place, word) for place in word.texts()]
    found, waiting = list[tuple[Place, Element]](), [word]
    while waiting:
        element = waiting.pop()
        if not element.get("id").startswith(CHOICES):
            found += [(place, element) for place in element.texts()]
            waiting.extend(element.children)
    return sorted(found, key=lambda pair: pair[0])


def write(text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]) -> str:
    """The file with these lines changed; `tool` is the name and version of who did it."""
    splices = Splices(text)
    for (page, line), change in changes.items():
        read = pages[page].lines[line]
        if change.is_out or change.goes_on:
            splices.add(read.at, "title", f"{OUT if change.is_out else _JOINED} 1", "; ")
        if not change.is_out:
            for (old, new), element in zip(change.words(read.line), read.words, strict=True):
                if old != new:
                    _word(splices, element, old, new)
                    if AS_READ not in element.get("title"):
                        splices.add(element, "title", f'{AS_READ} "{old}"', "; ")
    meta = f'<meta name="ocr-post-processing" content="{tool[0]} {tool[1]}"'
    if splices and meta not in text and (found := _META.search(text)):
        indent = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        end = "/>" if found[0].rstrip().endswith("/>") else ">"
        splices.put((found.end(), found.end()), f"\n{indent if indent.isspace() else ''}{meta}{end}")
    return str(splices)


def _word(splices: Splices, element: Element, old: str, new: str) -> None:
    """Write a word where the old one stands, character by character where it stands in several elements."""
    source, is_even = element.source, len(new) == len(old)
    filled = [place for place, _ in texts(element) if plain(source[place.start : place.end]).strip()]
    for at, place in enumerate(filled):
        said = source[place.start : place.end]
        size = len(plain(said).strip()) if is_even and at + 1 < len(filled) else len(new)
        part, new = new[:size], new[size:]
        lead, trail = len(said) - len(said.lstrip()), len(said) - len(said.rstrip())
        splices.put((place.start + lead, place.end - trail), escaped(part))
