"""Names: the bench, rosters of every kind, calendar, commands about rosters."""

from __future__ import annotations

import json
from pathlib import Path

import names_bench
import pytest
from conftest import Run

from cleanup import repair
from cleanup.data import roster as rosters
from cleanup.data.roster import Person, Roster
from cleanup.engine.repair import Settings
from cleanup.text import dates


def test_bench(shared: Path) -> None:
    known = names_bench.names(shared)
    people = names_bench.roster(known, 1500)
    table = names_bench.confusions(shared, "dev")
    figures = names_bench.measure(people, list(names_bench.misread(people, known, table, 200)))
    assert figures.restored >= 0.60
    assert figures.first >= 0.90
    assert figures.wrong <= 0.01
    intact = [names_bench.Trial("市长{}出席会议。", name, name) for name in people.names[:150]]
    assert names_bench.harm(people, intact)[0] == 0
    away = list(names_bench.others(people, known, 150))
    changed, suggested = names_bench.harm(people, away)
    assert changed == 0
    assert suggested <= 0.4 * len(away)


ROW = {"姓名": "周望舒", "职务": "县委书记", "任职时间": "2021-08", "离任时间": "2024年3月", "繁体": "周望舒"}


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json"])
def test_columns(tmp_path: Path, suffix: str) -> None:
    place = tmp_path / f"a.{suffix}"
    mark = {"csv": ",", "tsv": "\t"}.get(suffix, "")
    text = json.dumps([ROW]) if not mark else "\n".join(mark.join(row) for row in (ROW, ROW.values()))
    place.write_text(text, "utf-8")
    (person,) = rosters.load([place]).people
    assert person.name == "周望舒"
    assert person.term == ("2021-08-00", "2024-03-99")


def test_default_roster() -> None:
    people = rosters.load([], default=True)
    assert {"胡衡华", "程丽华", "王炯"} <= set(people.by_name)
    assert repair("重庆市市长胡衙华出席会议。", people).repaired == "重庆市市长胡衡华出席会议。"


@pytest.mark.parametrize(
    ("head", "name", "day"),
    [
        ("重庆日报\n2024年1月15日 星期一\n", "a.txt", "2024-01-15"),
        ("二〇二四年一月十五日\n", "a.txt", "2024-01-15"),
        ("正文", "1998-03-05.txt", "1998-03-05"),
        ("正文", "cqrb20240115_01.txt", "2024-01-15"),
        ("正文", "a.txt", ""),
        ("2024年13月45日", "a.txt", ""),
    ],
)
def test_day_of_a_document(head: str, name: str, day: str) -> None:
    assert dates.of_document(head, name) == day


def test_calendar_decides_who_is_meant() -> None:
    people = Roster((Person("陆鸣岐", "县长", start="2022-01"), Person("陆鸣峻", "县长", end="2021-12")))
    now = repair("县长陆鸣歧出席会议。", people, Settings(date="2023-05-01"))
    assert now.repaired == "县长陆鸣岐出席会议。"


def test_large_roster_is_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCRFIX_CACHE", str(tmp_path / "cache"))
    place = tmp_path / "big.csv"
    place.write_text(
        "name,title\n" + "".join(f"王{chr(0x4E00 + at)}华,局长\n" for at in range(20000)), "utf-8"
    )
    first = rosters.load([place])
    assert list((tmp_path / "cache").rglob("*.msgpack"))
    assert rosters.load([place]).people == first.people


def test_roster_commands(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("姓名,任职时间\n王伟1,2021\n李明清,去年\n李明青,\n高峰,\n", "utf-8")
    done = ocrfix("roster", "check", "bad.csv", "--lang", "en")
    said = done.stdout.decode()
    assert done.returncode == 5
    assert "bad.csv:2: name" in said
    assert "bad.csv:3: from" in said
    assert "李明清 / 李明青" in said or "李明青 / 李明清" in said
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "20240115.txt").write_text("县长陈志强出席。\n会上，县长陈志强讲话。\n", "utf-8")
    done = ocrfix("roster", "suggest", "papers")
    assert "陈志强,县长,2,2024-01-15,2024-01-15" in done.stdout.decode()


def test_names_are_listed(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("重庆市市长胡衙华出席会议。胡衡华讲话。\n", "utf-8")
    assert ocrfix("page.txt", "--names", "-q").returncode == 0
    assert "胡衡华" in (tmp_path / "page.names.csv").read_text("utf-8-sig")
    assert "胡衙华" in (tmp_path / "page.names.csv").read_text("utf-8-sig")
    assert 'id="people-title"' in (tmp_path / "page.report.html").read_text("utf-8")
    assert ocrfix("page.txt", "--no-default-roster", "-q", "-o", "bare").returncode == 0
    assert "胡衙华" in (tmp_path / "bare" / "page.clean.txt").read_text("utf-8")
    assert ocrfix("page.txt", "--date", "someday").returncode == 2
