"""What an archive says of itself: parts add up in any order; the profile's file; evidence in repair."""

from __future__ import annotations

import random
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from bench import twins as bench
from cleanup.archive.inputs import find
from cleanup.archive.survey import part, tally, unfinished
from cleanup.archive.survey.part import Part, combine, merge, survey_file
from cleanup.archive.survey.surveyor import Surveyor, survey
from cleanup.archive.workers import Workers
from cleanup.data.files import DataError
from cleanup.data.profile import Profile, load
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.text.windows import BEFORE, letters, windows

_STORY = (
    "城东片区今年将新建两座公交枢纽站，建成后可满足十二条线路的始发和停靠，方便沿线八万居民出行。"
    "项目总投资一亿二千万元，预计明年六月投入使用，届时居民换乘将更加方便。"
)
_LOCAL = "本报记者近日走访{}街道，看到居民们正在{}，大家都说日子越过越有盼头，街坊邻里一片欢声笑语。"


def _texts() -> list[str]:
    local = [
        _LOCAL.format(*row)
        for row in (("南山", "种花"), ("北塘", "下棋"), ("西溪", "晒粮"), ("桥头", "跳舞"))
    ]
    return [
        f"渝州日报 2021年3月{day}日\n{story}\n{text}\n（下转{day}版）\n"
        for day, (text, story) in enumerate(
            zip(local, (_STORY, _STORY.replace("项目", "顷目"), _STORY, "另有别的消息。"), strict=True), 2
        )
    ]


def _parts() -> list[Part]:
    return [survey_file(from_text(text, f"p{n}.txt")) for n, text in enumerate(_texts())]


@given(st.permutations(range(4)), st.lists(st.booleans(), min_size=3, max_size=3))
def test_order_and_grouping_change_nothing(order: list[int], cuts: list[bool]) -> None:
    parts = [_PARTS[at] for at in order]
    bounds = [0, *(at for at, cut in enumerate(cuts, 1) if cut), len(parts)]
    groups = [combine(parts[low:high]) for low, high in pairwise(bounds)]
    assert merge(groups).digest == _WHOLE.digest


_PARTS = _parts()
_WHOLE = merge(_PARTS)


def test_what_does_not_fit_goes_to_disk_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "HELD", 40)
    monkeypatch.setattr(tally, "STRINGS", 7)
    assert merge(_PARTS).digest == _WHOLE.digest


def test_profile_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the fewest files goes first, and whole contexts at a time."""
    monkeypatch.setattr(part, "MOST_WINDOWS", len(_WHOLE.keys) // 2)
    monkeypatch.setitem(part.BOUNDS, "phrases", (1, 3))
    small = merge(_PARTS)
    assert 0 < len(small.keys) <= len(_WHOLE.keys) // 2
    assert small.counts.min() >= _WHOLE.counts.min()
    assert set(small.keys.tolist()) < set(_WHOLE.keys.tolist())
    assert len(small.tables["phrases"]) == 3


def test_what_a_survey_says() -> None:
    tables = _WHOLE.tables
    assert (_WHOLE.files, _WHOLE.pages) == (4, 4)
    assert tables["heads"]["渝州日报0年0月0日"] == 4
    assert tables["jumps"] == {"to 2": 1, "to 3": 1, "to 4": 1, "to 5": 1}
    assert tables["dates"]["2021-03-02"] == 1
    assert tables["paragraphs"][_STORY.replace("，", "").replace("。", "")[:40]] == 3
    assert tables["characters"]["街"] == 8


def test_file_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "archive.profile"
    _WHOLE.save(file)
    again = load(file)
    assert again.digest == _WHOLE.digest
    assert again.tables == _WHOLE.tables
    assert np.array_equal(again.keys, _WHOLE.keys)
    head = msgspec.json.decode(file.read_bytes().partition(b"\n")[0])
    assert head["kind"] == "ocrfix archive profile"
    assert [found.name for found in tmp_path.iterdir()] == ["archive.profile"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "cannot be read"),
        (b"hello\n", "not an archive profile"),
        (b'{"kind": "something else"}\n', "not an archive profile"),
        (b"short", "cut short"),
        (b"schema", "has schema 99"),
    ],
)
def test_broken_file(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "archive.profile"
    _WHOLE.save(file)
    whole = file.read_bytes()
    known = {b"short": whole[:-1], b"schema": whole.replace(b'"schema":1', b'"schema":99', 1)}
    file.write_bytes(known.get(data, data))
    with pytest.raises(DataError, match=says):
        load(file)


@given(st.text(max_size=60))
def test_windows_follow_the_letters(text: str) -> None:
    """Line ends, spaces and marks change no window."""
    found = letters(text)
    assert len(windows(found.codes)) == max(0, len(found.codes) - BEFORE)
    chance = random.Random(len(text))
    spread = "".join(char + chance.choice(("", "\n", " ", "，")) for char in text)
    assert np.array_equal(windows(letters(spread).codes), windows(found.codes))


def _repaired(text: str, profile: Profile | None) -> tuple[str, list[str]]:
    result = repair_document(from_text(text, "p.txt"), None, Settings(only=("context", "phrases")), profile)
    return result.repaired, [record.rule for record in result.journal.applied]


def test_twins_repair_what_the_context_alone_does_not() -> None:
    """A misread name of a place, which no language model knows, stands right in three other files."""
    right = _STORY.replace("城东片区", "檀溪片区")
    shown = right.replace("檀溪片区今年", "擅溪片区今年")
    others = [
        survey_file(from_text(f"各地要闻，檀溪讯。据檀溪日报消息，{right}", f"{n}.txt")) for n in range(3)
    ]
    text = f"各地要闻，檀溪讯。据檀溪日报消息，{shown}"
    profile = merge([*others, survey_file(from_text(text, "p.txt"))])
    repaired, rules = _repaired(text, profile)
    assert "，檀溪片区" in repaired
    assert rules == ["context.twins"]
    assert "擅溪片区" in _repaired(text, None)[0]


def test_what_others_have_too_is_left_alone() -> None:
    text = "会议强调，要认真学习贯彻重要讲话精神，扎实推进各顷工作，加强组织领导，确保完戌全年目标任务。"
    assert "各项工作" in _repaired(text, None)[0]
    profile = merge(survey_file(from_text(text, f"{n}.txt")) for n in range(4))
    result = repair_document(from_text(text, "p.txt"), None, None, profile)
    assert "各顷工作" in result.repaired
    held = [record for record in result.journal.withheld if record.rule == "context.misread"]
    assert {(record.reason, record.evidence[-1]) for record in held} == {("policy", "= 3")}
    assert result.journal.data["archive profile"] == profile.digest
    assert result.undo() == text


def test_bench_of_the_profile(tmp_path: Path) -> None:
    """Copies of one page, each misread elsewhere, repair one another."""
    truth = (
        _STORY
        + "\n"
        + "".join(_LOCAL.format(*row) for row in (("南山", "种花"), ("北塘", "下棋"))) * 3
        + "\n"
    )
    (tmp_path / "page.gt.txt").write_text(truth, "utf-8")
    (tmp_path / "page.ocr.txt").write_text(truth.replace("枢纽", "枢组"), "utf-8")
    (page,) = bench.of_set(tmp_path)
    assert bench.figures([page], [page.document.text]) == (1, 0)
    pages = bench.copies(tmp_path, 3)
    profile = merge(survey_file(page.document) for page in pages)
    alone, together = (
        bench.figures(pages, [repair_document(page.document, profile=known).repaired for page in pages])
        for known in (None, profile)
    )
    assert together.wrong < alone.wrong
    assert together.spoilt <= alone.spoilt


def test_command(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, text in enumerate(_texts()):
        (tmp_path / "in" / f"p{number}.txt").write_text(text, "utf-8")
    done = ocrfix("survey", "in", "-o", "a.profile", "--workers", "2", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "4 files, 4 pages" in done.stdout.decode()
    assert ocrfix("survey", "in", "-o", "b.profile", "--workers", "1", "-q").stdout == b""
    assert (tmp_path / "a.profile").read_bytes() == (tmp_path / "b.profile").read_bytes()
    assert load(tmp_path / "a.profile").digest == _WHOLE.digest
    (tmp_path / "in" / "bad.txt").write_bytes(b"\0\1\2\xff" * 40)
    bad = ocrfix("survey", "in", "-o", "c.profile", "-q", "--lang", "en")
    assert bad.returncode == 7
    assert b"bad.txt" in bad.stderr
    (tmp_path / "none").mkdir()
    assert ocrfix("survey", "none", "-o", "d.profile").returncode == 3
    assert not (tmp_path / "d.profile").exists()


def test_a_stopped_survey_goes_on(tmp_path: Path) -> None:
    """What was surveyed is not surveyed again, but for files that changed since; the profile is the same."""
    (tmp_path / "in").mkdir()
    for number in range(12):
        (tmp_path / "in" / f"p{number:02}.txt").write_text(f"{_texts()[number % 4]}第{number}版。\n", "utf-8")
    inputs = list(find([str(tmp_path / "in")], (), tmp_path / "out", ()))
    file = tmp_path / "survey.db"
    heard: list[str] = []

    def run(stop_after: int, kept: unfinished.Parts | None) -> Profile:
        heard.clear()
        with Workers(1, Surveyor(None, file if kept else None), 60) as workers:
            return survey(
                workers,
                inputs,
                lambda found: heard.append(found.of if isinstance(found, Part) else "?"),
                lambda: len(heard) >= stop_after,
                kept,
            )

    with closing(unfinished.Parts(file)) as kept, pytest.raises(KeyboardInterrupt):
        run(2, kept)
    surveyed = len(heard)
    assert all(heard)
    assert 2 <= surveyed < 12
    with (tmp_path / "in" / "p00.txt").open("a") as stream:
        stream.write("又及。\n")
    with closing(unfinished.Parts(file)) as kept:
        profile = run(13, kept)
        assert [bool(of) for of in heard] == [True, *[False] * (surveyed - 1), *[True] * (12 - surveyed)]
        kept.drop()
    assert profile.digest == run(13, None).digest
    assert not list(tmp_path.glob("survey.db*"))


_NEWS = (
    "全县春耕现场会昨天在临溪镇召开，各乡镇负责人和种粮大户参加了会议。",
    "县水利局对全县四十六座水库逐一检查，蓄水量比去年同期多两成。",
    "供销社从外地调进了八百吨化肥，价格比去年低一成。",
    "气象部门预计，下周有一次降温过程，提醒农户注意秧苗防寒保暖。",
    "县图书馆新馆昨天开馆，藏书三十万册，读者可以借书回家。",
    "城东公园的菊花展昨天开幕，展期一个月，市民免费参观。",
    "县中学举行了运动会，八百名学生参加，破了三项纪录。",
    "两座新桥同时通车，沿河的村民出行方便了。",
)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("headline", ["", "{}\n\n"], ids=["over text", "over a headline"])
@pytest.mark.parametrize(
    "line",
    [
        "新思想引领新征程", "今日谈", "短评", "导读", "□本报评论员", "新春走基层·蹲点日记", "系列报道之{}",
        "记者杨涛杜英报道", "【一线见闻】",
    ],
)  # fmt: skip
def test_what_heads_many_files_is_an_article_s(line: str, headline: str, name: str) -> None:
    """A kicker, a column, a series, a byline over eight articles; a jump line below them."""
    documents = [
        from_text(
            f"{line.format(at)}\n\n{headline.format(news[:9])}本报讯 {news}\n\n（下转{at}版）\n",
            f"{at}{name}",
        )
        for at, news in enumerate(_NEWS, 1)
    ]
    profile = merge(map(survey_file, documents))
    only = Settings(only=("layout",))
    for document in documents:
        assert repair_document(document, settings=only, profile=profile).repaired == document.text


def test_a_head_that_files_prove_goes_everywhere() -> None:
    pages = [f"临溪文史\n{news[:-9]}\n\f临溪文史\n{news[-9:]}\n" for news in _NEWS[:4]]
    profile = merge(survey_file(from_text(text, f"{at}.txt")) for at, text in enumerate(pages))
    assert profile.tables["furniture"]["临溪文史"] == 4
    repaired = repair_document(from_text(f"临溪文史\n{_NEWS[5]}\n", "one.txt"), profile=profile).repaired
    assert repaired == f"{_NEWS[5]}\n"
