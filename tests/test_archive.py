"""`ocrfix batch`: whole archives, as users run it."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

from conftest import Run
from made_archives import PAGES, archive, rows

from bench.archive import tree


def test_a_tree_like_the_archive(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 5)
    done = ocrfix("batch", "in", "-o", "out", "--no-survey", "--format", "json", "--names")
    assert done.returncode == 0, done.stderr.decode()
    out = tmp_path / "out"
    for ending in ("clean.txt", "journal.json", "report.html", "structure.json", "names.csv"):
        assert (out / "2024-01-01" / f"p10.{ending}").stat().st_size
    assert rows(out, "path, issue, number, status")[1:4] == [
        ("2024-01-01/p4.txt", "2024-01-01", 4, "done"),
        ("2024-01-01/p7.txt", "2024-01-01", 7, "done"),
        ("2024-01-01/p10.txt", "2024-01-01", 10, "done"),
    ]
    summary = json.loads((out / "summary.json").read_bytes())
    assert (summary["pages"], summary["done"], summary["failed"], summary["issues"]) == (5, 5, 0, 2)
    with (out / "changes.csv").open(encoding="utf-8-sig", newline="") as stream:
        changes = list(csv.DictReader(stream))
    journal = json.loads((out / "2024-01-01" / "p4.journal.json").read_bytes())
    mine = {change["id"] for change in changes if change["path"] == "2024-01-01/p4.txt"}
    assert mine == {record["id"] for record in journal["records"]}
    alone = tmp_path / "alone"
    assert ocrfix("in/2024-01-01/p4.txt", "-o", "alone", "-q", "--lang", "en").returncode == 0
    for name in ("p4.clean.txt", "p4.journal.json", "p4.report.html"):
        assert (alone / name).read_bytes() == (out / "2024-01-01" / name).read_bytes()


def test_the_archive_profile(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 3)
    command = ("batch", "in", "--workers", "2", "-q", "-o")
    assert ocrfix(*command, "out").returncode == 0
    kept = (tmp_path / "out" / "archive.profile").read_bytes()
    journal = json.loads((tmp_path / "out" / "2024-01-01" / "p4.journal.json").read_bytes())
    assert "archive profile" in journal["data"]
    archive(tmp_path / "in", 4)
    assert ocrfix(*command, "out", "--dry-run").stdout.decode().split() == ["2024-01-01/p10.txt"]
    assert ocrfix(*command, "out").returncode == 0
    assert (tmp_path / "out" / "archive.profile").read_bytes() == kept
    assert ocrfix(*command, "out", "--resurvey").returncode == 0
    assert (tmp_path / "out" / "archive.profile").read_bytes() != kept
    assert ocrfix(*command, "given", "--profile", "out/archive.profile").returncode == 0
    assert not (tmp_path / "given" / "archive.profile").exists()
    given, own = tree(tmp_path / "given"), tree(tmp_path / "out")
    del own["archive.profile"]
    assert given == own
    assert ocrfix(*command, "given", "--profile", "in/2024-01-01/p1.txt").returncode == 5
    assert ocrfix(*command, "given", "--no-survey", "--resurvey").returncode == 2


def test_articles_are_joined_over_pages(ocrfix: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "2024-01-15"
    folder.mkdir(parents=True)
    head = "# 全市经济工作会议召开\n\n"
    (folder / "p1.md").write_text(
        f"{head}会议指出，要坚持稳中求进工作总基调，加快构建新发展格局，着力推动高质量\n\n（下转2版）\n\n"
        "# 春运今日启动\n\n1月14日，记者从市交通局获悉，春运工作今日启动，预计发送旅客三千万人次。\n",
        "utf-8",
    )
    second = f"{head}（上接1版）\n\n发展，全面深化改革开放。会议强调，要抓好粮食生产，守住耕地红线。\n"
    (folder / "p2.md").write_text(second, "utf-8")
    command = ("batch", "in", "-o", "out", "--workers", "1", "-q")
    assert ocrfix(*command).returncode == 0
    assert ocrfix(*command, "--stitch").returncode == 0
    place = tmp_path / "out" / "articles" / "2024-01-15"
    text = (place / "001.md").read_text("utf-8")
    assert "着力推动高质量发展，全面深化改革开放。" in text
    assert text.count("全市经济工作会议召开") == 1
    assert "](../../2024-01-15/p1.report.html)" in text
    assert "](../../2024-01-15/p2.report.html)" in text
    article = json.loads((place / "001.json").read_bytes())
    assert (article["seams"][0]["to"]["name"], article["seams"][0]["origin"]["page"]) == (
        "2024-01-15/p1.md",
        2,
    )
    assert ocrfix(*command, "--stitch").returncode == 8
    (folder / "p2.md").write_text("# 要闻\n\n县交通局去年全县完成农村道路改造一百公里。\n", "utf-8")
    assert ocrfix(*command).returncode == 0
    assert not list(place.iterdir())
    loose = (tmp_path / "out" / "index" / "loose-00000.js").read_text("utf-8")
    assert "orphan" in loose
    assert "（下转2版）" in loose


def test_only_what_changed_is_done_again(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in")
    command = ("batch", "in", "-o", "out", "--workers", "1")
    assert ocrfix(*command).returncode == 0
    again = ocrfix(*command)
    assert (again.returncode, again.stderr.decode().count("up to date")) == (8, 1)
    assert ocrfix(*command, LC_ALL="zh_CN.UTF-8").returncode == 8
    pages = sorted((tmp_path / "in").rglob("*.txt"))
    pages[0].write_text("会议(扩大)昨日召开。\n", "utf-8")
    os.utime(pages[1], (1, 1))
    before = {place: place.stat().st_mtime_ns for place in (tmp_path / "out").rglob("*.clean.txt")}
    listed = ocrfix(*command, "--dry-run")
    assert listed.stdout.decode().split() == ["2024-01-01/p1.txt"]
    assert ocrfix(*command).returncode == 0
    after = {place: place.stat().st_mtime_ns for place in before}
    assert [place.name for place in before if before[place] != after[place]] == ["p1.clean.txt"]
    settings = ocrfix(*command, "--dry-run", "--skip", "names")
    assert len(settings.stdout.splitlines()) == 4
    assert ocrfix(*command, "--skip", "names", "--changed-only").returncode == 8
    (tmp_path / "out" / "2024-01-01" / "p4.report.html").unlink()
    assert ocrfix(*command, "--dry-run").stdout.decode().split() == ["2024-01-01/p4.txt"]


def test_pages_whose_file_is_gone(ocrfix: Run, tmp_path: Path) -> None:
    """Their results stay; the index says so, until the file is there again."""
    archive(tmp_path / "in", 3)
    command = ("batch", "in", "-o", "out", "--workers", "1", "--no-survey")
    assert ocrfix(*command).returncode == 0
    page, away = tmp_path / "in" / "2024-01-01" / "p4.txt", tmp_path / "p4.txt"

    def shown() -> tuple[int, list[str]]:
        found = json.loads((tmp_path / "out" / "summary.json").read_bytes())
        table = (tmp_path / "out" / "index" / "pages-00000.js").read_text("utf-8")
        rows = json.loads(table[table.index("[") : table.rindex(")")])
        return found["gone"], [row[8] for row in rows]

    for _ in range(2):
        page.rename(away)
        assert ocrfix(*command).returncode == 8
        assert shown() == (1, ["done", "gone", "done"])
        made = (tmp_path / "out" / "2024-01-01" / "p4.clean.txt").stat().st_mtime_ns
        away.rename(page)
        assert ocrfix(*command).returncode == 8
        assert shown() == (0, ["done"] * 3)
    assert (tmp_path / "out" / "2024-01-01" / "p4.clean.txt").stat().st_mtime_ns == made
    page.rename(away)
    assert ocrfix(*command).returncode == 8
    assert ocrfix("apply", "out", "--all").returncode == 0
    assert ocrfix(*command).returncode == 8
    assert shown() == (1, ["done", "gone", "done"])


def test_dry_run_and_limit(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in")
    listed = ocrfix("batch", "in", "-o", "out", "--dry-run", "--limit", "2")
    assert listed.stdout.decode().split() == ["2024-01-01/p1.txt", "2024-01-01/p4.txt"]
    assert not (tmp_path / "out").exists()
    some = ocrfix("batch", "in", "-o", "out", "--limit", "3", "--workers", "1")
    assert some.returncode == 0
    assert "1 still to do" in some.stderr.decode()
    assert [status for _, status in rows(tmp_path / "out")] == ["done"] * 3 + ["todo"]
    before = tree(tmp_path / "out")
    assert ocrfix("batch", "in", "-o", "out", "--dry-run").stdout.decode().split() == ["2024-01-01/p10.txt"]
    assert tree(tmp_path / "out") == before
    assert sorted(place.name for place in (tmp_path / "out").glob("ocrfix.db*")) == ["ocrfix.db"]


def test_lists_globs_and_odd_names(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 4)
    odd = os.fsdecode(os.fsencode(tmp_path / "in") + b"/\xb5\xda1\xb0\xe6 <b>&\"'.txt")
    shutil.copy(PAGES[0], odd)
    names = b"\0".join(os.fsencode(place) for place in [odd, "in/2024-01-01/p1.txt"])
    done = ocrfix("batch", "-", "-o", "out", "--workers", "1", data=names)
    assert done.returncode == 0, done.stderr.decode()
    assert [status for _, status in rows(tmp_path / "out")] == ["done", "done"]
    assert len(list((tmp_path / "out").rglob("*.clean.txt"))) == 2
    page = (tmp_path / "out" / "index" / "pages-00000.js").read_text("utf-8")
    assert "<b>" not in page
    assert "第1版 " in page
    assert ocrfix("batch", "in/*/p1*.txt", "-o", "more", "--workers", "1").returncode == 0
    one = ocrfix("batch", "in/2024-01-01/p4.txt", "-o", "more", "--workers", "1")
    assert "2 pages of earlier runs are not among the inputs" in one.stderr.decode()
    assert [path for path, _ in rows(tmp_path / "more")] == [f"in/2024-01-01/p{n}.txt" for n in (1, 4, 10)]
    (tmp_path / "list").write_text("in/2024-01-01/p4.txt\r\n\n", "utf-8")
    assert ocrfix("batch", "--files-from", "list", "-o", "listed").returncode == 0
    assert [path for path, _ in rows(tmp_path / "listed")] == ["in/2024-01-01/p4.txt"]


def test_results_are_no_input(ocrfix: Run, tmp_path: Path) -> None:
    folder = archive(tmp_path / "in", 2)
    (folder / "link.txt").symlink_to(folder / "2024-01-01" / "p1.txt")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    assert ocrfix("in/2024-01-01/p1.txt", "-q").returncode == 0
    command = ("batch", "in", "-o", "in/out", "--workers", "1")
    assert ocrfix(*command).returncode == 0
    expected = ["2024-01-01/p1.txt", "2024-01-01/p4.txt", "link.txt"]
    assert [path for path, _ in rows(folder / "out")] == expected
    assert ocrfix(*command).returncode == 8


def test_what_cannot_be(ocrfix: Run, tmp_path: Path) -> None:
    assert ocrfix("batch", "in").returncode == 2
    (tmp_path / "in").mkdir()
    assert ocrfix("batch", "in", "-o", "out").returncode == 3
    archive(tmp_path / "in", 1)
    assert ocrfix("batch", "in", "-o", "out", "--group", "(").returncode == 2
    (tmp_path / "file").write_text("x")
    assert ocrfix("batch", "in", "-o", "file").returncode == 4
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "ocrfix.db").write_text("no ledger" * 99)
    assert ocrfix("batch", "in", "-o", "old").returncode == 6
    assert ocrfix("batch", "in", "-o", "out", "--roster", "none.csv").returncode == 5


def test_forms_of_names_issue_by_issue(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("姓名,职务,单位\n胡衡华,市长,重庆市\n", "utf-8")
    for page, text in enumerate(
        ("重庆市市长胡衙华出席。", "重庆市市长胡衡华讲话。重庆市市长胡衙华出席。"), 1
    ):
        place = tmp_path / "in" / "20240115" / f"{page}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    assert ocrfix("batch", "in", "-o", "out", "--roster", "people.csv", "-q").returncode == 0
    rows = (tmp_path / "out" / "names.csv").read_text("utf-8-sig").splitlines()
    assert rows[0] == "name,title,issue,pages,times,forms"
    assert rows[1].startswith("胡衡华,")
    assert rows[1].endswith(",20240115,2,3,胡衙华 (applied ×2)")
