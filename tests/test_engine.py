"""The engine: settling, policy, decisions, the fixed point, the journal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleanup import repair
from cleanup.data.roster import Person, Roster
from cleanup.engine.repair import Settings, clean_name
from cleanup.engine.settle import settle
from cleanup.formats import from_text
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.model.journal import Decision, Form, Options, Policy
from cleanup.model.replay import replay
from cleanup.plan import UnknownRule, plan
from cleanup.reports import journal as journals

WHY = Message("因", "why")
PAGE = """# 全县春耕会议召开

本报讯(记者 顾小满)3月12日上午，全县春耕会议在青禾镇举行，会议要求层层压实责任，确

保播种面积稳定。  
干部的劲头很足，干部的劲头很足，干部的劲头很足，干部的劲头很足，大家都说好。

(下转3版)
"""


def _fix(text: str, start: int, end: int, after: str, level: Applicability, sure: float) -> Fix:
    return fix("test.rule", text, [(start, end, after)], level, sure, WHY)


def test_safer_surer_longer_earlier_goes_first() -> None:
    text = "甲乙丙丁戊己"
    document = from_text(text, "t")
    safe = _fix(text, 1, 2, "", Applicability.SAFE, 0.9)
    sure = _fix(text, 0, 3, "", Applicability.LIKELY, 0.99)
    other = _fix(text, 4, 5, "", Applicability.LIKELY, 0.9)
    chosen, withheld = settle(document, [sure, other, safe], Policy(), lambda _: None)
    assert chosen == [safe, other]
    assert [(held.fix, held.reason) for held in withheld] == [(sure, "overlap")]


def test_policy_withholds_with_its_reason() -> None:
    text = "甲乙丙丁"
    document = from_text(text, "t")
    weak = _fix(text, 0, 1, "", Applicability.LIKELY, 0.5)
    guess = _fix(text, 1, 2, "", Applicability.SUGGEST, 0.99)
    guarded = _fix(text, 3, 4, "", Applicability.SAFE, 0.99)
    chosen, withheld = settle(document, [weak, guess, guarded], Policy(protect=("丁",)), lambda _: None)
    assert not chosen
    assert {held.reason for held in withheld} == {"policy", "protected"}


def test_repair_undo_replay() -> None:
    result = repair(PAGE)
    assert "确保播种面积稳定。\n\n干部的劲头很足，大家都说好。" in result.repaired
    assert "（记者 顾小满）" in result.repaired
    assert result.undo() == PAGE
    assert replay(PAGE, result.journal) == result.repaired
    assert [(jump.direction, jump.page) for jump in result.journal.structure.jumps] == [("to", 3)]


def test_each_edit_can_be_taken_back_alone() -> None:
    result = repair(PAGE)
    for record in result.journal.applied:
        text = result.undo([record.id])
        assert text != result.repaired
        for edit in record.edits:
            assert edit.before != edit.after


def test_records_point_into_the_source() -> None:
    result = repair("第一行。\n\n" + PAGE)
    for record in result.journal.applied:
        shown = result.original[record.span.start : record.span.end]
        assert result.original.count("\n", 0, record.span.start) + 1 == record.line
        assert shown or all(not edit.before for edit in record.edits)


def test_ids_survive_moved_text() -> None:
    one = {record.id for record in repair(PAGE).journal.applied}
    two = {record.id for record in repair("县里的消息很多。\n\n" + PAGE).journal.applied}
    assert one == two


def test_a_rejected_edit_stays_out_and_an_accepted_one_goes_in() -> None:
    applied = repair(PAGE).journal.applied[0]
    rejected = repair(PAGE, settings=Settings(decisions=(Decision(applied.id, "rejected"),)))
    assert applied.id not in {record.id for record in rejected.journal.applied}
    assert applied.id in {r.id for r in rejected.journal.withheld if r.reason == "rejected"}
    roster = Roster((Person("王炯", "主任"),))
    wide = repair("主任　王　炯", roster)
    (suggested,) = wide.journal.withheld
    accepted = repair("主任　王　炯", roster, Settings(decisions=(Decision(suggested.id, "accepted"),)))
    assert accepted.repaired == "主任　王炯"


def test_protected_words_stay() -> None:
    kept = repair("工程已经完成，曰前通过验收。", settings=Settings(Policy(protect=("曰前",))))
    assert kept.repaired == "工程已经完成，曰前通过验收。"


def test_a_name_of_the_roster_is_never_misspelt() -> None:
    text = "记者曰前川昨日到会。"
    assert repair(text).repaired != text
    kept = repair(text, Roster((Person("曰前川", "记者"),)))
    assert kept.repaired == text
    assert [record.reason for record in kept.journal.withheld] == ["protected"]


def test_unknown_selectors_are_errors() -> None:
    with pytest.raises(UnknownRule):
        plan(only=("layuot",))
    assert {p.name for p in plan(only=("layout.join", "repeats"))} == {"layout", "repeats"}
    assert "names" not in {p.name for p in plan(skip=("names",))}


def test_the_same_input_gives_the_same_journal() -> None:
    assert journals.encode(repair(PAGE).journal) == journals.encode(repair(PAGE).journal)


def test_journal_survives_json() -> None:
    journal = repair(PAGE).journal
    assert journals.decode(journals.encode(journal)) == journal
    with pytest.raises(journals.JournalError):
        journals.decode(b'{"schema": 1}')
    with pytest.raises(journals.JournalError):
        journals.decode(journals.encode(replace(journal, schema=99)))


def test_journals_from_before_an_option_are_read() -> None:
    journal = repair("国务院总理。", settings=Settings(to="hant", headlines="logical")).journal
    assert journal.options == Options(headlines="logical", to="hant", protect=())
    assert journals.decode(journals.encode(journal)).options == journal.options
    built = journals.to_builtins(journal)
    del built["options"]["to"], built["options"]["protect"]
    assert journals.decode(json.dumps(built).encode()).options == Options(headlines="logical")


def test_journals_of_older_schemas_are_read() -> None:
    """Up to schema 2 the first evidence was the person, forms were words, and nothing was written （删）."""
    roster = Roster((Person("胡衡华", "市长"),))
    journal = repair("市长胡衙华出席会议。", roster).journal
    (record,), (person,) = journal.records, journal.people
    assert (record.person, person.forms) == ("胡衡华", (Form("胡衙华", "applied", 1),))
    built = journals.to_builtins(journal)
    built["schema"] = 2
    del built["records"][0]["person"]
    built["records"][0]["alternatives"] = ["（删）", "胡衡花"]
    built["people"][0]["forms"] = ["胡衙华 (applied ×1)"]
    old = journals.decode(json.dumps(built).encode())
    assert old.records[0] == replace(record, alternatives=("", "胡衡花"))
    assert old.people == journal.people
    built["people"][0]["forms"] = ["胡衙华"]
    with pytest.raises(journals.JournalError):
        journals.decode(json.dumps(built).encode())


def test_clean_names() -> None:
    assert clean_name("page.txt") == "page.clean.txt"
    assert clean_name("a.b.md") == "a.b.clean.md"
    assert clean_name("README") == "README.clean"
    assert clean_name(".hidden") == ".hidden.clean"


_SINGLE = "县委召开会议研究部署工作，。；“”（）()  \n\n\f·•|…\u200b\"'"
_JOINED = (
    "一一 -- ...... 1O年 二O二四年 下转3版 大排查 坚持 劲头很足， http://a.cn/x,y "
    "己经 胡衡华 程丽华 ``` １２ 。。。"
)
PIECES = st.sampled_from([*_SINGLE, *_JOINED.split(), "  \n", "# ", "- ", "记者 顾小满", "3 . 5"])


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
@example("县```。。。。。。")
def test_any_text_replays_undoes_and_is_stable(text: str) -> None:
    roster = Roster((Person("胡衡华", "市长"), Person("程丽华", "市政协主席")))
    result = repair(text, roster)
    flat = result.original
    assert replay(flat, result.journal) == result.repaired
    assert result.undo() == flat
    again = repair(result.repaired, roster)
    assert again.repaired == result.repaired
    assert not again.journal.applied


_SCORED = """
import hashlib
from pathlib import Path
from cleanup.rules.models import language
from cleanup.score import stream
from cleanup.score.scan import scan
from cleanup.engine.repair import from_text
found = hashlib.sha256()
for place in sorted(Path("samples").rglob("page.*")):
    seen = scan(stream.of(from_text(place.read_text("utf-8"), place.name)).text, language())
    found.update(seen.forward.tobytes() + seen.backward.tobytes())
print(found.hexdigest())
"""


def test_another_processor_scores_the_same() -> None:
    """What the language model says does not hang on the instructions that numpy finds in a processor."""
    extensions = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    if not extensions:
        pytest.skip("this processor has none that could be left out")
    said = {
        subprocess.run(
            [sys.executable, "-c", _SCORED],
            env={**os.environ, **without}, cwd=ROOT, capture_output=True, check=True, text=True,
        ).stdout
        for without in ({}, {"NPY_DISABLE_CPU_FEATURES": " ".join(extensions)})
    }  # fmt: skip
    assert len(said) == 1
