"""Rosters as people keep them: tables of every kind, what is wrong in them, whom they lack."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import Workbook

from cleanup import repair
from cleanup.data import roster as rosters
from cleanup.data.roster import Person
from cleanup.data.roster_check import columns, problems


def _workbook(place: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"s{number}")
        for row in rows:
            sheet.append(row)
    book.save(place)
    return place


def test_workbook_with_a_title_and_several_sheets(tmp_path: Path) -> None:
    place = _workbook(
        tmp_path / "a.xlsx",
        [["说明"]],
        [
            ["人员名单（2024年）"],
            [],
            ["姓 名", "职 务（现任）", "单位名称", "任职起始时间"],
            ["王  炯（女）", "主任", "甲局", datetime(2021, 12, 1)],
        ],
        [["Name", "Office"], ["John  Smith", "Consul"]],
    )
    one, two = rosters.load([place]).people
    assert one == Person("王炯", "主任", "甲局", "2021-12-01")
    assert two == Person("John Smith", "Consul")
    assert [row.field for row in columns(place)] == ["name", "title", "organization", "from", "name", "title"]


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("2021年12月—2024年1月", ("2021-12-00", "2024-01-99")),
        ("2023.1至今", ("2023-01-00", "9999-99-99")),
        ("2008.3-2013.3", ("2008-03-00", "2013-03-99")),
        ("2021-12-05", ("2021-12-05", "9999-99-99")),
        ("2021-12", ("2021-12-00", "9999-99-99")),
    ],
)
def test_a_term_in_one_cell(tmp_path: Path, cell: str, term: tuple[str, str]) -> None:
    (tmp_path / "a.csv").write_text(f"姓名,任期\n王炯,{cell}\n", "utf-8")
    (person,) = rosters.load([tmp_path / "a.csv"]).people
    assert person.term == term


def test_json_of_names(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(["胡衡华", "王炯"]), "utf-8")
    (tmp_path / "b.json").write_text(
        json.dumps([{"title": "局长"}, {"姓名": "李林", "别名": ["老李"]}]), "utf-8"
    )
    people = rosters.load([tmp_path / "a.json", tmp_path / "b.json"]).people
    assert [person.name for person in people] == ["胡衡华", "王炯", "李林"]
    assert people[-1].aliases == ("老李",)
    assert [row.line for row in problems(tmp_path / "b.json")] == [1]


def test_every_bad_row_is_explained(tmp_path: Path) -> None:
    rows = (
        "姓名,职务,任职时间,备注",
        "王伟,局长,2021-13,",
        '"赵四；钱五",局长,,',
        "李明,局长,2021,x,多",
        ",局长,,",
    )
    (tmp_path / "a.csv").write_text("\n".join(rows), "utf-8")
    found = {(row.line, row.column) for row in problems(tmp_path / "a.csv")}
    assert found == {(2, "from"), (3, "name"), (4, "5"), (5, "name")}
    unread = [row.header for row in columns(tmp_path / "a.csv") if not row.field]
    assert unread == ["备注"]


def test_check_says_which_columns_it_reads(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名,职务,备注\n王炯,主任,x\n", "utf-8")
    done = ocrfix("roster", "check", "a.csv", "--lang", "en")
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "姓名 = name, 职务 = title" in said
    assert "not read" in said
    assert "备注" in said


def test_suggest_reads_archives(ocrfix: Run, tmp_path: Path) -> None:
    day = tmp_path / "报" / "2024" / "01" / "15"
    day.mkdir(parents=True)
    (day / "1.txt").write_text(
        "县长陈志强出席。副市长欧阳明华说。书记司马义·艾买提表示。局长 李　明出席。", "utf-8"
    )
    (day / "2.text").write_bytes("县长陈志强出席，会议到此结束。".encode("gb18030"))
    (day / "3.txt").write_text("縣長林國棟說，這個會議。縣長陳志強出席會議。", "utf-8")
    (day / "4.txt").write_bytes(b"\x00\x01\xff\xfe\x00")
    done = ocrfix("roster", "suggest", "报", "--least", "1")
    assert done.returncode == 7
    assert "4.txt" in done.stderr.decode()
    rows = done.stdout.decode().splitlines()
    assert rows[1] == "陈志强,县长,3,2024-01-15,2024-01-15"
    assert {row.split(",")[0] for row in rows[2:]} == {"欧阳明华", "司马义·艾买提", "李明", "林國棟"}
    assert ocrfix("roster", "suggest", "nowhere").returncode == 3


def test_tables_of_every_kind_serve_a_repair(tmp_path: Path) -> None:
    text = "县委书记周望抒出席会议。"
    rows = [["姓名", "职务"], ["周望舒", "县委书记"]]
    (tmp_path / "a.csv").write_bytes("\n".join(",".join(row) for row in rows).encode("gb18030"))
    (tmp_path / "b.tsv").write_text("\n".join("\t".join(row) for row in rows), "utf-8-sig")
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "c.xlsx")
    for name in ("a.csv", "b.tsv", "c.xlsx"):
        result = repair(text, tmp_path / name)
        assert result.repaired == "县委书记周望舒出席会议。"
        assert f"roster: {name}" in result.journal.data
