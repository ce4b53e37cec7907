"""Every rule's cases: what changes, what is flagged, what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleanup.archive.survey.part import merge, survey_file
from cleanup.data.learned import Learned
from cleanup.data.profile import Profile
from cleanup.data.roster import Person, Roster
from cleanup.engine.repair import Settings, read, repair_document
from cleanup.model.document import Document, RowAt
from cleanup.model.fix import Applicability
from cleanup.model.journal import Policy
from cleanup.model.result import Result
from cleanup.plan import FAMILIES, all_rules
from cleanup.rules.contract import Case
from cleanup.rules.rule import Rule

RULES = all_rules()
CASES = [
    pytest.param(rule, case, id=f"{rule.NAME}:{number}")
    for rule in RULES
    for number, case in enumerate(rule.CASES)
]


def _roster(case: Case) -> Roster:
    terms = case.terms or (("", ""),) * len(case.roster)
    rows = zip(case.roster, terms, strict=True)
    return Roster(tuple(Person(*who, start=since, end=until) for who, (since, until) in rows))


def _archive(case: Case, document: Document) -> Profile | None:
    """The profile of a case's archive, which holds the document too."""
    others = (read(text.encode(), "case.txt") for text in case.elsewhere)
    return merge(map(survey_file, (document, *others))) if case.elsewhere else None


def _placed(document: Document, kinds: tuple[str, ...]) -> Document:
    lines = [line for line in document.lines if line.kind != "blank"]
    rows = [
        RowAt(line.span.start, line.span.end, kind, 0.9, doubtful=kind == "doubtful")
        for line, kind in zip(lines, kinds, strict=False)
    ]
    return replace(document, rows=tuple(rows))


def _run(rule: Rule, case: Case) -> Result:
    """A case by its rule alone, with all that it sets."""
    settings = Settings(
        Policy(min(rule.SAFETY, Applicability.LIKELY), 0.0),
        only=(rule.NAME,),
        headlines=case.headlines,
        learned=Learned(case.own),
        to=case.to,
    )
    document = _placed(read(case.text.encode(), "case.txt"), case.rows)
    return repair_document(document, _roster(case), settings, _archive(case, document))


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: Rule, case: Case) -> None:
    result = _run(rule, case)
    assert result.repaired == (case.text if case.becomes is None else case.becomes)
    assert bool(result.journal.flags) == case.flags
    assert result.undo() == case.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_rule_shows_both_sides(rule: Rule) -> None:
    """A rule has an example that acts and a look-alike that must not."""
    acts = [case for case in rule.CASES if case.becomes is not None or case.flags]
    leaves = [case for case in rule.CASES if case.becomes is None and not case.flags]
    assert acts
    assert leaves


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


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_promise_is_kept(rule: Rule) -> None:
    """No fix claims more than the rule's SAFETY."""
    for case in rule.CASES:
        for record in _run(rule, case).journal.records:
            assert Applicability[record.applicability.upper()] <= rule.SAFETY
