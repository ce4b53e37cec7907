"""ALTO with other words: as read beside the new (ALTERNATIVE); what went and what was joined has tags."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cleanup.formats.boxes.changes import Change, Key
from cleanup.formats.boxes.lines import Read, ReadPage
from cleanup.formats.boxes.markup import Element, Splices, escaped
from cleanup.text.patterns import re_pattern

AS_READ = "ocrfix: as read"
"""The purpose of an alternative that is what the engine read."""
OUT, _JOINED = "ocrfix-out", "ocrfix-joined"
"""Tags of lines."""
_TAGS = {OUT: "no text of the page: furniture or a repetition", _JOINED: "goes on in the next line"}
_NO_TAGS = re_pattern(r"ccs-gmbh\.com|alto-v?2[-.]0\.xsd|alto-1")


def write(text: str, pages: Sequence[ReadPage], changes: Mapping[Key, Change], tool: tuple[str, str]) -> str:
    """The file with these lines changed; `tool` is the name and version of who did it."""
    splices = Splices(text)
    root = next(read.at for page in pages for read in page.lines)
    while root.name != "alto":
        root = root.parent
    has_tags = not _NO_TAGS.search(text[root.start : root.inner])
    used = set[str]()
    for (page, line), change in changes.items():
        read = pages[page].lines[line]
        if change.is_out or change.goes_on:
            tag = OUT if change.is_out else _JOINED
            if has_tags:
                splices.add(read.at, "TAGREFS", tag)
                used.add(tag)
        if not change.is_out:
            _line(splices, read, change)
    _hyphens(splices, pages, changes)
    if used:
        _declare(splices, root, used)
    if splices:
        _step(splices, root, tool)
    return str(splices)


def _line(splices: Splices, read: Read, change: Change) -> None:
    for (old, new), element in zip(change.words(read.line), read.words, strict=True):
        if old == new or (element.name == "HYP" and not new):
            continue  # a hyphen that a join makes needless still stands on the page
        splices.attribute(element, "CONTENT", new)
        if element.name != "String":
            continue
        prefix = f"{element.prefix}:" if element.prefix else ""
        shape = element.named("Shape")
        if not any(other.get("PURPOSE") == AS_READ for other in element.named("ALTERNATIVE")):
            splices.child(
                element,
                f'<{prefix}ALTERNATIVE PURPOSE="{AS_READ}">{escaped(old)}</{prefix}ALTERNATIVE>',
                shape[0].end if shape else element.inner,
            )
        if len(old) != len(new):
            splices.without(element, "CC")
        glyphs = element.named("Glyph")
        if len(glyphs) == len(old) == len(new):
            for glyph, one, two in zip(glyphs, old, new, strict=True):
                if one != two:
                    splices.attribute(glyph, "CONTENT", two)
        if (whole := element.get("SUBS_CONTENT")) and old in whole:
            splices.attribute(element, "SUBS_CONTENT", whole.replace(old, new, 1))


def _hyphens(splices: Splices, pages: Sequence[ReadPage], changes: Mapping[Key, Change]) -> None:
    """Tell of a word that a join made whole again over a line's end what it is: HypPart1, HypPart2."""
    for (page, line), change in changes.items():
        lines = pages[page].lines
        read = lines[line]
        if (
            not change.goes_on
            or line + 1 == len(lines)
            or len(read.words) < 2
            or read.words[-1].name != "HYP"
        ):
            continue
        after = changes.get((page, line + 1)) or Change(list(lines[line + 1].line.text))
        first, second = read.words[-2], lines[line + 1].words[0]
        words = list(change.words(read.line))
        if words[-1][1] or first.get("SUBS_TYPE") or second.get("SUBS_TYPE") or second.name != "String":
            continue
        whole = words[-2][1] + next(after.words(lines[line + 1].line))[1]
        for element, part in ((first, "HypPart1"), (second, "HypPart2")):
            splices.attribute(element, "SUBS_TYPE", part)
            splices.attribute(element, "SUBS_CONTENT", whole)


def _declare(splices: Splices, root: Element, used: set[str]) -> None:
    """Declare the tags that are used."""
    prefix = f"{root.prefix}:" if root.prefix else ""
    tags = root.named("Tags")
    known = {tag.get("ID") for holder in tags for tag in holder.children}
    new = "".join(
        f'<{prefix}OtherTag ID="{name}" LABEL="{name}" DESCRIPTION="{about}"/>'
        for name, about in _TAGS.items()
        if name in used - known
    )
    if new and tags:
        splices.child(tags[0], new)
    elif new:
        at = next(child.start for child in root.children if child.name in ("ReadingOrder", "Layout"))
        before = root.source[root.source.rfind("\n", 0, at) : at]
        splices.put((at, at), f"<{prefix}Tags>{new}</{prefix}Tags>{before if before.isspace() else ''}")


def _step(splices: Splices, root: Element, tool: tuple[str, str]) -> None:
    """Name the tool among the steps that made the file."""
    p = f"{root.prefix}:" if root.prefix else ""
    software = (
        f"<{p}processingStepDescription>post-correction</{p}processingStepDescription>"
        f"<{p}processingSoftware><{p}softwareName>{tool[0]}</{p}softwareName>"
        f"<{p}softwareVersion>{tool[1]}</{p}softwareVersion></{p}processingSoftware>"
    )
    if software in root.source:
        return
    step = f"<{p}postProcessingStep>{software}</{p}postProcessingStep>"
    about = root.named("Description")
    engines = about[0].named("OCRProcessing") if about else []
    if engines:
        splices.child(engines[-1], step)
        return
    if about and about[0].named("Processing"):
        new = f'<{p}Processing ID="{_free(root, "ocrfix")}">{software}</{p}Processing>'
    else:
        new = (
            f'<{p}OCRProcessing ID="{_free(root, "ocrfix")}"><{p}ocrProcessingStep/>{step}</{p}OCRProcessing>'
        )
    if about:
        splices.child(about[0], new)
    else:
        unit = f"<{p}MeasurementUnit>pixel</{p}MeasurementUnit>"
        splices.put((root.inner, root.inner), f"\n<{p}Description>{unit}{new}</{p}Description>")


def _free(root: Element, name: str) -> str:
    """An id that the file does not have yet."""
    taken, number = set(re.findall(r'\bID\s*=\s*["\']([^"\']+)', root.source)), 1
    while name in taken:
        number += 1
        name = f"{name.partition('-')[0]}-{number}"
    return name
