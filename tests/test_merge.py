"""Several readings of one page: `ocrfix merge` and `Repairer.merge`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.api import Repairer, Result
from cleanup.cli.app import run
from cleanup.engine import readings
from cleanup.engine.repair import read
from cleanup.formats.encoding import encode

ROWS = (
    "会议强调，要认真学习贯彻重要讲话精神，",
    "加强组织领导，明确责任分工，扎实推进各",
    "项工作落实落细，确保完成全年目标任务，",
    "以优异的成绩向全县人民交出满意的答卷。",
)
REPAIRER = Repairer(default_roster=False)


def page(rows: tuple[str, ...], sure: float = 0.97, at: tuple[int, ...] = ()) -> bytes:
    """An engine's file of rows that stand at these heights, in order else."""
    lines = [
        {"text": row, "box": [100, 100 + 50 * y, 100 + 40 * len(row), 140 + 50 * y], "confidence": sure}
        for row, y in zip(rows, at or range(len(rows)), strict=True)
    ]
    return json.dumps(
        {"pages": [{"width": 1000, "height": 700, "lines": lines}]}, ensure_ascii=False
    ).encode()


def merge(*files: bytes) -> Result:
    return REPAIRER.merge([(f"{'abc'[number]}.json", data) for number, data in enumerate(files)])


def on(base: bytes, *others: bytes) -> Result:
    """The same on that base, whichever is worth more."""
    rest = [read(data, f"{'bc'[number]}.json") for number, data in enumerate(others)]
    return REPAIRER.document(readings.beside(read(base, "a.json"), rest))


def given_back(result: Result) -> bytes:
    return encode(result.undo(), result.journal.source.envelope)


def solid(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("lost", range(4))
def test_lost_line_is_put_in_where_it_stands(lost: int) -> None:
    kept = tuple(row for at, row in enumerate(ROWS) if at != lost)
    one = page(kept, at=tuple(at for at in range(4) if at != lost))
    result = on(one, page(ROWS, 0.9))
    assert solid(result.repaired) == "".join(ROWS)
    (record,) = (one for one in result.journal.applied if one.rule == "layout.lost-line")
    assert record.evidence[1] == f"b.json: {ROWS[lost]}"
    assert record.confidence == 0.85
    assert given_back(result) == one
    assert REPAIRER(result.repaired).repaired == result.repaired


@pytest.mark.parametrize(
    ("row", "sure"),
    [
        ("刘芝要台旭学基巡和群响澡闻交风名进", 0.9),  # noise that its engine believes in
        (ROWS[1], 0.3),  # its engine does not believe in it
        ("一二", 0.99),  # too short
    ],
)
def test_what_is_no_line_stays_out(row: str, sure: float) -> None:
    one = page((ROWS[0], *ROWS[2:]), at=(0, 2, 3))
    other = page((row,), sure, at=(1,))
    assert merge(one, other).repaired == REPAIRER(one, "a.json").repaired


def test_lines_that_lie_over_others_are_not_lost() -> None:
    one = page(ROWS)
    other = json.dumps(
        {"pages": [{"lines": [{"text": "县委书记出席会议并讲话", "box": [80, 90, 900, 300]}]}]}
    )
    assert merge(one, other.encode()).repaired == REPAIRER(one, "a.json").repaired


def test_likelier_characters_are_taken_with_both_readings_as_evidence() -> None:
    one = page(("新中国成立之初，美国介入朝鲜内战，", "并派遣第七队侵入台湾海峡，阻止统一。"))
    two = page(("新中国成立之初，美国介入朝鲜内战，", "并派遣第七舰队侵入台湾海峡，阻止统一。"))
    for first, second in ((one, two), (two, one)):
        result = on(first, second)
        assert "派遣第七舰队侵入" in result.repaired
        assert given_back(result) == first
    found = on(one, two).journal
    record = next(r for r in found.applied if r.rule == "context.other-reading")
    assert record.evidence == ("a.json: ", "b.json: 舰")
    assert [name for name in found.data if name.startswith("reading: ")] == ["reading: b.json"]


def test_figures_that_differ_are_suggested_only() -> None:
    one, two = (
        page(("全县工业增加值比上年同期增长了5.1%。",)),
        page(("全县工业增加值比上年同期增长了5.7%。",)),
    )
    result = merge(one, two)
    assert "5.1%" in result.repaired
    (record,) = (one for one in result.journal.withheld if one.rule == "context.other-reading")
    assert record.edits[0].after == "7"


def test_agreement_of_two_others_counts() -> None:
    one = page(("加强党的建设，展示统一足社会主义政治发展。",))
    two = page(("加强党的建设，展示统一是社会主义政治发展。",))
    assert "统一足" in on(one, two).repaired
    assert "统一是" in on(one, two, two).repaired


def test_the_one_with_clearly_more_text_is_the_base() -> None:
    few, all_ = read(page(ROWS[:2]), "few.json"), read(page(ROWS), "all.json")
    assert readings.base_of([few, all_]) == 1
    assert readings.base_of([all_, few]) == 0
    assert readings.base_of([all_, read(page(ROWS), "again.json")]) == 0


def test_the_one_with_fewer_wrong_characters_is_the_base() -> None:
    """Also where it has hardly more that can be read."""
    wrong = tuple(row.replace("目标", "目杯") for row in ROWS)
    documents = [read(page((*wrong, *ROWS)), "wrong.json"), read(page(ROWS * 2), "right.json")]
    assert readings.base_of(documents) == 1
    assert readings.base_of(documents[::-1]) == 0


def test_plain_text_beside_boxes_and_beside_text() -> None:
    text = "\n".join(ROWS)
    lost = "\n".join((*ROWS[:1], *ROWS[2:]))
    for first, name in ((lost.encode(), "a.txt"), (page((ROWS[0], *ROWS[2:]), at=(0, 2, 3)), "a.json")):
        base = readings.beside(read(first, name), [read(text.encode(), "b.txt")])
        result = REPAIRER.document(base)
        assert solid(result.repaired) == "".join(ROWS)
        assert given_back(result) == first


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*ROWS, "刘芝要台旭学基巡", "A1 b2", "第3版", "。"]), min_size=1, max_size=6))
def test_a_reading_beside_itself_changes_nothing_more(rows: list[str]) -> None:
    for data, name in ((page(tuple(rows)), "a.json"), ("\n".join(rows).encode(), "a.txt")):
        alone, both = REPAIRER(data, name), REPAIRER.merge([(name, data), (f"b{name}", data)])
        assert both.repaired == alone.repaired
        assert both.journal.records == alone.journal.records


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from([*ROWS, "黑恶势力得到有效遇制", "第3版"]), min_size=1, max_size=5),
    st.lists(st.sampled_from([*ROWS, "黑恶势力得到有效遏制", "第8版"]), min_size=1, max_size=5),
)
def test_undo_is_exact_and_a_second_run_changes_nothing(one: list[str], two: list[str]) -> None:
    for first, second in (
        (page(tuple(one)), page(tuple(two))),
        ("\n".join(one).encode(), "\n".join(two).encode()),
    ):
        name = "json" if first.startswith(b"{") else "txt"
        documents = [read(first, f"a.{name}"), read(second, f"b.{name}")]
        at = readings.base_of(documents)
        result = REPAIRER.document(readings.merged(documents, at))
        assert given_back(result) == (first, second)[at]
        assert REPAIRER(result.repaired).repaired == result.repaired


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "1.json").write_bytes(page(ROWS))
    (tmp_path / "1.txt").write_text("\n".join(ROWS), "utf-8")
    out = tmp_path / "out"
    assert run(["merge", str(tmp_path / "1.json"), str(tmp_path / "1.txt"), "-o", str(out)]) == 0
    assert solid((out / "1.clean.txt").read_text("utf-8")) == "".join(ROWS)
    assert run(["undo", str(out / "1.journal.json"), "-o", str(tmp_path / "again.json")]) == 0
    assert (tmp_path / "again.json").read_bytes() == page(ROWS)
    capsys.readouterr()
    assert run(["merge", str(tmp_path / "1.json"), "-o", str(out), "--lang", "en"]) == 2
    assert "two or more readings" in capsys.readouterr().err
    assert run(["merge", str(tmp_path / "1.json"), str(tmp_path / "none.hocr")]) != 0
    assert "none.hocr" in capsys.readouterr().err
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2\xff" * 50)
    assert (
        run(["merge", str(tmp_path / "1.json"), str(tmp_path / "bad.txt"), "-o", str(tmp_path / "no")]) != 0
    )
    assert not (tmp_path / "no").exists()


def test_the_text_alone(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--stdout writes what the clean file would hold, and no file."""
    monkeypatch.chdir(tmp_path)
    Path("1.json").write_bytes(page(ROWS))
    Path("1.txt").write_text("\n".join(ROWS), "utf-8")
    assert run(["merge", "1.json", "1.txt", "-o", "out", "-q"]) == 0
    before = {*tmp_path.iterdir()}
    assert run(["merge", "1.json", "1.txt", "--stdout"]) == 0
    said = capfdbinary.readouterr()
    assert said.out == Path("out/1.clean.txt").read_bytes()
    assert said.err == b""
    assert run(["merge", "1.json", "1.txt", "--stdout", "--format", "json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)
    for more in (["-o", "out"], ["--diff"], ["-v"]):
        assert run(["merge", "1.json", "1.txt", "--stdout", *more]) == 2
    assert {*tmp_path.iterdir()} == before


def test_what_is_wrong_with_a_picture_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As of one file."""
    (tmp_path / "1.txt").write_text("\n".join(ROWS), "utf-8")
    (tmp_path / "2.txt").write_text("\n".join(ROWS), "utf-8")
    told = []
    for command in ("fix", "merge"):
        files = [str(tmp_path / name) for name in ("1.txt", "2.txt")]
        more = ["-o", str(tmp_path / command), "--scan", str(tmp_path / "none.png"), "-q", "--lang", "en"]
        assert run([command, *files, *more]) == 0
        told.append(capsys.readouterr().err)
    assert "none.png" in told[0]
    assert told[0] == told[1]
