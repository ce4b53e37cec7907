"""The bench of names printed and read: those of names_bench.py set in type, worn, and read by PP-OCR.

Run as a program it prints the figures, for each degree of wear: python tests/printed_names.py SHARED WORK;
WORK keeps the pictures and what was read. A page's text has every second name misread as engines misread it;
between them stand real people one character away from somebody on the roster, whom nothing may rewrite.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from names_bench import Trial, confusions, misread, names, others, roster

from bench import typeset
from bench.degrade import degrade
from cleanup import witness
from cleanup.data.roster import Roster
from cleanup.engine.repair import read
from cleanup.engine.repairer import Repairer

PAGES, EACH, SENTENCES = 18, 24, 4
"""Pages, sentences on each, and in a paragraph."""
LEVELS = (1, 2, 3)


class Figures(NamedTuple):
    """Of the pages of one degree of wear, or of all."""

    misread: int
    restored: int
    others: int
    rewritten: int
    spoilt: int
    """Names misread that became yet another one."""


class Page(NamedTuple):
    """A text and its picture."""

    trials: tuple[Trial, ...]
    level: int
    picture: Path

    @property
    def text(self) -> str:
        return "\n\n".join(_paragraphs([trial.sentence.format(trial.shown) for trial in self.trials])) + "\n"


def pages(people: Roster, known: list[str], shared: Path, work: Path) -> Iterator[Page]:
    """The pages; `work` keeps their pictures."""
    work.mkdir(parents=True, exist_ok=True)
    half = PAGES * EACH // 2
    wrong = list(misread(people, known, confusions(shared, "dev"), half))
    right = list(others(people, known, half))
    mixed = [trial for pair in zip(wrong, right, strict=False) for trial in pair]
    for number in range(PAGES):
        trials = tuple(mixed[number * EACH : (number + 1) * EACH])
        level, picture = LEVELS[number % len(LEVELS)], work / f"names-{number:02d}.tif"
        if not picture.exists():
            article = typeset.Article((), _paragraphs([one.sentence.format(one.right) for one in trials]))
            sheets = typeset.typeset(article, 4000 + number).sheets
            first, *rest = (
                degrade(sheet.image, level, 40 * number + at).image for at, sheet in enumerate(sheets)
            )
            first.save(picture, save_all=True, append_images=rest, compression="tiff_deflate")
        yield Page(trials, level, picture)


def measure(page: Page, repairer: Repairer, work: Path, show: bool = False) -> Figures:
    """What becomes of the names of a page."""
    source = page.picture.with_suffix(".md")
    document = read(page.text.encode(), source.name)
    seen = witness.look(document, source, str(page.picture), "rapidocr", "all", work)
    result = repairer.document(seen)
    count = Counter[str]()
    for trial in page.trials:
        is_misread, is_right = (
            trial.shown != trial.right,
            trial.sentence.format(trial.right) in result.repaired,
        )
        is_given = trial.sentence.format(trial.shown) in result.repaired
        count["misread"] += is_misread
        count["restored"] += is_misread and is_right
        count["others"] += not is_misread
        count["rewritten"] += not is_misread and not is_right
        count["spoilt"] += is_misread and not is_right and not is_given
        if show and not is_right:
            print(page.picture.name, "missed" if is_misread else "rewritten", *trial)
    return Figures(*(count[name] for name in Figures._fields))


def _paragraphs(sentences: list[str]) -> tuple[str, ...]:
    return tuple("".join(sentences[at : at + SENTENCES]) for at in range(0, len(sentences), SENTENCES))


def main() -> None:
    shared, work = Path(sys.argv[1]), Path(sys.argv[2])
    known = names(shared)
    people = roster(known, 1500)
    repairer = Repairer(people)
    found: dict[int, list[Figures]] = {}
    for page in pages(people, known, shared, work):
        found.setdefault(page.level, []).append(measure(page, repairer, work, len(sys.argv) > 3))
    for level, some in sorted(found.items()):
        print("wear", level, _sum(some))
    every = _sum([one for some in found.values() for one in some])
    print(f"all {every}: restored {every.restored / every.misread:.1%}, {every.rewritten} rewritten")


def _sum(some: list[Figures]) -> Figures:
    return Figures(*map(sum, zip(*some, strict=True)))


if __name__ == "__main__":
    main()
