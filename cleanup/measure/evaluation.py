"""Documents against their truth, together: figures, pages, what was read for what, what each rule did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cleanup.measure import figures, verdicts
from cleanup.measure.compare import Comparison, Pair
from cleanup.measure.figures import Known, Sums, Truth, Value
from cleanup.measure.texts import solids
from cleanup.measure.verdicts import Verdict
from cleanup.model.journal import Journal

BINS = 10


@dataclass(frozen=True)
class Trial:
    """A document to be measured; `clean` and `journal` where there are any."""

    name: str
    truth: str
    ocr: str
    clean: str | None = None
    journal: Journal | None = None


@dataclass(frozen=True)
class Spoilt:
    """A sign that was right in the OCR and is wrong in the clean text."""

    place: int
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A document measured."""

    name: str
    sums: Sums
    ocr: Comparison
    clean: Comparison | None
    applied: list[Verdict] = field(default_factory=list)
    suggested: list[Verdict] = field(default_factory=list)
    spoilt: list[Spoilt] = field(default_factory=list)
    journal: Journal | None = None

    def rate(self, side: str) -> float:
        """CER of one side."""
        return self.sums[f"edits.{side}"] / max(1, self.sums["chars"])

    @property
    def last(self) -> float:
        """CER of the best text that there is: the clean one, else the OCR's."""
        return self.rate("clean" if self.clean else "ocr")


@dataclass
class Line:
    """What a rule did on these documents."""

    rule: str
    fired: int = 0
    right: int = 0
    wrong: int = 0
    neutral: int = 0
    repaired: int = 0
    """Signs by which its right changes brought the texts nearer to their truths."""
    spoilt: int = 0
    suggested: int = 0
    suggested_right: int = 0
    suggested_wrong: int = 0
    flagged: int = 0

    def __iadd__(self, other: Line) -> Line:
        for name, value in vars(other).items():
            if isinstance(value, int):
                setattr(self, name, getattr(self, name) + value)
        return self


@dataclass(frozen=True)
class Bin:
    """Fixes of like confidence: how sure they were on the average, and how many were right."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Evaluation:
    """Everything measured."""

    pages: tuple[Page, ...]
    values: dict[str, Value]
    sums: dict[str, int]

    @property
    def has_clean(self) -> bool:
        return bool(self.pages) and self.pages[0].clean is not None

    @property
    def worst_first(self) -> list[Page]:
        return sorted(self.pages, key=lambda page: (-page.last, page.name))

    def confusions(self) -> list[tuple[Pair, int, int]]:
        """(truth, text), how often in the OCR, how often in the clean text; the commonest first."""
        before: Counter[Pair] = Counter()
        after: Counter[Pair] = Counter()
        for page in self.pages:
            before.update(page.ocr.confusions)
            if page.clean:
                after.update(page.clean.confusions)
        order = sorted({*before, *after}, key=lambda pair: (-max(before[pair], after[pair]), pair))
        return [(pair, before[pair], after[pair]) for pair in order]

    def rules(self) -> list[Line]:
        """The ledger, by rule; only those that did or said something."""
        return ledger(self.pages)

    def reliability(self) -> list[Bin]:
        """Confidence against truth, for changes and suggestions that were right or wrong."""
        bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
        for page in self.pages:
            for verdict in (*page.applied, *page.suggested):
                if verdict.sign:
                    sure = verdict.record.confidence
                    bins[min(BINS - 1, int(sure * BINS))].append((sure, verdict.sign > 0))
        return [
            Bin(len(rows), sum(sure for sure, _ in rows) / len(rows), sum(ok for _, ok in rows) / len(rows))
            for rows in bins
            if rows
        ]

    def calibration(self) -> float | None:
        """Expected calibration error: mean distance of confidence and truth."""
        bins = self.reliability()
        count = sum(one.count for one in bins)
        return sum(one.count * abs(one.confidence - one.right) for one in bins) / count if count else None


def evaluate(trials: Iterable[Trial], known: Known) -> Evaluation:
    """Measure documents; all of them have a clean text, or none."""
    pages = tuple(page_of(trial, known) for trial in sorted(trials, key=lambda trial: trial.name))
    documents = [page.sums for page in pages]
    clean = bool(pages) and pages[0].clean is not None
    return Evaluation(pages, figures.values(documents, clean), figures.total(documents))


def page_of(trial: Trial, known: Known) -> Page:
    """One document measured."""
    if trial.clean is None:
        right, read = solids(trial.truth, trial.ocr)
        made = Comparison(right, read)
        return Page(trial.name, figures.count(Truth(right, known), made, None), made, None)
    right, read, done = solids(trial.truth, trial.ocr, trial.clean)
    truth = Truth(right, known)
    ocr, clean = Comparison(right, read), Comparison(right, done)
    sums = figures.count(truth, ocr, clean)
    places = sorted(clean.wrong - ocr.wrong)
    if trial.journal is None:
        return Page(trial.name, sums, ocr, clean, spoilt=[Spoilt(place, ()) for place in places])
    blamed = verdicts.makers(trial.journal, clean, places)
    return Page(
        trial.name,
        sums,
        ocr,
        clean,
        verdicts.applied(trial.journal, trial.ocr, clean),
        verdicts.suggested(trial.journal, clean),
        [Spoilt(place, rules) for place, rules in zip(places, blamed, strict=True)],
        trial.journal,
    )


def ledger(pages: Sequence[Page]) -> list[Line]:
    """What each rule did on these pages."""
    lines: dict[str, Line] = {}

    def line(rule: str) -> Line:
        return lines.setdefault(rule, Line(rule))

    for page in pages:
        for verdict in page.applied:
            mine = line(verdict.record.rule)
            mine.fired += 1
            mine.right += verdict.sign > 0
            mine.wrong += verdict.sign < 0
            mine.neutral += not verdict.sign
            mine.repaired += max(0, verdict.nearer)
            mine.spoilt += max(0, -verdict.nearer)
        for verdict in page.suggested:
            mine = line(verdict.record.rule)
            mine.suggested += 1
            mine.suggested_right += verdict.sign > 0
            mine.suggested_wrong += verdict.sign < 0
        for record in page.journal.flags if page.journal else ():
            line(record.rule).flagged += record.status == "flagged"
    return [lines[name] for name in sorted(lines)]
