"""What joins.py and specks.py share: pages with their truth, and what a model says of unseen ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cleanup import formats
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.measure import pairing
from cleanup.model.document import Document

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
