"""Build models/specks.tsv: weights of the features that tell lines of noise from lines of text.

Reads a folder of pages with their truth (NAME.ocr.txt, NAME.gt.txt), takes the page furniture out as the
tool does, and fits a logistic regression with an L2 penalty on "hardly a character of this line is in the
truth at its place, nor the line elsewhere" against "half of it and more is". Needs the tool installed, and
numpy, scipy and scikit-learn. Prints what is found and what is wrongly taken for noise, cross-validated by
page.
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import truths
from corpus import LICENCE, parser, write_table
from rapidfuzz import fuzz
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.layout import right_places, squeeze
from cleanup.rules import models
from cleanup.score import flow
from cleanup.score.logistic import INTERCEPT
from cleanup.text import folios, paragraphs, specks

PENALTY = 1.0
LEAST = 3
"""Lines below which a feature is left out."""
EARLY = ("layout.jump-pair", "layout.furniture")
MISREAD = 55.0
"""Likeness (of 100) to some part of the truth from which a line is text, misread or moved."""
NAMED = ("date", "credit", "page", "paper", "weekday", "section")


def labelled(folder: Path) -> list[list[tuple[str, bool]]]:
    """The lines of each page that are surely text or surely noise (True)."""
    pages: list[list[tuple[str, bool]]] = []
    for page in truths.pages(folder, EARLY):
        document = page.document
        right = right_places(page.truth, document.text)
        rows: list[tuple[str, bool]] = []
        for line in document.lines:
            if line.kind in ("body", "list", "table"):
                words = document.words(line)
                hits = sum(at in right for at in range(line.content.start, line.content.end))
                size = len(squeeze(words)[0])
                if hits >= 0.5 * size:
                    rows.append((words, False))
                elif hits <= 0.2 * size and _is_noise(words, squeeze(page.truth)[0]):
                    rows.append((words, True))
        pages.append(rows)
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


def _table(found: Sequence[Collection[str]], least: int) -> tuple[list[str], csr_matrix]:
    """Features that so many rows have at least, and a row of noughts and ones for each row's features."""
    counts = Counter(name for features in found for name in set(features))
    names = sorted(name for name, count in counts.items() if count >= least)
    index = {name: at for at, name in enumerate(names)}
    cells = [
        (row, index[name]) for row, features in enumerate(found) for name in set(features) if name in index
    ]
    rows, columns = zip(*cells, strict=True)
    return names, csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(found), len(names)))


def _write(
    args: Namespace, names: Sequence[str], model: LogisticRegression, least: float, used_by: str
) -> None:
    """Write the weights that are not less than `least` in size, and the intercept."""
    weights = [(name, f"{value:.3f}") for name, value in zip(names, model.coef_[0], strict=True)]
    kept = [(name, value) for name, value in weights if abs(float(value)) >= least]
    write_table(
        args.out,
        ("feature", "weight"),
        [(INTERCEPT, f"{float(model.intercept_[0]):.3f}"), *kept],
        source="fitted on rendered newspaper pages read by tesseract 5.3 and PP-OCRv4, with their truth",
        licence=LICENCE.replace("counts", "weights"),
        used_by=used_by,
        date=args.date,
    )
    print(f"{len(kept)} weights")


def main() -> None:
    """Fit and write."""
    options = parser(__doc__, corpus=False)
    options.add_argument("--pages", type=Path, required=True, help="folder of NAME.ocr.txt and NAME.gt.txt")
    args = options.parse_args()
    flat = [(*row, at) for at, page in enumerate(labelled(args.pages)) for row in page]
    usual = flow.usual(models.language(), [words for words, *_ in flat])
    found = [specks.features(words, nats) for (words, *_), nats in zip(flat, usual, strict=True)]
    names, table = _table(found, LEAST)
    noise, of_page = (np.array([row[at] for row in flat]) for at in (1, 2))
    model = LogisticRegression(C=PENALTY, max_iter=1000)
    chance = truths.unseen(model, table, noise, of_page)
    print(f"{len(flat)} lines, {noise.sum()} of noise")
    for least in (0.3, 0.5, 0.7, 0.9):
        taken = chance >= least
        wrong = [flat[at][0] for at in np.flatnonzero(taken & ~noise)]
        print(f"  from {least}: finds {np.mean(taken[noise]):.3f}, wrongly {len(wrong)}: {wrong[:12]}")
    model.fit(table, noise)
    _write(args, names, model, 0.02, "layout.specks")


if __name__ == "__main__":
    main()
