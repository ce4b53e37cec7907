"""The policy that holds for a folder of results, as its ocrfix.toml says."""

from __future__ import annotations

from pathlib import Path

from cleanup.cli import config
from cleanup.model.fix import Applicability
from cleanup.model.journal import Policy


def found(out: Path) -> config.Found:
    """The ocrfix.toml in or above the results, else in or above the folder one stands in."""
    nearest = config.find(out if out.is_dir() else out.parent)
    return nearest if nearest.path is not None else config.find(Path())


def current(out: Path) -> Policy:
    """What may be edited without a person."""
    base = found(out).config
    least = Policy().min_confidence if base.min_confidence is None else base.min_confidence
    return Policy(Applicability[(base.apply or "likely").upper()], least, base.protect, base.rule_policies())
