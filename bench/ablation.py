"""What each part of the corrector earns: the judge fitted again without it, on documents it has not seen.

    python -m bench.ablation FOLDER...

FOLDERs hold NAME.ocr.txt and NAME.gt.txt (truth). Prints a table in Markdown: changes at a probability of 0.6
and over, the share of them that are right, and how many more were right than wrong. Then how many errors
there are of kinds for which the corrector has no candidates.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from cleanup.measure import fitting
from cleanup.measure.fitting import Sample, Weighed
from cleanup.rules import models
from cleanup.score.beside import Beside
from cleanup.score.candidates import DELETE, INSERT
from cleanup.score.channel import Channel, Glyphs, Reread
from cleanup.score.evidence import NAMES
from cleanup.score.ngram import Ids, Levels, Ngrams
from cleanup.score.regression import Reals
from cleanup.text.scripts import is_han

LEAST = 0.6
BESIDE = 8
"""Characters on either side that words are looked for in."""
DOCUMENT = ("old-in-document", "new-in-document", "series")
SURROUNDINGS = ("around", "near-break", "segment", "before-old", "behind-old", "since-stop", "until-stop")
COUNTS = tuple(f"{side}-{size}" for side in ("old", "new") for size in ("pair", 3, 4, 5, "single"))


class _Shorter(Ngrams):
    """The same model, looking two characters back only."""

    def levels(self, rows: Ids, given: Sequence[Levels] | None = None) -> list[Levels]:
        found = super().levels(rows, given)
        return found[:2] + [np.zeros_like(level) for level in found[2:]]


def variants(found: Sequence[Sample], file: Path) -> Iterator[tuple[str, NDArray[np.float64], Weighed]]:
    """Name, probabilities and candidates of each variant; `file` is the language model's."""
    model, near, channel = models.language(), models.neighbours(models.BESIDE[0]), models.misreadings()
    whole = fitting.weigh(found, model, near, channel)
    yield "whole", fitting.unseen(whole), whole
    yield "no judge: by the gain of the language model alone", _by_gain(whole), whole
    yield "judge without squares", fitting.unseen(whole, 0), whole
    for name, columns in (
        ("without what else the document says", DOCUMENT),
        ("without the surroundings", SURROUNDINGS),
        ("without the counts of single runs", COUNTS),
    ):
        table = whole.table.copy()
        table[:, [NAMES.index(column) for column in columns]] = 0
        yield name, fitting.unseen(replace(whole, table=table)), whole
    table = np.concatenate((whole.table, words(found, whole)), axis=1)
    yield "also with a lattice of words, before and after", fitting.unseen(replace(whole, table=table)), whole
    reread, never, blank = channel.reread, _Never(channel.reread), _Blank(channel.glyphs)
    for name, other in (
        ("channel without counts of real misreadings", Channel(channel.glyphs, reread, {})),
        ("channel without drawn likeness", Channel(blank, reread, channel.misread)),
        ("channel without drawn text read again", Channel(channel.glyphs, never, channel.misread)),
        ("no channel", Channel(blank, never, {})),
    ):
        yield _weighed_again(name, found, model, near, other)
    yield _weighed_again("language model of three characters", found, _Shorter(file), near, channel)


def words(found: Sequence[Sample], weighed: Weighed) -> Reals:
    """How words cover what is around each candidate, as read and as changed: four columns for each.

    The share of characters in words of two and more, words for each character, whether the place is in such a
    word, and how long that is; words by the likeliest way through jieba's lattice.
    """
    rows = []
    thought = weighed.thought
    parted = lru_cache(maxsize=1 << 18)(_parted)
    for at, kind, new, owner in zip(
        thought.at.tolist(), thought.kind.tolist(), thought.char.tolist(), weighed.owner.tolist(), strict=True
    ):
        text = found[owner].text
        before = text[max(0, at - BESIDE) : at].rpartition("\n")[2]
        here = "" if kind == INSERT else text[at]
        behind = text[at + len(here) : at + len(here) + BESIDE].partition("\n")[0]
        after = "" if kind == DELETE else new
        place = len(before)
        rows.append((*parted(before + here + behind, place), *parted(before + after + behind, place)))
    return np.array(rows, dtype=np.float32)


def _parted(text: str, place: int) -> tuple[float, float, float, float]:
    import rjieba

    pieces = rjieba.cut(text, hmm=False)
    size = start = 0
    for piece in pieces:
        if start <= place:
            size = len(piece)
        start += len(piece)
    covered = sum(len(piece) for piece in pieces if len(piece) > 1)
    return covered / max(1, len(text)), len(pieces) / max(1, len(text)), float(size > 1), float(size)


def _weighed_again(
    name: str, found: Sequence[Sample], model: Ngrams, near: Beside, channel: Channel
) -> tuple[str, NDArray[np.float64], Weighed]:
    weighed = fitting.weigh(found, model, near, channel)
    return name, fitting.unseen(weighed), weighed


class _Blank(Glyphs):
    """No two characters look alike."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._rows = np.zeros_like(glyphs._rows)
        self._place = glyphs._place


class _Never(Reread):
    """No drawn character was taken for another."""

    def __init__(self, reread: Reread) -> None:
        self._places, self._printed = reread._places, reread._printed
        self._steps, self._value, self.most = np.zeros_like(reread._steps), reread._value, 0.0


def _by_gain(weighed: Weighed) -> NDArray[np.float64]:
    """Over LEAST from the gain on that leaves the most right over wrong."""
    gain = weighed.table[:, 0] + weighed.table[:, 1]
    order = np.argsort(-gain)
    best = int(np.argmax(np.cumsum(np.where(weighed.right[order], 1, -1))))
    return np.where(gain >= gain[order[best]], 1.0, 0.0)


def line(name: str, probability: NDArray[np.float64], weighed: Weighed) -> str:
    """A row of the table; of several candidates at a place only the best counts."""
    place = weighed.owner.astype(np.int64) * 10_000_000 + weighed.thought.at
    order = np.lexsort((-probability, place))
    first = order[np.unique(place[order], return_index=True)[1]]
    made = first[probability[first] >= LEAST]
    right = int(weighed.right[made].sum())
    share = right / max(1, len(made))
    return f"| {name} | {len(made)} | {share:.3f} | {2 * right - len(made)} |"


def rare_kinds(found: Sequence[Sample]) -> dict[str, int]:
    """How many differences from the truth a split, a merged character or swapped neighbours may explain."""
    from cleanup.data import files

    halves = {
        parts: whole for whole, ways in files.rows("characters/split.tsv", 2) for parts in ways.split(" ")
    }
    counts = {"differences": 0, "split (林 read as 木木)": 0, "merged (木木 read as 林)": 0, "swapped": 0}
    for sample in found:
        read, printed = sample.truth.flat, sample.truth.truth
        for op in Levenshtein.opcodes(read, printed):
            if op.tag == "equal":
                continue
            one = read[max(0, op.src_start - 2) : op.src_end + 2]
            two = printed[max(0, op.dest_start - 2) : op.dest_end + 2]
            counts["differences"] += 1
            counts["split (林 read as 木木)"] += _said_whole(one, two, halves)
            counts["merged (木木 read as 林)"] += _said_whole(two, one, halves)
            pairs = (one[at : at + 2] for at in range(len(one) - 1))
            counts["swapped"] += any(
                all(map(is_han, pair)) and pair[::-1] in two and pair not in two and pair[::-1] not in one
                for pair in pairs
            )
    return counts


def _said_whole(parted: str, whole: str, halves: Mapping[str, str]) -> bool:
    """Whether two characters of the one stand as a single character in the other."""
    pairs = (parted[at : at + 2] for at in range(len(parted) - 1))
    return any(pair in halves and halves[pair] in whole and pair not in whole for pair in pairs)


def main(folders: Sequence[str]) -> None:
    """Print the table."""
    from cleanup.data import files

    pairs = fitting.pairs([Path(folder) for folder in folders])
    print("| variant | changes | right | right less wrong |\n|---|---|---|---|")
    found = fitting.samples(pairs)
    for name, probability, weighed in variants(found, files.path("models/runs.bin")):
        print(line(name, probability, weighed), flush=True)
    print("\n| kind of error | places |\n|---|---|")
    for name, count in rare_kinds(found).items():
        print(f"| {name} | {count} |")


if __name__ == "__main__":
    main(sys.argv[1:])
