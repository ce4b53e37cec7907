"""Fit models/estimate.tsv: expected character error rate of a page, from pages with their truths.

    python dictionaries/build/estimate.py --pairs FOLDER [--check FOLDER ...] --out models/estimate.tsv

FOLDER holds NAME.ocr.txt and NAME.gt.txt. The truths themselves count as pages without errors. Prints for
each folder of --check, which is never fitted on, rank correlation and mean absolute error.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from corpus import parser, write_table
from numpy.typing import NDArray

from cleanup import repair
from cleanup.engine import estimate
from cleanup.measure import blocks, pairing
from cleanup.measure.texts import solids

SOURCE = (
    "fitted on 399 typeset, degraded pages read by tesseract 5.3 and PP-OCRv4, "
    "and on their truths as pages without errors"
)


class Seen(NamedTuple):
    """A page with its evidence."""

    evidence: NDArray[np.float64]
    errors: int
    size: int
    before: float
    """CER as read."""
    made: float
    """Expected CER as read, less what is left."""


def look(job: tuple[Path, Path]) -> Seen:
    """Repair a page and compare it with its truth."""
    read, truth = job
    result = repair(read.read_bytes(), name=read.name)
    right, before, after = solids(truth.read_text("utf-8"), result.original, result.repaired)
    size = len(right)
    expected = estimate.estimate(result)
    return Seen(
        estimate.features(result),
        blocks.distance(right.text, after.text),
        size,
        blocks.distance(right.text, before.text) / size,
        expected.ocr - expected.clean,
    )


def jobs(folder: Path) -> list[tuple[Path, Path]]:
    """(OCR, truth) of every page."""
    return [(pair.ocr, pair.truth) for pair in pairing.of_set(folder)]


def ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks; equal values share theirs."""
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[where], dtype=np.float64)


def report(name: str, weights: estimate.Weights, seen: Sequence[Seen]) -> None:
    table = np.array([one.evidence for one in seen])
    guess = weights.rate(table)
    true = np.array([one.errors / one.size for one in seen])
    before = np.array([one.before for one in seen])
    guess_before = guess + np.array([one.made for one in seen])
    rho = [np.corrcoef(ranks(a), ranks(b))[0, 1] for a, b in ((guess, true), (guess_before, before))]
    print(
        f"{name}: {len(seen)} pages; repaired: rank correlation {rho[0]:.2f}, mean {true.mean():.4f} "
        f"expected {guess.mean():.4f}, mean absolute error {np.abs(guess - true).mean():.4f}; as read: "
        f"rank correlation {rho[1]:.2f}, mean {before.mean():.4f} expected {guess_before.mean():.4f}, "
        f"mean absolute error {np.abs(guess_before - before).mean():.4f}"
    )


def main() -> None:
    """Fit, check, write."""
    options = parser(__doc__, corpus=False)
    options.add_argument("--pairs", type=Path, required=True, help="folder of NAME.ocr.txt and NAME.gt.txt")
    options.add_argument("--check", type=Path, nargs="*", default=[], help="folders to check with")
    options.add_argument("--workers", type=int, default=2)
    args = options.parse_args()
    pairs = jobs(args.pairs)
    with ProcessPoolExecutor(args.workers) as pool:
        seen = list(pool.map(look, [*pairs, *((truth, truth) for _, truth in pairs)], chunksize=8))
        weights = estimate.fit(
            np.array([one.evidence for one in seen]),
            np.array([one.errors for one in seen], dtype=np.float64),
            np.array([one.size for one in seen], dtype=np.float64),
        )
        write_table(
            args.out,
            ("term", "centre", "spread", "weight"),
            estimate.rows(weights, estimate.NAMES),
            source=SOURCE,
            used_by="ocrfix estimate: expected character error rate",
            date=args.date,
            licence="CC0-1.0 (weights only; no text of the sources)",
        )
        report(f"{args.pairs.name} (fitted on)", weights, seen)
        for folder in args.check:
            report(folder.name, weights, list(pool.map(look, jobs(folder), chunksize=8)))


if __name__ == "__main__":
    main()
