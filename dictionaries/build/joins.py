"""Build models/joins.tsv: weights of the features by which wrapped lines are joined.

Reads a folder of pages with their truth (NAME.ocr.txt as an engine gave it, NAME.gt.txt one paragraph a
line), takes the page furniture out as the tool does, and fits a logistic regression with an L2 penalty on
"the next line goes on" against "a new paragraph starts". Pages whose truth itself is wrapped are left
out. Needs the tool installed, and numpy, scipy and scikit-learn. Prints accuracy and calibration,
cross-validated by page.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from corpus import DATE, LICENCE, parser, write_table
from rapidfuzz.distance import Levenshtein
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleanup import formats
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.measure.layout import squeeze
from cleanup.plan import FIRST
from cleanup.rules.contract import Tools
from cleanup.score.logistic import INTERCEPT
from cleanup.text.seams import Seam, seams

PENALTY = 0.15
LEAST = 10
"""Occurrences below which a feature is left out."""
FOLDS = 5
EARLY = FIRST
WITH, WITHOUT = 1.0, 0.3
"""Weights of a page with and without the language model's word."""
NEAR = 4
"""Characters by which damage may move the end of a paragraph."""
MOST_WRAPPED = 0.5
"""Share of truth lines without a sentence end above which the truth itself is wrapped."""


def offsets(truth: str, text: str) -> dict[int, int]:
    """Offsets in the squeezed text → offsets in the squeezed truth."""
    moved: dict[int, int] = {}
    for block in Levenshtein.opcodes(squeeze(text)[0], squeeze(truth)[0]):
        for at in range(block.src_start, block.src_end + 1):
            if block.tag == "equal":
                moved[at] = block.dest_start + at - block.src_start
            else:
                moved.setdefault(at, block.dest_end if at == block.src_end else block.dest_start)
    return moved


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
    for file in sorted(folder.glob("*.gt.txt")):
        truth = file.read_text("utf-8")
        lines = [line for line in truth.splitlines() if line.strip()]
        unfinished = sum(line[-1] not in "。！？”）：；" and len(line) > 14 for line in lines)
        if len(lines) > 12 and unfinished > MOST_WRAPPED * len(lines):
            print("left out, its truth is wrapped:", file.name)
            continue
        source = file.with_name(file.name.replace(".gt.", ".ocr.")).read_text("utf-8")
        text = repair_document(from_text(source, "page.txt"), settings=Settings(only=EARLY)).repaired
        ends, seen = set(), 0
        for line in lines:
            seen += len(squeeze(line)[0])
            ends.add(seen)
        moved = offsets(truth, text)
        before = np.cumsum([0] + [not char.isspace() for char in text])
        document = formats.parse(text, "text", "page.txt")
        known = tools.evidence(text)
        places = [moved.get(int(before[s.found.before.content.end]), -1) for s in seams(document, known)]
        solid = [line.content.end for line in document.lines if line.kind != "blank"]
        hit = {moved.get(int(before[end]), seen) for end in solid}
        near = (ends & set(places)) | _nearest(places, ends - hit - {seen})
        for evidence, sample in ((known, WITH), (known._replace(flow=None), WITHOUT)):
            found = [(s, at not in near) for s, at in zip(seams(document, evidence), places, strict=True)]
            pages.append(Page(file.name, found, sample))
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
    counts = Counter(name for page in pages for seam, _ in page.seams for name in set(seam.features))
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    index = {name: at for at, name in enumerate(names)}
    order = {name: at for at, name in enumerate(sorted({page.name for page in pages}))}
    flat = [
        (seam, goes_on, order[page.name] % FOLDS, page.weight)
        for page in pages
        for seam, goes_on in page.seams
    ]
    cells = [
        (row, index[name])
        for row, (seam, *_) in enumerate(flat)
        for name in set(seam.features)
        if name in index
    ]
    rows, columns = zip(*cells, strict=True)
    table = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(flat), len(names)))
    truth = np.array([goes_on for _, goes_on, _, _ in flat])
    fold = np.array([number for *_, number, _ in flat])
    weight = np.array([share for *_, share in flat])
    model = LogisticRegression(C=PENALTY, max_iter=800)
    chance = np.zeros(len(flat))
    for number in range(FOLDS):
        rest = fold != number
        model.fit(table[rest], truth[rest], weight[rest])
        chance[~rest] = model.predict_proba(table[~rest])[:, 1]
    for share, what in ((WITH, "with"), (WITHOUT, "without")):
        some = weight == share
        right = np.mean((chance[some] > 0.5) == truth[some])
        print(f"{some.sum()} breaks {what} the language model, accuracy {right:.4f}")
    some = weight == WITH
    for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)):
        chosen = (chance >= low) & (chance < high) & some
        print(f"  {chosen.sum():6} said {chance[chosen].mean():.3f} are {truth[chosen].mean():.3f}")
    model.fit(table, truth, weight)
    weights = [(name, f"{value:.3f}") for name, value in zip(names, model.coef_[0], strict=True)]
    kept = [(name, value) for name, value in weights if abs(float(value)) >= 0.005]
    write_table(
        args.out,
        ("feature", "weight"),
        [(INTERCEPT, f"{float(model.intercept_[0]):.3f}"), *kept],
        source="fitted on rendered newspaper pages read by tesseract 5.3 and PP-OCRv4, with their truth",
        licence=LICENCE.replace("counts", "weights"),
        used_by="layout.join where lines are wrapped",
        date=args.date or DATE,
    )
    print(f"{len(kept)} weights")


if __name__ == "__main__":
    main()
