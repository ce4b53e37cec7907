"""Build models/specks.tsv: weights of the features that tell lines of noise from lines of text.

Reads a folder of pages with their truth (NAME.ocr.txt, NAME.gt.txt), takes the page furniture out as the
tool does, and fits a logistic regression with an L2 penalty on "hardly a character of this line is in the
truth at its place, nor the line elsewhere" against "half of it and more is". Needs the tool installed, and
numpy, scipy and scikit-learn. Prints what is found and what is wrongly taken for noise, cross-validated by
page.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from corpus import DATE, LICENCE, parser, write_table
from rapidfuzz import fuzz
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleanup import formats
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.measure.layout import right_places, squeeze
from cleanup.rules.contract import models
from cleanup.score import flow
from cleanup.score.logistic import INTERCEPT
from cleanup.text import folios, paragraphs, specks

PENALTY = 1.0
LEAST = 3
"""Lines below which a feature is left out."""
FOLDS = 5
EARLY = ("layout.jump-pair", "layout.furniture")
MISREAD = 55.0
"""Likeness (of 100) to some part of the truth from which a line is text, misread or moved."""
NAMED = ("date", "credit", "page", "paper", "weekday", "section")


def labelled(folder: Path) -> list[list[tuple[str, bool]]]:
    """The lines of each page that are surely text or surely noise (True)."""
    pages: list[list[tuple[str, bool]]] = []
    for file in sorted(folder.glob("*.gt.txt")):
        truth = file.read_text("utf-8")
        source = file.with_name(file.name.replace(".gt.", ".ocr.")).read_text("utf-8")
        text = repair_document(from_text(source, "page.txt"), settings=Settings(only=EARLY)).repaired
        document = formats.parse(text, "text", "page.txt")
        right = right_places(truth, text)
        page: list[tuple[str, bool]] = []
        for line in document.lines:
            if line.kind in ("body", "list", "table"):
                words = document.words(line)
                hits = sum(at in right for at in range(line.content.start, line.content.end))
                size = len(squeeze(words)[0])
                if hits >= 0.5 * size:
                    page.append((words, False))
                elif hits <= 0.2 * size and _is_noise(words, squeeze(truth)[0]):
                    page.append((words, True))
        pages.append(page)
    return pages


def _is_noise(words: str, truth: str) -> bool:
    bare = squeeze(words)[0]
    folio = folios.read(words)
    if (
        folio.has(*NAMED)
        or paragraphs.is_jump_line(words)
        or any(w in words for w in ("记者", "通讯员", "版"))
    ):
        return False
    if len(bare) <= 2 and folio.facts:
        return False
    if len(bare) < 5:
        return len(bare) == 1 or bare not in truth
    return fuzz.partial_ratio(bare, truth) < MISREAD


def main() -> None:
    """Fit and write."""
    options = parser(__doc__, corpus=False)
    options.add_argument("--pages", type=Path, required=True, help="folder of NAME.ocr.txt and NAME.gt.txt")
    args = options.parse_args()
    flat = [(*row, at % FOLDS) for at, page in enumerate(labelled(args.pages)) for row in page]
    usual = flow.usual(models()[0], [words for words, *_ in flat])
    found = [set(specks.features(words, nats)) for (words, *_), nats in zip(flat, usual, strict=True)]
    counts = Counter(name for names in found for name in names)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    index = {name: at for at, name in enumerate(names)}
    cells = [(row, index[name]) for row, some in enumerate(found) for name in some if name in index]
    rows, columns = zip(*cells, strict=True)
    table = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(flat), len(names)))
    noise = np.array([is_noise for _, is_noise, _ in flat])
    fold = np.array([number for *_, number in flat])
    model = LogisticRegression(C=PENALTY, max_iter=1000)
    chance = np.zeros(len(flat))
    for number in range(FOLDS):
        rest = fold != number
        model.fit(table[rest], noise[rest])
        chance[~rest] = model.predict_proba(table[~rest])[:, 1]
    print(f"{len(flat)} lines, {noise.sum()} of noise")
    for least in (0.3, 0.5, 0.7, 0.9):
        taken = chance >= least
        wrong = [flat[at][0] for at in np.flatnonzero(taken & ~noise)]
        print(f"  from {least}: finds {np.mean(taken[noise]):.3f}, wrongly {len(wrong)}: {wrong[:12]}")
    model.fit(table, noise)
    weights = [(name, f"{value:.3f}") for name, value in zip(names, model.coef_[0], strict=True)]
    kept = [(name, value) for name, value in weights if abs(float(value)) >= 0.02]
    write_table(
        args.out,
        ("feature", "weight"),
        [(INTERCEPT, f"{float(model.intercept_[0]):.3f}"), *kept],
        source="fitted on rendered newspaper pages read by tesseract 5.3 and PP-OCRv4, with their truth",
        licence=LICENCE.replace("counts", "weights"),
        used_by="layout.specks",
        date=args.date or DATE,
    )
    print(f"{len(kept)} weights")


if __name__ == "__main__":
    main()
