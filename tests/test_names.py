"""Names: the bench, rosters of every kind, calendar, commands about rosters."""

from __future__ import annotations

import json
from pathlib import Path

import names_bench
import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup import repair
from cleanup.data import roster as rosters
from cleanup.data.roster import Person, Roster
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.text import dates, near


def test_bench(shared: Path) -> None:
    known = names_bench.names(shared)
    people = names_bench.roster(known, 1500)
    table = names_bench.confusions(shared, "dev")
    figures = names_bench.measure(people, list(names_bench.misread(people, known, table, 200)))
    assert figures.restored >= 0.52
    assert figures.first >= 0.90
    assert figures.wrong <= 0.01
    intact = [names_bench.Trial("市长{}出席会议。", name, name) for name in people.names[:150]]
    assert names_bench.harm(people, intact)[0] == 0
    away = list(names_bench.others(people, known, 150))
    changed, suggested = names_bench.harm(people, away)
    assert changed == 0
    assert suggested <= 0.33 * len(away)


def test_others_in_the_same_office(shared: Path) -> None:
    """A bare 市长 may be another city's; somebody else of the same office keeps his name."""
    people, trials = names_bench.in_office(names_bench.names(shared), 2, 200)
    changed, suggested = names_bench.harm(people, trials)
    assert changed == 0
    assert suggested <= 0.33 * len(trials)


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
        ("本报讯 自2008年5月12日以来，重建很快。", "20240115.txt", "2024-01-15"),
        ("本报讯 自2008年5月12日以来，重建很快。", "a.txt", ""),
        ("新华社北京2024年1月15日电 会议今天开幕。", "a.txt", "2024-01-15"),
        ("特此通知。\n\n甲市人民政府\n二〇二四年一月十五日\n", "a.txt", "2024-01-15"),
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
    assert '<section class="people" id="people"' in (tmp_path / "page.report.html").read_text("utf-8")
    assert '<a href="#people">' in (tmp_path / "page.report.html").read_text("utf-8")
    assert ocrfix("page.txt", "--no-default-roster", "-q", "-o", "bare").returncode == 0
    assert "胡衙华" in (tmp_path / "bare" / "page.clean.txt").read_text("utf-8")
    assert ocrfix("page.txt", "--date", "someday").returncode == 2


def test_day_from_folders() -> None:
    for path in ("a/20240115/01.txt", "2024/01/15/p1.txt", "2024-01/15.txt", "报/2024年1月15日/4.txt"):
        assert dates.of_folder(path) == "2024-01-15"
    assert dates.of_folder("v2024/x.txt") == ""
    assert dates.of_folder("x.txt") == ""


def test_folder_dates_the_page(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("姓名,职务,任职时间\n周望舒,县委书记,2024-06\n", "utf-8")
    folder = tmp_path / "20240115"
    folder.mkdir()
    (folder / "1.txt").write_text("县委书记周望舒出席会议。\n", "utf-8")
    assert ocrfix(folder / "1.txt", "--roster", "people.csv", "-q").returncode == 0
    journal = json.loads((folder / "1.journal.json").read_text("utf-8"))
    assert [record["rule"] for record in journal["records"]] == ["suspicions.term"]


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("市长李志明出席会议。", None),
        ("市长胡衙华出席会议。", "市长胡衡华出席会议。"),
        ("胡衡华、程丽萍、李大伟出席。", None),
        ("程丽华主任、程丽草主任到会。", "程丽华主任、程丽华主任到会。"),
        ("参会的有 胡衡华 程丽毕 李大伟", "参会的有 胡衡华 程丽华 李大伟"),
    ],
)
def test_lists_and_others(shown: str, right: str | None) -> None:
    people = Roster((Person("胡衡华", "市长"), Person("程丽华", "主任"), Person("李志朋", "市长", "丙市")))
    assert repair(shown, people).repaired == (right or shown)


SCRIPTS = Roster((Person("胡衡华", "市长"), Person("钱学森", "记者"), Person("陳國華", "縣長")))


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("市長胡衡華出席會議，講話說明問題。", None),
        ("市長胡衙華出席會議，講話說明問題。", "市長胡衡華出席會議，講話說明問題。"),
        ("記者錢學淼說，這個問題很長。", "記者錢學森說，這個問題很長。"),
        ("市長胡衡\n華出席會議，講話說明問題。", "市長胡衡華出席會議，講話說明問題。"),
        ("縣長陳國輝出席會議，說明問題。", None),
        ("县长陈国毕出席会议，对此说明。", "县长陈国华出席会议，对此说明。"),
        ("胡衡華出席", None),
    ],
)
def test_rosters_in_the_other_script(shown: str, right: str | None) -> None:
    result = repair(shown, SCRIPTS)
    assert result.repaired == (right or shown)
    assert result.undo() == shown


def test_people_count_under_their_first_name() -> None:
    people = Roster((Person("周树人", "教授", aliases=("鲁迅",)), Person("胡衡华", "市长", "重庆市")))
    journal = repair("鲁迅先生来了。周树人说，好。本报讯（记者胡衡华）", people).journal
    author, reporter = journal.people
    assert (author.name, author.count, author.called) == ("周树人", 2, ("鲁迅",))
    assert (reporter.title, reporter.offices) == ("重庆市市长", ("记者",))
    (found,) = repair("市長胡衡華說，這個問題很長。", people).journal.people
    assert (found.name, found.called, found.offices) == ("胡衡华", ("胡衡華",), ("市长",))


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("市长胡衡衡华出席会议。", "市长胡衡华出席会议。"),
        ("县长李国强〕到会，国强同志说。", None),
        ("参加会议的有程丽\n华、胡衡华等。", "参加会议的有程丽华、胡衡华等。"),
        ("县长李国弘出席。", None),
        ("丙县县长李国弘出席。", "丙县县长李国强出席。"),
        ("丁县县长李国弘出席。", None),
        ("局长李林出席。孝局长说，要抓好落实。", "局长李林出席。李局长说，要抓好落实。"),
        ("主席令说，要抓好落实。", None),
        ("签发人：胡衡毕", "签发人：胡衡华"),
        ("特此通知。\n\n胡衡毕 2024年1月15日\n", "特此通知。\n\n胡衡华 2024年1月15日\n"),
        ("还有：胡衡毕、程丽毕、李国强、李朋清等。", "还有：胡衡华、程丽华、李国强、李朋清等。"),
        ("全长：胡衡毕路口", None),
        ("墨菲市长一行来到重庆。", None),
    ],
)
def test_names_in_context(shown: str, right: str | None) -> None:
    rows = (
        ("胡衡华", "市长"),
        ("程丽华", "主任"),
        ("李国强", "县长", "丙县"),
        ("李林", "局长"),
        ("白令", "主席"),
    )
    people = Roster(tuple(Person(*row) for row in (*rows, ("杨一行", "市长"))))
    assert repair(shown, people, Settings(only=("names",))).repaired == (right or shown)


def test_out_of_post_is_left_to_a_person() -> None:
    people = Roster((Person("李国强", "县长", "丙县", start="2018", end="2020-05"),))
    text = "丙县县长李国弘出席。"
    assert repair(text, people, Settings(date="2019-05-01")).repaired == "丙县县长李国强出席。"
    assert repair(text, people, Settings(date="1990-05-01")).repaired == text


def test_forms_in_the_journal() -> None:
    people = Roster((Person("胡衡华", "市长"), Person("买买提·艾力", "书记"), Person("王好明", "局长")))
    text = "市长胡衙华说。昨天，市长胡华强调，市长古月衡华出席。书记买买提一艾力、局长王女子明参加。"
    result = repair(text, people)
    assert result.repaired == (
        "市长胡衡华说。昨天，市长胡衡华强调，市长胡衡华出席。书记买买提·艾力、局长王好明参加。"
    )
    forms = {form.text for person in result.journal.people for form in person.forms}
    assert forms == {"胡衙华", "胡华", "古月衡华", "买买提一艾力", "王女子明"}
    assert result.undo() == text
    assert repair(result.repaired, people).repaired == result.repaired


ROSTER = Roster(
    tuple(Person(*row) for row in (("胡衡华", "市长"), ("李林", "局长"), ("努尔·白克力", "主席")))
)
PIECES = (
    "市长",
    "局长",
    "主席",
    "先生",
    "同志",
    "女士",
    "2024年",
    "15日",
    "3.5%",
    "第12页",
    "教授",
    "、",
    "，",
    "说",
)
NAMES = (
    "胡衙华",
    "胡衡",
    "胡衡衡华",
    "李木木",
    "古月衡华",
    "努尔白克力",
    "努尔.白克力",
    "王　炯",
    "胡衡\n华",
)


@given(st.lists(st.sampled_from(PIECES + NAMES), min_size=1, max_size=8))
@settings(max_examples=150)
def test_digits_titles_and_honorifics_stay(pieces: list[str]) -> None:
    """Whatever stands around names, digits, titles and honorifics come out as they went in."""
    text = "".join(pieces)
    result = repair_document(from_text(text, "a.txt"), ROSTER, Settings(only=("names",)))
    for kept in (*"0123456789%", *PIECES):
        assert result.repaired.count(kept) == text.count(kept) or kept in "、，"
    assert result.undo() == text


@given(
    st.lists(st.text("胡衡华衙木林古月", min_size=2, max_size=4), unique=True, min_size=1, max_size=30),
    st.text("胡衡华衙木林古月，", max_size=30),
)
@settings(max_examples=100)
def test_windows_are_all_found(names: list[str], text: str) -> None:
    """The search in bulk finds every window that one by one finds."""
    index, found = near.Near(names), near.codes(text)
    for name in names:
        size = len(name)
        for start in range(len(text) - size + 1):
            window = text[start : start + size]
            for place in range(size):
                if window[:place] + window[place + 1 :] == name[:place] + name[place + 1 :]:
                    assert start in index.fits(found, near.starts(found, size), size, place)
