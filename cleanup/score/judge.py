"""How probable it is that a change is right: a logistic model over its evidence, one for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cleanup.score import gate, regression
from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates
from cleanup.score.evidence import NAMES
from cleanup.score.regression import Doubles, Reals, Weights
from cleanup.score.scan import HAN, kinds

CURVED = 44
"""The squares of the first so many kinds of evidence count too."""
KINDS = ("character", "mark", "ending", "added-mark", "added-character", "dropped")
USUAL = 0.014
"""Share of characters that need a change in the texts which a judge was fitted on, where it does not say."""
Shown = Sequence[str] | NDArray[np.str_]
"""What was read at the places of candidates."""


@dataclass(frozen=True)
class Judge:
    """The models of all kinds of change, and the gates that say where to look."""

    kinds: Mapping[str, Weights]
    gates: Mapping[str, Weights] = field(default_factory=dict)
    usual: float = USUAL
    """Share of characters that its own texts need changed."""

    def probability(self, thought: Candidates, read: Shown, table: Reals) -> Doubles:
        """For each candidate how probable it is that it is right."""
        found = np.zeros(len(thought))
        for name, rows in split(thought, read).items():
            if name in self.kinds and rows.any():
                found[rows] = self.kinds[name].probability(table[rows])
        return found


def split(thought: Candidates, read: Shown) -> dict[str, NDArray[np.bool_]]:
    """Which candidates are of which kind; `read`: what stands at each place."""
    shown = np.array(read, dtype="<U1")
    new, old = (kinds(np.ascontiguousarray(chars).view(np.uint32)) == HAN for chars in (thought.char, shown))
    end = shown == "\n"
    how = thought.kind
    rows = (
        (how == SUBSTITUTE) & new & old,
        (how == SUBSTITUTE) & ~(new & old),
        (how == INSERT) & ~new & end,
        (how == INSERT) & ~new & ~end,
        (how == INSERT) & new,
        how == DELETE,
    )
    return dict(zip(KINDS, rows, strict=True))


def rows(judge: Judge) -> list[tuple[str, ...]]:
    """The models as rows of a table, sorted: kind: term, centre, spread, weight."""
    found = [row for name, how in judge.kinds.items() for row in regression.rows(name, how, NAMES)]
    for name, how in judge.gates.items():
        found += regression.rows(f"at {name}", how, gate.NAMES)
    return sorted([*found, ("usual", "", "", f"{judge.usual:.4g}")])


def load(table: Sequence[Sequence[str]]) -> Judge:
    """The judge of a table's rows; KeyError where terms are missing."""
    cells: dict[str, dict[str, Sequence[str]]] = {}
    for name, *values in table:
        model, _, term = name.partition(": ")
        cells.setdefault(model, {})[term] = values
    kinds = {name: regression.weights(cells[name], NAMES, CURVED) for name in KINDS}
    gates = (*gate.GATES, *gate.GAPS)
    usual = float(cells["usual"][""][2]) if "usual" in cells else USUAL
    return Judge(
        kinds,
        {name: regression.weights(cells[f"at {name}"], gate.NAMES, gate.CURVED) for name in gates},
        usual,
    )
