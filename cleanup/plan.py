"""Which families run in which order. A rule is found by lying in its family's folder."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import cast

from cleanup import rules
from cleanup.model.errors import Exit, OcrfixError
from cleanup.rules.rule import Rule, early_of
from cleanup.text.cache import Kept

FAMILIES = (
    "encoding",
    "scan",
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


GROUP = "ocrfix.rules"
"""Entry points of this group name modules with rules of other packages."""
_kept = Kept("own-rules", GROUP, 50)
_LAST = ("script", "suspicions")
"""Families that come after those of the user's own: they speak of the text as it will be."""


class NoRules(OcrfixError):
    """A module of the user's own has no rule that can be used; the message says what it lacks."""


class UnknownRule(OcrfixError, ValueError):
    """A selector that names no rule and no family."""

    exit_code = Exit.USAGE


@cache
def family_rules(family: str) -> tuple[Rule, ...]:
    """The rules of a family, by name."""
    package = import_module(f"{rules.__name__}.{family}")
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    return tuple(cast(Rule, import_module(f"{package.__name__}.{name}")) for name in names)


def all_rules(own: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """Every rule, in the order of the plan; `own`: modules of the user's. Raises NoRules."""
    return tuple(rule for family in _families(own) for rule in _of_family(family, own))


@lru_cache(maxsize=8)
def own_rules(modules: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules of these modules (of a package: those of its modules), and those that other packages bring
    along by entry points, by name. Raises NoRules."""
    names = dict.fromkeys((*_brought_along(), *modules))
    found = {module.__name__: module for name in names for module in _modules(name)}
    made = [_checked(module) for module in found.values()]
    known = {rule.NAME for family in FAMILIES for rule in family_rules(family)}
    for rule in made:
        if rule.NAME in known:
            raise NoRules(
                f"规则 {rule.NAME}（{rule.__name__}）与已有规则同名；请改名。",
                f"The rule {rule.NAME} of {rule.__name__} has the name of another rule; rename it.",
            )
        known.add(rule.NAME)
    return tuple(sorted(made, key=lambda rule: rule.NAME))


def _brought_along() -> list[str]:
    """The modules that other packages bring along. Which these are says every installed package; it is asked
    again when one came or went."""
    places = tuple(map(_stand, sys.path))
    return list(_kept.of(places, _entry_points))


def _stand(place: str) -> tuple[str, int]:
    """A folder of modules, and when anything in it last came or went."""
    try:
        return place, Path(place).stat().st_mtime_ns
    except OSError:
        return place, -1


def _entry_points() -> list[str]:
    from importlib.metadata import entry_points

    return [point.value for point in entry_points(group=GROUP)]


def _modules(name: str) -> list[ModuleType]:
    """A module that is a rule, or those of a package that are."""
    try:
        module = import_module(name)
        inner = [info.name for info in pkgutil.iter_modules(getattr(module, "__path__", ()))]
        within = [import_module(f"{name}.{one}") for one in sorted(inner)]
    except ImportError as error:
        raise NoRules(
            f"自定规则 {name} 无法导入（{error}）；请检查模块名与搜索路径。",
            f"The rules of {name} cannot be imported ({error}); check the module's name and where it lies.",
        ) from None
    found = [one for one in (module, *within) if hasattr(one, "find")]
    if not found:
        raise NoRules(
            f"{name} 中没有规则（缺 find 函数）。", f"{name} has no rule: no module with a function find."
        )
    return found


def _checked(module: ModuleType) -> Rule:
    """A module as a rule; raises NoRules where it is none."""
    for name in ("NAME", "SUMMARY", "SAFETY", "CASES"):
        if not hasattr(module, name):
            raise NoRules(
                f"{module.__name__} 缺少 {name}；规则的写法见 docs/tutorials/own.zh.md。",
                f"{module.__name__} lacks {name}; docs/tutorials/own.en.md shows what a rule is.",
            )
    rule = cast(Rule, module)
    family, dot, rest = rule.NAME.partition(".")
    if not (family and dot and rest):
        raise NoRules(
            f"{module.__name__} 的 NAME 应写成“族.规则”，而不是 {rule.NAME}。",
            f"NAME of {module.__name__} must be family.rule, not {rule.NAME}.",
        )
    return rule


def is_own(rule: Rule) -> bool:
    """Whether a rule is the user's, not one of the package."""
    return not rule.__name__.startswith(f"{rules.__name__}.")


def source_of(rule: Rule) -> str:
    """SHA-256 of the file that a rule is written in."""
    file = getattr(rule, "__file__", None)
    return sha256(Path(file).read_bytes()).hexdigest() if file else ""


def _families(own: tuple[str, ...]) -> list[str]:
    """Families in their order, with those of the user's own before the last."""
    new = dict.fromkeys(rule.NAME.partition(".")[0] for rule in own_rules(own))
    middle = [family for family in (*FAMILIES, *new) if family not in _LAST]
    return [*dict.fromkeys(middle), *_LAST]


def _of_family(family: str, own: tuple[str, ...]) -> tuple[Rule, ...]:
    shipped = family_rules(family) if family in FAMILIES else ()
    mine = tuple(rule for rule in own_rules(own) if rule.NAME.partition(".")[0] == family)
    return tuple(sorted((*shipped, *mine), key=lambda rule: rule.NAME)) if mine else shipped


@lru_cache(maxsize=8)
def plan(
    only: tuple[str, ...] = (), skip: tuple[str, ...] = (), own: tuple[str, ...] = ()
) -> tuple[Pass, ...]:
    """The passes, narrowed to `only` and without `skip` (names of rules or families), with the rules of the
    modules `own`. Raises UnknownRule and NoRules."""
    families = _families(own)
    known = {rule.NAME for rule in all_rules(own)} | set(families)
    for selector in (*only, *skip):
        if selector not in known:
            raise unknown(selector, own)

    def wanted(rule: Rule) -> bool:
        names = {rule.NAME, rule.NAME.partition(".")[0]}
        return (not only or bool(names & set(only))) and not names & set(skip)

    passes = (
        Pass(name, tuple(rule for rule in found if wanted(rule)))
        for family in families
        for name, found in _stages(family, own)
    )
    return tuple(found for found in passes if found.rules)


def unknown(selector: str, own: tuple[str, ...] = ()) -> UnknownRule:
    """The error for a selector that names nothing, with the nearest name that exists."""
    from rapidfuzz.process import extractOne

    names = [rule.NAME for rule in all_rules(own)]
    near = extractOne(selector, [*names, *_families(own)], score_cutoff=70)
    zh, en = (f"是否指 {near[0]}？", f"did you mean {near[0]}?") if near else ("", "")
    return UnknownRule(
        f"没有名为 {selector} 的规则或规则族；{zh}（用 ocrfix rules 列出）",
        f"no rule or family is called {selector}; {en} (ocrfix rules lists them)",
    )


def _stages(family: str, own: tuple[str, ...]) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """The rules of a family that have a pass of their own, then the rest."""
    found = _of_family(family, own)
    for rule in sorted(filter(early_of, found), key=early_of):
        yield rule.NAME, (rule,)
    yield family, tuple(rule for rule in found if not early_of(rule))


@cache
def names_of(those: Callable[[Rule], bool]) -> frozenset[str]:
    """The names of those rules of which something is so (see rules/rule.py)."""
    return frozenset(rule.NAME for rule in all_rules() if those(rule))
