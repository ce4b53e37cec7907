"""Every rule's cases: what changes, what is flagged, what is left alone."""

from __future__ import annotations

import ast
import inspect
import sys
from dataclasses import fields

import pytest

from cleanup.plan import FAMILIES, all_rules
from cleanup.rules.contract import Case, Lines, Models, Names, Page, Tools
from cleanup.rules.rule import Rule
from cleanup.testing import faults, run

RULES = all_rules()
CASES = [
    pytest.param(rule, case, id=f"{rule.NAME}:{number}")
    for rule in RULES
    for number, case in enumerate(rule.CASES)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: Rule, case: Case) -> None:
    result = run(rule, case)
    assert result.repaired == (case.text if case.becomes is None else case.becomes)
    assert bool(result.journal.flags) == case.flags
    assert result.undo() == case.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_rule_keeps_what_it_says(rule: Rule) -> None:
    """It acts and leaves alone, promises no more than its SAFETY, and names the data that it reads."""
    assert not faults(rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_rule_is_described(rule: Rule) -> None:
    family, _, name = rule.NAME.partition(".")
    assert family in FAMILIES
    assert rule.__name__ == f"cleanup.rules.{family}.{name.replace('-', '_')}"
    assert rule.SUMMARY.zh
    assert rule.SUMMARY.en
    assert rule.__doc__
    for word in ("Why:", "Leaves alone:", "Safety:"):
        assert word in rule.__doc__


TOOLS = (Models, Names, Page, Lines, Tools)
"""Those that give less before those that give more."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_rule_asks_for_no_more_than_it_needs(rule: Rule) -> None:
    """What stands of its tools in `find` is the least that has all that its file reads of them."""
    nodes = list(ast.walk(ast.parse(inspect.getsource(sys.modules[rule.__name__]))))
    asked = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tools"
    }
    if any(isinstance(node, ast.Name) and node.id == "in_simplified" for node in nodes):
        asked.add("roster")
    least = next(kind for kind in TOOLS if asked <= {*dir(kind), *(field.name for field in fields(kind))})
    assert rule.find.__annotations__["tools"] == (least.__name__ if asked else "object")
