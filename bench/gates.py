"""What must not get worse: figures of sampled sets, and edits in right text, by bench/references.json.

`python -m bench references` writes the file anew; that is a decision, to be read in review, not a habit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench import sets
from bench.sets import Change, Set
from cleanup.measure.figures import CHANGES, DRAWS, FIGURES, SEED, Figure, Sums, sided

FILE = Path(__file__).resolve().parent / "references.json"
SAMPLED = {"ocr-dev": 4, "ocr-dev-clean": 6, "ocr-trad-dev": 4, "vlm-dev": 5}
"""Set → one document in so many."""
ARCHIVES = {"ocr-dev": 10, "ocr-kinds-dev": 12, "ocr-trad-dev": 4, "vlm-dev": 3}
"""Set, taken for an archive → one document in so many is repaired as one of it, and alone."""
RIGHT = 16
"""One line in so many of the long right texts."""
GATED: dict[str, Figure] = {
    **{
        f"{f.name}.clean": sided(f, "clean")
        for f in FIGURES
        if f.name in ("cer", "han", "joins", "names", "numbers")
    },
    **{f.name: f for f in CHANGES if f.name in ("spoilt", "names_spoilt", "numbers_changed")},
}
TOLERATED = {"%": 0.001, "1": 3.0}
"""Differences up to this are never a failure (shares; counts per 100,000 or 10,000)."""


def samples(folder: Path = sets.SHARED) -> Iterator[Set]:
    """The documents that the gates look at."""
    for found in sets.sets(folder):
        if step := SAMPLED.get(found.name):
            yield Set(found.name, found.documents[::step])


def right_lines(folder: Path = sets.SHARED) -> Iterator[tuple[str, str]]:
    """The right texts that the gates look at."""
    for name, text in sets.right_texts(folder):
        lines = text.split("\n")
        yield name, text if len(text) < 20_000 else "\n".join(lines[::RIGHT])


def sums_of(found: Set) -> dict[str, Sums]:
    """The sums of each document."""
    return {page.name: page.sums for page in sets.measure(found).found.pages}


def write(date: str, commit: str, folder: Path = sets.SHARED) -> None:
    """The references, from the tool as it is and the sets in `folder`."""
    built: dict[str, Any] = {"date": date, "commit": commit, "edits in right text": {}, "sets": {}}
    for name, text in right_lines(folder):
        built["edits in right text"][name] = sets.by_rule(sets.changes(name, text))
    for found in samples(folder):
        built["sets"][found.name] = sums_of(found)
    parts = [
        f'"date": {json.dumps(date)}',
        f'"commit": {json.dumps(commit)}',
        f'"edits in right text": {json.dumps(built["edits in right text"], indent=1)}',
        '"sets": {\n'
        + ",\n".join(f"{json.dumps(name)}: {_documents(of)}" for name, of in built["sets"].items())
        + "}",
    ]
    FILE.write_text("{" + ",\n".join(parts) + "}\n", "utf-8")


def _documents(of: dict[str, Sums]) -> str:
    return "{\n" + ",\n".join(f" {json.dumps(name)}: {json.dumps(sums)}" for name, sums in of.items()) + "}"


def read() -> dict[str, Any]:
    """The references as written."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def worse(name: str, before: dict[str, Sums], now: dict[str, Sums]) -> list[str]:
    """Figures that the change lowered by more than the interval of the change, each as a sentence.

    The same documents are compared before and after, drawn again and again together: only a loss that shows
    in nearly all draws counts.
    """
    documents = sorted(before.keys() & now.keys())
    keys = sorted(set.intersection(*(set(part[doc]) for part in (before, now) for doc in documents)))
    tables = [
        np.array([[part[doc][key] for key in keys] for doc in documents], dtype=np.float64)
        for part in (before, now)
    ]
    size = len(documents)
    picks = np.random.default_rng(SEED).multinomial(size, [1 / size] * size, size=DRAWS).astype(np.float64)
    said: list[str] = []
    for figure_name, figure in GATED.items():
        above, below = (
            np.array([weights.get(key, 0.0) for key in keys]) for weights in (figure.above, figure.below)
        )
        old, new = ((table.sum(axis=0) @ above) / max(1e-9, table.sum(axis=0) @ below) for table in tables)
        drawn = [(picks @ table @ above) / np.maximum(1e-9, picks @ table @ below) for table in tables]
        gain = figure.better * (drawn[1] - drawn[0])
        low, high = np.quantile(gain, [0.025, 0.975]).tolist()
        if high < 0 and figure.better * (new - old) < -TOLERATED[figure.style]:
            said.append(
                f"{name}: {figure_name} went from {old:.4f} to {new:.4f} "
                f"(change: {figure.better * (new - old):+.4f}, 95 % interval {low:+.4f} to {high:+.4f}; "
                f"{size} documents)"
            )
    return said


def archive_harm(found: Set, step: int = 1) -> list[str]:
    """Documents of which more is spoilt where they are repaired as one of an archive than alone."""
    return [
        f"{found.name}/{name}: {alone} characters spoilt alone, {among} as one of the archive"
        for name, alone, among in sets.as_archive(found, step)
        if among > alone
    ]


def harm(name: str, found: list[Change], allowed: dict[str, int]) -> list[str]:
    """Edits in right text beyond those allowed, each with its rule."""
    count = sets.by_rule(found)
    over = {rule for rule, number in count.items() if number > allowed.get(rule, 0)}
    said = [
        f"{name}: {rule} makes {count[rule]} edits, {allowed.get(rule, 0)} allowed" for rule in sorted(over)
    ]
    return said + [
        f"  {name}, line {change.line}: {change.rule}: {change.before!r} -> {change.after!r}"
        for change in found
        if change.rule in over
    ]
