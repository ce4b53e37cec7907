"""Boosted trees: the same as walking each tree by hand; damaged tables are named."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.data import files
from cleanup.rules.contract import Tools
from cleanup.score.trees import LEAF, BrokenTrees, trees
from cleanup.text.cues import Cues
from cleanup.text.habits import UNKNOWN

ROWS = [
    ["000.000", "b", "1.5", "1", "2"],
    ["000.001", LEAF, "-1", "", ""],
    ["000.002", "a", "0", "3", "4"],
    ["000.003", LEAF, "0.25", "", ""],
    ["000.004", LEAF, "2", "", ""],
    ["001.000", LEAF, "0.5", "", ""],
]


@pytest.mark.parametrize(("row", "nats"), [((0, 1.5), -0.5), ((0, 1.6), 0.75), ((0.1, 2), 2.5)])
def test_by_hand(row: tuple[float, float], nats: float) -> None:
    assert trees(ROWS, ("a", "b")).probability([row]) == pytest.approx([1 / (1 + exp(-nats))])


MEASURE = st.sampled_from((UNKNOWN, -3.0, 0.0, 0.4, 1.0, 2.0, 11.0))
ROW = st.lists(MEASURE, min_size=len(Cues._fields), max_size=len(Cues._fields))


@settings(max_examples=20)
@given(st.lists(ROW, max_size=4))
def test_shipped_trees_are_walked_right(rows: list[list[float]]) -> None:
    table = files.rows("models/joins.tsv", 5)
    nodes = {row[0]: row[1:] for row in table}
    expected = []
    for row in rows:
        score = 0.0
        for root in (name for name in nodes if name.endswith(".000")):
            ask, bar, yes, no = nodes[root]
            while ask != LEAF:
                place = yes if row[Cues._fields.index(ask)] <= float(bar) else no
                ask, bar, yes, no = nodes[f"{root[:3]}.{int(place):03}"]
            score += float(bar)
        expected.append(1 / (1 + exp(-score)))
    assert Tools().joins.probability(rows) == pytest.approx(expected)


DEEP = [
    row
    for at in range(0, 32, 2)
    for row in (
        [f"000.{at:03}", "a", str(at), str(at + 1), str(at + 2)],
        [f"000.{at + 1:03}", LEAF, str(at), "", ""],
    )
]
"""All but the last leaf of a tree that goes down step by step."""


def test_a_leaf_for_each_bit() -> None:
    found = trees([*DEEP[:30], ["000.030", LEAF, "30", "", ""]], ("a",)).probability([(2,), (27,), (99,)])
    assert found == pytest.approx([1 / (1 + exp(-leaf)) for leaf in (2, 28, 30)])


@pytest.mark.parametrize(
    "broken",
    [
        [["000.000", "c", "1", "1", "2"], *ROWS[1:3]],
        [["000.000", "a", "1", "0", "1"], ROWS[1]],
        [["000.000", "a", "1", "1", "9"], ROWS[1]],
        [["000.000", "a", "", "1", "2"], *ROWS[1:3]],
        [["000.003", LEAF, "1", "", ""]],
        [ROWS[0], *ROWS[3:5], ROWS[1], ["000.004", "a", "1", "3", "3"]],
        [*DEEP, ["000.032", LEAF, "1", "", ""]],
        [],
    ],
)
def test_broken(broken: list[list[str]]) -> None:
    with pytest.raises(BrokenTrees):
        trees(broken, ("a", "b"))
