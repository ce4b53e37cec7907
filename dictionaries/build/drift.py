"""Build models/drift.tsv: the trees by which a formula is told from another wording.

Leaves one paragraph in so many out of the counting of formulas, loses, swaps, adds and replaces words
inside formulas of these paragraphs by program, and fits boosted trees on what the tool then thinks of: the
text that was there, or anything else. Prints recall and precision, cross-validated by page. The language
model has seen these paragraphs once, which counts for little: its runs must stand in several. Needs the
tool installed, numpy, scikit-learn, lightgbm and rjieba.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import rjieba
import truths
from corpus import parser, read
from formulas import CORPORA, KINDS, SIZE, WEIGHTS, kept_out, texts
from lightgbm import LGBMClassifier
from numpy.typing import NDArray

from cleanup.rules import models
from cleanup.score.drift import spans, think
from cleanup.score.drift_cues import Cues
from cleanup.score.formulas import ANCHOR, ORDER, Formulas
from cleanup.score.mining import mine
from cleanup.score.pieces import load
from cleanup.text.scripts import is_han
from cleanup.text.wording import wording

ONE_IN = 120
"""Paragraphs left out."""
PAGE = 8
"""Paragraphs of a page."""
TURNS = 3
"""How often each page is damaged anew."""
DAMAGED = 0.75
"""Share of paragraphs that are."""
WINDOW, FREQUENT = 10, 20
"""A word is in a formula where so many characters around it stand in so many texts."""
KINDS_OF_DAMAGE = {"lost": 40, "other": 32, "swapped": 20, "near": 8, "added": 4}
"""With their weights; near: replaced by a word that shares a character."""
RATE = 2000
"""Characters of a page for one drift: the worst pages of vision-language models have one in 1,200."""
TREES = {
    "n_estimators": 160, "num_leaves": 8, "learning_rate": 0.06, "min_child_samples": 25, "reg_lambda": 8.0,
    "subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.5, "random_state": 1, "n_jobs": 1,
    "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip


class Damage(NamedTuple):
    """A word that is not what was there."""

    start: int
    end: int
    was: str
    kind: str


class Maker:
    """Damages paragraphs."""

    def __init__(self, formulas: Formulas, paragraphs: list[str], draw: Random) -> None:
        self._formulas, self._draw = formulas, draw
        words = [
            word
            for text in paragraphs
            for word in rjieba.cut(text)
            if len(word) == 2 and all(map(is_han, word))
        ]
        self._words = words
        self._with: dict[str, list[str]] = {}
        for word in sorted(set(words)):
            for char in word:
                self._with.setdefault(char, []).append(word)

    def damage(self, text: str) -> tuple[str, Damage] | None:
        """The paragraph with one word inside a formula lost, swapped, added or replaced."""
        tokens = rjieba.cut(text)
        at = np.cumsum([0] + [len(token) for token in tokens])
        inside = self._inside(text, tokens, at)
        if not inside:
            return None
        draw, number = self._draw, self._draw.choice(inside)
        first, last = number, number + 1
        kind = draw.choices(list(KINDS_OF_DAMAGE), list(KINDS_OF_DAMAGE.values()))[0]
        token = tokens[number]
        if kind == "lost":
            new = ""
        elif kind == "swapped":
            if number + 1 not in inside:
                return None
            last, new = number + 2, tokens[number + 1] + token
        elif kind == "near":
            others = [word for word in self._with.get(draw.choice(token), ()) if word != token]
            new = draw.choice(others) if others else token
        else:
            new = (token if kind == "added" else "") + draw.choice(self._words)
        start, end = int(at[first]), int(at[last])
        if new == text[start:end]:
            return None
        return text[:start] + new + text[end:], Damage(start, start + len(new), text[start:end], kind)

    def _inside(self, text: str, tokens: list[str], at: NDArray[np.int64]) -> list[int]:
        words = wording(text)
        if len(words.codes) < WINDOW:
            return []
        counts = _counted(self._formulas, words.codes, WINDOW)
        place = {int(where): number for number, where in enumerate(words.places)}
        found = []
        for number, token in enumerate(tokens):
            here = place.get(int(at[number]))
            if here is None or not (2 <= len(token) <= 4 and all(map(is_han, token))):
                continue
            around = counts[max(0, here + len(token) + 2 - WINDOW) : max(0, here - 1)]
            if (around >= FREQUENT).any():
                found.append(number)
        return found


def _counted(formulas: Formulas, text: NDArray[np.uint16], size: int) -> NDArray[np.float64]:
    """How often the run of `size` characters from each place of `text` was counted, at most; 0: it is
    in no piece."""
    around = np.append(text, np.zeros(size, dtype=np.uint16))
    row, place = formulas.pairs(around, np.arange(len(text) - size + 1))
    for offset in range(ANCHOR, size):
        same = formulas.pieces.take(place + offset, mode="clip") == around[row + offset]
        row, place = row[same], place[same]
    found = np.zeros(len(text) - size + 1)
    least = np.min([formulas.counts(place + offset) for offset in range(size - ORDER + 1)], axis=0)
    np.maximum.at(found, row, least)
    return found


def pages(paragraphs: list[str], maker: Maker, draw: Random) -> Iterator[tuple[str, list[Damage]]]:
    """Pages of some damaged paragraphs."""
    for first in range(0, len(paragraphs), PAGE):
        text, damages = "", []
        for paragraph in paragraphs[first : first + PAGE]:
            made = maker.damage(paragraph) if draw.random() < DAMAGED else None
            shown, damage = made or (paragraph, None)
            if damage:
                damages.append(damage._replace(start=damage.start + len(text), end=damage.end + len(text)))
            text += shown + "\n"
        yield text, damages


def main() -> None:
    """Fit and write."""
    options = parser(__doc__)
    options.add_argument(
        "--held", type=Path, required=True, help="file of the formulas of the rest; made once"
    )
    args = options.parse_args()
    if not args.held.is_file():
        args.held.write_bytes(mine(list(texts(args.corpus, ONE_IN)), KINDS, SIZE, "held", WEIGHTS))
    known = load(args.held)
    draw = Random(3)
    paragraphs = [
        line.replace(" ", "").replace("\u3000", "")
        for name, _ in CORPORA
        for line in read(args.corpus, name).split("\n")
        if 25 < len(line) < 900 and kept_out(line, ONE_IN)
    ]
    draw.shuffle(paragraphs)
    maker = Maker(known, paragraphs, draw)
    rows: list[Cues] = []
    truth: list[bool] = []
    near: list[bool] = []
    page: list[int] = []
    made = size = 0
    for _ in range(TURNS):
        for number, (text, damages) in enumerate(pages(paragraphs, maker, draw)):
            made, size = made + len(damages), size + len(text)
            thought = think(text, models.language(), known)
            if thought is None:
                continue
            for (start, end), new, cues in zip(spans(thought), thought.new, thought.cues, strict=True):
                by = [damage for damage in damages if start <= damage.end + 8 and end >= damage.start - 8]
                rows.append(cues)
                near.append(bool(by))
                truth.append(any(_restores(text, start, end, new, damage) for damage in by))
                page.append(number)
    table, right, beside = np.array(rows, dtype=float), np.array(truth), np.array(near)
    weight = np.where(beside, 1.0, RATE * made / size)
    model = LGBMClassifier(**TREES)
    chance = truths.unseen(model, table, right, np.array(page), weight)
    print(f"{made} drifts in {size} characters; thought of {right.sum()}; {len(rows)} changes weighed")
    for least in (0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99):
        some = chance >= least
        far = int((some & ~beside).sum())
        good = weight[some & right].sum() / max(1.0, weight[some].sum())
        print(
            f"  {least}: {int((some & right).sum())} right ({good:.3f} of all), "
            f"{int((some & beside & ~right).sum())} beside wrong, {1e4 * far / size:.2f} elsewhere per 10,000"
        )
    model.fit(table, right, weight)
    truths.write_trees(
        args.out,
        model,
        Cues._fields,
        source="fitted on news transcripts, government reports, papers and statutes with words lost, "
        "swapped, added and replaced in formulas by program",
        date=args.date,
        used_by="formulas.drift",
    )


def _restores(text: str, start: int, end: int, new: str, damage: Damage) -> bool:
    low, high = min(start, damage.start), max(end, damage.end)
    return (
        text[low:start] + new + text[end:high]
        == text[low : damage.start] + damage.was + text[damage.end : high]
    )


if __name__ == "__main__":
    main()
