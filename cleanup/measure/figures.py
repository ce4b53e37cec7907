"""The figures: each is a ratio of sums over documents, so that documents can be drawn again for its interval.

With the definitions that literature and benches use: CER is the fewest edits over the truth's signs, white
space and heading marks left out. For one document `count` gives
the sums; FIGURES says how they make the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind
from numpy.typing import NDArray

from cleanup.measure import blocks
from cleanup.measure.compare import Comparison
from cleanup.measure.texts import Solid
from cleanup.model.fix import Lang, Message
from cleanup.text import unknown_names
from cleanup.text.patterns import re_pattern

Sums = dict[str, int]
DRAWS = 2000
SEED = 20261123
_NUMBER = re_pattern(
    r"[0-9０-９]+(?:[.．,，:：/·\-—][0-9０-９]+)*[%％‰℃]?|[〇零一二三四五六七八九十百千万亿两]{2,}|百分之[〇零一二三四五六七八九十百千点]+"
)


@dataclass(frozen=True)
class Figure:
    """A ratio of sums; `side`: measured of the OCR and of the clean text, not of the two together."""

    name: str
    label: Message
    above: Mapping[str, float]
    below: Mapping[str, float]
    better: int
    """1: more is better; -1: less is."""
    side: bool = True
    style: str = "%"
    """% per cent; or a plain number with one decimal."""

    def of(self, sums: Mapping[str, float]) -> float | None:
        below = sum(weight * sums[key] for key, weight in self.below.items())
        above = sum(weight * sums[key] for key, weight in self.above.items())
        return above / below if below > 0 else None


FIGURES = (
    Figure("cer", Message("字错误率 CER", "CER"), {"edits": 1}, {"chars": 1}, -1),
    Figure("han", Message("文字错误率（汉字、字母、数字）", "CER of letters (Han, Latin, digits)"),
           {"letter_edits": 1}, {"letters": 1}, -1),
    Figure("punctuation", Message("标点 F1", "Punctuation F1"),
           {"marks_right": 2}, {"marks": 1, "marks_seen": 1}, 1),
    Figure("wer", Message("词错误率 WER", "WER"), {"word_edits": 1}, {"words": 1}, -1),
    Figure("joins", Message("段落边界 F1", "Paragraph boundaries F1"),
           {"cuts_right": 2}, {"cuts": 1, "cuts_seen": 1}, 1),
    Figure("names", Message("人名完整", "Names whole"), {"names_right": 1}, {"names": 1}, 1),
    Figure("numbers", Message("数字完整", "Numbers whole"), {"numbers_right": 1}, {"numbers": 1}, 1),
    Figure("bag", Message("不计次序的字错误率", "CER without regard to order (bag of characters)"),
           {"bag_edits": 1}, {"chars": 1}, -1),
)  # fmt: skip
"""Of a text against its truth."""

CHANGES = (
    Figure("cer_cut", Message("错误减少（CER）", "CER cut"),
           {"edits.ocr": 1, "edits.clean": -1}, {"edits.ocr": 1}, 1, False),
    Figure("han_cut", Message("错误减少（文字）", "CER of letters, cut"),
           {"letter_edits.ocr": 1, "letter_edits.clean": -1}, {"letter_edits.ocr": 1}, 1, False),
    Figure("repaired", Message("改好的错误", "Errors repaired"), {"repaired": 1}, {"errors": 1}, 1, False),
    Figure("missed", Message("未改的错误", "Errors missed"), {"missed": 1}, {"errors": 1}, -1, False),
    Figure("spoilt", Message("改坏（每十万对的字）", "Spoilt, per 100,000 right characters"),
           {"spoilt": 1e5}, {"chars": 1, "errors": -1}, -1, False, "1"),
    Figure("precision", Message("改动精度", "Precision (repaired of repaired and spoilt)"),
           {"repaired": 1}, {"repaired": 1, "spoilt": 1}, 1, False),
    Figure("names_spoilt", Message("改坏的人名（每万个）", "Names spoilt, per 10,000"),
           {"names_spoilt": 1e4}, {"names": 1}, -1, False, "1"),
    Figure("numbers_changed", Message("改坏的数字（每万个）", "Numbers changed, per 10,000"),
           {"numbers_spoilt": 1e4}, {"numbers": 1}, -1, False, "1"),
)  # fmt: skip
"""Of the clean text against the OCR's and the truth."""


@dataclass(frozen=True)
class Known:
    """What counts as a name in a truth."""

    names: Collection[str] = ()
    surnames: frozenset[str] = frozenset()


def words(text: str) -> list[str]:
    """The words of a text by lexicon (no guessing of unknown words), without marks."""
    import rjieba

    return [word for word in rjieba.cut(text, hmm=False) if any(char.isalnum() for char in word)]


class _Numbering:
    """Words as characters, so that they are aligned like characters."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def of(self, found: Iterable[str]) -> str:
        return "".join(self._codes.setdefault(word, _character(len(self._codes) + 1)) for word in found)


def _character(number: int) -> str:
    return chr(number if number < 0xD800 else number + 0x800)


class Truth:
    """A truth with what is looked for in it."""

    def __init__(self, solid: Solid, known: Known) -> None:
        self.solid = solid
        self.numbers = [match.span() for match in _NUMBER.finditer(solid.text)]
        self.names = _names(solid, known)
        self.ends = {end for end in solid.line_ends} - {0, len(solid)}
        self.numbering = _Numbering()
        self.words = self.numbering.of(words(solid.text))


def _names(truth: Solid, known: Known) -> list[tuple[int, int]]:
    """Spans of the names: those of the roster, and what stands where only names stand."""
    mask = bytearray(len(truth))
    starts: set[int] = set()
    if known.names:
        finder = AhoCorasick(list(known.names), matchkind=MatchKind.LeftmostLongest)
        for _, start, end in finder.find_matches_as_indexes(truth.text):
            mask[start:end] = b"\x01" * (end - start)
            starts.add(start)
    likely = unknown_names.mask(truth.whole, known.surnames) if known.surnames else b""
    before = False
    for at, place in enumerate(truth.places[:-1]):
        # Names in a row are masked with the marks between them.
        named = bool(likely) and bool(likely[place]) and truth.kinds[at] == "L"
        if named and not mask[at]:
            mask[at] = 1
            if not before or truth.places[at - 1] != place - 1:
                starts.add(at)
        before = named
    found: list[tuple[int, int]] = []
    for start in sorted(starts):
        end = start + 1
        while end < len(mask) and mask[end] and end not in starts:
            end += 1
        found.append((start, end))
    return found


def of_side(truth: Truth, made: Comparison) -> Sums:
    """The sums of one text against its truth."""
    text = made.text
    marks = [at for at, kind in enumerate(truth.solid.kinds) if kind == "P"]
    bags = Counter(truth.solid.text), Counter(text.text)
    return {
        "edits": made.distance,
        "letter_edits": blocks.distance(truth.solid.letters, text.letters),
        "marks_right": len(marks) - len(made.wrong.intersection(marks)),
        "marks_seen": text.kinds.count("P"),
        "word_edits": blocks.distance(truth.words, truth.numbering.of(words(text.text))),
        "cuts_right": len(made.cuts & truth.ends),
        "cuts_seen": len(made.cuts),
        "names_right": sum(made.right(truth.names)),
        "numbers_right": sum(made.right(truth.numbers)),
        "bag_edits": max((bags[0] - bags[1]).total(), (bags[1] - bags[0]).total()),
    }


def count(truth: Truth, ocr: Comparison, clean: Comparison | None) -> Sums:
    """All sums of a document; those of a side end in .ocr and .clean."""
    sums = {
        "documents": 1,
        "chars": len(truth.solid),
        "letters": len(truth.solid.letters),
        "marks": truth.solid.kinds.count("P"),
        "words": len(truth.words),
        "cuts": len(truth.ends),
        "names": len(truth.names),
        "numbers": len(truth.numbers),
    }
    sums |= {f"{key}.ocr": value for key, value in of_side(truth, ocr).items()}
    if clean is None:
        return sums
    sums |= {f"{key}.clean": value for key, value in of_side(truth, clean).items()}
    fewer = len(ocr.extra) - len(clean.extra)
    sums["errors"] = len(ocr.wrong) + len(ocr.extra)
    sums["repaired"] = len(ocr.wrong - clean.wrong) + max(0, fewer)
    sums["missed"] = sums["errors"] - sums["repaired"]
    sums["spoilt"] = len(clean.wrong - ocr.wrong) + max(0, -fewer)
    for name, spans in (("names", truth.names), ("numbers", truth.numbers)):
        both = zip(ocr.right(spans), clean.right(spans), strict=True)
        sums[f"{name}_spoilt"] = sum(before and not after for before, after in both)
    return sums


@dataclass(frozen=True)
class Value:
    """A figure and the interval that holds 95 of 100 draws of documents; None for one document."""

    value: float | None
    low: float | None = None
    high: float | None = None


def total(documents: Sequence[Sums]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for sums in documents:
        found.update(sums)
    return {key: found[key] for key in (documents[0] if documents else ())}


def values(documents: Sequence[Sums], clean: bool) -> dict[str, Value]:
    """Every figure over all documents; of a side as name.ocr and name.clean; always the same for the same."""
    drawn = Draws(documents)
    found: dict[str, Value] = {}
    for figure in FIGURES:
        for side in ("ocr", "clean") if clean else ("ocr",):
            found[f"{figure.name}.{side}"] = drawn.value(sided(figure, side))
    for figure in CHANGES if clean else ():
        found[figure.name] = drawn.value(figure)
    return found


def sided(figure: Figure, side: str) -> Figure:
    """The figure of one side."""

    def keys(weights: Mapping[str, float]) -> dict[str, float]:
        whole = {"chars", "letters", "marks", "words", "cuts", "names", "numbers"}
        return {key if key in whole else f"{key}.{side}": weight for key, weight in weights.items()}

    return Figure(figure.name, figure.label, keys(figure.above), keys(figure.below), figure.better)


class Draws:
    """Documents drawn again and again, always alike."""

    def __init__(self, documents: Sequence[Sums]) -> None:
        self._keys = {key: at for at, key in enumerate(documents[0])} if documents else {}
        self._table = np.array([list(sums.values()) for sums in documents], dtype=np.float64)
        self._drawn: NDArray[np.float64] | None = None
        if len(documents) > 1:
            size = len(documents)
            picks = np.random.default_rng(SEED).multinomial(size, [1 / size] * size, size=DRAWS)
            self._drawn = picks.astype(np.float64) @ self._table

    def value(self, figure: Figure) -> Value:
        if not len(self._table):
            return Value(None)
        sums = dict(zip(self._keys, self._table.sum(axis=0).tolist(), strict=True))
        value = figure.of(sums)
        if self._drawn is None or value is None:
            return Value(value)
        above, below = (
            sum((weight * self._drawn[:, self._keys[key]] for key, weight in part.items()), np.zeros(DRAWS))
            for part in (figure.above, figure.below)
        )
        seen = below > 0
        if not seen.any():
            return Value(value)
        low, high = np.quantile(above[seen] / below[seen], [0.025, 0.975]).tolist()
        return Value(value, low, high)


def shown(figure: Figure, value: float | None) -> str:
    """A figure for people."""
    if value is None:
        return "–"
    return f"{100 * value:.2f} %" if figure.style == "%" else f"{value:.1f}"


def label(figure: Figure, lang: Lang) -> str:
    return figure.label.text(lang)
