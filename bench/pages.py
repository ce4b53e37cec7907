"""docs/benchmarks and docs/rules, in Chinese and in English, written from what was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import numpy as np

from bench import ledger, words
from bench.beside import Beside, Harm
from bench.sets import ROOT, Change, Measured, by_rule
from cleanup.measure import tables
from cleanup.measure.figures import CHANGES, FIGURES, Figure, Value, shown
from cleanup.measure.tables import markdown
from cleanup.model.fix import Lang, Message
from cleanup.version import VERSION

LANGS: tuple[Lang, ...] = ("zh", "en")
REPEATS = ("ocr-dev-text",)
"""Sets that hold the text of another set again; left out of the ledger."""


@dataclass
class Run:
    """All that one run of the command found."""

    command: str
    date: str
    commit: str
    measured: list[Measured] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    right: dict[str, tuple[int, list[Change]]] = field(default_factory=dict)
    """Right text → its characters and what was changed in it."""
    harm: list[Harm] = field(default_factory=list)
    tools: dict[str, str] = field(default_factory=dict)
    engines: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    seconds: float = 0.0


def commit() -> str:
    """The commit that was measured; + where the tree had changes beside."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


def write(run: Run, folder: Path) -> None:
    """Both pages, in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang in LANGS:
        (folder / f"benchmarks.{lang}.md").write_text(benchmarks(run, lang), "utf-8")
        (folder / f"rules.{lang}.md").write_text(rules(run, lang), "utf-8")


def rules(run: Run, lang: Lang) -> str:
    """The ledger of rules."""
    used = [one for one in run.measured if one.name not in REPEATS]
    flags: dict[str, int] = {}
    for one in used:
        for line in one.found.rules():
            if line.flagged:
                flags[line.rule] = flags.get(line.rule, 0) + line.flagged
    harm = by_rule([change for _, found in run.right.values() for change in found])
    found = ledger.entries(page for one in used for page in one.found.pages)
    names = [f"{one.name} ({len(one.found.pages)})" for one in used]
    return _headed(words.RULES, run, lang) + ledger.page(found, flags, harm, names, lang)


def benchmarks(run: Run, lang: Lang) -> str:
    """The benchmark."""
    parts = (
        (words.BEFORE_AFTER, _before_after(run.measured, lang)),
        (words.CHANGES, _changes(run.measured, lang)),
        (words.RIGHT, _right(run, lang)),
        (words.TOOLS, _tools(run, lang)),
        (words.EXPECTED, _expected(run.measured, lang)),
        (words.DEFINITIONS, words.DEFINED.text(lang)),
        (words.THIS_RUN, "\n".join(_machine(run, lang))),
    )
    return (
        _headed(words.BENCHMARKS, run, lang)
        + words.INTRO.text(lang)
        + "".join(f"\n\n## {head.text(lang)}\n\n{text.strip()}" for head, text in parts)
        + "\n"
    )


def _headed(title: Message, run: Run, lang: Lang) -> str:
    made = words.MADE.text(lang).format(run=run)
    return f"# {title.text(lang)}\n\n{made}\n\n"


def _cell(figure: Figure, value: Value) -> str:
    text = shown(figure, value.value)
    range_ = tables.interval(figure, value)
    return f"{text} <sub>{range_}</sub>" if range_ and value.value is not None else text


def _before_after(measured: Sequence[Measured], lang: Lang) -> str:
    rows = []
    for one in measured:
        size = words.SIZE.text(lang).format(len(one.found.pages), one.found.sums["chars"])
        for side, label in (("ocr", words.GIVEN), ("clean", words.REPAIRED)):
            cells = [_cell(figure, one.found.values[f"{figure.name}.{side}"]) for figure in FIGURES]
            rows.append([f"{one.name}{size}" if side == "ocr" else "", label.text(lang), *cells])
    return markdown([words.SET.text(lang), "", *(figure.label.text(lang) for figure in FIGURES)], rows)


def _changes(measured: Sequence[Measured], lang: Lang) -> str:
    figures = [figure for figure in CHANGES if figure.name != "missed"]
    rows = [
        [one.name, *(_cell(figure, one.found.values[figure.name]) for figure in figures)] for one in measured
    ]
    return markdown([words.SET.text(lang), *(figure.label.text(lang) for figure in figures)], rows)


def _right(run: Run, lang: Lang) -> str:
    rows = []
    for name, (size, found) in run.right.items():
        kinds = ", ".join(f"{rule} {count}" for rule, count in by_rule(found).items())
        rows.append([name, f"{size:,}", str(len(found)), kinds or words.NONE.text(lang)])
    return words.HARM.text(lang) + "\n\n" + markdown(words.RIGHT_HEAD.text(lang).split("|"), rows)


def _tools(run: Run, lang: Lang) -> str:
    if not run.beside:
        return words.NO_TOOL.text(lang)
    sets = list(dict.fromkeys(one.set for one in run.beside))
    of = {(one.tool, one.set): one for one in run.beside}
    own = next(one for one in run.harm if one.tool == "ocrfix")
    speed = own.characters / max(1e-9, own.seconds)
    rows = []
    for one in run.harm:
        cells = []
        for name in sets:
            cut, spoilt = of[one.tool, name].cut.value, of[one.tool, name].spoilt.value
            cells.append(f"{100 * (cut or 0):+.1f} % / {spoilt or 0:.0f}")
        ratio = one.characters / max(1e-9, one.seconds) / speed
        rows.append(
            [
                f"{one.tool} ({run.tools[one.tool]})",
                *cells,
                f"{100 * one.changed / one.lines:.2f} %",
                f"{ratio:,.0f} ×" if ratio >= 10 else f"{ratio:.2g} ×",
            ]
        )
    tool, cut_of, changed, fast = words.TOOLS_HEAD.text(lang).split("|")
    head = [tool, *(cut_of.format(name) for name in sets), changed, fast]
    return words.BESIDE.text(lang) + "\n\n" + markdown(head, rows)


def _expected(measured: Sequence[Measured], lang: Lang) -> str:
    rows = []
    for one in measured:
        pages = one.found.pages
        true = np.array([[page.rate("ocr"), page.rate("clean")] for page in pages])
        told = np.array([[one.expected[page.name].ocr, one.expected[page.name].clean] for page in pages])
        cells = []
        for side in (0, 1):
            error = float(np.abs(told[:, side] - true[:, side]).mean())
            cells += [
                f"{100 * true[:, side].mean():.2f} %",
                f"{100 * told[:, side].mean():.2f} %",
                f"{100 * error:.2f}",
                _correlation(told[:, side], true[:, side]),
            ]
        rows.append([f"{one.name} ({len(pages)})", *cells])
    sides = [side.text(lang) for side in (words.GIVEN, words.REPAIRED)]
    head = [f"{side}: {part}" for side in sides for part in words.EXPECTED_HEAD.text(lang).split("|")]
    return words.ESTIMATED.text(lang) + "\n\n" + markdown([words.SET.text(lang), *head], rows)


def _correlation(one: np.ndarray, two: np.ndarray) -> str:
    """Spearman's; equal values share their rank."""

    def ranks(values: np.ndarray) -> np.ndarray:
        _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
        found: np.ndarray = (np.cumsum(counts) - (counts - 1) / 2)[where]
        return found

    first, second = ranks(one), ranks(two)
    if first.std() == 0 or second.std() == 0:
        return "–"
    return f"{np.corrcoef(first, second)[0, 1]:.2f}"


def _machine(run: Run, lang: Lang) -> list[str]:
    packages = ("numpy", "rapidfuzz", "opencc", "ahocorasick-rs", "rjieba")
    lines = [
        f"- ocrfix {VERSION}, {run.commit}, {run.date}, {run.seconds:.0f} s",
        f"- {platform.system()} {platform.machine()}, {os.cpu_count()} × {_processor()}",
        f"- Python {platform.python_version()}",
        "- " + ", ".join(f"{name} {metadata.version(name)}" for name in packages),
    ]
    for said, found in ((words.OTHERS, run.tools), (words.ENGINES, run.engines)):
        if found:
            listed = "; ".join(f"{name} {version}" for name, version in found.items())
            lines.append(f"- {said.text(lang)}{listed}")
    return lines + [f"- {words.MISSING.text(lang)}{line}" for line in run.missing]


def _processor() -> str:
    place = Path("/proc/cpuinfo")
    if place.is_file():
        for line in place.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "processor unknown"
