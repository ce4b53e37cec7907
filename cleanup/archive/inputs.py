"""What is to be repaired: folders, globs, files and lists of files, as a stream.

In a folder one file stands for a page: page.hocr (.json, .xml, .tsv) with its boxes rather than page.txt,
which has lost them; page.md rather than either, since it is another reading, with headings and tables. The
other is passed over, and that is said. Whoever names files, or says which names, gets all that he named.
"""

from __future__ import annotations

import codecs
import glob
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

from cleanup.archive import outputs
from cleanup.archive.store import Trouble
from cleanup.formats import engine_files, packing
from cleanup.formats.packing import ENDINGS
from cleanup.model import file_names

_MARKED = ("*.md", "*.markdown")
INCLUDE = ("*.txt", *_MARKED, "*.text")
"""Names that are read in folders."""
ENGINES = tuple(f"*.{name}{ending}" for name in ("hocr", "xml", "json", "tsv") for ending in ("", *ENDINGS))
"""Names that are read in folders as well, unless told otherwise, where an engine's file with places has
them."""
_OURS = ("clean", "names", "report", "structure")


@dataclass(frozen=True, slots=True)
class Input:
    """One file of the archive."""

    path: str
    """Its place in the archive and so of its results; relative, with slashes, made readable."""
    source: str
    """Where it is read; absolute."""
    error: str = ""
    """Why it cannot be listed (a folder that may not be opened); empty: it can."""


_TOLD = 3
"""So many inputs that are not there are named."""
NAMED = 1000
"""So many files that were passed over are kept by name."""


@dataclass
class PassedOver:
    """Files in folders that are not read, unless names were asked for."""

    count: int = 0
    """Those of a page for which another file was taken."""
    first: list[tuple[str, str]] = field(default_factory=list)
    """(file, the one taken): their places in the archive, of the first NAMED."""
    strange: int = 0
    """Those whose names are no text's, and JSON, XML and TSV that no engine wrote; not the pictures of pages
    that are read."""
    example: str = ""
    """The first of them: its place in the archive."""

    def add(self, path: str, taken: str) -> None:
        self.count += 1
        if len(self.first) < NAMED:
            self.first.append((path, taken))

    def add_strange(self, path: str) -> None:
        self.strange += 1
        self.example = self.example or path


def find(
    given: Sequence[str],
    lists: Iterable[str],
    out: Path,
    include: Sequence[str],
    passed: PassedOver | None = None,
) -> Iterator[Input]:
    """Every input, without holding more than one folder's names.

    A single folder is mirrored from its inside. Of several inputs, and of lists, each keeps the path it is
    named by: below the current folder, or from the root. Nothing inside `out` is an input, nor are the
    results that lie beside their journal. Links to files are read, links to folders are not entered.
    `passed` hears of the files that are not read.
    """
    ours = os.path.realpath(out)
    passed = passed or PassedOver()
    if len(given) == 1 and os.path.isdir(given[0]):
        yield from _walk(os.path.abspath(given[0]), "", ours, include, passed)
        given = ()
    for name in given:
        if os.path.isdir(name):
            yield from _walk(os.path.abspath(name), _as_named(name), ours, include, passed)
        elif not os.path.lexists(name) and glob.has_magic(name):
            for found in glob.iglob(name, recursive=True):
                if os.path.isfile(found) and not _is_result(found):
                    yield from _file(found, ours)
        else:
            yield from _file(name, ours)
    for name in lists:
        yield from _file(name, ours)


def check(given: Sequence[str]) -> None:
    """Raise Trouble where nothing of what was named is there: a path was mistyped. One of several that is
    missing stops no other; its page says why it failed."""
    if given and not any(os.path.lexists(name) or glob.has_magic(name) for name in given):
        names = [file_names.shown(name) for name in given[:_TOLD]]
        more = " …" if len(given) > _TOLD else ""
        raise Trouble(
            "input",
            f"找不到 {'、'.join(names)}{more}；请检查路径。",
            f"{', '.join(names)}{more}: not there; check the path.",
        )


def _file(name: str, ours: str) -> Iterator[Input]:
    if not _inside(os.path.realpath(name), ours):
        yield Input(_as_named(name), os.path.abspath(name))


def _walk(folder: str, path: str, ours: str, include: Sequence[str], passed: PassedOver) -> Iterator[Input]:
    if _inside(os.path.realpath(folder), ours):
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Input(f"{path}/" if path else "./", folder, error.strerror or str(error))
        return
    names = {entry.name for entry in found}
    called = _called(names)
    pages: dict[str, list[os.DirEntry[str]]] = {}
    for entry in found:
        if not include and _is_read(entry, names, ours, (*INCLUDE, *ENGINES)):
            pages.setdefault(outputs.stem_of(entry.name), []).append(entry)
    stems = set(pages)
    taken = dict[str, str]()
    """File → the one that is taken for it; itself, where it is taken."""
    for entry in found:
        place = f"{path}/{called[entry.name]}" if path else called[entry.name]
        if entry.name.startswith("."):
            continue
        if not _is_open(entry):
            if _like(entry.name, include or INCLUDE):
                yield Input(place, entry.path, "no regular file")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, place, ours, include, passed)
        elif include:
            if _is_read(entry, names, ours, include):
                yield Input(place, entry.path)
        else:
            taken |= _chosen(pages.pop(outputs.stem_of(entry.name), []))
            other = taken.pop(entry.name, "")
            if other == entry.name:
                yield Input(place, entry.path)
            elif other:
                passed.add(place, f"{path}/{called[other]}" if path else called[other])
            elif _is_strange(entry, names, ours, stems):
                passed.add_strange(place)


def _is_read(entry: os.DirEntry[str], names: set[str], ours: str, patterns: Sequence[str]) -> bool:
    """Whether an entry is a file of these names, and none of ours."""
    return (
        _like(entry.name, patterns)
        and not entry.name.startswith(".")
        and not _is_result(entry.name, names)
        and _is_open(entry)
        and not entry.is_dir(follow_symlinks=False)
        and not (entry.is_symlink() and (entry.is_dir() or _inside(os.path.realpath(entry.path), ours)))
    )


def _is_strange(entry: os.DirEntry[str], names: set[str], ours: str, stems: set[str]) -> bool:
    """Whether a file that is not read may have been meant for a page; pictures of pages and settings lie
    beside what is read."""
    if not _is_read(entry, names, ours, ("*",)) or entry.name == file_names.SETTINGS:
        return False
    return _like(entry.name, ENGINES) or outputs.stem_of(entry.name) not in stems


def _chosen(page: Sequence[os.DirEntry[str]]) -> dict[str, str]:
    """Which of the files of a page is taken for each; not in it: files that are no page's."""
    texts = [entry.name for entry in page if _like(entry.name, INCLUDE)]
    engines = [entry.name for entry in page if entry.name not in texts and _is_engine(entry.path)]
    if not engines:
        return {name: name for name in texts}
    if marked := [name for name in texts if _like(name, _MARKED)]:
        return {name: name for name in texts} | dict.fromkeys(engines, marked[0])
    return dict.fromkeys((*texts, *engines), engines[0])


def _called(names: Iterable[str]) -> dict[str, str]:
    """What each of a folder's names is called in the results: two that look the same are kept apart."""
    found = {name: file_names.called(name) for name in sorted(names)}
    taken = {name for name, called in found.items() if name == called}
    for name, called in found.items():
        if name != called:
            found[name] = called = file_names.apart(name) if called in taken else called
            taken.add(called)
    return found


def _is_open(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a file or a folder, or not there; no pipe, no device, no link in a circle."""
    try:
        return entry.is_file() or entry.is_dir() or not os.path.exists(entry.path)
    except OSError:
        return False


def _like(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)


def _is_engine(path: str) -> bool:
    """Whether a file begins as an engine's with places does; one that cannot be read is none."""
    try:
        with open(path, "rb") as stream:
            return engine_files.begins(stream.read(engine_files.BEGINNING))
    except OSError:
        return False


def _is_result(name: str, siblings: set[str] | None = None) -> bool:
    """Whether a file is what a run wrote: page.clean.txt beside page.journal.json."""
    parts = packing.bare(os.path.basename(name)).split(".")
    if parts[-2:] == ["journal", "json"]:
        return True
    if len(parts) >= 2 and parts[-2] in _OURS:
        stem = ".".join(parts[:-2])
    elif len(parts) > 1 and parts[-1] == "clean":
        stem = ".".join(parts[:-1])
    else:
        return False
    journal = f"{stem}.journal.json"
    if siblings is not None:
        return journal in siblings
    return os.path.exists(os.path.join(os.path.dirname(name), journal))


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _as_named(name: str) -> str:
    """A path without its root and what leads out of the current folder."""
    absolute, here = os.path.abspath(name), os.getcwd()
    kept = os.path.relpath(absolute, here) if _inside(absolute, here) else os.path.splitdrive(absolute)[1]
    return file_names.called(kept.replace(os.sep, "/").lstrip("/"))


def read_lists(places: Iterable[str]) -> Iterator[str]:
    """The names in lists, one after the other; "-" is standard input. Raises Trouble."""
    for place in places:
        try:
            with sys.stdin.buffer if place == "-" else Path(place).open("rb") as stream:
                yield from read_list(iter(lambda: stream.read(1 << 16), b""))
        except OSError as error:
            raise Trouble(
                "input",
                f"列表 {place} 无法读取：{error.strerror}。",
                f"the list {place} cannot be read: {error.strerror}.",
            ) from None


def read_list(data: Iterable[bytes]) -> Iterator[str]:
    """The names in a list: one a line, or parted by NUL (find -print0); empty lines do not count.

    A byte-order mark is no part of the first name; after that of UTF-16 the list is read as such.
    """
    rest = b""
    for chunk in _unmarked(iter(data)):
        lines = (rest + chunk).replace(b"\0", b"\n").split(b"\n")
        rest = lines.pop()
        yield from (os.fsdecode(line.rstrip(b"\r")) for line in lines if line.strip())
    if rest.strip():
        yield os.fsdecode(rest.rstrip(b"\r"))


def _unmarked(coming: Iterator[bytes]) -> Iterator[bytes]:
    """A list without its byte-order mark, in UTF-8 where that says UTF-16 (as PowerShell writes)."""
    first = b""
    while len(first) < len(codecs.BOM_UTF8) and (chunk := next(coming, b"")):
        first += chunk
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        whole = codecs.iterdecode(chain([first], coming), "utf-16", "replace")
        yield from (text.encode() for text in whole)
    else:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from coming
