"""Build models/verse.tsv: the trees by which verse is told from prose in a column.

A break between two lines looks much the same in both; what tells them apart is the company: how many lines
around fill the column, have marks inside, end with one, end paragraphs, how paragraphs begin, and how well
the language model finds them to go on. Reads the same pages with their truth as joins.py for prose, and poems
of the corpus for verse (made.py). Needs the tool installed, and numpy and lightgbm. Prints how many breaks of
each are told, by pages that the trees did not see.
"""

from __future__ import annotations

from pathlib import Path

import made
import numpy as np
import truths
from corpus import parser
from lightgbm import LGBMClassifier
from numpy.typing import NDArray

from cleanup import formats
from cleanup.rules.contract import Lines
from cleanup.text.cues import Cues

ASKED = (
    "width", "loose", "inner", "ended", "around", "dense", "ragged", "kept", "run", "alike", "setback",
)  # fmt: skip
POEMS = 500
TREES, LEAVES, RATE, LEAST, RIDGE = 60, 8, 0.1, 60, 5.0


def cues(text: str) -> NDArray[np.float64]:
    """What is asked of each break of a text."""
    document = formats.parse(text, "text", "page.txt")
    places = [Cues._fields.index(name) for name in ASKED]
    rows = [[seam.cues[at] for at in places] for seam in Lines().seams(document)]
    return np.array(rows).reshape(-1, len(ASKED))


def main() -> None:
    """Fit and write."""
    options = parser(__doc__)
    options.add_argument("--pages", type=Path, required=True, help="folder of NAME.ocr.txt and NAME.gt.txt")
    options.add_argument("--work", type=Path, required=True, help="folder that eras.py worked in")
    args = options.parse_args()
    folders = [args.pages, *sorted((args.work / "made").glob("*/"))]
    prose = [cues(page.document.text) for folder in folders for page in truths.pages(folder, truths.early())]
    verse = [cues(text) for text in made.poems(args.corpus, POEMS)]
    table = np.concatenate([*prose, *verse])
    is_verse = np.repeat([False, True], [sum(map(len, prose)), sum(map(len, verse))])
    of_page = np.repeat(np.arange(len(prose) + len(verse)), [len(page) for page in (*prose, *verse)])
    model = LGBMClassifier(
        n_estimators=TREES, num_leaves=LEAVES, learning_rate=RATE, min_child_samples=LEAST, reg_lambda=RIDGE,
        random_state=1, n_jobs=1, deterministic=True, force_row_wise=True, verbose=-1,
    )  # fmt: skip
    chance = truths.unseen(model, table, is_verse, of_page)
    for name, some in (("prose", ~is_verse), ("verse", is_verse)):
        print(f"{some.sum()} breaks of {name}: {(chance[some] > 0.5).mean():.3f} said to be verse")
    model.fit(table, is_verse)
    truths.write_trees(
        args.out,
        model,
        ASKED,
        source="fitted on rendered newspaper pages, and pages of books and essays, read by tesseract 5.3 and "
        "PP-OCRv4, and on modern poems (sheepzh/poetry, MIT)",
        date=args.date,
    )


if __name__ == "__main__":
    main()
