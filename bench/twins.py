"""`python -m bench.twins SET [--copies N]`: what the archive profile earns.

SET holds NAME.gt.txt with NAME.ocr.txt. Its pages are repaired file by file, and as an archive. With
--copies, so are archives in which every page was printed N times: the truth, damaged N times anew, a letter
as often and as the channel model says that it is misread. (Misreadings of one scan by two engines are less
independent; those of two printings are like these.) Prints a JSON line for each: files, errors of letters as
given, repaired file by file and as an archive, by 1,000 letters of the truth; letters spoilt by 100,000 that
were right.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from rapidfuzz.distance import Levenshtein

from cleanup.archive.survey.part import merge, survey_file
from cleanup.data import characters
from cleanup.data.profile import Profile
from cleanup.engine.repair import from_text, read, repair_document
from cleanup.measure import pairing
from cleanup.model.document import Document
from cleanup.text.scripts import is_han
from cleanup.text.windows import letters

RATE = 0.02
"""Share of the Han letters that are damaged."""
WIDTHS = (14, 18, 22, 26)
"""Letters in a line."""


class Page(NamedTuple):
    document: Document
    truth: str
    """Its letters."""


class Figures(NamedTuple):
    """Errors of letters."""

    wrong: int
    spoilt: int


def of_set(folder: Path) -> list[Page]:
    """The pages of a set as the engine gave them."""
    return [
        Page(read(pair.ocr.read_bytes(), pair.ocr.name), _letters(pair.truth.read_text("utf-8")))
        for pair in pairing.of_set(folder)
    ]


def copies(folder: Path, count: int) -> list[Page]:
    """Every truth of a set, damaged `count` times; the same for the same names and count."""
    channel = _printed_to_read(characters.misread())
    pages = []
    for pair in pairing.of_set(folder):
        truth = pair.truth.read_text("utf-8")
        for number in range(count):
            name = f"{pair.name}-{number}.txt"
            damaged = _damaged(truth, channel, random.Random(name))
            pages.append(Page(from_text(damaged, name), _letters(truth)))
    return pages


def _printed_to_read(misread: Mapping[str, Mapping[str, float]]) -> dict[str, tuple[list[str], list[float]]]:
    found: dict[str, tuple[list[str], list[float]]] = {}
    for seen, row in sorted(misread.items()):
        for printed, count in sorted(row.items()):
            if printed and is_han(printed):
                shown, counts = found.setdefault(printed, ([], []))
                shown.append(seen)
                counts.append(count)
    return found


def _damaged(text: str, channel: Mapping[str, tuple[list[str], list[float]]], chance: random.Random) -> str:
    width = chance.choice(WIDTHS)
    known = sum(char in channel for char in text) / max(1, sum(map(is_han, text)))
    lines = []
    for line in text.splitlines():
        shown = "".join(
            chance.choices(*channel[char])[0] if char in channel and chance.random() < RATE / known else char
            for char in line
        )
        lines += [shown[at : at + width] for at in range(0, len(shown), width)] or [""]
    return "\n".join(lines) + "\n"


def _letters(text: str) -> str:
    found = letters(text)
    return found.text(0, len(found.codes))


def figures(pages: Sequence[Page], texts: Iterable[str]) -> Figures:
    """Errors of the texts of pages, and how many of them are new."""
    wrong = spoilt = 0
    for page, text in zip(pages, texts, strict=True):
        before, after = (_wrong(page.truth, _letters(each)) for each in (page.document.text, text))
        wrong += len(after)
        spoilt += len(after - before)
    return Figures(wrong, spoilt)


def _wrong(truth: str, text: str) -> set[tuple[str, int]]:
    """Places of the truth where the text has something else, lacks or adds a letter."""
    return {(str(op.tag), op.src_pos) for op in Levenshtein.editops(truth, text)}


def _row(name: str, pages: Sequence[Page]) -> dict[str, object]:
    profile = merge(survey_file(page.document) for page in pages)
    size = sum(len(page.truth) for page in pages)

    def repaired(archive: Profile | None) -> Figures:
        return figures(pages, (repair_document(page.document, profile=archive).repaired for page in pages))

    given = figures(pages, (page.document.text for page in pages))
    alone, together = repaired(None), repaired(profile)
    right = max(1, size - given.wrong)
    return {
        "archive": name, "files": len(pages), "letters": size,
        "given": round(1e3 * given.wrong / size, 2),
        "file by file": round(1e3 * alone.wrong / size, 2),
        "as an archive": round(1e3 * together.wrong / size, 2),
        "spoilt file by file": round(1e5 * alone.spoilt / right, 1),
        "spoilt as an archive": round(1e5 * together.spoilt / right, 1),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.twins")
    parser.add_argument("set", type=Path)
    parser.add_argument("--copies", type=int, default=0, metavar="N", help="also archives of 2 to N copies")
    given = parser.parse_args()
    print(msgspec.json.encode(_row(given.set.name, of_set(given.set))).decode(), flush=True)
    for count in range(2, given.copies + 1):
        row = _row(f"{given.set.name} × {count}", copies(given.set, count))
        print(msgspec.json.encode(row).decode(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
