"""`ocrfix rules`: the rules, family by family."""

from __future__ import annotations

from pathlib import Path

from cleanup.cli import config
from cleanup.cli import options as shared
from cleanup.plan import all_rules


def command(
    lang: shared.Language = None,
) -> int:
    """List the rules: name, safety, what each does."""
    language = config.language(lang)
    rules = all_rules(config.find(Path.cwd()).own_rules())
    width = max(len(rule.NAME) for rule in rules)
    for rule in rules:
        print(f"{rule.NAME:<{width}}  {rule.SAFETY.label:<7}  {rule.SUMMARY.text(language)}")
    return 0
