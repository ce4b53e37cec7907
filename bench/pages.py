"""docs/benchmarks.md and docs/rules.md, written from what was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import numpy as np

from bench import ledger
from bench.beside import Beside, Harm
from bench.sets import ROOT, Change, Measured, by_rule
from cleanup.measure import tables
from cleanup.measure.figures import CHANGES, FIGURES, Figure, Value, shown
from cleanup.measure.tables import markdown
from cleanup.version import VERSION

NAMES = {figure.name: figure for figure in (*FIGURES, *CHANGES)}
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
    """Both pages."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "benchmarks.md").write_text(benchmarks(run), "utf-8")
    (folder / "rules.md").write_text(rules(run), "utf-8")


def rules(run: Run) -> str:
    """The ledger of rules."""
    used = [one for one in run.measured if one.name not in REPEATS]
    flags: dict[str, int] = {}
    for one in used:
        for line in one.found.rules():
            if line.flagged:
                flags[line.rule] = flags.get(line.rule, 0) + line.flagged
    harm = by_rule([change for _, found in run.right.values() for change in found])
    found = ledger.entries(page for one in used for page in one.found.pages)
    return (
        "# 各规则的成绩 / What each rule did\n\n"
        + _made(run)
        + ledger.page(found, flags, harm, [f"{one.name} ({len(one.found.pages)})" for one in used])
    )


def benchmarks(run: Run) -> str:
    """The benchmark."""
    return "\n".join(
        [
            "# 评测 / Benchmarks",
            "",
            _made(run),
            *_intro(),
            "## 修复前后 / Before and after",
            "",
            _before_after(run.measured),
            "## 修复的作用 / What the repair did",
            "",
            _changes(run.measured),
            "## 本来正确的文字 / Right text",
            "",
            _right(run),
            "## 与其他工具比较 / Beside other tools",
            "",
            _tools(run),
            "## 无真值的估计 / Expected without truth",
            "",
            _expected(run.measured),
            "## 定义与局限 / Definitions and limits",
            "",
            *_definitions(),
            "## 本次运行 / This run",
            "",
            *_machine(run),
            "",
        ]
    )


def _made(run: Run) -> str:
    return (
        f"Made by `{run.command}` on {run.date} at commit {run.commit}; do not edit by hand. "
        "本页由命令生成，请勿手改。\n\n"
    )


def _intro() -> list[str]:
    return [
        "Real engines read pages typeset from real articles and degraded like scans; vision-model pages are damaged as such "
        "models damage them. Every figure is over whole sets, with the tool's default settings and no roster but its own; "
        "in small type the 95 % interval, by bootstrap over documents. What each rule did stands in [rules.md](rules.md).",
        "",
        "真实引擎识读由真实文章排版、按扫描件降质的版面；视觉模型页按其常见错误造成。全部数字为整套数据、默认设置的结果，"
        "小字为按文件自助抽样的 95% 置信区间。",
        "",
    ]


def _cell(figure: Figure, value: Value) -> str:
    text = shown(figure, value.value)
    range_ = tables.interval(figure, value)
    return f"{text} <sub>{range_}</sub>" if range_ and value.value is not None else text


def _before_after(measured: Sequence[Measured]) -> str:
    names = ("cer", "han", "punctuation", "wer", "joins", "names", "numbers", "bag")
    short = (
        "CER",
        "CER of letters",
        "Punctuation F1",
        "WER",
        "Boundaries F1",
        "Names whole",
        "Numbers whole",
        "Bag CER",
    )
    rows = []
    for one in measured:
        for side, label in (("ocr", "as given"), ("clean", "repaired")):
            head = f"{one.name} ({len(one.found.pages)} documents, {one.found.sums['chars']:,} characters)"
            cells = [_cell(NAMES[name], one.found.values[f"{name}.{side}"]) for name in names]
            rows.append([head if side == "ocr" else "", label, *cells])
    return markdown(["Set", "", *short], rows)


def _changes(measured: Sequence[Measured]) -> str:
    names = tuple(figure.name for figure in CHANGES if figure.name != "missed")
    short = ("CER cut", "CER of letters cut", "Repaired", "Spoilt / 100,000", "Precision", "Names spoilt / 10,000",
             "Numbers changed / 10,000")  # fmt: skip
    rows = [[one.name, *(_cell(NAMES[name], one.found.values[name]) for name in names)] for one in measured]
    return markdown(["Set", *short], rows)


def _right(run: Run) -> str:
    rows = []
    for name, (size, found) in run.right.items():
        kinds = ", ".join(f"{rule} {count}" for rule, count in by_rule(found).items())
        rows.append([name, f"{size:,}", str(len(found)), kinds or "none"])
    return (
        "Everything that the defaults change here is harm, but for misprints of the sources (half-width marks in the "
        "People's Daily sentences). 这里的每处改动都是误伤（来源自身的半角标点除外）。\n\n"
        + markdown(["Text", "Characters", "Edits", "By rule"], rows)
    )


def _tools(run: Run) -> str:
    if not run.beside:
        return "No other tool was installed.\n"
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
    return (
        "The same texts through every tool, one after the other in one process, one thread; speed is CPU time on right "
        "text, page by page (8,000 characters), as a ratio to ocrfix. Tools have other aims than ours: autocorrect sets spaces and widths, ftfy mends "
        "encodings, OpenCC converts script, ProperCorrector mends proper names of its list.\n\n"
        + markdown(
            [
                "Tool",
                *(f"{name}: CER cut / spoilt per 100,000" for name in sets),
                "Right lines changed",
                "Speed",
            ],
            rows,
        )
    )


def _expected(measured: Sequence[Measured]) -> str:
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
    part = ("mean CER", "expected", "mean absolute error (points)", "rank correlation")
    head = ["Set (pages)", *(f"As given: {name}" for name in part), *(f"Repaired: {name}" for name in part)]
    return (
        "`ocrfix estimate` on these sets, none of which it was fitted on. Lost and moved lines leave no trace in the "
        "text, so that repaired pages are told apart less well than pages as given; and no page is expected to be "
        "wholly right.\n\n" + markdown(head, rows)
    )


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


def _definitions() -> list[str]:
    return [
        "- **CER**: fewest insertions, deletions and substitutions over the truth's characters; white space and heading marks "
        "left out. A grapheme of several code points is one character. Furniture that the engine read and the truth lacks "
        "counts as errors.",
        "- **CER of letters**: the same over Han, Latin letters and digits.",
        "- **Punctuation F1**: marks that stand where the truth has them, of all marks on either side.",
        "- **WER**: the same as CER over words, segmented by jieba's lexicon without guessing unknown words; marks left out.",
        "- **Boundaries F1**: ends of lines (paragraphs) against the truth's.",
        "- **Names / numbers whole**: the truth's names (roster of public figures, and what stands where only names stand) and "
        "numbers that stand in the text unaltered; *spoilt*: whole before the repair and not after.",
        "- **Bag CER**: the errors that would be left if order did not count; far below the CER where text was moved.",
        "- **Repaired, spoilt**: characters of the truth wrong before and right after, and the reverse; characters too many "
        "count by their number. **Precision**: repaired of both together.",
        "- Documents over 10,000 characters are aligned between passages that both texts have once.",
        "- Pages of *made-…* were typeset, degraded and read by this very command.",
        "",
    ]


def _machine(run: Run) -> list[str]:
    packages = ("numpy", "rapidfuzz", "opencc", "ahocorasick-rs", "rjieba")
    lines = [
        f"- ocrfix {VERSION}, commit {run.commit}, {run.date}, {run.seconds:.0f} s",
        f"- {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {_processor()}; Python {platform.python_version()}",
        "- " + ", ".join(f"{name} {metadata.version(name)}" for name in packages),
    ]
    if run.tools:
        lines.append("- tools: " + "; ".join(f"{name} {version}" for name, version in run.tools.items()))
    if run.engines:
        lines.append("- engines: " + "; ".join(f"{name} {version}" for name, version in run.engines.items()))
    return lines + [f"- missing: {line}" for line in run.missing]


def _processor() -> str:
    place = Path("/proc/cpuinfo")
    if place.is_file():
        for line in place.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "processor unknown"
