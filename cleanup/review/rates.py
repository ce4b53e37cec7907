"""How often people agree with a rule, and what that allows it: Wilson intervals and proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Literal, NamedTuple

from cleanup.archive.decided.decisions import Store
from cleanup.data.precision import Rate, Z, wilson
from cleanup.model.fix import Applicability
from cleanup.model.journal import Level, Policy

PRECISION = 0.995
LEAST = 20
"""Fewer decisions take nothing away from a rule: people look at doubtful places first."""
_LEVELS: tuple[Level, ...] = ("suggest", "likely")
_GRID = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.99)
"""Bars that are tried: a few, so that chance does not find one."""


class Judged(NamedTuple):
    """A decision on a fix."""

    rule: str
    level: str
    confidence: float
    right: bool
    single: bool
    """Decided by itself, not in a stroke with others."""


class Proposal(NamedTuple):
    """What a rule should be allowed."""

    rule: str
    kind: Literal["allow", "raise", "stop"]
    apply: Level
    min_confidence: float
    rate: Rate
    """Of the decided edits that this lets act (stop: of those that act now)."""


def needed(precision: float) -> int:
    """How many decisions, all in favour, prove a precision."""
    return ceil(precision * Z * Z / (1 - precision)) if precision < 1 else 10**9


def judged(store: Store) -> list[Judged]:
    """Every fix on which people agree; an edit of one's own speaks against the rule, words do not count."""
    size: dict[str, int] = defaultdict(int)
    found = []
    for _, state, entry in store.changed(-1):
        if entry is not None and entry.kind == "fix" and state in ("accepted", "rejected", "edited"):
            size[entry.batch] += 1
            found.append((entry, state == "accepted"))
    return [Judged(e.rule, e.level, e.confidence, right, size[e.batch] == 1) for e, right in found]


def by_rule(rows: Iterable[Judged]) -> dict[str, tuple[Rate, Rate]]:
    """Rule → rates of what was decided one by one, and of everything."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        groups[row.rule].append(row)
    return {rule: (_rate([r for r in group if r.single]), _rate(group)) for rule, group in groups.items()}


def propose(rows: Iterable[Judged], policy: Policy, precision: float, batches: bool) -> list[Proposal]:
    """What decisions prove: rules that may do more at this precision, and rules that should do less.

    Only what people decided one by one counts, unless `batches`.
    """
    groups: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        if batches or row.single:
            groups[row.rule].append(row)
    return [made for rule in sorted(groups) if (made := _propose(rule, groups[rule], policy, precision))]


def holds(rows: Iterable[Judged], policy: Policy, rule: str, precision: float, batches: bool) -> bool:
    """Whether decisions still prove what a rule was allowed."""
    mine = [row for row in rows if row.rule == rule and (batches or row.single)]
    return _rate(_acting(rule, mine, policy)).low >= precision


def _propose(rule: str, rows: list[Judged], policy: Policy, precision: float) -> Proposal | None:
    acting = _acting(rule, rows, policy)
    now = _rate(acting)
    best: tuple[int, Level, float, Rate] | None = None
    for level in _LEVELS:
        for bar in _GRID:
            allowed = [r for r in rows if _level(r) >= Applicability[level.upper()] and r.confidence >= bar]
            rate = _rate(allowed)
            if rate.low >= precision and (best is None or rate.total > best[0]):
                best = rate.total, level, bar, rate
    if now.total >= LEAST and now.high < precision:
        if best is not None:
            return Proposal(rule, "raise", best[1], best[2], best[3])
        return Proposal(rule, "stop", "never", 0.0, now)
    if best is not None and best[0] > now.total:
        return Proposal(rule, "allow", best[1], best[2], best[3])
    return None


def _acting(rule: str, rows: Sequence[Judged], policy: Policy) -> list[Judged]:
    return [row for row in rows if policy.admits(rule, _level(row), row.confidence)]


def _level(row: Judged) -> Applicability:
    return Applicability[row.level.upper()] if row.level else Applicability.SUGGEST


def _rate(rows: Sequence[Judged]) -> Rate:
    return wilson(sum(row.right for row in rows), len(rows))
