"""Fit models/unfitting.tsv: what may have stood where characters do not fit.

Pages with their truth (DIR/bench/ocr-train, every third; what eras.py leaves in --work) as the tool repairs
them: of all that is thought of at odd places trees learn which is right. The tool itself repairs them, so a
table of that name, an older one, must lie there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from again import fitted
from corpus import LICENCE, parser, write_table
from numpy.typing import NDArray
from truths import node_rows

from bench.suggestions import remaining
from cleanup import formats
from cleanup.engine.repair import from_text, repair_document
from cleanup.measure import pairing
from cleanup.rules import models
from cleanup.score import corrector, stream, unfitting
from cleanup.score.choice import likeliest
from cleanup.score.ngram import Reals
from cleanup.text import simplify
from cleanup.text.scripts import is_mixed, is_traditional

STEP = 3
TREES, RATE = 60, 0.15
"""By hand: 300 find two in a hundred more, and take as long again."""


def weighed(name: str, repaired: str, truth: str) -> tuple[Reals, NDArray[np.bool_]] | None:
    """All that is thought of on a page, and whether it is right."""
    seen = stream.of(formats.from_text(repaired, f"{name}.txt"))
    text = simplify.one_script(seen.text)
    shown = seen.text if is_traditional(seen.text) or is_mixed(seen.text) else ""
    number = likeliest(text, [models.shipped(0), models.shipped(1)])
    reader = models.reader(number)
    found = [(start, *some) for start, *some in reader.think_widely(text, shown, corrector.SEARCHED)]
    if not found:
        return None
    place = {int(at): order for order, at in enumerate(seen.places)}
    wanted = {
        place[at]: simplify.one_script(char) for at, char in remaining(repaired, truth).items() if at in place
    }
    right = [
        wanted.get(start + at) == char
        for start, thought, _ in found
        for at, char in zip(thought.at.tolist(), thought.char.tolist(), strict=True)
    ]
    return np.concatenate([table for *_, table in found]), np.array(right)


def rows(folders: list[Path], pages: Path) -> Iterator[tuple[str, ...]]:
    """The trees."""
    trios = [trio for folder in folders for trio in pairing.of_set(folder)]
    trios += list(pairing.of_set(pages))[::STEP]
    found = []
    for trio in trios:
        source = from_text(trio.ocr.read_text("utf-8"), f"{trio.name}.txt")
        found.append(weighed(trio.name, repair_document(source).repaired, trio.truth.read_text("utf-8")))
    some = [one for one in found if one is not None]
    table, right = (np.concatenate([one[at] for one in some]) for at in range(2))
    print(f"{right.sum()} right of {len(right)} on {len(some)} pages", flush=True)
    yield from node_rows(fitted(table, right, TREES, RATE), unfitting.NAMES)


def main() -> None:
    """Fit and write."""
    options = parser(__doc__, corpus=False)
    options.add_argument("--pages", type=Path, required=True, help="folder of newspaper pages with truth")
    options.add_argument("--work", type=Path, nargs="+", required=True, help="folders of pages of other eras")
    args = options.parse_args()
    write_table(
        args.out,
        ("node", "ask", "bar", "yes", "no"),
        rows(args.work, args.pages),
        source="fitted on pages that eras.judge.tsv was fitted on, and every third of bench/ocr-train",
        licence=LICENCE.replace("counts", "bars and leaves"),
        used_by="what is suggested where characters do not fit",
        date=args.date,
    )


if __name__ == "__main__":
    main()
