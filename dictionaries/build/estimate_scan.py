"""Build models/estimate-scan.tsv: expected character error rate of a page that was held against its picture.

The pages that witness.py sets, wears and reads, each as a language model damages it (words, digits,
characters, sentences lost), as it is printed, and with its lines in disorder. Prints, cross-validated by
page, rank correlation and mean absolute error.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from corpus import parser, write_table
from estimate import ranks
from witness import SCAN, Read, damaged, misreadings, pages

from cleanup import witness
from cleanup.engine import estimate
from cleanup.engine.repair import from_text
from cleanup.engine.repairer import Repairer
from cleanup.measure import blocks

_LOST = 0.06
"""Share of the sentences that are lost."""
_WIDE = 18
"""Characters of a line of a page in disorder."""


class Seen(NamedTuple):
    evidence: np.ndarray
    errors: int
    size: int
    held: float
    """Expected of what is suggested."""
    page: int


def given(read_page: Read, misread: dict[str, list[str]], chance: random.Random) -> list[tuple[str, str]]:
    """(name, text) of a page, in three states."""
    truth = read_page.truth
    parts = re.split(r"(?<=[。；])", damaged(truth, misread, chance))
    kept = "".join(part for part in parts if chance.random() >= _LOST)
    lines = [truth[at : at + _WIDE] for at in range(0, len(truth), _WIDE)]
    return [("page.md", kept), ("page.md", truth), ("page.txt", "\n".join(reversed(lines)))]


def main() -> None:
    """Fit, check, write."""
    options = parser(__doc__)
    options.add_argument("--work", type=Path, required=True, help="folder that keeps what PP-OCR read")
    args = options.parse_args()
    misread, repairer, seen = misreadings(), Repairer(), list[Seen]()
    for number, page in enumerate(pages(args.corpus, args.work)):
        right = "".join(page.truth.split())
        for name, text in given(page, misread, random.Random(number)):
            read = witness.Read(replace(SCAN, width=round(page.page.width)), (page.page,))
            result = repairer.document(witness.beside(from_text(text, name), [read]))
            if result.journal.agreed is not None:
                evidence = estimate.scan_features(result, estimate.without_picture(result))
                wrong = blocks.distance(right, "".join(result.repaired.split()))
                held = estimate.HELD * estimate.suggested(result)
                seen.append(Seen(evidence, wrong, len(right), held, number))
    table = np.array([one.evidence for one in seen])
    wrong, sizes, held, of_page = (
        np.array([one[at] for one in seen], dtype=np.float64) for at in range(1, 5)
    )
    guess, true, errors = np.zeros(len(seen)), wrong / sizes, np.maximum(0.0, wrong - held * sizes)
    for part in range(4):
        apart = of_page % 4 == part
        guess[apart] = (
            estimate.fit(table[~apart], errors[~apart], sizes[~apart]).rate(table[apart]) + held[apart]
        )
    rho = np.corrcoef(ranks(guess), ranks(true))[0, 1]
    print(
        f"{len(seen)} texts: rank correlation {rho:.2f}, mean {true.mean():.4f} expected {guess.mean():.4f}, "
        f"mean absolute error {np.abs(guess - true).mean():.4f}"
    )
    write_table(
        args.out,
        ("term", "centre", "spread", "weight"),
        estimate.rows(estimate.fit(table, errors, sizes), estimate.SCAN_NAMES),
        source="fitted on typeset, worn pages of the corpora, read by PP-OCRv6, in three states of damage",
        used_by="ocrfix estimate: expected character error rate of pages with their pictures",
        date=args.date,
        licence="CC0-1.0 (weights only; no text of the sources)",
    )


if __name__ == "__main__":
    main()
