"""How often rules are right: the table that says so, damage written for a rule, what `ocrfix rules` shows."""

from __future__ import annotations

from random import Random

import pytest
from conftest import Run

from bench import damage, precision
from cleanup.data.precision import table, wilson
from cleanup.plan import all_rules

RULES = {rule.NAME: rule for rule in all_rules()}
RIGHT = (
    "市长李志明出席会议，北京、上海、广州等地的代表参加。会议强调，要认真学习，扎实推进各项工作。\n"
    "局长王国华说，今年增长12.5%，达到3456亿元。（记者 张文清）\n"
)


def test_only_rules_that_there_are_have_been_measured() -> None:
    assert table().keys() <= RULES.keys()
    for name, found in table().items():
        assert sum(rate.total for rate in found), name
        assert all(0 <= rate.low <= rate.high <= 1 for rate in found)


def test_every_rule_shows_what_was_measured_or_that_nothing_was(ocrfix: Run) -> None:
    shown = {
        line.split()[0]: line
        for line in ocrfix("rules", "--lang", "en").stdout.decode().splitlines()
        if line.split()[:1] and line.split()[0] in RULES
    }
    assert shown.keys() == RULES.keys()
    for name, line in shown.items():
        assert ("not measured" in line) == (name not in table()), line
        assert ("–" in line) == (name in table()), line
    one = table()["layout.join"].made
    assert f"({100 * one.low:.1f}–{100 * one.high:.1f}, {one.total:,})" in shown["layout.join"]


def test_the_page_of_a_rule_says_how_often_it_was_right(ocrfix: Run) -> None:
    assert (
        "changes on the benchmark's sets: "
        in ocrfix("explain", "layout.join", "--lang", "en").stdout.decode()
    )
    assert "实测精度: 未测量" in ocrfix("explain", "encoding.unreadable", "--lang", "zh").stdout.decode()


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("characters.comma-stroke", "北京丶上海"),
        ("names.doubled", ""),
        ("names.wide", ""),
        ("names.lost", ""),
    ],
)
def test_damage_is_where_the_rule_looks_and_always_the_same(rule: str, wrong: str) -> None:
    found = [damage.places(RULES[rule], RIGHT, Random(1)) for _ in range(2)]
    assert found[0] == found[1] != []
    spoilt = damage.damaged(RIGHT, found[0])
    assert spoilt != RIGHT
    assert wrong in spoilt
    if rule.startswith("names."):
        assert {RIGHT[place.start : place.end] for place in found[0]} <= {"李志明", "王国华", "张文清"}
    assert damage.damaged(RIGHT, []) == RIGHT


def test_damage_keeps_to_the_classes_of_its_neighbours() -> None:
    """A comma within a number is not what cases of Chinese text are about."""
    found = damage.places(RULES["characters.half-width-punctuation"], "共1，234人，其中", Random(1))
    assert [place.start for place in found] == [7]


def test_a_rule_is_measured_on_right_text_damaged_for_it() -> None:
    pages = [RIGHT * 3]
    places, found = precision.by_damage(RULES["characters.zero-width"], pages, precision.people(pages))
    assert places >= found.right > 0 == found.wrong


def test_wilson() -> None:
    assert wilson(0, 0) == (0, 0, 0.0, 1.0)
    rate = wilson(99, 100)
    assert rate.low == pytest.approx(0.9455, abs=1e-4)
    assert rate.high == pytest.approx(0.9982, abs=1e-4)
