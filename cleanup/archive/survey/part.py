"""Phase one over an archive: what each file says (a Part), and all of them together (a Profile).

Parts add up: their order, and how they are grouped, changes nothing. Memory and result are bounded whatever
the number of files: what does not fit is sorted on disk (tally.py beside this), the rarest goes at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleanup.archive.survey.tally import Strings, Windows, added
from cleanup.data import names
from cleanup.data.profile import Profile
from cleanup.model.document import Document
from cleanup.rules.context import misread
from cleanup.rules.contract import Names
from cleanup.score import stream
from cleanup.text import dates, furniture, heads, jumps, unknown_names
from cleanup.text.scripts import is_han
from cleanup.text.windows import Keys, letters, windows

MOST_WINDOWS = 1 << 25
"""Windows in a profile; beyond, those in the fewest files go (300 MB of file)."""
BOUNDS = {
    "heads": (2, 5_000),
    "furniture": (2, 5_000),
    "phrases": (2, 20_000),
    "names": (1, 100_000),
    "paragraphs": (2, 10_000),
    "characters": (1, 20_000),
    "misread": (1, 5_000),
    "jumps": (1, 2_000),
    "dates": (1, 50_000),
}
"""Table → the least count of a row, and the most rows: the commonest are kept."""
_PHRASE = range(4, 17)
"""Characters between two marks that make a phrase."""
_OPENING = 40
"""Letters by which a paragraph is known; shorter ones are not listed."""
_SURE = 0.3
"""From this probability on a misreading is counted, in thousandths."""
SAMPLE = 8
"""One file in so many, chosen by its text, is read for misreadings: that costs as much as its repair."""


@dataclass(frozen=True, eq=False)
class Part:
    """What one file, or several together, say; picklable, some 20 KB a page."""

    files: int
    pages: int
    keys: Keys
    """Windows that stand in these files, sorted."""
    counts: NDArray[np.uint8]
    """In how many files each."""
    tables: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    of: str | bytes = ""
    """Of which file as it was when; empty where nobody needs to know."""


def survey_file(document: Document) -> Part:
    """What a file says."""
    keys = np.unique(windows(letters(document.text).codes))
    tables = {
        "heads": Counter(heads.shapes(document)),
        "furniture": Counter(furniture.proven(document)),
        "phrases": Counter(_phrases(document)),
        "names": Counter(_names(document)),
        "paragraphs": Counter(_paragraphs(document)),
        "characters": Counter(char for char in document.text if is_han(char)),
        "misread": _misread(document),
        "jumps": Counter(f"{mark.direction} {mark.page}" for mark in jumps.find(document.text) if mark.whole),
        "dates": Counter(filter(None, [dates.of_document(document.text, document.name)])),
    }
    return Part(1, len(document.pages), keys, np.ones(len(keys), dtype=np.uint8), tables)


def combine(parts: Iterable[Part]) -> Part:
    """Several parts as one, in memory."""
    files = pages = 0
    keys, counts = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint8)
    tables: dict[str, Counter[str]] = {name: Counter() for name in BOUNDS}
    for part in parts:
        files, pages = files + part.files, pages + part.pages
        keys, counts = added([(keys, counts), (part.keys, part.counts)])
        for name, table in part.tables.items():
            tables[name].update(table)
    return Part(files, pages, keys, counts, tables)


def merge(parts: Iterable[Part]) -> Profile:
    """All parts as a profile; the same for any order and grouping."""
    files = pages = 0
    with Windows() as found, Strings() as strings:
        for part in parts:
            files, pages = files + part.files, pages + part.pages
            found.add(part.keys, part.counts)
            for name, table in part.tables.items():
                strings.add(name, table)
        keys, counts = found.shared(MOST_WINDOWS)
        return Profile(files, pages, keys, counts, strings.commonest(BOUNDS))


def _phrases(document: Document) -> set[str]:
    """What stands between marks, Han only."""
    found: set[str] = set()
    run: list[str] = []
    for char in f"{stream.of(document).text}\n":
        if is_han(char):
            run.append(char)
        else:
            if len(run) in _PHRASE:
                found.add("".join(run))
            run.clear()
    return found


def _names(document: Document) -> set[str]:
    """What looks like a person's name by its surname and what stands around it."""
    text = document.text
    return {text[start:end] for start, end in unknown_names.find(text, frozenset(names.surnames()))}


def _paragraphs(document: Document) -> set[str]:
    """Openings of paragraphs, by letters."""
    found = set()
    for words in stream.of(document).text.split("\n"):
        solid = "".join(char for char in words if char.isalnum())
        if len(solid) >= _OPENING:
            found.add(solid[:_OPENING])
    return found


def _misread(document: Document) -> Counter[str]:
    """`read→printed`, by how probable it is that it was misread there: the expectation of one step of EM."""
    found: Counter[str] = Counter()
    if crc32(document.text.encode("utf-8", "surrogatepass")) % SAMPLE == 0:
        for fix in misread.find(document, Names()):
            if fix.confidence >= _SURE:
                found[f"{fix.edits[0].before}→{fix.edits[0].after}"] += round(1000 * fix.confidence)
    return found
