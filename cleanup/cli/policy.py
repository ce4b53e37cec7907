"""The policy that holds for a folder of results, as its ocrfix.toml says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cleanup.cli import config
from cleanup.model.fix import Applicability
from cleanup.model.journal import Policy, RulePolicy

if TYPE_CHECKING:
    from cleanup.archive.decided.decisions import Store


def found(out: Path) -> config.Found:
    """The ocrfix.toml in or above the results, else in or above the folder one stands in."""
    nearest = config.find(out if out.is_dir() else out.parent)
    return nearest if nearest.path is not None else config.find(Path())


def current(out: Path) -> Policy:
    """What may be edited without a person."""
    base = found(out).config
    least = Policy().min_confidence if base.min_confidence is None else base.min_confidence
    return Policy(Applicability[(base.apply or "likely").upper()], least, base.protect, base.rule_policies())


def standing(here: config.Found, store: Store) -> tuple[tuple[RulePolicy, ...], list[str]]:
    """What ocrfix.toml says of single rules, but for what decisions no longer support; and those rules."""
    from cleanup.review import rates

    rows = rates.judged(store)
    lapsed = [
        name
        for name, rule in here.config.rules.items()
        if rule.precision is not None and rule.apply != "never"
        if not rates.holds(rows, _with(here, name), name, rule.precision, rule.batches)
    ]
    return tuple(own for own in here.config.rule_policies() if own.rule not in lapsed), lapsed


def _with(here: config.Found, name: str) -> Policy:
    """A policy in which the rule acts as it was allowed to."""
    return Policy(rules=tuple(own for own in here.config.rule_policies() if own.rule == name))
