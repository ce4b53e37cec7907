"""What joins.py and specks.py share: pages with their truth; models over named features fitted on them."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from corpus import LICENCE, write_table
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleanup import formats
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.measure import pairing
from cleanup.model.document import Document
from cleanup.score.logistic import INTERCEPT

FOLDS = 5


class Page(NamedTuple):
    """A page as the rules meet it."""

    name: str
    truth: str
    document: Document


def pages(folder: Path, early: tuple[str, ...]) -> Iterator[Page]:
    """The pages of a folder (NAME.ocr.txt, NAME.gt.txt) after the rules `early` alone."""
    for trio in pairing.of_set(folder):
        source = from_text(trio.ocr.read_text("utf-8"), "page.txt")
        text = repair_document(source, settings=Settings(only=early)).repaired
        yield Page(trio.name, trio.truth.read_text("utf-8"), formats.parse(text, "text", "page.txt"))


def table(found: Sequence[Collection[str]], least: int) -> tuple[list[str], csr_matrix]:
    """Features that so many rows have at least, and a row of noughts and ones for each row's features."""
    counts = Counter(name for features in found for name in set(features))
    names = sorted(name for name, count in counts.items() if count >= least)
    index = {name: at for at, name in enumerate(names)}
    cells = [
        (row, index[name]) for row, features in enumerate(found) for name in set(features) if name in index
    ]
    rows, columns = zip(*cells, strict=True)
    return names, csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(found), len(names)))


def unseen(
    model: Any, rows: csr_matrix, right: NDArray[Any], page: NDArray[Any], weight: NDArray[Any] | None = None
) -> NDArray[np.float64]:
    """The probability of each row by a model that saw no row of its page."""
    chance = np.zeros(len(right))
    for fold in range(FOLDS):
        test = page % FOLDS == fold
        model.fit(rows[~test], right[~test], None if weight is None else weight[~test])
        chance[test] = model.predict_proba(rows[test])[:, 1]
    return chance


def write(
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
