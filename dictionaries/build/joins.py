"""Build models/joins.tsv: weights of the features by which wrapped lines are joined.

Reads a folder of pages with their truth (NAME.ocr.txt as an engine gave it, NAME.gt.txt one paragraph a
line), takes the page furniture out as the tool does, and fits a logistic regression with an L2 penalty on
"the next line goes on" against "a new paragraph starts". Pages whose truth itself is wrapped are left
out. Needs the tool installed, and numpy, scipy and scikit-learn. Prints accuracy and calibration,
cross-validated by page.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import weights
from corpus import parser
from sklearn.linear_model import LogisticRegression

from cleanup.measure.layout import offsets, squeeze
from cleanup.plan import FIRST
from cleanup.rules.contract import Tools
from cleanup.text.seams import Seam, seams

PENALTY = 0.15
LEAST = 10
"""Occurrences below which a feature is left out."""
WITH, WITHOUT = 1.0, 0.3
"""Weights of a page with and without the language model's word."""
NEAR = 4
"""Characters by which damage may move the end of a paragraph."""
MOST_WRAPPED = 0.5
"""Share of truth lines without a sentence end above which the truth itself is wrapped."""


class Page(NamedTuple):
    """A page's seams, with the language model or (for text in a script that it lacks) without."""

    name: str
    seams: list[tuple[Seam, bool]]
    """And whether the line goes on there."""
    weight: float


def labelled(folder: Path) -> list[Page]:
    """Each page twice: with what the language model says, and without."""
    pages: list[Page] = []
    tools = Tools()
    for page in weights.pages(folder, FIRST):
        lines = [line for line in page.truth.splitlines() if line.strip()]
        unfinished = sum(line[-1] not in "。！？”）：；" and len(line) > 14 for line in lines)
        if len(lines) > 12 and unfinished > MOST_WRAPPED * len(lines):
            print("left out, its truth is wrapped:", page.name)
            continue
        document, text = page.document, page.document.text
        ends, seen = set(), 0
        for line in lines:
            seen += len(squeeze(line)[0])
            ends.add(seen)
        moved = offsets(page.truth, text)
        before = np.cumsum([0] + [not char.isspace() for char in text])
        known = tools.evidence(text)
        places = [moved.get(int(before[s.found.before.content.end]), -1) for s in seams(document, known)]
        solid = [line.content.end for line in document.lines if line.kind != "blank"]
        hit = {moved.get(int(before[end]), seen) for end in solid}
        near = (ends & set(places)) | _nearest(places, ends - hit - {seen})
        for evidence, sample in ((known, WITH), (known._replace(flow=None), WITHOUT)):
            found = [(s, at not in near) for s, at in zip(seams(document, evidence), places, strict=True)]
            pages.append(Page(page.name, found, sample))
    return pages


def _nearest(places: list[int], ends: set[int]) -> set[int]:
    """For ends of paragraphs that no line end hits: the nearest line end, if it is near."""
    found = set()
    for end in ends:
        best = min(places, key=lambda place: abs(place - end), default=-NEAR - 1)
        if abs(best - end) <= NEAR:
            found.add(best)
    return found


def main() -> None:
    """Fit and write."""
    options = parser(__doc__, corpus=False)
    options.add_argument("--pages", type=Path, required=True, help="folder of NAME.ocr.txt and NAME.gt.txt")
    args = options.parse_args()
    pages = labelled(args.pages)
    number = {name: at for at, name in enumerate(sorted({page.name for page in pages}))}
    flat = [
        (seam.features, goes_on, number[page.name], page.weight)
        for page in pages
        for seam, goes_on in page.seams
    ]
    names, table = weights.table([features for features, *_ in flat], LEAST)
    truth, of_page, weight = (np.array([row[at] for row in flat]) for at in (1, 2, 3))
    model = LogisticRegression(C=PENALTY, max_iter=800)
    chance = weights.unseen(model, table, truth, of_page, weight)
    for share, what in ((WITH, "with"), (WITHOUT, "without")):
        some = weight == share
        right = np.mean((chance[some] > 0.5) == truth[some])
        print(f"{some.sum()} breaks {what} the language model, accuracy {right:.4f}")
    some = weight == WITH
    for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)):
        chosen = (chance >= low) & (chance < high) & some
        print(f"  {chosen.sum():6} said {chance[chosen].mean():.3f} are {truth[chosen].mean():.3f}")
    model.fit(table, truth, weight)
    weights.write(args, names, model, 0.005, "layout.join where lines are wrapped")


if __name__ == "__main__":
    main()
