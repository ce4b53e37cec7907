"""dictionaries/precision.tsv: how often each rule is right, on sets and in right text damaged for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench import damage, sets
from cleanup import repair
from cleanup.data import files
from cleanup.data.precision import TABLE
from cleanup.data.roster import Person, Roster
from cleanup.measure import evaluation
from cleanup.measure.evaluation import Line, Trial
from cleanup.measure.figures import Known
from cleanup.plan import all_rules
from cleanup.rules.rule import Rule

SETS = ("ocr-dev", "ocr-kinds-dev", "ocr-trad-dev", "vlm-dev")
ENOUGH = 30
"""Judged changes on the sets from which a rule is not measured by damage."""
PAGE = 1_500
"""Characters of a page that is damaged."""
PLACES = 100
"""So many places are damaged for a rule, where there are as many."""
EACH = 4
"""So many of them on a page, and none within"""
APART = 60
"""characters of another."""
PAGES = 400
"""Pages that are looked through for places."""
STEP = 3
"""Of the sentences of clean/ one in so many pages is taken, so that all parts of it are seen."""


class Counts(NamedTuple):
    """A row of the table: judged changes, suggestions, and changes of damaged text."""

    right: int = 0
    wrong: int = 0
    suggested_right: int = 0
    suggested_wrong: int = 0
    damaged_right: int = 0
    damaged_wrong: int = 0


def on_sets(folder: Path) -> dict[str, Line]:
    """What each rule did on the sets in a folder that are in SETS."""
    pages = [page for one in sets.sets(folder) if one.name in SETS for page in sets.measure(one).found.pages]
    return {line.rule: line for line in evaluation.ledger(pages)}


def right_pages(folder: Path) -> list[str]:
    """Right texts as pages: the truths of the sets, then clean/."""
    truths = [one.truth for found in sets.sets(folder) if found.name in SETS for one in found.documents]
    clean = [text for _, text in sets.right_texts(folder)]
    return [page for text in truths for page in _pages(text)] + [
        page for text in clean for page in list(_pages(text))[::STEP]
    ]


def _pages(text: str) -> Iterable[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        lines.append(line)
        if sum(map(len, lines)) >= PAGE:
            yield "\n".join(lines) + "\n"
            lines = []
    if any(lines):
        yield "\n".join(lines) + "\n"


def by_damage(rule: Rule, pages: Sequence[str], people: Roster) -> tuple[int, Line]:
    """How many places were damaged for a rule, and what it then did; always the same for the same pages."""
    chance = Random(rule.NAME)
    total, done = 0, Line(rule.NAME)
    for number in chance.sample(range(len(pages)), min(PAGES, len(pages))):
        truth = pages[number]
        chosen = _chosen(damage.places(rule, truth, chance), chance)
        if not chosen:
            continue
        result = repair(damage.damaged(truth, chosen), people, name="damaged.txt")
        trial = Trial(str(number), truth, result.original, result.repaired, result.journal)
        found = evaluation.ledger([evaluation.page_of(trial, Known())])
        done += next((line for line in found if line.rule == rule.NAME), Line(rule.NAME))
        total += len(chosen)
        if total >= PLACES:
            break
    return total, done


def _chosen(found: Sequence[damage.Place], chance: Random) -> list[damage.Place]:
    chosen: list[damage.Place] = []
    for place in chance.sample(found, len(found)):
        if len(chosen) < EACH and all(abs(place.start - other.start) >= APART for other in chosen):
            chosen.append(place)
    return sorted(chosen)


def people(pages: Iterable[str]) -> Roster:
    """Those whom any of the pages names, as the roster of their archive: all the others are rivals."""
    named = {page[start:end] for page in pages for start, end in damage.names_in(page)}
    return Roster(tuple(Person(name, "") for name in sorted(named)))


def measure(folder: Path) -> dict[str, Counts]:
    """Rule → its counts; rules of which nothing could be judged are left out."""
    done = on_sets(folder)
    pages = right_pages(folder)
    everybody = people(pages)
    found: dict[str, Counts] = {}
    for rule in all_rules():
        seen = done.get(rule.NAME, Line(rule.NAME))
        made = Line(rule.NAME)
        if seen.right + seen.wrong < ENOUGH:
            places, made = by_damage(rule, pages, everybody)
            print(f"{rule.NAME}: {places} damaged, {made.right} right, {made.wrong} wrong", flush=True)
        counts = Counts(
            seen.right, seen.wrong, seen.suggested_right, seen.suggested_wrong, made.right, made.wrong
        )
        if any(counts):
            found[rule.NAME] = counts
    return found


def write(date: str, commit: str, folder: Path, to: Path | None = None) -> Path:
    """Measure and write the table."""
    found = measure(folder)
    columns = ("rule", *Counts._fields)
    head = [
        "# columns: " + "\t".join(columns),
        f"# source: python -m bench precision, commit {commit}: {', '.join(SETS)}; of rules with under "
        f"{ENOUGH} judged changes there also right text damaged for them (bench/damage.py)",
        "# licence: CC0-1.0 (counts only; no text of the sources)",
        f"# date: {date}",
        "# used by: ocrfix rules, ocrfix explain",
    ]
    rows = ["\t".join((rule, *map(str, counts))) for rule, counts in sorted(found.items())]
    place = to or files.folder() / TABLE
    place.write_text("\n".join([*head, *rows]) + "\n", "utf-8", newline="\n")
    totals = Counter[str]()
    for counts in found.values():
        totals.update(dict(zip(Counts._fields, counts, strict=True)))
    print(f"{len(found)} rules measured; " + ", ".join(f"{name} {count:,}" for name, count in totals.items()))
    return place
