"""Fit models/runs-again.tsv and eras-again.tsv: what a second look says of changes that seem probable.

Both judges must lie there. Pages with their truth (DIR/bench/ocr-train for news; for other eras what eras.py
leaves in --work) are weighed by judges that have not seen them; trees learn which of the changes left are
right. Truths of news stand among the pages as right ones. Prints, cross-validated by page, how many are
right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from corpus import LICENCE, parser, write_table
from lightgbm import LGBMClassifier
from numpy.typing import NDArray
from truths import node_rows

from cleanup.measure import fitting
from cleanup.measure.fitting import Sample, Weighed
from cleanup.rules import models
from cleanup.score import again, corrector
from cleanup.score.judge import split
from cleanup.score.ngram import Ngrams, Reals

FOLDS = 5
TREES, LEAVES, RATE, LEAST, RIDGE, SEEN, DRAWN = 150, 15, 0.06, 20, 5.0, 0.8, 0.4
"""By hand; from half to twice of each makes no difference that counts."""
RIGHT = 2
"""Every so many pages of news stand among them as they should be, too."""
_Doubles = NDArray[np.float64]


def tables(
    found: Sequence[Sample], weighed: Weighed, sure: _Doubles, model: Ngrams, second: again.Again
) -> Iterator[tuple[Reals, NDArray[np.intp]]]:
    """Of each sample the evidence of all that is looked at again, and which candidates that is."""
    for number, sample in enumerate(found):
        mine = np.flatnonzero((weighed.owner == number) & (sure >= corrector.FAINTEST))
        thought, untold = weighed.thought.only(mine), np.zeros(len(mine))
        heard = second.heard(sample.text, thought.only(again.doubted(sure[mine])))
        judged = again.judged(thought, sure[mine], untold, weighed.table[mine], heard)
        rows = np.flatnonzero(judged.row >= 0)
        if len(rows):
            ids = model.alphabet.ids(sample.text)
            yield again.everything(sample.text, ids, judged, rows, {}), mine[rows]


def fitted(table: Reals, right: NDArray[np.bool_], trees: int = TREES, rate: float = RATE) -> LGBMClassifier:
    """Trees for one kind of change."""
    model = LGBMClassifier(
        n_estimators=trees, num_leaves=LEAVES, learning_rate=rate, min_child_samples=LEAST, reg_lambda=RIDGE,
        subsample=SEEN, subsample_freq=1, colsample_bytree=DRAWN, random_state=1, n_jobs=1,
        deterministic=True, force_row_wise=True, verbose=-1,
    )  # fmt: skip
    return model.fit(table, right)


def fit(found: Sequence[Sample], right: Sequence[Sample], number: int) -> Iterator[tuple[str, ...]]:
    """Rows of the trees of one language model; pages with errors, and pages without."""
    model, other = (models.shipped(at) for at in (number, 1 - number))
    near, second = models.neighbours(models.BESIDE[number]), again.Again(other, {})
    shipped = models.judge_of(models.JUDGES[number])
    every: list[tuple[Reals, NDArray[np.bool_], NDArray[np.str_], NDArray[np.int64]]] = []
    for some in (found, right):
        if not some:
            continue
        weighed = fitting.weigh(some, model, near, models.misreadings())
        sure = (
            fitting.unseen(weighed)
            if some is found
            else shipped.probability(weighed.thought, weighed.shown, weighed.table)
        )
        kinds = np.full(len(sure), "", dtype="<U20")
        for name, mine in split(weighed.thought, weighed.shown).items():
            kinds[mine] = name
        for table, rows in tables(some, weighed, sure, model, second):
            page = weighed.owner[rows] * (1 if some is found else RIGHT)
            every.append((table, weighed.right[rows], kinds[rows], page % FOLDS))
    table, good, kinds, fold = (np.concatenate([one[at] for one in every]) for at in range(4))
    for name in again.KINDS:
        mine = kinds == name
        print(f"{name}: {good[mine].sum()} right of {mine.sum()}", end="")
        chance = np.zeros(mine.sum())
        for out in range(FOLDS):
            test = fold[mine] == out
            part = fitted(table[mine][~test], good[mine][~test])
            chance[test] = part.predict_proba(table[mine][test])[:, 1]
        for least in (0.5, 0.6, 0.7, 0.8, 0.9):
            over = chance >= least
            print(f"; >={least}: {over.sum()} at {good[mine][over].mean():.3f}", end="")
        print(flush=True)
        for node, *rest in node_rows(fitted(table[mine], good[mine]), again.NAMES):
            yield (f"{name} {node}", *rest)


def main() -> None:
    """Fit and write both."""
    options = parser(__doc__, corpus=False)
    options.add_argument("--pages", type=Path, required=True, help="folder of newspaper pages with truth")
    options.add_argument("--work", type=Path, required=True, help="folder that eras.py worked in")
    args = options.parse_args()
    news = fitting.pairs([args.pages])
    eras = fitting.pairs([*sorted((args.work / "made").glob("*/")), args.work / "right", args.work / "news"])
    right = [(name, truth.encode(), truth) for name, _, truth in news[::RIGHT]]
    sets = (
        (fitting.samples(news), fitting.samples(right), "bench/ocr-train, with half of their truths"),
        (fitting.samples(eras), (), "the pages that eras.judge.tsv was fitted on"),
    )
    for number, (found, some, source) in enumerate(sets):
        write_table(
            args.out.parent / Path(models.AGAIN[number]).name,
            ("node", "ask", "bar", "yes", "no"),
            fit(found, some, number),
            source=f"fitted on {source}",
            licence=LICENCE.replace("counts", "bars and leaves"),
            used_by="how sure a change is that seems probable",
            date=args.date,
        )


if __name__ == "__main__":
    main()
