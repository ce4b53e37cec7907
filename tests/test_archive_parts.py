"""Parts of the archive room: natural order, issues and pages, worker processes, what the ledger keeps."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_archives import TERM

from cleanup.archive import run, spark, workers
from cleanup.archive.decided.news import News
from cleanup.archive.groups import GROUPS, Place, natural, number, place
from cleanup.archive.inputs import find, read_list
from cleanup.archive.job import Job, decode
from cleanup.archive.ledger import Ledger
from cleanup.archive.page import Figures, Outcome, Task, decisions_digest, repair_page
from cleanup.archive.run import Plan, list_pages
from cleanup.archive.workers import Lost, Workers
from cleanup.data.learned import Taught
from cleanup.engine.repair import Settings
from cleanup.model.fix import Applicability
from cleanup.model.journal import Decision, Policy


@pytest.mark.parametrize(
    ("path", "by", "expected"),
    [
        ("2024-01-15/p2.txt", "auto", ("2024-01-15", 2)),
        ("2024-01-15/第10版.txt", "auto", ("2024-01-15", 10)),
        ("2024/A03.txt", "auto", ("2024", 3)),
        ("20240115_02.txt", "auto", ("20240115", 2)),
        ("rb/20240115-A12.ocr.txt", "auto", ("rb/20240115", 12)),
        ("cqrb20240115p03.txt", "auto", ("cqrb20240115", 3)),
        ("人民日报1976年1月9日第2版.txt", "auto", ("人民日报1976年1月9日", 2)),
        ("人民日报1976年1月9日第十二版.md", "auto", ("人民日报1976年1月9日", 12)),
        ("2024/2024-01-15.txt", "auto", ("2024/2024-01-15", 0)),
        ("2024/20240115.txt", "auto", ("2024/20240115", 0)),
        ("reports/安徽省政府工作报告.txt", "auto", ("reports", 0)),
        ("a/20240115_02.txt", "folder", ("a", 2)),
        ("page.txt", "folder", (".", 0)),
        ("a/第二版.txt", "none", ("", 2)),
        ("a/x7/b-9.txt", r"(?P<issue>x\d)/b-(?P<page>\d)", ("x7", 9)),
        ("a/b.txt", r"(?P<issue>x\d)", ("", 0)),
    ],
)
def test_issues_and_pages(path: str, by: str, expected: tuple[str, int]) -> None:
    assert place(path, by) == Place(*expected)


def test_natural_order() -> None:
    paths = ["a/p1.txt", "a/p2.txt", "a/p10.txt", "a/第二版.txt", "a/第十版.txt", "a-b/p1.txt", "a10/p1.txt"]
    assert sorted(sorted(paths), key=natural) == paths
    assert natural("p01") != natural("p1")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_name_has_a_place(path: str) -> None:
    for by in GROUPS:
        assert place(path, by).page >= 0
    assert "\0" not in natural(path)
    assert number(path) >= 0


@given(st.lists(st.text("ab/.", min_size=1)), st.integers(1, 5))
def test_lists_in_pieces(names: list[str], size: int) -> None:
    data = "\n".join(names).encode()
    assert list(read_list(data[at : at + size] for at in range(0, len(data), size))) == names


def _work(task: int) -> int:
    if task == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 5:
        time.sleep(60)
    return task * task


def test_workers_that_die_or_hang() -> None:
    with Workers(2, _work, 5) as pool:
        found = list(pool.run(range(12)))
    assert sorted(value for value in found if isinstance(value, int)) == sorted(
        n * n for n in range(12) if n not in (3, 5)
    )
    lost = {value.task: value for value in found if isinstance(value, Lost)}
    assert set(lost) == {3, 5}
    assert (lost[3].timeout, lost[3].code, lost[5].timeout) == (False, -signal.SIGKILL, True)


def _who(_task: int) -> int:
    return os.getpid()


def test_workers_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "RENEWED", 5)
    with Workers(2, _who, 9) as pool:
        found = [value for value in pool.run(range(40)) if isinstance(value, int)]
    assert len(found) == 40
    assert len(set(found)) >= 6
    assert max(found.count(one) for one in found) <= 6


def test_workers_stop_when_asked() -> None:
    seen: list[object] = []
    with Workers(1, abs, 9) as pool:
        seen += pool.run(iter(range(1000)), lambda: bool(seen))
    assert len(seen) < 10


def test_one_run_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.1)
    with run.locked(tmp_path) as stage:
        (stage / "left").write_text("x")
        with pytest.raises(run.Busy), run.locked(tmp_path):
            pass
    with run.locked(tmp_path) as stage:
        assert not list(stage.iterdir())


def test_a_job_survives_json() -> None:
    job = Job(
        Settings(Policy(Applicability.SAFE, 0.7, ("卡点",)), ("names",), (), (Decision("a", "rejected"),)),
        ("/a.csv",), False, "big5", True, "json", "en",
    )  # fmt: skip
    assert decode(job.encode()) == job
    people = job.people if job.roster == () else Job(default_roster=False).people()
    assert job.digest(people) != Job().digest(people)


@pytest.mark.parametrize(
    ("path", "flags"), [("2001-01-15/p1.md", 1), ("2023-01-15/p1.md", 0), ("2001/01/15/p1.md", 1)]
)
def test_a_row_is_repaired_as_the_file_of_its_path(tmp_path: Path, path: str, flags: int) -> None:
    """The folders of a page say its day, whichever engine repairs it."""
    source, job, out = tmp_path / "in" / path, Job(), tmp_path / "out"
    source.parent.mkdir(parents=True)
    source.write_text(TERM, "utf-8")
    local = repair_page(Task(1, path, str(source)), out, job, job.repairer(out), "auto", None)
    assert (local.status, local.figures.flags) == ("done", flags)
    for column, value in (("text", TERM), ("content", TERM.encode())):
        row = spark.repair_row({"id": path, column: value}, job, job.repairer(out))
        assert (row.error, row.flags) == (None, flags)
        assert row.text == (out / path).with_suffix(".clean.md").read_text("utf-8")
        assert row.journal == (out / path).with_suffix(".journal.json").read_text("utf-8")


def test_decisions_make_only_their_pages_stale(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x")
        for made in (f"{name[0]}.clean.txt", f"{name[0]}.report.html", f"{name[0]}.journal.json"):
            (tmp_path / "out").mkdir(exist_ok=True)
            (tmp_path / "out" / made).write_text("y")
    ledger = Ledger(":memory:")

    def listed(*decisions: Decision) -> list[str]:
        inputs = find([str(tmp_path)], (), tmp_path / "out", ())
        news = News(ledger, decisions, Taught(), None)
        found = list_pages(ledger, tmp_path / "out", inputs, "sha", news, Plan(), lambda _: None)
        return [task.path for _, task in ledger.todo(found.run)]

    def finish(fix: str, *decisions: Decision) -> None:
        verdicts = {decision.fix: decision.verdict for decision in decisions}
        for row in list(ledger.rows("status = 'todo'")):
            state = Path(row.source).stat()
            change = (0, 0, f"{fix}{row.path[0]}", "id", "rule", "applied", "", 0.9, 1, "x", "y", "p1")
            ledger.record(
                Outcome(
                    row.id, row.path, "done", size=state.st_size, mtime=state.st_mtime_ns, changes=(change,),
                    figures=Figures(1), decisions=decisions_digest([change[2], "p1"], verdicts),
                ),
                "sha",
            )  # fmt: skip

    assert listed() == ["a.txt", "b.txt"]
    finish("f")
    assert listed() == []
    no = Decision("fb", "rejected")
    assert listed(no, Decision("other", "accepted")) == ["b.txt"]
    finish("f", no)
    assert listed(no) == []
    pattern = Decision("p1", "rejected")
    assert listed(no, pattern) == ["a.txt", "b.txt"]
    finish("f", no, pattern)
    assert listed(no, pattern) == []
    assert listed(no) == ["a.txt", "b.txt"]
    finish("f", no)
    assert listed() == ["b.txt"]
