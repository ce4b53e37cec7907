"""An evaluation as JSON and as Markdown tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from cleanup.measure.evaluation import Evaluation, Line
from cleanup.measure.figures import CHANGES, FIGURES, Figure, Value, shown
from cleanup.model.fix import Lang
from cleanup.version import VERSION

_WORDS = {
    "figure": ("指标", "Figure"),
    "ocr": ("OCR 原文", "OCR"),
    "clean": ("修复后", "Repaired"),
    "interval": ("95% 置信区间", "95 % interval"),
    "value": ("数值", "Value"),
    "page": ("文件", "File"),
    "chars": ("字数", "Characters"),
    "repaired": ("改好", "Repaired"),
    "missed": ("未改", "Missed"),
    "spoilt": ("改坏", "Spoilt"),
    "rule": ("规则", "Rule"),
    "fired": ("改动", "Made"),
    "right": ("对", "Right"),
    "wrong": ("错", "Wrong"),
    "neutral": ("无关", "Neutral"),
    "suggested": ("建议", "Suggested"),
    "suggested_right": ("建议对", "of these right"),
    "suggested_wrong": ("建议错", "wrong"),
    "flagged": ("标出", "Flagged"),
    "nothing": ("（无）", "(nothing)"),
    "truth": ("真值", "Truth"),
    "read": ("读作", "Read as"),
}


def word(key: str, lang: Lang) -> str:
    return _WORDS[key][0 if lang == "zh" else 1]


def interval(figure: Figure, value: Value) -> str:
    """The bounds for people; nothing where there are none."""
    if value.low is None or value.high is None:
        return ""
    low, high = shown(figure, value.low).removesuffix(" %"), shown(figure, value.high)
    return f"{low}–{high}"


def sides(found: Evaluation, lang: Lang) -> list[list[str]]:
    """Rows: figure, OCR, its interval, and where there is a clean text, that and its interval."""
    rows: list[list[str]] = []
    for figure in FIGURES:
        row = [figure.label.text(lang)]
        for side in ("ocr", "clean") if found.has_clean else ("ocr",):
            value = found.values[f"{figure.name}.{side}"]
            row += [shown(figure, value.value), interval(figure, value)]
        rows.append(row)
    return rows


def changes(found: Evaluation, lang: Lang) -> list[list[str]]:
    """Rows: figure, value, interval; of what the repair changed."""
    return [
        [figure.label.text(lang), shown(figure, value.value), interval(figure, value)]
        for figure in CHANGES
        if found.has_clean
        for value in (found.values[figure.name],)
    ]


def pages(found: Evaluation, most: int | None = None) -> list[list[str]]:
    """Rows, worst first: file, characters, CER, and with a clean text CER after, repaired, missed, spoilt."""
    rows: list[list[str]] = []
    for page in found.worst_first[:most]:
        row = [page.name, f"{page.sums['chars']:,}", f"{100 * page.rate('ocr'):.2f} %"]
        if page.clean is not None:
            row += [f"{100 * page.rate('clean'):.2f} %"]
            row += [str(page.sums[key]) for key in ("repaired", "missed", "spoilt")]
        rows.append(row)
    return rows


LEDGER = (
    "fired", "right", "wrong", "neutral", "repaired", "spoilt",
    "suggested", "suggested_right", "suggested_wrong", "flagged",
)  # fmt: skip


def rules(lines: Iterable[Line]) -> list[list[str]]:
    """Rows of the ledger: rule, then LEDGER."""
    return [[line.rule, *(str(getattr(line, key)) for key in LEDGER)] for line in lines]


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is words, the others are numbers."""

    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    marks = "|---|" + "---:|" * (len(head) - 1)
    return "\n".join([row(head), marks, *map(row, rows)]) + "\n"


def as_markdown(found: Evaluation, lang: Lang) -> str:
    """The evaluation as a page of tables."""

    def w(key: str) -> str:
        return word(key, lang)

    both = found.has_clean
    head = [w("figure"), w("ocr"), w("interval"), *((w("clean"), w("interval")) if both else ())]
    parts = [markdown(head, sides(found, lang))]
    if both:
        parts.append(markdown([w("figure"), w("value"), w("interval")], changes(found, lang)))
        if lines := found.rules():
            parts.append(markdown([w("rule"), *map(w, LEDGER)], rules(lines)))
    head = [w("page"), w("chars"), "CER"]
    head += [f"CER {w('clean')}", w("repaired"), w("missed"), w("spoilt")] if both else []
    parts.append(markdown(head, pages(found)))
    return "\n".join(parts)


def as_json(found: Evaluation, unpaired: Sequence[str], journals: int) -> bytes:
    """Everything as one JSON object: figures (value, low, high), pages, rules, confusions, reliability."""
    built: dict[str, Any] = {
        "tool": f"ocrfix {VERSION}",
        "documents": len(found.pages),
        "unpaired": list(unpaired),
        "journals": journals,
        "figures": {
            name: {
                key: None if number is None else round(number, 6)
                for key, number in (("value", v.value), ("low", v.low), ("high", v.high))
            }
            for name, v in found.values.items()
        },
        "sums": found.sums,
        "calibration_error": found.calibration(),
        "reliability": [vars(one) for one in found.reliability()],
        "rules": [vars(line) for line in found.rules()],
        "confusions": [
            {"truth": pair[0], "read": pair[1], "ocr": before, "clean": after}
            for pair, before, after in found.confusions()
        ],
        "pages": [
            {
                "name": page.name,
                "cer": round(page.rate("ocr"), 6),
                "cer_clean": round(page.rate("clean"), 6) if page.clean else None,
                "spoilt": [
                    {
                        "truth": page.ocr.truth.text[s.place],
                        "place": page.ocr.truth.places[s.place],
                        "rules": s.rules,
                    }
                    for s in page.spoilt
                ],
                **{"sums": page.sums},
            }
            for page in found.worst_first
        ],
    }
    return json.dumps(built, ensure_ascii=False, indent=1).encode() + b"\n"
