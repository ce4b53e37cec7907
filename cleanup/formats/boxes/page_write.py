"""PAGE XML with other words: as read is the second TextEquiv; what went and was joined stands in `custom`.

Before 2017 the format has room for one TextEquiv only: what was read stands in `comments` then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleanup.formats.boxes.changes import Change, Key
from cleanup.formats.boxes.lines import ReadPage, flat
from cleanup.formats.boxes.markup import Element, Splices, escaped, namespace

AS_READ = "ocrfix: as read "
"""How the comment of a word begins that holds what the engine read."""
OUT, _JOINED = "ocrfix {out:true;}", "ocrfix {joined:true;}"
"""In the `custom` of a line: it is no text of the page; it goes on in the next."""
_MANY, _ITEMS = "2017", "2018"
"""From these versions on there may be several TextEquivs, and items of metadata."""


class Equivalent(NamedTuple):
    """A TextEquiv of a word, a line or a region."""

    element: Element
    text: str
    sure: str
    is_read: bool
    """It is what the engine read, and something else is in its place."""


def equivalents(element: Element) -> list[Equivalent]:
    """The TextEquivs of an element, the one that counts first."""
    found = []
    for order, said in enumerate(element.named("TextEquiv")):
        text = "".join(part.text for part in said.named("Unicode"))
        index = said.get("index")
        key = (int(index) if index.isdigit() else 0, order)
        found.append((key, Equivalent(said, text, said.get("conf"), said.get("comments") == AS_READ.strip())))
    return [said for _, said in sorted(found, key=lambda pair: pair[0])]


def write(text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]) -> str:
    """The file with these lines changed; `tool` is the name and version of who did it."""
    splices = Splices(text)
    root = next(read.at for page in pages for read in page.lines)
    while root.name != "PcGts":
        root = root.parent
    regions: dict[int, Element] = {}
    version = (re.findall(r"20\d\d", namespace(root)) or ["2019"])[0]
    for (page, line), change in changes.items():
        read = pages[page].lines[line]
        element: Element = read.at
        if change.is_out or change.goes_on:
            splices.add(element, "custom", OUT if change.is_out else _JOINED)
        if change.is_out:
            continue
        said = list(change.words(read.line))
        for (old, new), word in zip(said, read.words, strict=True):
            if old != new:
                _put(splices, word, old, new, version)
                _glyphs(splices, word, old, new)
        whole = equivalents(element)
        if element not in read.words and whole and change.text != read.line.text:
            _put(splices, element, whole[0].text.strip(), change.text, version)
            region = element.parent
            if region is not None and region.name == "TextRegion":
                regions.setdefault(region.start, region)
    by_place = {pages[page].lines[line].at.start: change for (page, line), change in changes.items()}
    for region in regions.values():
        _region(splices, region, by_place, version)
    if splices:
        _metadata(splices, root, tool, version)
    return str(splices)


def _put(splices: Splices, element: Element, old: str, new: str, version: str) -> None:
    """Give an element a text, and keep what was read beside it."""
    first = equivalents(element)[0].element
    if version < _MANY:
        for unicode in first.named("Unicode"):
            splices.put((unicode.inner, unicode.close), escaped(new))
        if AS_READ not in element.get("comments"):
            splices.add(element, "comments", f"{AS_READ}{old}", "; ")
        return
    if any(said.is_read for said in equivalents(element)):
        for unicode in first.named("Unicode"):
            splices.put((unicode.inner, unicode.close), escaped(new))
        return
    p = f"{first.prefix}:" if first.prefix else ""
    fresh = f'<{p}TextEquiv index="0"><{p}Unicode>{escaped(new)}</{p}Unicode></{p}TextEquiv>'
    splices.put((first.start, first.start), fresh)
    splices.attribute(first, "comments", AS_READ.strip())
    for order, said in enumerate(equivalents(element)):
        splices.attribute(said.element, "index", str(order + 1))


def _region(splices: Splices, region: Element, changes: Mapping[int, Change], version: str) -> None:
    """The text of a region, where it is that of its lines."""
    whole, lines = equivalents(region), region.named("TextLine")
    if not whole or [_flat(line) for line in lines] != [flat(row) for row in whole[0].text.split("\n")]:
        return
    rows = [
        changes[line.start].text if line.start in changes and not changes[line.start].is_out else _flat(line)
        for line in lines
    ]
    _put(splices, region, whole[0].text, "\n".join(rows), version)


def _flat(line: Element) -> str:
    said = equivalents(line)
    return flat(said[0].text) if said else ""


def _glyphs(splices: Splices, word: Element, old: str, new: str) -> None:
    """The characters of a word, where each has an element of its own and none is lost or too many."""
    glyphs = word.named("Glyph")
    if len(glyphs) == len(old) == len(new):
        for glyph, one, two in zip(glyphs, old, new, strict=True):
            said = equivalents(glyph)
            if one != two and said:
                for unicode in said[0].element.named("Unicode"):
                    splices.put((unicode.inner, unicode.close), escaped(two))


def _metadata(splices: Splices, root: Element, tool: tuple[str, str], version: str) -> None:
    """Name the tool among the steps that made the file."""
    said = f"{tool[0]} {tool[1]}"
    for metadata in root.named("Metadata"):
        p = f"{metadata.prefix}:" if metadata.prefix else ""
        if version >= _ITEMS:
            item = f'<{p}MetadataItem type="processingStep" name="post-correction" value="{said}"/>'
            if item not in root.source:
                splices.child(metadata, item)
            return
        comments = metadata.named("Comments")
        if not comments:
            splices.child(metadata, f"<{p}Comments>{said}</{p}Comments>")
        elif said not in comments[0].text:
            splices.child(comments[0], f"; {said}")
