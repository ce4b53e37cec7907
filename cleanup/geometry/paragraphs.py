"""Whether a row goes on with the paragraph of the row before it, by how both are set."""

from __future__ import annotations

from math import exp, log

from cleanup.geometry.column import Set
from cleanup.geometry.weights import FOLLOWS
from cleanup.text.scripts import NEVER_FIRST

_STOPS = set("。！？!?…：:")
_CLOSERS = set("”」』》）)】")
_CANNOT_START = set(NEVER_FIRST + "％")


def chance(last: Set, this: Set, above: Set | None, turn: bool) -> float:
    """How likely `this` goes on with the paragraph of `last`; `above` is the row before that, and `turn` says
    that a column, or what stands between, parts them."""
    total = sum(FOLLOWS.get(fact, 0.0) for fact in facts(last, this, above, turn))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def facts(last: Set, this: Set, above: Set | None, turn: bool) -> list[str]:
    """What is to be weighed, by name."""
    end = _step(last.short, (0.5, 1.3, 2.6), "full slack short brief")
    start = _step(this.indent, (-0.8, 0.8, 1.5, 2.8, 6.0), "out flush slight indent deep far")
    ends = "stop" if last.text[-1:] in _STOPS else "shut" if last.text[-1:] in _CLOSERS else "open"
    found = ["bias", f"{end} {start}", f"{end} {ends}", f"{start} {ends}"]
    ratio = log(max(0.05, this.size) / max(0.05, last.size))
    found.append(
        "size " + _step(ratio, (-0.35, -0.15, 0.15, 0.35), "much-smaller smaller same bigger much-bigger")
    )
    big = last.size > 1.3 and this.size > 1.3
    found.append(("big few" if this.run <= 3 else "big many") if big else "plain")
    if last.held and end in ("short", "brief"):
        found.append(f"held {start} {ends}")
    gap = (
        "turn" if turn else "gap " + _step(this.leading, (0.85, 1.25, 1.6, 2.2), "tight usual loose wide far")
    )
    trust = _step(min(last.sure, this.sure), (0.5, 0.7, 0.82), "junk poor doubtful sure")
    found += [gap, f"{trust} {gap} {ends}"]
    if trust != "sure":
        rough = "turn" if turn else _step(this.leading, (1.25, 2.2), "usual loose far")
        found += [trust, f"{trust} {rough}"]
    if above is not None:
        found.append(f"hang {start}" if last.indent < this.indent - 0.8 and end == "full" else "no hang")
    if this.text[:1] in _CANNOT_START:
        found.append("cannot start")
    return found


def _step(value: float, limits: tuple[float, ...], names: str) -> str:
    return names.split()[sum(value >= limit for limit in limits)]
