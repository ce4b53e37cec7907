"""Build models/naming.tsv: a misread name of the roster, or somebody else's name?

Made trials: names of real people, half of them (by digest) with one character put in the place of another as
engines did it, half as they are; rosters are drawn from the same people. A conditional logistic model: each
person of the roster one character away has a weight, and "another person" has one; fitted together by largest
likelihood with an L2 penalty, people who are not on the roster counting OTHERS-fold, since to rewrite a name
into another person's is the worst that can happen; a TITLED part of them has an article in an encyclopedia.
Only people of even digest are fitted on; the figures
printed at the end are of the others. Needs the tool installed, numpy and scipy.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from corpus import is_han, parser, write_table
from numpy.typing import NDArray
from scipy.optimize import minimize

from cleanup.data import names
from cleanup.rules import models
from cleanup.score import naming

OTHERS, PENALTY = 20.0, 3.0
TITLED = 0.5
"""How many people in a newspaper have an article in an encyclopedia; of those tried here far more do."""
SIZES = (*(1500,) * 14, 10_000, 10_000, 100_000, 100_000)
MISREAD, RIGHT = 1200, 1500
"""Trials of each kind for each roster."""
Doubles = NDArray[np.float64]
Confusions = dict[str, list[str]]


class Trial(NamedTuple):
    shown: str
    name: str
    """Whose name it is; empty: somebody's who is not on the roster."""
    rivals: list[tuple[str, int, list[float]]]
    """People of the roster one character away: name, place, evidence."""
    other: list[float]


def read_people(paths: Iterable[Path]) -> list[str]:
    """Every name of two or three characters, the first word of each line."""
    found = (line.split("\t")[0].strip() for path in paths for line in path.read_text("utf-8").splitlines())
    return [name for name in dict.fromkeys(found) if len(name) in (2, 3) and all(map(is_han, name))]


def read_confusions(paths: Iterable[Path]) -> Confusions:
    """Right character → what it was taken for.

    Tables of confusions (truth, read, count, isolated …), or of sentences (id, read, truth).
    """
    found: Confusions = defaultdict(list)
    for path in paths:
        lines = path.read_text("utf-8").splitlines()
        if lines[0].startswith("gt\t"):
            rows = [line.split("\t") for line in lines[1:]]
            pairs = [(row[0], row[1]) for row in rows if row[5] == "han>han" and int(row[3])]
        else:
            sentences = [line.split("\t")[1:3] for line in lines]
            pairs = [
                (right, read)
                for one, two in sentences
                if len(one) == len(two)
                for read, right in zip(one, two, strict=True)
                if read != right and is_han(read) and is_han(right)
            ]
        for right, read in dict.fromkeys(pairs):
            found[right].append(read)
    return found


def is_fitted(name: str) -> bool:
    return crc32(name.encode()) % 2 == 0


def gather(people: list[str], table: Confusions, size: int, seed: int, fitted: bool) -> list[Trial]:
    """Trials against one roster: real people, and beyond 1,500 made-up ones of the same parts."""
    chance, known = random.Random(seed), set(people)
    roster = dict.fromkeys(chance.sample(people, min(1500, size)))
    while len(roster) < size:
        one, two, three = (chance.choice(people) for _ in range(3))
        name = one[0] + two[1] + (three[-1] if chance.random() < 0.85 else "")
        if name not in known:
            roster[name] = None
    gaps: dict[str, list[str]] = defaultdict(list)
    for name in roster:
        for at in range(len(name)):
            gaps[f"{name[:at]}?{name[at + 1 :]}"].append(name)
    runs, channel = models.language(), models.misreadings()

    def trial(shown: str, name: str) -> Trial:
        rivals = []
        for at in range(len(shown)):
            for rival in gaps.get(f"{shown[:at]}?{shown[at + 1 :]}", ()):
                if rival != shown:
                    seen = naming.pair(channel, shown[at], rival[at])
                    rivals.append((rival, at, [*seen, *naming.places(names, shown, rival, at, size)]))
        return Trial(shown, name, rivals, naming.other(names, runs, shown))

    trials: list[Trial] = []
    real = [name for name in roster if name in known and is_fitted(name) == fitted]
    while len(trials) < MISREAD:
        name = chance.choice(real)
        options = [(at, read) for at, char in enumerate(name) for read in table.get(char, ())]
        if options:
            at, read = chance.choice(options)
            shown = name[:at] + read + name[at + 1 :]
            if shown not in known and shown not in roster:
                trials.append(trial(shown, name))
    absent = [name for name in people if name not in roster and is_fitted(name) == fitted]
    chance.shuffle(absent)
    near = (trial(name, "") for name in absent)
    return trials + [found for found in near if found.rivals][:RIGHT]


class Packed(NamedTuple):
    rivals: Doubles
    of: NDArray[np.int64]
    """Which trial each rival belongs to."""
    others: Doubles
    right: NDArray[np.int64]
    """Row of the right rival; -1: somebody else."""
    titled: NDArray[np.bool_]
    """Whether the name shown is the title of an article."""

    @classmethod
    def of_trials(cls, trials: list[Trial]) -> Packed:
        rows, of, right = [], [], []
        for at, trial in enumerate(trials):
            right.append(-1)
            for name, _, evidence in trial.rivals:
                if name == trial.name:
                    right[-1] = len(rows)
                rows.append(evidence)
                of.append(at)
        others = np.array([trial.other for trial in trials])
        titled = np.array([names.is_title(trial.shown) for trial in trials])
        return cls(np.array(rows), np.array(of), others, np.array(right), titled)


def shares(weights: Doubles, packed: Packed) -> tuple[Doubles, Doubles]:
    """Log share of each rival, and of "another person", in its trial."""
    size = packed.rivals.shape[1]
    own, other = packed.rivals @ weights[:size], packed.others @ weights[size:]
    most = other.copy()
    np.maximum.at(most, packed.of, own)
    total = np.exp(other - most)
    np.add.at(total, packed.of, np.exp(own - most[packed.of]))
    whole = most + np.log(total)
    return own - whole[packed.of], other - whole


def fit(packed: Packed) -> Doubles:
    """The weights of largest likelihood under the penalty, on evidence of unit spread."""
    table = np.concatenate((packed.rivals.std(axis=0), packed.others.std(axis=0)))
    spread = np.where(table > 1e-9, table, 1.0)
    size = packed.rivals.shape[1]
    scaled = packed._replace(rivals=packed.rivals / spread[:size], others=packed.others / spread[size:])
    there = scaled.right >= 0
    share = scaled.titled[~there].mean()
    usual = np.where(scaled.titled, TITLED / share, (1 - TITLED) / (1 - share))
    count = np.where(there, 1.0, OTHERS * usual)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        own, other = shares(weights, scaled)
        value = -(count * np.where(there, own[scaled.right], other)).sum()
        slope = (scaled.rivals * (np.exp(own) * count[scaled.of])[:, None]).sum(axis=0)
        slope -= scaled.rivals[scaled.right[there]].sum(axis=0)
        rest = (scaled.others * ((np.exp(other) - ~there) * count)[:, None]).sum(axis=0)
        gradient = np.concatenate((slope, rest)) + PENALTY * weights
        return value + PENALTY * (weights**2).sum() / 2, gradient

    found = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B", options={"maxiter": 800})
    return np.asarray(found.x / spread)


def curve(weights: Doubles, trials: list[Trial]) -> None:
    """Print what is restored at what price, on people who were not fitted on."""
    packed = Packed.of_trials(trials)
    own, _ = shares(weights, packed)
    best: dict[int, tuple[float, int]] = {}
    row = 0
    for at, trial in enumerate(trials):
        for number in range(len(trial.rivals)):
            best[at] = max(best.get(at, (-99.0, 0)), (float(own[row]), number))
            row += 1
    right, others, first = [], {}, 0
    for at, trial in enumerate(trials):
        share, number = best[at]
        name, place, _ = trial.rivals[number]
        gated = place == 0 and names.is_surname(trial.shown[0])
        share = 0.0 if gated else float(np.exp(share))
        if trial.name:
            first += name == trial.name
            right.append(share if name == trial.name else 0.0)
        else:
            others[trial.shown, name] = share
    untitled = {key: share for key, share in others.items() if not names.is_title(key[0])}
    print(f"{len(right)} misread, right one first {first / len(right):.3f}")
    for which, some in (("others", others), ("others without an article", untitled)):
        ranked = sorted(some.items(), key=lambda item: -item[1])
        print(f"  {len(some)} {which}")
        for allowed in (0, 1, 2, 5, 10, 20, 40):
            bar = ranked[allowed][1]
            made = sum(share > bar for share in right) / len(right)
            print(f"  bar {bar:.4f}: {made:.3f} restored, {allowed} rewritten")
        print("  ", [(*key, round(share, 3)) for key, share in ranked[:12]])


def main() -> None:
    """Make trials, fit, write, and show the curve."""
    command = parser(__doc__, corpus=False)
    command.add_argument("--people", type=Path, nargs="+", required=True, help="names, one a line")
    command.add_argument("--confusions", type=Path, nargs="+", required=True, help="to fit to")
    command.add_argument("--check", type=Path, nargs="*", default=[], help="confusions to check with")
    args = command.parse_args()
    people, table = read_people(args.people), read_confusions(args.confusions)
    trials = [t for seed, size in enumerate(SIZES) for t in gather(people, table, size, seed + 100, True)]
    weights = fit(Packed.of_trials(trials))
    labels = (*naming.PAIR, *naming.PLACE, *naming.OTHER)
    write_table(
        args.out,
        ("evidence", "weight"),
        [(label, f"{weight:.5g}") for label, weight in zip(labels, weights, strict=True)],
        source=f"fitted to {len(trials)} made trials: names of officials and people in the news, whole and "
        "with confusions of tesseract 5.3, PP-OCRv4 and FASPell's OCR; no name is kept",
        licence="CC0-1.0 (weights only)",
        used_by="whether a name shown is a misread one of the roster or somebody else's",
        date=args.date,
    )
    for path in args.check:
        check = read_confusions([path])
        for size in (1500, 100_000):
            seeds = range(30, 34) if size == 1500 else range(30, 31)
            unseen = [t for seed in seeds for t in gather(people, check, size, seed, False)]
            print(path.name, size)
            curve(weights, unseen)


if __name__ == "__main__":
    main()
