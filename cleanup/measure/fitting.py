"""Channel and judge from pairs of OCR text and truth, as the tool's own earlier rules leave the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleanup import formats
from cleanup.engine.repair import Settings, read, repair_document
from cleanup.measure import pairing
from cleanup.measure.alignment import Alignment, Pair, nested, solid
from cleanup.model.errors import Exit, OcrfixError
from cleanup.score import gate, judge, regression, stream
from cleanup.score.beside import Beside
from cleanup.score.candidates import INSERT, Candidates
from cleanup.score.channel import Channel
from cleanup.score.corrector import Corrector
from cleanup.score.gate import Flags
from cleanup.score.ngram import Ngrams
from cleanup.score.noise import Specks
from cleanup.score.regression import Reals, Weights
from cleanup.score.scan import HAN, Scan, codes_of, kind, scan
from cleanup.score.stretches import joined
from cleanup.text import simplify
from cleanup.text.scripts import is_mixed, is_traditional

FOLDS = 5
WANTED = 0.5
"""A place matters to the gates where a right change is at least so probable."""
MISSED, MISSED_GAPS = 0.02, 0.25
"""The share of such places that a gate may leave out, of characters and of gaps."""
UNLIKELY = -6.0
"""Nats a character below which a run that was not printed is noise, not a line out of place."""
SHARED = 3
"""Documents in whose noise a character must stand."""
SURE_NOISE = 15.0
_FAMILY = "context"
Told = Callable[[str], None]


class TooFew(OcrfixError):
    """The samples have too few errors that could be repaired to fit anything on them."""

    exit_code = Exit.INPUT

    def __init__(self) -> None:
        super().__init__(
            "这些成对的文件里可修复的错误太少，无法拟合；请再加一些成对的文件（约一百对起）。",
            "these pairs have too few errors of each kind to fit on; add more, from about 100.",
        )
        self.args = ()


@dataclass(frozen=True)
class Sample:
    """A document as the judge meets it, with its truth."""

    name: str
    text: str
    """In simplified script."""
    truth: Alignment
    shown: str = ""
    """How the text stands in traditional script, letter for letter, if it does."""

    def scan(self, model: Ngrams) -> Scan:
        """The text as the judge weighs it."""
        found = scan(self.text, model)
        return replace(found, printed=codes_of(self.shown)) if self.shown else found


def pairs(folders: Iterable[Path]) -> list[tuple[str, bytes, str]]:
    """(name, OCR bytes, truth) of every NAME.ocr.txt with NAME.gt.txt."""
    return [
        (pair.ocr.name, pair.ocr.read_bytes(), pair.truth.read_text("utf-8"))
        for folder in folders
        for pair in pairing.of_set(folder)
    ]


def samples(files: Iterable[tuple[str, bytes, str]], told: Told = lambda _: None) -> list[Sample]:
    """Samples of (name, OCR bytes, truth) triples, repaired by all families but this one."""
    found = []
    for name, data, truth in files:
        document = read(data, name)
        repaired = repair_document(document, None, Settings(skip=(_FAMILY,))).repaired
        shown = stream.of(formats.from_text(repaired, name)).text
        text = simplify.one_script(shown)
        alignment = Alignment(text, solid(simplify.one_script(truth)))
        found.append(Sample(name, text, alignment, shown if is_traditional(shown) or is_mixed(shown) else ""))
        told(name)
    return found


def misread(found: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """What was read → what was printed → how often."""
    total: Counter[Pair] = Counter()
    for sample in found:
        total.update(sample.truth.pairs)
    return nested(total)


def noise(found: Sequence[Sample], model: Ngrams) -> dict[str, float]:
    """How often each character stands in runs where nothing was printed.

    First what several documents share, then all characters of the runs that are surely noise by that.
    """
    counts: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for sample in found:
        seen = scan(sample.truth.flat, model)
        odd = 0.5 * (np.maximum(seen.forward, -14) + np.maximum(seen.backward, -14))
        runs = [run for run in sample.truth.unprinted if odd[slice(*run)].mean() < UNLIKELY]
        chars = Counter(char for run in runs for char in sample.truth.flat[slice(*run)])
        counts.update(chars)
        documents.update(chars.keys())
    shared = _folded({char: count for char, count in counts.items() if documents[char] >= SHARED})
    again: Counter[str] = Counter()
    specks = Specks([model], shared)
    for sample in found:
        for run in specks.find(sample.text):
            if run.gain >= SURE_NOISE:
                again.update(sample.text[run.start : run.end].replace("\n", ""))
    return _folded(again)


def _folded(counts: Mapping[str, float]) -> dict[str, float]:
    """Digits counted as 0, Latin letters as a."""
    found: dict[str, float] = {}
    for char, count in counts.items():
        key = "0" if char.isdigit() else "a" if char.isascii() and char.isalpha() else char
        found[key] = found.get(key, 0.0) + count
    return found


@dataclass(frozen=True)
class Fitted:
    """Models of all kinds, and how they judged documents that they had not seen."""

    judge: judge.Judge
    probability: NDArray[np.float64]
    right: NDArray[np.bool_]
    kind: NDArray[np.str_]


@dataclass(frozen=True)
class Weighed:
    """All candidates of some samples, with their evidence and what the truth says."""

    thought: Candidates
    shown: list[str]
    table: Reals
    right: Flags
    owner: NDArray[np.int64]
    """The number of the sample."""


def weigh(
    found: Sequence[Sample], model: Ngrams, beside: Beside, channel: Channel, told: Told = lambda _: None
) -> Weighed:
    """Candidates of samples; `channel` holds their counts, each is weighed without its own."""
    tables, rights, owners, thoughts, shown = [], [], [], [], []
    corrector = Corrector(model, beside, channel, judge.Judge({}))
    for number, sample in enumerate(found):
        corrector.use(channel.without(sample.truth.pairs))
        seen = sample.scan(model)
        thought, rows = corrector.weigh(seen, gate.odds(seen, model, {}).sites(0.0))
        sound = ~sample.truth.broken[sample.truth.place[thought.at]]
        thought, rows = thought.only(sound), rows[sound]
        tables.append(rows)
        rights.append(sample.truth.verdicts(thought) > 0)
        owners.append(np.full(len(thought), number))
        thoughts.append(thought)
        shown += [sample.text[at] for at in thought.at.tolist()]
        told(sample.name)
    table, right, owner = np.concatenate(tables), np.concatenate(rights), np.concatenate(owners)
    return Weighed(joined(thoughts), shown, table, right, owner)


def unseen(weighed: Weighed, curved: int = judge.CURVED) -> NDArray[np.float64]:
    """The probability of each candidate by a judge that did not see its document; raises TooFew."""
    found = np.zeros(len(weighed.table))
    for mine in judge.split(weighed.thought, weighed.shown).values():
        for fold in range(FOLDS):
            test = mine & (weighed.owner % FOLDS == fold)
            if not (weighed.right & mine & ~test).any():
                raise TooFew
            part = regression.fit(weighed.table[mine & ~test], weighed.right[mine & ~test], curved)
            found[test] = part.probability(weighed.table[test])
    return found


def fit(
    found: Sequence[Sample], model: Ngrams, beside: Beside, channel: Channel, told: Told = lambda _: None
) -> Fitted:
    """Fit the judge and the gates; raises TooFew."""
    weighed = weigh(found, model, beside, channel, told)
    probability = unseen(weighed)
    kinds: dict[str, Weights] = {}
    names = np.full(len(weighed.table), "", dtype="<U20")
    for name, mine in judge.split(weighed.thought, weighed.shown).items():
        names[mine] = name
        if not weighed.right[mine].any():
            raise TooFew
        kinds[name] = regression.fit(weighed.table[mine], weighed.right[mine], judge.CURVED)
    wanted = weighed.right & (probability >= WANTED)
    gates = _gates(found, model, weighed.thought, weighed.owner, wanted)
    places = set(
        zip(weighed.owner[weighed.right].tolist(), weighed.thought.at[weighed.right].tolist(), strict=True)
    )
    usual = len(places) / sum(len(sample.text) for sample in found)
    return Fitted(judge.Judge(kinds, gates, usual), probability, weighed.right, names)


def _gates(
    found: Sequence[Sample], model: Ngrams, thought: Candidates, owner: NDArray[np.int64], wanted: Flags
) -> dict[str, Weights]:
    """Gates that let through nearly all places where something is repaired."""
    new_han = np.array([kind(str(char)) == HAN for char in thought.char], dtype=bool)
    tables: dict[str, list[Reals]] = {}
    marks: dict[str, list[Flags]] = {}
    for number, sample in enumerate(found):
        seen = scan(sample.text, model)
        rows = np.flatnonzero(wanted & (owner == number))
        inserted, han = thought.kind[rows] == INSERT, new_han[rows]
        places = {
            name: ((gate.characters(seen, model, {}) > 0) & (seen.kinds[:-1] == which), ~inserted)
            for name, which in gate.GATES.items()
        }
        odd = (odds > 0 for odds in gate.gaps(seen, model, {}))
        places |= dict(zip(gate.GAPS, zip(odd, (inserted & ~han, inserted & han), strict=True), strict=True))
        for name, (place, mine) in places.items():
            right = np.zeros(len(seen.kinds), dtype=bool)
            right[thought.at[rows[mine]]] = True
            at = np.flatnonzero(place)
            tables.setdefault(name, []).append(gate.evidence(seen, at, model))
            marks.setdefault(name, []).append(right[at])
    gates = {}
    for name in tables:
        table, right = np.concatenate(tables[name]), np.concatenate(marks[name])
        if not right.any():
            raise TooFew
        how = regression.fit(table, right, gate.CURVED)
        how.weight[0] -= np.quantile(how.odds(table)[right], MISSED_GAPS if name in gate.GAPS else MISSED)
        gates[name] = how
    return gates


def calibration(probability: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: mean distance of probability and truth, bin by bin."""
    error, size = 0.0, len(probability)
    for low in range(bins):
        rows = (probability >= low / bins) & (probability < (low + 1) / bins + (low == bins - 1))
        if rows.any():
            error += rows.sum() / size * abs(probability[rows].mean() - right[rows].mean())
    return float(error)
