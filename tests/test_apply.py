"""`ocrfix apply`: results made anew with what people decided; `ocrfix batch` takes it up as well."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from conftest import Run
from review_results import OPEN, open_desk, page

from cleanup.archive import decisions
from cleanup.archive.decisions import Store
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
    assert ocrfix("apply", out).returncode == 0
    assert "第1项工程已经完成" in (out / "p1.clean.txt").read_text("utf-8")
    assert "己,已" in (out / "changes.csv").read_text("utf-8")
    assert (source / "p1.txt").read_text("utf-8") == page(1)
    done = ocrfix(*run)
    assert done.returncode in (0, 8), done.stderr.decode()
    assert "第1项工程已经完成" in (out / "p1.clean.txt").read_text("utf-8")
    assert ocrfix(*run).returncode == 8
