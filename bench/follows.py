"""The weights of `geometry.paragraphs`: whether a row goes on with the paragraph of the row before it.

    python -m bench.follows FOLDER=WEIGHT … [--made PAGES] > cleanup/geometry/weights.py

A FOLDER holds NAME.gt.txt (one paragraph a line) with NAME.hocr or NAME.rapid.json of the same page; every
break of its rows counts WEIGHT, half where the row behind it is not read well. PAGES made pages
(bench.boxed_pages) count a fifth. Logistic regression, L2 of 2. The weights in the tree come from

    python -m bench.follows ../shared/bench/scans=1 ../shared/bench/real=6 PAGES=0.5 --made 100

where PAGES are 125 pages and 14 upside down, of ../shared/bench/ocr-train, that a forerunner of bench.drawn
drew.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from bench.boxed_pages import Made, make
from cleanup.engine.repair import read
from cleanup.geometry import order, paragraphs
from cleanup.geometry.paragraphs import Place
from cleanup.model.box import BoxedPage, PlacedRow
from cleanup.text.simplify import simplified

ASIDE = ("furniture", "repeat", "speck")
_L2 = 2.0
_MADE = 0.2


class Example(NamedTuple):
    facts: list[str]
    follows: bool
    weight: float


def _placed(page: BoxedPage) -> tuple[list[PlacedRow], list[list[str]]]:
    """The rows of the text, and the facts of each but the first."""
    told: list[list[str]] = []
    chance = paragraphs.chance

    def heard(place: Place) -> float:
        told.append(paragraphs.facts(place))
        return chance(place)

    paragraphs.chance = heard
    try:
        rows = [row for row in order(page).rows if row.kind not in ASIDE]
    finally:
        paragraphs.chance = chance
    return rows, told


def squeezed(text: str) -> str:
    return "".join(simplified(text).split())


class Laid(NamedTuple):
    """A text beside its truth."""

    moved: dict[int, int]
    """Places between characters of the text → those of the truth."""
    right: set[int]
    begins: set[int]
    """Where paragraphs of the truth begin."""


def laid(text: str, truth: str) -> Laid:
    """A squeezed text beside its truth, one paragraph a line."""
    found = Laid({}, set(), {0})
    for line in truth.splitlines():
        found.begins.add(max(found.begins) + len(squeezed(line)))
    for code in Levenshtein.opcodes(text, squeezed(truth)):
        for at in range(code.src_start, code.src_end + 1):
            if code.tag == "equal":
                found.moved[at] = code.dest_start + at - code.src_start
                found.right.add(at)
            else:
                found.moved.setdefault(at, code.dest_end if at == code.src_end else code.dest_start)
    return found


def read_page(path: Path, truth: str, weight: float) -> Iterator[Example]:
    """The breaks of an engine's page; the truth tells where paragraphs begin."""
    document = read(path.read_bytes(), path.name)
    if document.boxed is None:
        return
    for page in document.boxed.pages:
        rows, told = _placed(page)
        if len(told) != len(rows) - 1:
            continue  # some have no place
        texts = [squeezed(row.text) for row in rows]
        moved, right, begins = laid("".join(texts), truth)
        at = 0
        for (before, text), facts in zip(pairwise(texts), told, strict=True):
            at += len(before)
            head = min(6, len(text))
            is_read = sum(place in right for place in range(at, at + head)) > 0.6 * head
            yield Example(facts, moved.get(at) not in begins, weight if is_read else weight / 2)


def made_page(made: Made) -> Iterator[Example]:
    """The breaks of a made page, between rows of articles."""
    rows, told = _placed(made.page)
    if len(told) != len(rows) - 1:
        return

    def number(row: PlacedRow) -> int:
        piece = row.pieces[0]
        middle = (piece.start + piece.end) / 2
        return next((n for begin, end, n in made.merged[piece.line] if begin <= middle <= end), -1)

    for (one, two), facts in zip(pairwise(rows), told, strict=True):
        a, b = number(one), number(two)
        if min(a, b) < 0 or min(made.article[a], made.article[b]) < 0:
            continue
        starts = made.article[a] != made.article[b] or b < a or any(made.starts[a + 1 : b + 1])
        starts = starts or "heading" in (one.kind, two.kind)
        yield Example(facts, not starts, _MADE)


def fitted(examples: list[Example]) -> dict[str, float]:
    """The weight of each fact, in log-odds."""
    names = sorted({fact for example in examples for fact in example.facts})
    number = {name: at for at, name in enumerate(names)}
    said = np.zeros((len(examples), len(names)))
    for at, example in enumerate(examples):
        said[at, [number[fact] for fact in example.facts]] = 1.0
    follows = np.array([example.follows for example in examples], dtype=float)
    counts = np.array([example.weight for example in examples])
    return dict(zip(names, regressed(said, follows, counts, _L2).tolist(), strict=True))


def regressed(said: np.ndarray, follows: np.ndarray, counts: np.ndarray, least: float) -> np.ndarray:
    """Weights of a logistic regression; L2 of `least`."""
    weights = np.zeros(said.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-said @ weights))
        slope = said.T @ (counts * (chance - follows)) + least * weights
        curve = (said.T * (counts * chance * (1 - chance))) @ said + least * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def pages(folders: Iterable[str]) -> Iterator[tuple[Path, str, float]]:
    """Engines' pages, their truths and weights, of FOLDER=WEIGHT …"""
    for said in folders:
        folder, _, weight = said.rpartition("=")
        for truth in sorted(Path(folder).glob("*.gt.txt")):
            for ending in ("hocr", "rapid.json"):
                page = truth.with_name(truth.name.removesuffix("gt.txt") + ending)
                if page.exists():
                    yield page, truth.read_text("utf-8"), float(weight)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", metavar="FOLDER=WEIGHT")
    parser.add_argument("--made", type=int, default=0)
    args = parser.parse_args()
    examples: list[Example] = []
    for page in pages(args.folders):
        examples += read_page(*page)
    for seed in range(20_000, 20_000 + args.made):
        examples += made_page(make(seed))
    print(
        '"""Weights of the facts of `paragraphs`: log-odds. bench.follows wrote them, and says from what."""'
    )
    print("\nfrom __future__ import annotations\n\nFOLLOWS: dict[str, float] = {")
    for name, value in fitted(examples).items():
        print(f'    "{name}": {value:.2f},')
    print("}")


if __name__ == "__main__":
    main()
