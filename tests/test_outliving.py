"""Flags on what is taken out of the text: they stay, at the place in the source."""

from __future__ import annotations

from cleanup import repair
from cleanup.engine.repair import Settings
from cleanup.model.fix import Span
from cleanup.model.journal import Record
from cleanup.reports.html import render
from cleanup.review.surroundings import shown_in

HEAD = "渝州日报 2024年1月30日 星期三 第25980期\n"
TEXT = "县里修了三座桥，两座通车。\n"


def flagged(text: str, settings: Settings | None = None) -> tuple[Record, ...]:
    records = repair(text, name="page.txt", settings=settings or Settings()).journal.records
    return tuple(record for record in records if record.rule == "suspicions.masthead")


def test_a_flag_outlives_the_masthead() -> None:
    result = repair(TEXT + HEAD + TEXT, name="page.txt")
    assert result.repaired == TEXT + TEXT
    (record,) = (one for one in result.journal.records if one.kind == "flag")
    start = len(TEXT) + HEAD.index("星期三")
    assert (record.span, record.line, record.outlived) == (Span(start, start + 3), 2, True)
    assert record.output == Span(len(TEXT), len(TEXT))
    before, shown, after = shown_in(result, record)
    assert (before[-3:], shown, after[:2]) == ("0日 ", [("=", "星期三")], " 第")
    assert "星期三" in render(result, "zh")
    assert result.undo() == TEXT + HEAD + TEXT


def test_a_flag_on_what_is_kept_is_said_once() -> None:
    (record,) = flagged(HEAD + TEXT, Settings(furniture="keep"))
    assert not record.outlived


def test_what_is_right_or_mended_is_not_flagged() -> None:
    assert not flagged(HEAD.replace("星期三", "星期二") + TEXT)
