"""Boosted trees: the same as walking each tree by hand; damaged tables are named."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.data import files
from cleanup.rules.contract import Tools
from cleanup.score.trees import LEAF, BrokenTrees, trees
from cleanup.text.cues import UNKNOWN, Cues

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


@pytest.mark.parametrize(
    "broken",
    [
        [["000.000", "c", "1", "1", "2"], *ROWS[1:3]],
        [["000.000", "a", "1", "0", "1"], ROWS[1]],
        [["000.000", "a", "1", "1", "9"], ROWS[1]],
        [["000.000", "a", "", "1", "2"], *ROWS[1:3]],
        [["000.003", LEAF, "1", "", ""]],
        [],
    ],
)
def test_broken(broken: list[list[str]]) -> None:
    with pytest.raises(BrokenTrees):
        trees(broken, ("a", "b"))
