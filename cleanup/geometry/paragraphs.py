"""Whether a row goes on with the paragraph of the row before it, by how both are set."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from cleanup.geometry.column import Set
from cleanup.geometry.weights import FOLLOWS
from cleanup.text.scripts import NEVER_FIRST

_STOPS = set("。！？!?…：:")
_CLOSERS = set("”」』》）)】")
_LONG = 6
"""Characters of a row whose size is well known: boxes of fewer are as high as their letters happen to be."""
_CANNOT_START = set(NEVER_FIRST + "％")


@dataclass(frozen=True, slots=True)
class Place:
    """A row and what stands around it."""

    last: Set
    """The row before it."""
    this: Set
    above: Set | None
    """The row before the last."""
    below: Set | None
    """The row under it in its column."""
    turn: bool
    """A column, or what stands between, parts it from the last."""


def chance(place: Place) -> float:
    """How likely a row goes on with the paragraph of the one before it."""
    total = sum(FOLLOWS.get(fact, 0.0) for fact in facts(place))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def facts(place: Place) -> list[str]:
    """What is to be weighed, by name."""
    last, this, turn = place.last, place.this, place.turn
    end = _step(last.short, (0.5, 1.3, 2.6), "full slack short brief")
    start = _step(this.indent, (-0.8, 0.8, 1.5, 2.8, 6.0), "out flush slight indent deep far")
    ends = "stop" if last.text[-1:] in _STOPS else "shut" if last.text[-1:] in _CLOSERS else "open"
    found = ["bias", f"{end} {start}", f"{end} {ends}", f"{start} {ends}"]
    ratio = log(max(0.05, this.size) / max(0.05, last.size))
    size = _step(ratio, (-0.35, -0.15, 0.15, 0.35), "much-smaller smaller same bigger much-bigger")
    found.append(f"size {size}")
    if min(len(last.text), len(this.text)) >= _LONG:
        found.append(f"long size {size}")
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
    if place.above is not None:
        found.append(f"hang {start}" if last.indent < this.indent - 0.8 and end == "full" else "no hang")
    if place.below is not None:
        before = this.indent - place.below.indent
        found.append("below " + _step(before, (-2.8, -0.8, 0.8, 2.8), "far-in in level out far-out"))
    if this.blocked and not turn:
        found.append(f"blocked {gap} {ends}")
    if this.text[:1] in _CANNOT_START:
        found.append("cannot start")
    if len(this.text) == 1:
        found.append("one letter")
    return found


def _step(value: float, limits: tuple[float, ...], names: str) -> str:
    return names.split()[sum(value >= limit for limit in limits)]
