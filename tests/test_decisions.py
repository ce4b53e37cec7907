"""Decisions: keyed by content, kept with who and when, read by the engine, learned from."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from review_results import SETTINGS, page, results, write

from cleanup import repair
from cleanup.archive import decisions, learning
from cleanup.archive.decisions import Store
from cleanup.archive.entries import DecisionsError, Entry
from cleanup.data.roster import Person, Roster
from cleanup.engine.identity import pattern_id, place_id
from cleanup.engine.repair import Settings
from cleanup.model.fix import Applicability, Fix
from cleanup.model.journal import Decision, Policy, Record, RulePolicy
from cleanup.model.result import Result
from cleanup.review import query, rates
from cleanup.review.desk import Desk, Stale
from cleanup.review.index import Index

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


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    out = results(tmp_path / "out", range(1, 4))
    store = Store(decisions.place(out))
    index = Index(out, store)
    index.refresh()
    return Desk(index, store, "王敏")


OPEN = query.Filter(kind="fix", status="withheld", state="open", rule="phrases.misread")


def test_patterns_are_counted_and_decided_in_one_stroke(desk: Desk) -> None:
    found = query.patterns(desk.index, OPEN, "count", 0, 10)
    first = found["patterns"][0]
    assert (first["before"], first["after"], first["total"], first["issues"]) == ("己", "已", 6, 3)
    scope = query.Filter(kind="fix", status="withheld", state="open", pattern=first["id"])
    ids = query.ids(desk.index, scope, "place")
    with pytest.raises(Stale):
        desk.batch(scope, "accepted", ids[:1], False, False, 6)
    done = desk.batch(scope, "accepted", ids[:1], False, False, 5)
    assert done["count"] == 5
    assert query.ids(desk.index, scope, "place") == ids[:1]
    assert desk.undo(None)["count"] == 5
    assert len(query.ids(desk.index, scope, "place")) == 6
    desk.batch(scope, "accepted", ids[:1], True, True, 5)
    assert [state for _, state in query.states(desk.index, [_key(desk, ids[0])])] == ["rejected"]
    results(desk.index.out, [9])
    desk.index.refresh()
    assert query.patterns(desk.index, OPEN, "count", 0, 9)["patterns"][0]["before"] != "己"


def _key(desk: Desk, item: int) -> str:
    return str(query.items(desk.index, [item])[0]["key"])


def test_a_stale_view_decides_nothing(desk: Desk) -> None:
    (item, *_) = query.ids(desk.index, OPEN, "place")
    desk.decide(item, "accepted", "", "")
    with pytest.raises(Stale):
        desk.decide(item, "rejected", "", "")
    with pytest.raises(KeyError):
        desk.decide(999_999, "accepted", "", "")


def test_people_may_disagree_and_settle(desk: Desk) -> None:
    (item, *_) = query.ids(desk.index, OPEN, "place")
    key = _key(desk, item)
    desk.decide(item, "accepted", "", "")
    other = Desk(desk.index, desk.store, "李强")
    other.decide(item, "rejected", "", "accepted")
    assert query.states(desk.index, [key])[0][1] == "contested"
    assert {e.who: e.verdict for e in desk.store.contested()[key]} == {"王敏": "accepted", "李强": "rejected"}
    # Until they agree the text stays as it was printed.
    assert [d.verdict for d in desk.store.decisions() if d.fix == key] == ["rejected"]
    other.decide(item, "accepted", "", "contested")
    assert query.states(desk.index, [key])[0][1] == "accepted"


def test_decisions_can_be_shared(desk: Desk, tmp_path: Path, ocrfix: Run) -> None:
    one, two, *_ = query.ids(desk.index, OPEN, "place")
    desk.decide(one, "accepted", "", "")
    desk.note(two, "查原报")
    file = tmp_path / "said.jsonl"
    assert ocrfix("decisions", "export", desk.index.out, "-o", file).returncode == 0
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [(row["kind"], row["who"]) for row in rows] == [("fix", "王敏"), ("note", "王敏")]
    out = results(tmp_path / "other", range(1, 4))
    with closing(Store(decisions.place(out))) as store, closing(Index(out, store)) as index:
        index.refresh()
        there = next(i for i in query.ids(index, OPEN, "place") if _key_of(index, i) == rows[0]["key"])
        Desk(index, store, "李强").decide(there, "rejected", "", "")
        assert store.merge(file.read_text("utf-8").splitlines()) == (2, 1)
        assert store.merge(file.read_text("utf-8").splitlines()) == (0, 1)
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"kind": "fix"}\n')
    assert ocrfix("decisions", "import", out, bad).returncode == 5
    assert ocrfix("decisions", "import", out, file).returncode == 0


def _key_of(index: Index, item: int) -> str:
    return str(query.items(index, [item])[0]["key"])


def test_apply_makes_results_anew(desk: Desk, ocrfix: Run) -> None:
    out = desk.index.out
    before = (out / "page1.txt").name, (out / "page1.clean.txt").read_text("utf-8")
    ids = query.ids(desk.index, replace_filter(OPEN, file=1), "place")
    desk.decide(ids[0], "accepted", "", "")
    desk.decide(ids[1], "edited", "昨前", "")
    desk.protect("第2项工程己经")
    desk.learn("批居民搬入", "批住户搬入")
    done = ocrfix("apply", out, "--no-default-roster")
    assert done.returncode == 0, done.stderr.decode()
    first = (out / "page1.clean.txt").read_text("utf-8")
    assert first != before[1]
    assert "第1项工程已经完成" in first
    assert "昨前前" in first or "昨前" in first
    assert "第1批住户搬入新居" not in first  # the policy is "safe": the dictionary only suggests
    undone = ocrfix("undo", out / "page1.journal.json", "--stdout")
    assert undone.stdout.decode() == page(1)
    again = ocrfix("apply", out, "--no-default-roster", "--lang", "en")
    assert b"0 pages" in again.stderr
    desk.index.refresh()
    desk.undo(None)
    desk.undo(None)
    desk.undo(None)
    desk.undo(None)
    assert ocrfix("apply", out, "--no-default-roster").returncode == 0
    assert (out / "page1.clean.txt").read_text("utf-8") == before[1]


def replace_filter(wanted: query.Filter, **more: object) -> query.Filter:
    fields = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    return query.Filter(**{**fields, **more})


def test_apply_asks_for_the_rosters_of_then(tmp_path: Path, ocrfix: Run) -> None:
    (tmp_path / "roster.csv").write_text("姓名,职务\n王炯,主任\n", "utf-8")
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    assert ocrfix("page.txt", "--roster", "roster.csv", "-o", "out", "--no-default-roster").returncode == 0
    done = ocrfix("apply", "out", "--all", "--no-default-roster")
    assert done.returncode == 7
    assert b"roster.csv" in done.stderr
    assert ocrfix("apply", "out", "--all", "--no-default-roster", "--roster", "roster.csv").returncode == 0


def test_apply_with_processes_is_the_same(desk: Desk, tmp_path: Path, ocrfix: Run) -> None:
    out = desk.index.out
    places = query.count(desk.index, OPEN)[0]
    desk.batch(OPEN, "accepted", [], False, False, places)
    other = tmp_path / "copy"
    desk.store.close()
    shutil.copytree(out, other)
    assert ocrfix("apply", out, "--no-default-roster", "--workers", "1").returncode == 0
    assert ocrfix("apply", other, "--no-default-roster", "--workers", "2").returncode == 0
    for place in sorted(out.glob("page*")):
        assert place.read_bytes() == (other / place.name).read_bytes()
    assert "己经" not in (out / "page3.clean.txt").read_text("utf-8")


def test_batch_takes_decisions_up(tmp_path: Path, ocrfix: Run) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for number in (1, 2):
        (source / f"p{number}.txt").write_text(page(number), "utf-8")
    run = ("batch", source, "-o", out, "--apply", "safe", "--workers", "1", "--no-default-roster")
    assert ocrfix(*run).returncode == 0
    with closing(Store(decisions.place(out))) as store, closing(Index(out, store)) as index:
        index.refresh()
        item = query.ids(index, OPEN, "place")[0]
        assert query.items(index, [item])[0]["day"] == "2024-03-01"
        Desk(index, store, "王敏").decide(item, "accepted", "", "")
    assert ocrfix("apply", out).returncode == 0
    assert "第1项工程已经完成" in (out / "p1.clean.txt").read_text("utf-8")
    assert "己,已" in (out / "changes.csv").read_text("utf-8")
    assert (source / "p1.txt").read_text("utf-8") == page(1)
    done = ocrfix(*run)
    assert done.returncode in (0, 8), done.stderr.decode()
    assert "第1项工程已经完成" in (out / "p1.clean.txt").read_text("utf-8")
    assert ocrfix(*run).returncode == 8


def test_broken_stores_say_so(tmp_path: Path) -> None:
    (tmp_path / "decisions.db").write_bytes(b"not a database, not at all" * 50)
    with pytest.raises(DecisionsError, match="backup"):
        Store(tmp_path / "decisions.db")


def test_wilson_and_proposals() -> None:
    rate = rates.wilson(80, 100)
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.7112, 0.8666)
    assert rates.wilson(0, 0) == (0, 0, 0.0, 1.0)
    need = rates.needed(0.99)
    assert rates.wilson(need, need).low >= 0.99 > rates.wilson(need - 1, need - 1).low
    good = [rates.Judged("a.good", "suggest", 0.55, True, True)] * need
    bad = [rates.Judged("b.bad", "likely", 0.9, n % 2 == 0, True) for n in range(40)]
    few = [rates.Judged("c.few", "likely", 0.9, False, True)] * 5
    mixed = [rates.Judged("d.mixed", "likely", 0.7, False, True)] * 30
    mixed += [rates.Judged("d.mixed", "likely", 0.97, True, True)] * need
    found = rates.propose([*good, *bad, *few, *mixed], Policy(), 0.99, False)
    assert [(p.rule, p.kind, p.apply, p.min_confidence) for p in found] == [
        ("a.good", "allow", "suggest", 0.0),
        ("b.bad", "stop", "never", 0.0),
        ("d.mixed", "raise", "suggest", 0.8),
    ]
    strokes = [replace_judged(row) for row in good]
    assert rates.propose(strokes, Policy(), 0.99, False) == []
    assert len(rates.propose(strokes, Policy(), 0.99, True)) == 1


def replace_judged(row: rates.Judged) -> rates.Judged:
    return row._replace(single=False)


def _entries(rule: str, verdict: str, numbers: range) -> list[Entry]:
    return [
        Entry("fix", f"{rule}{n:08x}", verdict, rule=rule, before="己", after="已", left="工程", right="完成",
              place=f"x{n:08x}", confidence=0.55, level="suggest")
        for n in numbers
    ]  # fmt: skip


def test_tune_writes_and_takes_back(tmp_path: Path, ocrfix: Run) -> None:
    out = results(tmp_path / "out", [1])
    settings = tmp_path / "ocrfix.toml"
    settings.write_text('# mine\nlang = "en"  # stays\n', "utf-8")
    with closing(Store(decisions.place(out))) as store:
        store.add(_entries("phrases.misread", "accepted", range(200)), "王敏")
        run = ("tune", out, "--precision", "0.98", "--batches")
        assert "may act from suggest" in ocrfix(*run).stdout.decode()
        assert "rules" not in settings.read_text("utf-8")
        assert ocrfix(*run, "--write").returncode == 0
        written = settings.read_text("utf-8")
        assert written.startswith('# mine\nlang = "en"  # stays\n')
        assert '[rules."phrases.misread"]' in written
        assert ocrfix("apply", out, "--all", "--no-default-roster").returncode == 0
        assert "第1项工程已经完成" in (out / "page1.clean.txt").read_text("utf-8")
        store.add(_entries("phrases.misread", "rejected", range(500, 520)), "王敏")
        done = ocrfix("apply", out, "--all", "--no-default-roster")
        assert b"no longer support" in done.stderr
        assert "第1项工程己经完成" in (out / "page1.clean.txt").read_text("utf-8")
        assert ocrfix(*run, "--write").returncode == 0
        assert 'apply = "suggest"' not in settings.read_text("utf-8")


def test_learned_files_are_the_persons_own(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "decisions.db")) as store:
        store.add(_entries("context.misread", "accepted", range(3)), "王敏")
        refused = Entry(
            "fix", "f1", "rejected", rule="context.misread", before="青", after="清", left="李明", right="说"
        )
        pair = Entry("pair", "pair:渝北去", "added", "渝北区", before="渝北去", after="渝北区")
        person = Entry("person", "person:李明青:", "added", json.dumps(
            {"name": "李明青", "title": "主任", "organization": "", "aliases": ""}))  # fmt: skip
        store.add([refused, pair, person], "王敏")
        words = learning.update(tmp_path, store)
        assert {"工程己完成", "渝北去", "李明青说", "李明青"} <= set(words)
        found = learning.load(tmp_path)
        assert ("工程己完成", "工程已完成") in found.learned.phrases
        assert found.learned.protect == ("李明青说",)
        assert found.learned.channel == (("己", "已", 3.0),)
        assert len(found.rosters) == 1
        table = tmp_path / "learned" / "phrases.tsv"
        # A row taken out stays out, a row changed stays changed, a row added stays.
        rows = table.read_text("utf-8").splitlines()
        kept = [row for row in rows if not row.startswith("工程己完成")]
        kept = [row.replace("渝北区\t", "渝北新区\t") for row in kept]
        table.write_text("\n".join([*kept, "曰报\t日报\t手写"]) + "\n", "utf-8")
        store.add(_entries("context.misread", "accepted", range(3, 5)), "王敏")
        learning.update(tmp_path, store)
        assert learning.load(tmp_path).learned.phrases == (("曰报", "日报"), ("渝北去", "渝北新区"))
        assert learning.load(tmp_path).learned.channel == (("己", "已", 5.0),)
    settings = Settings(learned=learning.load(tmp_path).learned)
    assert repair("渝北去开会。", settings=settings).repaired == "渝北新区开会。"


def test_learned_settings_in_the_configuration(tmp_path: Path, ocrfix: Run) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "phrases.tsv").write_text("渝北去政府\t渝北区政府\n", "utf-8")
    (tmp_path / "ocrfix.toml").write_text('learned = "mine"\n', "utf-8")
    write_page = tmp_path / "page.txt"
    write_page.write_text("渝北去政府今天开会。\n", "utf-8")
    assert ocrfix("page.txt", "--stdout").stdout.decode() == "渝北区政府今天开会。\n"
    (folder / "phrases.tsv").write_text("一列\n", "utf-8")
    assert ocrfix("page.txt", "--stdout").returncode == 5
    (tmp_path / "ocrfix.toml").write_text('[rules."phrases.msread"]\napply = "never"\n', "utf-8")
    assert ocrfix("page.txt", "--stdout").returncode == 2


def test_the_index_takes_in_what_changed(desk: Desk) -> None:
    out = desk.index.out
    write(out, "page1.txt", "没有错的一页。\n")
    (out / "page2.journal.json").unlink()
    (out / "page3.journal.json").write_text("{}")
    desk.index.refresh()
    assert query.ids(desk.index, query.Filter(), "place") == []
    assert query.overview(desk.index)["troubled"] == 1
