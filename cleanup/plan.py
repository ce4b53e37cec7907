"""Which families run in which order. A rule is found by lying in its family's folder."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import cast

from cleanup import rules
from cleanup.model.errors import Exit, OcrfixError
from cleanup.rules.rule import Rule, early_of

FAMILIES = (
    "encoding",
    "layout",
    "characters",
    "spaces",
    "numerals",
    "repeats",
    "phrases",
    "names",
    "context",
    "formulas",
    "script",
    "suspicions",
)
"""Earlier families give later ones cleaner text; each is a pass."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Rules that look at the same text together; repeated until they find nothing more to do."""

    name: str
    rules: tuple[Rule, ...]
    limit: int = 12
    """How often it may repeat in one round over all passes."""


class UnknownRule(OcrfixError, ValueError):
    """A selector that names no rule and no family."""

    exit_code = Exit.USAGE


@cache
def family_rules(family: str) -> tuple[Rule, ...]:
    """The rules of a family, by name."""
    package = import_module(f"{rules.__name__}.{family}")
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    return tuple(cast(Rule, import_module(f"{package.__name__}.{name}")) for name in names)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the plan."""
    return tuple(rule for family in FAMILIES for rule in family_rules(family))


@lru_cache(maxsize=8)
def plan(only: tuple[str, ...] = (), skip: tuple[str, ...] = ()) -> tuple[Pass, ...]:
    """The passes, narrowed to `only` and without `skip` (names of rules or families)."""
    known = {rule.NAME for rule in all_rules()} | set(FAMILIES)
    for selector in (*only, *skip):
        if selector not in known:
            raise unknown(selector)

    def wanted(rule: Rule) -> bool:
        names = {rule.NAME, rule.NAME.partition(".")[0]}
        return (not only or bool(names & set(only))) and not names & set(skip)

    passes = (
        Pass(name, tuple(rule for rule in found if wanted(rule)))
        for family in FAMILIES
        for name, found in _stages(family)
    )
    return tuple(found for found in passes if found.rules)


def unknown(selector: str) -> UnknownRule:
    """The error for a selector that names nothing, with the nearest name that exists."""
    from rapidfuzz.process import extractOne

    names = [rule.NAME for rule in all_rules()]
    near = extractOne(selector, [*names, *FAMILIES], score_cutoff=70)
    zh, en = (f"是否指 {near[0]}？", f"did you mean {near[0]}?") if near else ("", "")
    return UnknownRule(
        f"没有名为 {selector} 的规则或规则族；{zh}（用 ocrfix rules 列出）",
        f"no rule or family is called {selector}; {en} (ocrfix rules lists them)",
    )


def _stages(family: str) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """The rules of a family that have a pass of their own, then the rest."""
    found = family_rules(family)
    for rule in sorted(filter(early_of, found), key=early_of):
        yield rule.NAME, (rule,)
    yield family, tuple(rule for rule in found if not early_of(rule))


@cache
def names_of(those: Callable[[Rule], bool]) -> frozenset[str]:
    """The names of those rules of which something is so (see rules/rule.py)."""
    return frozenset(rule.NAME for rule in all_rules() if those(rule))
