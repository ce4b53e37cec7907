"""Which pictures belong to a text: as asked for, by name or number; else those that the text itself names."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path, PurePath, PureWindowsPath
from typing import NamedTuple

from cleanup.text.patterns import re_pattern
from cleanup.witness import pictures
from cleanup.witness.pictures import ENDINGS, Unreadable

NAMED = {
    "hocr": re_pattern(r"""class=['"]ocr_page['"][^>]*?\bimage\s+(?:&quot;|"|')(.+?)(?:&quot;|"|')"""),
    "alto": re_pattern(r"<(?:\w+:)?fileName>\s*([^<]+?)\s*</(?:\w+:)?fileName>"),
    "page": re_pattern(r"""\bimageFilename\s*=\s*["']([^"']+)["']"""),
}
"""Where engines' files name the pictures that they are of: each of hOCR's pages, ALTO and PAGE the one."""
_NUMBER = re_pattern(r"\d+")


class At(NamedTuple):
    """A page of the file of a picture."""

    path: Path
    frame: int = 0


def asked(scan: Path, source: PurePath) -> list[At]:
    """The pictures of the source among those asked for (a file, or a folder of them); raises Unreadable where
    there is none."""
    if scan.is_dir():
        found = _in_folder(scan, source)
        if found is None:
            raise Unreadable(
                f"{scan} 中没有 {source.name} 的图像（按文件名或页号找，如 {source.stem}.jpg）。",
                f"{scan} has no picture of {source.name} (by name or number, like {source.stem}.jpg).",
            )
        scan = found
    count = pictures.frames(scan)
    number = _number(source.name)
    if count > 1 and number and _bare(source.name) != _bare(scan.name) and number <= count:
        return [At(scan, number - 1)]
    return [At(scan, frame) for frame in range(count)]


def named(text: str, form: str, source: PurePath) -> list[At]:
    """The pictures that the text of an engine's file names, where all of them lie beside it."""
    pattern = NAMED.get(form)
    found = list[At]()
    for name in pattern.findall(text) if pattern else ():
        place = _beside(html.unescape(name), Path(source).parent)
        if place is None:
            return []
        found.append(At(place))
    return found


def _beside(name: str, folder: Path) -> Path | None:
    """A file of this name in a folder or below it; never one elsewhere."""
    parts = PureWindowsPath(name).parts
    for said in (PurePath(*parts), PurePath(parts[-1])) if parts else ():
        place = folder / said
        if ".." not in said.parts and not said.is_absolute() and place.is_file():
            return place
    return None


def _in_folder(scan: Path, source: PurePath) -> Path | None:
    """The picture of a source: in the folder that mirrors its own, else in the one given."""
    above = source.parent.parts
    for folder in (scan.joinpath(*above[at:]) for at in range(len(above) + 1)):
        if folder.is_dir() and (found := _of(folder, source)):
            return found
    return None


def _of(folder: Path, source: PurePath) -> Path | None:
    there = sorted(
        (place for place in folder.iterdir() if place.suffix.lower() in ENDINGS and place.is_file()),
        key=lambda place: (ENDINGS.index(place.suffix.lower()), place.name),
    )
    for stem in _stems(source.name):
        if same := [place for place in there if place.stem.lower() == stem]:
            return same[0]
    number = _number(source.name)
    if number is None:
        return None
    same = [place for place in there if _number(place.name) == number]
    return same[0] if len({place.stem for place in same}) == 1 else None


def _stems(name: str) -> Iterator[str]:
    """`page.vlm.md` → page.vlm, page."""
    stem = name.lower()
    while "." in stem:
        stem = stem.rpartition(".")[0]
        if stem:
            yield stem


def _bare(name: str) -> str:
    return name.lower().partition(".")[0]


def _number(name: str) -> int | None:
    """The last number in a name: of its page."""
    found = _NUMBER.findall(name.partition(".")[0])
    return int(found[-1]) if found else None
