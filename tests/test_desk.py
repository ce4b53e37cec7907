"""The desk: patterns, strokes, contradictions, undo; kept with who and when, and shared."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Run
from review_results import OPEN, key_of, open_desk, page, results, write

from cleanup.archive.decided import decisions
from cleanup.archive.decided.decisions import Store
from cleanup.archive.decided.entries import DecisionsError
from cleanup.review import query
from cleanup.review.desk import Desk, Stale
from cleanup.review.index import Index


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "out")


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
    assert [state for _, state in query.states(desk.index, [key_of(desk.index, ids[0])])] == ["rejected"]
    results(desk.index.out, [9])
    desk.index.refresh()
    assert query.patterns(desk.index, OPEN, "count", 0, 9)["patterns"][0]["before"] != "己"


def test_places_are_counted_not_contents(desk: Desk) -> None:
    write(desk.index.out, "twin.txt", page(1))
    desk.index.refresh()

    def decided() -> int:
        return sum(row[-1] for row in query.overview(desk.index)["counts"] if row[2])

    first = query.patterns(desk.index, OPEN, "count", 0, 10)
    assert (first["total"], first["open"]) == (2, 12)
    scope = query.Filter(kind="fix", status="withheld", state="open", pattern=first["patterns"][0]["id"])
    done = desk.batch(scope, "rejected", [], False, False, 8)
    assert done["count"] == decided() == 8
    (stroke,) = desk.store.strokes()
    assert stroke.size == 6
    assert query.places(desk.index, desk.store.keys(stroke.batch)) == 8
    assert desk.undo(None)["count"] == 8
    assert decided() == 0
    assert desk.undo(None)["count"] == 0
    # With all that is to come of a pattern, what was left out; and a note decides nothing.
    apart = query.ids(desk.index, scope, "place")[:1]
    assert desk.batch(scope, "accepted", apart, True, True, 6)["count"] == decided() == 8
    assert desk.note(apart[0], "查原报")["count"] == 0
    assert desk.undo(None)["count"] == 0
    assert decided() == 8


def test_a_stale_view_decides_nothing(desk: Desk) -> None:
    (item, *_) = query.ids(desk.index, OPEN, "place")
    desk.decide(item, "accepted", "", "")
    with pytest.raises(Stale):
        desk.decide(item, "rejected", "", "")
    with pytest.raises(KeyError):
        desk.decide(999_999, "accepted", "", "")


def test_people_may_disagree_and_settle(desk: Desk) -> None:
    (item, *_) = query.ids(desk.index, OPEN, "place")
    key = key_of(desk.index, item)
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
        there = next(i for i in query.ids(index, OPEN, "place") if key_of(index, i) == rows[0]["key"])
        Desk(index, store, "李强").decide(there, "rejected", "", "")
        assert store.merge(file.read_text("utf-8").splitlines()) == (2, 1)
        assert store.merge(file.read_text("utf-8").splitlines()) == (0, 1)
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"kind": "fix"}\n')
    assert ocrfix("decisions", "import", out, bad).returncode == 5
    assert ocrfix("decisions", "import", out, file).returncode == 0


def test_broken_stores_say_so(tmp_path: Path) -> None:
    (tmp_path / "decisions.db").write_bytes(b"not a database, not at all" * 50)
    with pytest.raises(DecisionsError, match="backup"):
        Store(tmp_path / "decisions.db")


def test_the_index_takes_in_what_changed(desk: Desk) -> None:
    out = desk.index.out
    write(out, "page1.txt", "没有错的一页。\n")
    (out / "page2.journal.json").unlink()
    (out / "page3.journal.json").write_text("{}")
    desk.index.refresh()
    assert query.ids(desk.index, query.Filter(), "place") == []
    assert query.overview(desk.index)["troubled"] == 1
