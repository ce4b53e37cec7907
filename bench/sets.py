"""Sets of documents with their truths, and right texts; repaired with the tool's defaults."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleanup import repair
from cleanup.archive.survey.part import merge, survey_file
from cleanup.data import names, roster
from cleanup.data.profile import Profile
from cleanup.engine.estimate import Estimate, estimate
from cleanup.engine.repair import read
from cleanup.measure import evaluation, pairing
from cleanup.measure.evaluation import Evaluation, Trial
from cleanup.measure.figures import Known
from cleanup.model.result import Result

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OCRFIX_SHARED", ROOT.parent / "shared")) / "bench"
"""Sets and right texts, where nothing else is said (--sets, or OCRFIX_SHARED in the environment)."""
PART = 8_000
"""Right texts of many thousand lines are repaired in parts of so many characters."""
LEAST = 2
"""A folder with fewer pairs is no set."""


class Document(NamedTuple):
    name: str
    truth: str
    ocr: bytes


@dataclass(frozen=True)
class Set:
    """Documents with their truths."""

    name: str
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Measured:
    """A set repaired and compared."""

    name: str
    found: Evaluation
    expected: dict[str, Estimate]
    """Document → what was expected of it without its truth."""


class Change(NamedTuple):
    """An edit in right text."""

    rule: str
    line: int
    before: str
    after: str


def sets(folder: Path) -> Iterator[Set]:
    """The sets in the folders of a folder, by name; those to fit on (train) are never measured."""
    for place in sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ():
        pairs = [
            Document(pair.name, pair.truth.read_text("utf-8"), pair.ocr.read_bytes())
            for pair in pairing.of_set(place)
        ]
        if len(pairs) >= LEAST and "train" not in place.name:
            yield Set(place.name, tuple(pairs))


def right_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of texts that are right: our own truths, and the folder's clean/."""
    for path in sorted((ROOT / "samples").glob("*/truth.*")):
        yield f"samples/{path.parent.name}", path.read_text("utf-8")
    for path in sorted((folder / "clean").glob("*.clean.txt")):
        yield path.name.removesuffix(".clean.txt"), path.read_text("utf-8")


def known() -> Known:
    """What counts as a name: the public figures' roster, and what stands where only names stand."""
    return Known(tuple(roster.load([], True).names), frozenset(names.surnames()))


def measure(found: Set) -> Measured:
    """Repair every document with default settings and compare."""
    trials: list[Trial] = []
    expected: dict[str, Estimate] = {}
    for document in found.documents:
        result = repaired(document.ocr, f"{document.name}.ocr.txt")
        journal = result.journal
        trials.append(Trial(document.name, document.truth, result.original, result.repaired, journal))
        expected[document.name] = estimate(result)
    return Measured(found.name, evaluation.evaluate(trials, known()), expected)


def as_archive(found: Set, step: int = 1) -> Iterator[tuple[str, int, int]]:
    """(name, characters spoilt in the document alone, as one of an archive) of one document in `step`, where
    the whole set is the archive."""
    profile = merge(survey_file(read(one.ocr, f"{one.name}.ocr.txt")) for one in found.documents)
    for document in found.documents[::step]:
        yield document.name, _spoilt(document, None), _spoilt(document, profile)


def _spoilt(document: Document, profile: Profile | None) -> int:
    result = repaired(document.ocr, f"{document.name}.ocr.txt", profile)
    trial = Trial(document.name, document.truth, result.original, result.repaired)
    return evaluation.page_of(trial, Known()).sums["spoilt"]


def parts(text: str) -> Iterator[tuple[int, str]]:
    """A long text as pages would have it: (number of the first line, text) of parts of PART characters."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        first, size = at, 0
        while at < len(lines) and size < PART:
            size += len(lines[at])
            at += 1
        yield first, "\n".join(lines[first:at])


def changes(name: str, text: str) -> list[Change]:
    """What the defaults change in right text, trailing spaces aside; long texts part by part, like pages."""
    return [
        Change(record.rule, record.line + first, edit.before, edit.after)
        for first, part in parts(text)
        if part.strip()
        for record in repaired(part, f"{name.replace('/', '-')}.txt").journal.applied
        if record.rule != "layout.trailing-space"
        for edit in record.edits[:1]
    ]


def by_rule(found: Sequence[Change]) -> dict[str, int]:
    return dict(sorted(Counter(change.rule for change in found).items()))


def repaired(text: str | bytes, name: str, profile: Profile | None = None) -> Result:
    """The text repaired with default settings and the tool's own roster, as one of an archive where there is
    a profile of it."""
    return repair(text, _own(), name=name, profile=profile)


@cache
def _own() -> roster.Roster:
    return roster.load([], True)
