"""Decisions: keyed by content, and read by the engine."""

from __future__ import annotations

from dataclasses import replace

from review_results import SETTINGS

from cleanup import repair
from cleanup.data.roster import Person, Roster
from cleanup.engine.identity import pattern_id, place_id
from cleanup.engine.repair import Settings
from cleanup.model.fix import Applicability, Fix
from cleanup.model.journal import Decision, Policy, Record, RulePolicy
from cleanup.model.result import Result

TEXT = "工程己经完成，曰前通过验收。"
ALL = Settings(skip=("context",))


def _withheld(result: Result, before: str) -> Record:
    return next(r for r in result.journal.withheld if r.edits[0].before == before)


def _fix(record: Record) -> Fix:
    return Fix(record.rule, record.edits, Applicability.SUGGEST, 0.0, record.why, record.span)


def _again(text: str, *said: Decision, settings: Settings = SETTINGS) -> Result:
    result = repair(text, settings=replace(settings, decisions=said))
    assert result.undo() == text
    return result


def test_neighbours_that_are_both_accepted_are_both_made() -> None:
    """What becomes of one place does not change the key of the next."""
    roster = Roster((Person("胡衡华", "市长"),))
    text = "市长胡衙华己经到会。"
    first = repair(text, roster, SETTINGS)
    assert len(first.journal.withheld) >= 2
    said = tuple(Decision(record.id, "accepted") for record in first.journal.withheld)
    assert repair(text, roster, replace(SETTINGS, decisions=said)).repaired == "市长胡衡华已经到会。"


def test_keys_survive_other_line_breaks_and_other_places() -> None:
    key = _withheld(repair(TEXT, settings=SETTINGS), "己").id
    assert _withheld(repair("前面的话。\n\n工程己经\n完成，曰前通过验收。", settings=SETTINGS), "己").id != ""
    assert _withheld(repair("县里开会。" + "甲" * 20 + "\n\n" + TEXT, settings=SETTINGS), "曰").id == (
        _withheld(repair("县里散会。" + "甲" * 20 + "\n\n" + TEXT, settings=SETTINGS), "曰").id
    )
    assert key in {r.id for r in repair(TEXT + "\n", settings=SETTINGS).journal.withheld}


def test_an_edit_of_a_person_is_a_record_and_stays() -> None:
    suggested = _withheld(repair(TEXT, settings=SETTINGS), "己")
    edited = _again(TEXT, Decision(suggested.id, "edited", "王敏", text="以"))
    assert edited.repaired == "工程以经完成，曰前通过验收。"
    (record,) = [r for r in edited.journal.applied if r.rule == "review.edit"]
    assert record.id == suggested.id
    assert "王敏" in record.why.zh
    # No other rule touches what a person wrote.
    kept = _again(TEXT, Decision(suggested.id, "edited", text="自己"), settings=ALL)
    assert kept.repaired.startswith("工程自己经完成")


def test_an_insertion_can_be_edited_once() -> None:
    text = "会议强调，要认真学习贯彻重要讲话精神，扎实推进各顷工作。"
    settings = Settings(Policy(Applicability.SAFE))
    record = repair(text, settings=settings).journal.withheld[0]
    edited = _again(text, Decision(record.id, "edited", text="目标"), settings=settings)
    assert edited.repaired.count("目标") == 1


def test_a_pattern_decides_every_place_and_a_place_goes_first() -> None:
    text = "工程己经完成，道路己经通车。"
    one, two = repair(text, settings=SETTINGS).journal.withheld
    everywhere = Decision(pattern_id(_fix(one)), "accepted")
    assert _again(text, everywhere).repaired == "工程已经完成，道路已经通车。"
    assert _again(text, everywhere, Decision(two.id, "rejected")).repaired == "工程已经完成，道路己经通车。"


def test_what_was_refused_no_other_rule_may_do() -> None:
    record = _withheld(repair(TEXT, settings=SETTINGS), "己")
    fix = replace(_fix(record), rule="other.rule")
    said = Decision("000000000000", "rejected", place=place_id(TEXT, record.span, fix))
    assert repair(TEXT, settings=replace(ALL, decisions=(said,))).repaired.startswith("工程己经")
    written = replace(said, verdict="edited", text="以")
    assert repair(TEXT, settings=replace(ALL, decisions=(written,))).repaired.startswith("工程己经")
    accepted = replace(said, verdict="accepted")
    assert repair(TEXT, settings=replace(SETTINGS, decisions=(accepted,))).repaired.startswith("工程已经")


def test_protected_words_and_policies_of_rules() -> None:
    word = Decision("", "protected", text="己经")
    assert _again(TEXT, word, settings=ALL).repaired == "工程己经完成，日前通过验收。"
    never = Settings(Policy(rules=(RulePolicy("phrases.misread", "never"),)), skip=("context",))
    assert repair(TEXT, settings=never).repaired == TEXT
    family = Settings(
        Policy(rules=(RulePolicy("phrases", "never"), RulePolicy("phrases.misread", "likely"))),
        skip=("context",),
    )
    assert repair(TEXT, settings=family).repaired == "工程已经完成，日前通过验收。"
    high = Settings(Policy(rules=(RulePolicy("phrases", None, 0.999),)), skip=("context",))
    assert repair(TEXT, settings=high).repaired == TEXT
