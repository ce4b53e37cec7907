"""Other tools on the same texts: what they repair, what they spoil, how fast they are beside ocrfix."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bench.peers import Tool
from bench.sets import Set
from cleanup.formats.encoding import normalise
from cleanup.measure import evaluation
from cleanup.measure.evaluation import Trial
from cleanup.measure.figures import Known, Value


class Beside(NamedTuple):
    """A tool on a set."""

    tool: str
    set: str
    cut: Value
    spoilt: Value
    precision: Value


class Harm(NamedTuple):
    """A tool on right text."""

    tool: str
    lines: int
    changed: int
    characters: int
    seconds: float
    """CPU seconds."""


def on_set(tool: str, run: Tool, found: Set) -> Beside:
    """The figures of a tool on a set."""
    trials = []
    for document in found.documents:
        ocr = normalise(document.ocr.decode("utf-8"))[0]
        trials.append(Trial(document.name, document.truth, ocr, run(ocr)))
    values = evaluation.evaluate(trials, Known()).values
    return Beside(tool, found.name, values["cer_cut"], values["spoilt"], values["precision"])


def on_right(tools: dict[str, tuple[str, Tool]], parts: Sequence[str]) -> list[Harm]:
    """How many lines of right text the tools change, and the time they take: in turn over the same parts."""
    for _, run in tools.values():
        run(parts[0][:500])  # load what is loaded on first use
    lines, changed = Counter[str](), Counter[str]()
    spent: dict[str, float] = dict.fromkeys(tools, 0.0)
    for part in parts:
        before = [line.rstrip() for line in part.split("\n") if line.strip()]
        for name, (_, run) in tools.items():
            start = time.process_time()
            done = run(part)
            spent[name] += time.process_time() - start
            left = Counter(line.rstrip() for line in done.split("\n"))
            lines[name] += len(before)
            changed[name] += sum((Counter(before) - left).values())
    size = sum(map(len, parts))
    return [Harm(name, lines[name], changed[name], size, spent[name]) for name in tools]
