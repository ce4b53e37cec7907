"""Channel and judge from pairs of OCR text and truth, as the tool's own earlier rules leave the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanup import formats
from cleanup.engine.repair import Settings, read, repair_document
from cleanup.measure.alignment import Alignment, Pair, nested, solid
from cleanup.score import judge, stream
from cleanup.score.channel import Channel
from cleanup.score.corrector import Corrector, joined
from cleanup.score.ngram import Ngrams
from cleanup.score.pairs import Pairs
from cleanup.text import unknown_names

FOLDS = 5
_FAMILY = "context"
Told = Callable[[str], None]


@dataclass(frozen=True)
class Sample:
    """A document as the judge meets it, with its truth."""

    name: str
    text: str
    named: bytes
    truth: Alignment


def samples(
    files: Iterable[tuple[str, bytes, str]], surnames: frozenset[str], told: Told = lambda _: None
) -> list[Sample]:
    """Samples of (name, OCR bytes, truth) triples, repaired by all families but this one."""
    found = []
    for name, data, truth in files:
        document = read(data, name)
        repaired = repair_document(document, None, Settings(skip=(_FAMILY,))).repaired
        text = stream.of(formats.from_text(repaired, name)).text
        found.append(Sample(name, text, unknown_names.mask(text, surnames), Alignment(text, solid(truth))))
        told(name)
    return found


def misread(found: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """What was read → what was printed → how often."""
    total: Counter[Pair] = Counter()
    for sample in found:
        total.update(sample.truth.pairs)
    return nested(total)


@dataclass(frozen=True)
class Fitted:
    """Models of all kinds, and how they judged documents that they had not seen."""

    kinds: dict[str, judge.Weights]
    probability: NDArray[np.float64]
    right: NDArray[np.bool_]
    kind: NDArray[np.str_]


def fit(
    found: Sequence[Sample], model: Ngrams, pairs: Pairs, channel: Channel, told: Told = lambda _: None
) -> Fitted:
    """Fit the judge; `channel` holds the counts of these samples, each of which is judged without its own."""
    tables, rights, owners, thoughts, shown = [], [], [], [], []
    corrector = Corrector(model, pairs, channel, judge.Judge({}))
    for number, sample in enumerate(found):
        corrector.use(channel.without(sample.truth.pairs))
        thought, evidence = corrector.weigh(sample.text, np.frombuffer(sample.named, dtype=np.bool_))
        if not len(thought):
            continue
        sound = ~sample.truth.broken[sample.truth.place[thought.at]]
        thought, evidence = thought.only(sound), evidence.only(sound)
        tables.append(evidence.table)
        rights.append(sample.truth.verdicts(thought) > 0)
        owners.append(np.full(len(thought), number))
        thoughts.append(thought)
        shown += [sample.text[at] for at in thought.at.tolist()]
        told(sample.name)
    table, right, owner = np.concatenate(tables), np.concatenate(rights), np.concatenate(owners)
    kinds: dict[str, judge.Weights] = {}
    probability = np.zeros(len(table))
    names = np.full(len(table), "", dtype="<U20")
    for kind, rows in judge.split(joined(thoughts), shown).items():
        names[rows] = kind
        for fold in range(FOLDS):
            test = rows & (owner % FOLDS == fold)
            part = judge.fit(table[rows & ~test], right[rows & ~test])
            probability[test] = part.probability(table[test])
        kinds[kind] = judge.fit(table[rows], right[rows])
    return Fitted(kinds, probability, right, names)


def calibration(probability: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: mean distance of probability and truth, bin by bin."""
    error, size = 0.0, len(probability)
    for low in range(bins):
        rows = (probability >= low / bins) & (probability < (low + 1) / bins + (low == bins - 1))
        if rows.any():
            error += rows.sum() / size * abs(probability[rows].mean() - right[rows].mean())
    return float(error)
