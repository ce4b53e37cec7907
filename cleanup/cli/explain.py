"""`ocrfix explain RULE`: a rule's page, from its own docstring and cases."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated

import typer

from cleanup.cli import choices, config
from cleanup.cli import options as shared
from cleanup.cli.rules import NOT_MEASURED, said
from cleanup.data import precision
from cleanup.model.fix import Lang, Message
from cleanup.plan import all_rules, unknown
from cleanup.rules import models
from cleanup.rules.contract import Case
from cleanup.rules.rule import Rule
from cleanup.score.formulas import ANCHOR
from cleanup.score.pieces import holding
from cleanup.text.scripts import is_han
from cleanup.text.simplify import simplified
from cleanup.text.wording import wording

_WORDS = {
    "zh": ("示例", "改为", "不动", "标出"),
    "en": ("Examples", "becomes", "left alone", "flagged"),
}
_COUNTED = Message("统计次数（约）", "counted, about")
_MOST = 12
"""Formulas that are shown."""
_MEASURED = Message("实测精度", "Measured precision")
_KINDS = (
    Message("评测集上的改动", "changes on the benchmark's sets"),
    Message("评测集上的建议", "suggestions on the benchmark's sets"),
    Message("在为它损坏的正确文字上的改动", "changes in right text damaged for it"),
)


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RULE",
            help="A rule or a family (see: ocrfix rules); or words of a formula: where it was counted.",
        ),
    ],
    lang: shared.Language = None,
) -> int:
    """Explain RULE: why it exists, what it leaves alone, how safe it is, with examples."""
    language = config.language(lang)
    settings = config.find(Path.cwd())
    own = settings.own_rules()
    found = [rule for rule in all_rules(own) if name in (rule.NAME, rule.NAME.partition(".")[0])]
    if not found and (lines := _formulas(name, settings, language)):
        print("\n".join(lines))
        return 0
    if not found:
        raise unknown(name, own)
    print("\n\n".join(page(rule, language) for rule in found))
    return 0


def _formulas(words: str, settings: config.Found, lang: Lang) -> list[str]:
    """The formulas that hold these words, and in which texts each was counted, about how often; none where
    the words are no part of any."""
    codes = wording(simplified(words)).codes
    if len(codes) < ANCHOR or not any(map(is_han, words)):
        return []
    lines: list[str] = []
    for known in models.every_formula(choices.taught(settings).learned.formulas, None):
        for formula, place in holding(known, codes, _MOST):
            lines += [formula, f"    {_COUNTED.text(lang)}: {known.counted(place)}"]
    return lines


def page(rule: Rule, lang: Lang) -> str:
    """The page of a rule as plain text."""
    examples, becomes, alone, flagged = _WORDS[lang]
    lines = [rule.NAME, "=" * len(rule.NAME), rule.SUMMARY.text(lang), ""]
    lines += [inspect.cleandoc(rule.__doc__ or ""), "", *_measured(rule, lang), "", f"{examples}:"]
    for case in rule.CASES:
        lines.append(f"  {_visible(case.text)}")
        lines.append(f"    -> {_outcome(case, becomes, alone, flagged)}")
    return "\n".join(lines)


def _measured(rule: Rule, lang: Lang) -> list[str]:
    """How often the rule was right: share, 95 % interval, judged changes."""
    found = precision.table().get(rule.NAME)
    head = _MEASURED.text(lang)
    if found is None:
        return [f"{head}: {NOT_MEASURED.text(lang)}"]
    kinds = zip(_KINDS, found, strict=True)
    return [f"{head}:", *(f"  {kind.text(lang)}: {said(rate, lang)}" for kind, rate in kinds if rate.total)]


def _outcome(case: Case, becomes: str, alone: str, flagged: str) -> str:
    people = "、".join(f"{name} {title}".strip() for name, title in case.roster)
    note = f" ({case.note})" if case.note else ""
    note += f" [roster: {people}]" if people else ""
    if case.becomes is not None:
        return f"{becomes}: {_visible(case.becomes)}{note}"
    return f"{flagged if case.flags else alone}{note}"


def _visible(text: str) -> str:
    return "".join(
        "⏎" if char == "\n" else char if char.isprintable() or char == "　" else f"\\u{ord(char):04x}"
        for char in text
    )
