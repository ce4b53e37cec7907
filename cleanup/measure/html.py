"""The evaluation as one HTML file: figures, calibration, rules, pages in three linked columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from cleanup.measure import tables
from cleanup.measure.evaluation import Bin, Evaluation, Page
from cleanup.measure.figures import CHANGES, FIGURES, Figure, shown
from cleanup.measure.texts import Solid
from cleanup.measure.verdicts import makers
from cleanup.model.fix import Lang
from cleanup.reports.html import asset, script_hash, template
from cleanup.version import VERSION

SHOWN = 60
"""So many pages, the worst, are shown in columns."""
SIGNS = 400_000
"""And of them so many signs together at most."""
CONFUSIONS = 80


class Segment(NamedTuple):
    """A stretch of the truth with what stands for it in the OCR and in the clean text."""

    truth: str
    ocr: str
    clean: str
    kind: str
    """Empty where all agree; r repaired, m missed, s spoilt, w: wrong in the OCR (no clean text)."""
    rules: str


def render(found: Evaluation, lang: Lang, note: tuple[str, str], unpaired: Sequence[str]) -> str:
    """The report; `note` says in both languages where the clean text comes from."""
    style, script = asset("eval.css"), asset("eval.js")
    pages: list[tuple[Page, Markup]] = []
    budget = SIGNS
    for page in found.worst_first[:SHOWN]:
        budget -= len(page.ocr.truth)
        if budget < 0 and pages:
            break
        pages.append((page, Markup("".join(_rows(page)))))
    return template("eval.html.j2").render(
        lang=lang,
        version=VERSION,
        found=found,
        note=note,
        unpaired=unpaired,
        figures=[
            (figure, [_value(found, f"{figure.name}.{side}", figure) for side in _sides(found)])
            for figure in FIGURES
        ],
        changes=[(figure, _value(found, figure.name, figure)) for figure in CHANGES]
        if found.has_clean
        else [],
        rules=found.rules(),
        columns=[(key, tables.word(key, "zh"), tables.word(key, "en")) for key in tables.LEDGER],
        # What was taken for something else comes before what was lost or added: that is furniture, mostly.
        confusions=sorted(found.confusions(), key=lambda row: not all(row[0]))[:CONFUSIONS],
        curve=_curve(found.reliability()),
        calibration=found.calibration(),
        listed=found.worst_first,
        most=max((page.rate("ocr") for page in found.pages), default=0) or 1,
        pages=pages,
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src '{script_hash(style)}'; script-src '{script_hash(script)}'; "
        "base-uri 'none'; form-action 'none'",
    )


def _sides(found: Evaluation) -> tuple[str, ...]:
    return ("ocr", "clean") if found.has_clean else ("ocr",)


def _value(found: Evaluation, key: str, figure: Figure) -> tuple[str, str]:
    value = found.values[key]
    return shown(figure, value.value), tables.interval(figure, value)


def segments(page: Page) -> list[list[Segment]]:
    """The page as rows, one for each line of the truth; together they hold all three texts whole."""
    truth = page.ocr.truth
    sides = [page.ocr] + ([page.clean] if page.clean else [])
    edges = [side.edges for side in sides]
    gaps = {0, len(truth), *truth.line_ends}
    for side in sides:
        for one in side.blocks:
            gaps |= {one.start, one.end}
    order = sorted(gaps)
    ends = set(truth.line_ends)
    blamed = _blamed(page)
    rows: list[list[Segment]] = [[]]
    for at, gap in enumerate(order):
        added = [
            _raw(side.text, low[gap], high[gap], first=not at)
            for side, (low, high) in zip(sides, edges, strict=True)
        ]
        alone = _raw(truth, 0, 0, first=not at)
        if alone or any(added):
            right = [not text.strip() for text in added]
            rows[-1].append(_segment(alone, added, right, blamed.get(gap, "")))
        if gap in ends and gap != len(truth):
            rows.append([])
        if at + 1 < len(order):
            end = order[at + 1]
            texts = [
                _raw(side.text, high[gap], low[end]) for side, (low, high) in zip(sides, edges, strict=True)
            ]
            right = [gap not in side.wrong for side in sides]
            rows[-1].append(_segment(_raw(truth, gap, end), texts, right, blamed.get(gap, "")))
    return [row for row in rows if row]


def _raw(text: Solid, start: int, end: int, first: bool = False) -> str:
    """Signs with the white space behind them; `first`: all of a text that has no sign."""
    if not len(text):
        return text.whole if first else ""
    return text.whole[text.places[start] if start else 0 : text.places[end] if end else 0]


def _segment(truth: str, texts: list[str], right: list[bool], rules: str) -> Segment:
    if len(right) == 1:
        kind = "" if right[0] else "w"
    else:
        kind = {(True, True): "", (False, True): "r", (False, False): "m", (True, False): "s"}[
            right[0], right[1]
        ]
    return Segment(
        truth, texts[0], texts[1] if len(texts) > 1 else "", kind, rules if kind in ("r", "s") else ""
    )


def _blamed(page: Page) -> dict[int, str]:
    """Gap of the truth → the rules that changed the text there."""
    if page.journal is None or page.clean is None:
        return {}
    size = len(page.ocr.truth)
    starts = {one.start for side in (page.ocr, page.clean) for one in side.blocks if not one.equal}
    places = sorted(place for place in starts if place < size)
    return {
        place: " ".join(rules)
        for place, rules in zip(places, makers(page.journal, page.clean, places), strict=True)
    }


def _rows(page: Page) -> Iterator[str]:
    number = 0
    for row in segments(page):
        cells: list[list[str]] = [[], [], []]
        for one in row:
            number += 1
            marks = f' class="{one.kind}"' if one.kind else ""
            told = f' title="{escape(one.rules)}"' if one.rules else ""
            for cell, text in zip(cells, (one.truth, one.ocr, one.clean), strict=True):
                cell.append(f'<span data-k="{number}"{marks}{told}>{_shown(text) or "<i></i>"}</span>')
        columns = cells if page.clean else cells[:2]
        yield '<div class="row">' + "".join(f"<div>{''.join(cell)}</div>" for cell in columns) + "</div>\n"


def _shown(text: str) -> str:
    """Line ends as a sign, so that rows stay side by side."""
    parts = [escape(part, quote=False) for part in text.replace("\f", "\n").split("\n")]
    return "<b></b>".join(parts)


def _curve(bins: Sequence[Bin]) -> list[tuple[float, float, float, Bin]]:
    """Points of the reliability curve in a square of 100: x, y, radius."""
    most = max((one.count for one in bins), default=1)
    return [
        (
            round(100 * one.confidence, 1),
            round(100 - 100 * one.right, 1),
            round(1.2 + 2.6 * (one.count / most) ** 0.5, 2),
            one,
        )
        for one in bins
    ]
