"""`ocrfix rules`: the rules, family by family."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleanup.cli import config
from cleanup.plan import all_rules


def command(
    lang: Annotated[Literal["zh", "en"] | None, typer.Option(help="Language [default: locale].")] = None,
) -> int:
    """List the rules: name, safety, what each does."""
    language = config.language(lang)
    rules = all_rules()
    width = max(len(rule.NAME) for rule in rules)
    for rule in rules:
        print(f"{rule.NAME:<{width}}  {rule.SAFETY.label:<7}  {rule.SUMMARY.text(language)}")
    return 0
