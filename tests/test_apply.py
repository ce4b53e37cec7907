"""`ocrfix apply`: results made anew with what people decided; `ocrfix batch` takes it up as well."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import Run
from review_results import OPEN, open_desk, page

from cleanup.archive.decided import decisions
from cleanup.archive.decided.decisions import Store
from cleanup.archive.decided.entries import Entry
from cleanup.review import query
from cleanup.review.desk import Desk
from cleanup.review.index import Index

TEXT = "工程己经完成，曰前通过验收。"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "out")


def test_apply_makes_results_anew(desk: Desk, ocrfix: Run) -> None:
    out = desk.index.out
    before = (out / "page1.txt").name, (out / "page1.clean.txt").read_text("utf-8")
    ids = query.ids(desk.index, msgspec.structs.replace(OPEN, file=1), "place")
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


def test_apply_asks_for_the_rosters_of_then(tmp_path: Path, ocrfix: Run) -> None:
    (tmp_path / "roster.csv").write_text("姓名,职务\n王炯,主任\n", "utf-8")
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    assert ocrfix("page.txt", "--roster", "roster.csv", "-o", "out", "--no-default-roster").returncode == 0
    done = ocrfix("apply", "out", "--all", "--no-default-roster")
    assert done.returncode == 7
    assert b"roster.csv" in done.stderr
    assert ocrfix("apply", "out", "--all", "--no-default-roster", "--roster", "roster.csv").returncode == 0


def test_apply_keeps_the_settings_of_then(tmp_path: Path, ocrfix: Run) -> None:
    """A journal without a ledger tells how its page was repaired."""
    (tmp_path / "page.txt").write_text(f"全县春耕现场会\n今日召开\n\n国务院总理主持会议。{TEXT}\n", "utf-8")
    given = ("--to", "hant", "--furniture", "mark", "--headlines", "logical", "--date", "2024-01-15")
    assert ocrfix("page.txt", "-o", "out", *given, "--no-default-roster").returncode == 0
    made = {place.name: place.read_bytes() for place in (tmp_path / "out").glob("page.*")}
    assert "國務院總理主持會議。工程已經完成" in made["page.clean.txt"].decode()
    done = ocrfix("apply", "out", "--all", "--no-default-roster")
    assert done.returncode == 0, done.stderr.decode()
    assert {place.name: place.read_bytes() for place in (tmp_path / "out").glob("page.*")} == made


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
    title = re.search("<h1.*?</h1>", (out / "index.html").read_text("utf-8"), re.S)
    assert ocrfix("apply", out).returncode == 0
    assert "第1项工程已经完成" in (out / "p1.clean.txt").read_text("utf-8")
    assert title
    assert title[0] in (out / "index.html").read_text("utf-8")
    assert "己,已" in (out / "changes.csv").read_text("utf-8")
    assert (source / "p1.txt").read_text("utf-8") == page(1)
    done = ocrfix(*run)
    assert done.returncode in (0, 8), done.stderr.decode()
    assert "第1项工程已经完成" in (out / "p1.clean.txt").read_text("utf-8")
    assert ocrfix(*run).returncode == 8


def test_apply_refuses_what_was_refused(tmp_path: Path, ocrfix: Run) -> None:
    """`--reject` and `--accept` of the run hold when its results are made anew."""
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    assert ocrfix("page.txt", "-o", "out", "--no-default-roster", "--apply", "safe").returncode == 0
    clean, journal = tmp_path / "out" / "page.clean.txt", tmp_path / "out" / "page.journal.json"
    ids = {edit["before"]: record["id"] for record in _records(journal) for edit in record["edits"]}
    given = ("--reject", ids["己"], "--accept", ids["曰"])
    for level in ("likely", "safe"):
        run = ("page.txt", "-o", "out", "--no-default-roster", "--apply", level, *given)
        assert ocrfix(*run).returncode == 0
        assert clean.read_text("utf-8") == "工程己经完成，日前通过验收。"
        made = journal.read_bytes()
        assert ocrfix("apply", "out", "--all", "--no-default-roster").returncode == 0
        assert clean.read_text("utf-8") == "工程己经完成，日前通过验收。"
        assert journal.read_bytes() == made


def test_what_is_no_longer_protected_is_repaired(tmp_path: Path, ocrfix: Run) -> None:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    assert ocrfix("page.txt", "-o", "out", "--no-default-roster").returncode == 0
    out = tmp_path / "out"
    made = {place.name: place.read_bytes() for place in out.glob("page.*")}
    with closing(Store(decisions.place(out))) as store, closing(Index(out, store)) as index:
        desk = Desk(index, store, "王敏")
        desk.protect("工程己经")
        assert ocrfix("apply", "out", "--all", "--no-default-roster").returncode == 0
        assert "工程己经完成" in (out / "page.clean.txt").read_text("utf-8")
        desk.undo(None)
    assert ocrfix("apply", "out", "--all", "--no-default-roster").returncode == 0
    assert {place.name: place.read_bytes() for place in out.glob("page.*")} == made


@pytest.mark.parametrize("command", [("page.txt",), ("batch", "page.txt", "--workers", "1", "--no-survey")])
def test_apply_knows_the_learned_files_of_the_settings(
    tmp_path: Path, ocrfix: Run, command: tuple[str, ...]
) -> None:
    (tmp_path / "page.txt").write_text(f"渝北去政府通知。{TEXT}", "utf-8")
    (tmp_path / "ocrfix.toml").write_text('learned = "mine"\ndefault-roster = false\n', "utf-8")
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "phrases.tsv").write_text("渝北去\t渝北区\t\n", "utf-8")
    (mine / "roster.csv").write_text("name,title,organization,aliases\n王炯,主任,,\n", "utf-8")
    assert ocrfix(*command, "-o", "out").returncode == 0
    made = {place.name: place.read_bytes() for place in (tmp_path / "out").glob("page.*")}
    assert "渝北区政府" in made["page.clean.txt"].decode()
    done = ocrfix("apply", "out", "--all")
    assert done.returncode == 0, done.stderr.decode()
    assert {place.name: place.read_bytes() for place in (tmp_path / "out").glob("page.*")} == made
    if command[0] == "page.txt":
        (tmp_path / "ocrfix.toml").unlink()
        done = ocrfix("apply", "out", "--all", "--no-default-roster", "--roster", "mine/roster.csv")
        assert done.returncode == 7
        assert b"learned" in done.stderr
        assert {place.name: place.read_bytes() for place in (tmp_path / "out").glob("page.*")} == made


def test_a_roster_from_decisions_may_grow(desk: Desk, ocrfix: Run) -> None:
    out = desk.index.out
    for name in ("王炯", "周望舒"):
        desk.introduce({"name": name, "title": "主任", "organization": "", "aliases": ""})
        desk.learn(f"{name}去", f"{name}区")
        done = ocrfix("apply", out, "--all", "--no-default-roster")
        assert done.returncode == 0, done.stderr.decode()
        assert name in (out / "learned" / "roster.csv").read_text("utf-8")


def test_apply_makes_everything_beside_the_journal_anew(tmp_path: Path, ocrfix: Run) -> None:
    """Without a ledger, the files that lie there tell what was asked for."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text(f"# 要闻\n\n市长王炯说，{TEXT}\n", "utf-8")
        given = ("--format", "json", "--names") if name == "a" else ()
        run = (f"{name}/page.txt", "-o", f"out/{name}", "--apply", "safe", "--no-default-roster", *given)
        assert ocrfix(*run).returncode == 0
    out = tmp_path / "out"
    with closing(Store(decisions.place(out))) as store, closing(Index(out, store)) as index:
        index.refresh()
        Desk(index, store, "王敏").batch(OPEN, "accepted", [], False, False, query.count(index, OPEN)[0])
    assert ocrfix("apply", "out", "--no-default-roster").returncode == 0
    assert "工程已经完成" in (out / "a" / "page.structure.json").read_text("utf-8")
    assert sorted(place.name for place in (out / "b").iterdir()) == [
        "page.clean.txt", "page.journal.json", "page.report.html",
    ]  # fmt: skip


def _records(journal: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(journal.read_bytes())["records"]
    return found


def test_batch_takes_patterns_and_words_up(tmp_path: Path, ocrfix: Run) -> None:
    """What is said of all places, or of words, reaches finished pages, and only those that it concerns."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    texts = {
        "p1": "工程己经完成。",
        "p2": "渝北去政府昨日通知。",
        "p3": "市长昨日到会。",
        "p4": "张三丰与会。",
    }
    for name, text in texts.items():
        (source / f"{name}.txt").write_text(text, "utf-8")
    run = ("batch", source, "-o", out, "--workers", "1", "--no-default-roster", "--no-survey", "--lang", "en")
    assert ocrfix(*run).returncode == 0

    def news() -> str:
        return ocrfix(*run, "--dry-run").stdout.decode()

    def clean(name: str) -> str:
        return (out / f"{name}.clean.txt").read_text("utf-8")

    assert news() == ""
    with closing(Store(decisions.place(out))) as store, closing(Index(out, store)) as index:
        index.refresh()
        (pattern,) = index.db.execute("SELECT pid FROM patterns WHERE rule = 'phrases.misread'").fetchone()
        refusal = store.add(
            [Entry("pattern", pattern, "rejected", "", "phrases.misread", "己", "已")], "王敏"
        )
        assert news() == "p1.txt\n"
        desk = Desk(index, store, "王敏")
        desk.learn("渝北去", "渝北区")
        desk.introduce({"name": "张三丰", "title": "", "organization": "", "aliases": ""})
        done = ocrfix(*run)
        assert done.returncode == 0, done.stderr.decode()
        assert b"3 pages repaired" in done.stderr
        assert [clean(name) for name in texts] == [
            "工程己经完成。",
            "渝北区政府昨日通知。",
            *list(texts.values())[2:],
        ]
        assert ocrfix(*run).returncode == 8
        store.undo(refusal)
        assert news() == "p1.txt\n"
        assert ocrfix("apply", out).returncode == 0
        assert clean("p1") == "工程已经完成。"
        assert news() == ""
        desk.protect("工程己经")
        assert news() == "p1.txt\n"
        assert ocrfix("apply", out).returncode == 0
        assert clean("p1") == "工程己经完成。"
        assert news() == ""
    (out / "learned" / "phrases.tsv").write_text("市长昨日\t市长前日\t\n", "utf-8")  # by hand
    assert news() == "p2.txt\np3.txt\n"
    assert ocrfix("apply", out).returncode == 0
    assert [clean("p2"), clean("p3")] == ["渝北去政府昨日通知。", "市长前日到会。"]
    assert ocrfix(*run).returncode == 8
