"""How many characters of a page are wrong, without its truth: from what the models and rules say of it.

A loglinear (Poisson) model of errors per sign, fitted on pages with their truths
(`dictionaries/build/estimate.py`), over how strange the repaired text is to the language model, what was
suggested and flagged, and what looks like garbage. What the OCR had before is that plus what was changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanup import formats
from cleanup.data import files
from cleanup.engine.agreement import ANEW, BY_PICTURE
from cleanup.engine.long import cut
from cleanup.model.fix import Applicability
from cleanup.model.journal import Record
from cleanup.model.result import Result
from cleanup.plan import names_of
from cleanup.rules import models
from cleanup.rules.rule import tells_disorder
from cleanup.score import stream
from cleanup.score.ngram import Ngrams
from cleanup.score.scan import scan
from cleanup.text import simplify
from cleanup.text.scripts import ZH_PUNCTUATION, is_han

Reals = NDArray[np.float64]
TABLE = "models/estimate.tsv"
SCAN_TABLE = "models/estimate-scan.tsv"
"""Where pictures were read: what they bear out says more than any model."""
SCAN_NAMES = ("without picture", "not agreed", "flagged", "read anew", "read anew, without picture")
HELD = 0.6
"""Share of what pictures suggest that is right (dictionaries/build/estimate_scan.py: the least error)."""
STRANGE = (-13.0, -17.0, -21.0, -26.0, -32.0)
"""Log-probabilities from both sides; a character below them is strange, more and more."""
FLOOR = 0.001
"""Added to a share before its logarithm is taken: less than one sign in a thousand says nothing."""
MOST = 0.6
SHORT = 6
"""Lines of fewer signs are short."""
NAMES = (
    "surprise",
    *(f"strange {-level:.0f}" for level in STRANGE),
    "unknown",
    "garbage",
    "latin",
    "short lines",
    "changed characters",
    "suggested",
    "suggested sure",
    "flags",
    "strange places changed",
)
_USUAL = frozenset(ZH_PUNCTUATION + "%％.,:;!?()[]/-+~～○●△▲■□◆★·#*|&@<>=°℃①②③④⑤⑥⑦⑧⑨⑩—")
_SIGNS = ("characters", "numerals", "phrases", "names", "context")
"""Families whose changes are of single signs."""


class Broken(files.DataError):
    """The table of weights lacks terms."""


@dataclass(frozen=True)
class Estimate:
    """What is expected of a page."""

    ocr: float
    """CER of the text as it was read."""
    clean: float
    """CER of the repaired text: what is left."""


def expected_cer(result: Result) -> float:
    """The character error rate to expect of the repaired text, 0 to 0.6: share of the truth's signs."""
    return estimate(result).clean


def expected_errors(result: Result) -> float:
    """How many signs of the repaired text are expected to be wrong."""
    return round(estimate(result).clean * _size(result.repaired), 4)


def estimate(result: Result) -> Estimate:
    """The character error rates to expect of a page, as read and as repaired."""
    size = _size(result.repaired)
    if not size:
        return Estimate(0.0, 0.0)
    left = without_picture(result)
    if result.journal.agreed is not None and left < MOST:
        rate = float(_weights(SCAN_TABLE, SCAN_NAMES).rate(scan_features(result, left)[None, :])[0])
        left = min(MOST, rate + HELD * suggested(result))
    made = sum(_signs(record) for record in result.journal.applied)
    return Estimate(min(1.0, left + made / size), left)


def _is_disordered(result: Result) -> bool:
    """Whether lines were seen to stand in another order: next to nothing is in its place."""
    return any(record.rule in names_of(tells_disorder) for record in result.journal.flags)


def without_picture(result: Result) -> float:
    """The character error rate to expect of the repaired text by the text alone."""
    if _is_disordered(result):
        return MOST
    return float(_weights(TABLE, NAMES).rate(features(result)[None, :])[0])


def scan_features(result: Result, without: float) -> Reals:
    """The evidence of pictures, in the order of SCAN_NAMES; `without`: the rate expected without them."""
    journal, size = result.journal, max(1, _size(result.repaired))
    mine = [record for record in journal.records if record.rule.startswith(BY_PICTURE)]
    flagged = sum(len(record.span) for record in mine if record.status == "flagged")
    shares = np.array([without, 1.0 - (journal.agreed or 0.0), flagged / size])
    base, apart, nowhere = np.log(shares + FLOOR)
    anew = float(any(record.rule == ANEW and record.status == "applied" for record in mine))
    return np.array([base * (1 - anew), apart * (1 - anew), nowhere, anew, base * anew])


def suggested(result: Result) -> float:
    """Signs that pictures suggest, for each sign of the repaired text."""
    held = (
        record
        for record in result.journal.withheld
        if record.rule.startswith(BY_PICTURE) and record.reason != "rejected"
    )
    return sum(map(_signs, held)) / max(1, _size(result.repaired))


def features(result: Result) -> Reals:
    """The evidence, in the order of NAMES; shares as logarithms."""
    text = result.repaired
    # Pages of mixed script as well: a letter's script is no error.
    text = "\n".join(simplify.converted(line, "t2s") for line in _encodable(text).split("\n"))
    size = max(1, _size(text))
    model = models.language()
    name = result.journal.output.name
    parts = [_han(text[span.start : span.end], name, model) for span in cut(text)]
    mine = np.concatenate([part.both for part in parts])
    shares = [float((mine < level).mean()) if len(mine) else 0.0 for level in STRANGE]
    shares.append(sum(part.unknown for part in parts) / len(mine) if len(mine) else 1.0)
    signs = [char for char in text if not char.isspace()]
    odd = sum(not (is_han(char) or char.isalnum() or char in _USUAL) for char in signs)
    latin = sum(char.isascii() and char.isalpha() for char in signs)
    lines = [line for line in text.splitlines() if line.strip()]
    short = sum(_size(line) < SHORT for line in lines)
    shares += [odd / size, latin / size, short / max(20, len(lines))]
    journal = result.journal
    applied = [record for record in journal.applied if record.rule.partition(".")[0] in _SIGNS]
    proposed = [record for record in journal.withheld if record.edits and record.reason != "rejected"]
    shares += [
        sum(_signs(record) for record in applied) / size,
        sum(record.confidence for record in proposed) / size,
        sum(
            record.applicability != Applicability.SUGGEST.label or record.confidence >= 0.3
            for record in proposed
        )
        / size,
        len(journal.flags) / size,
        sum(record.rule.startswith("context.") for record in applied) / size,
    ]
    return np.array([-mine.mean() / 10.0 if len(mine) else 0.0, *np.log(np.array(shares) + FLOOR)])


class _Han(NamedTuple):
    """What the language model says of the Han characters of a text."""

    both: Reals
    """Log-probabilities from both sides."""
    unknown: int


def _han(text: str, name: str, model: Ngrams) -> _Han:
    found = scan(stream.of(formats.from_text(text, name)).text, model)
    han = np.array([is_han(char) for char in found.text], dtype=bool)
    both = (found.forward + found.backward).astype(np.float64)
    return _Han(both[han], int((found.ids[han] == 0).sum()))


def _signs(record: Record) -> int:
    """How many signs a record changed."""
    return sum(
        max(len(before), len(after))
        for edit in record.edits
        for before, after in (("".join(edit.before.split()), "".join(edit.after.split())),)
        if before != after
    )


def _size(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True)
class Weights:
    """Evidence is centred and scaled, then weighed; the sum is the logarithm of errors per sign."""

    centre: Reals
    spread: Reals
    weight: Reals
    balance: float

    def rate(self, table: Reals) -> Reals:
        """Expected errors per sign, for each row."""
        scaled = np.clip((table - self.centre) / self.spread, -3.0, 3.0)
        return np.asarray(np.minimum(np.exp(scaled @ self.weight + self.balance), MOST))


def fit(table: Reals, errors: Reals, sizes: Reals, strength: float = 3.0) -> Weights:
    """The weights that make `errors` (of `sizes` signs) likeliest; every document counts alike."""
    centre, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    design = np.concatenate((np.clip((table - centre) / spread, -3.0, 3.0), np.ones((len(table), 1))), axis=1)
    rates = errors / sizes
    # Errors come in runs, so that a page counts like so many independent signs only.
    counts = np.full(len(table), 300.0)
    weight = np.zeros(design.shape[1])
    weight[-1] = np.log(rates.mean() + 1e-6)
    held = np.full(design.shape[1], strength)
    held[-1] = 0.0
    for _ in range(60):
        guess = np.exp(np.clip(design @ weight, -12, 0))
        slope = design.T @ (counts * (rates - guess)) - held * weight
        bend = (design * (counts * guess)[:, None]).T @ design + np.diag(held + 1e-9)
        step = np.linalg.solve(bend, slope)
        weight = weight + np.clip(step, -0.5, 0.5)
        if np.abs(step).max() < 1e-6:
            break
    return Weights(centre, spread, weight[:-1], float(weight[-1]))


def rows(weights: Weights, names: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """The weights as rows of a table: term, centre, spread, weight."""
    found = [("balance", "", "", f"{weights.balance:.5g}")]
    for name, centre, spread, weight in zip(
        names, weights.centre, weights.spread, weights.weight, strict=True
    ):
        found.append((name, f"{centre:.5g}", f"{spread:.5g}", f"{weight:.5g}"))
    return sorted(found)


def load(table: Sequence[Sequence[str]], names: Sequence[str]) -> Weights:
    """The weights of a table's rows; KeyError where terms are missing."""
    cells: Mapping[str, Sequence[str]] = {name: rest for name, *rest in table}
    centre, spread, weight = (np.array([float(cells[name][at]) for name in names]) for at in range(3))
    return Weights(centre, spread, weight, float(cells["balance"][2]))


@cache
def _weights(table: str, names: tuple[str, ...]) -> Weights:
    try:
        return load(files.rows(table, 4), names)
    except (KeyError, IndexError, ValueError):
        raise Broken(
            f"{table} 不完整；请恢复它或重新安装 ocrfix。",
            f"{table} lacks terms; restore it or reinstall ocrfix.",
        ) from None
