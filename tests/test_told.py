"""What commands tell beside their output: in the language that was asked for, with commands to copy, and
nothing left behind where there was nothing to do."""

from __future__ import annotations

import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import POSIX, Run, Told
from review_results import results

from cleanup.archive.decided import decisions
from cleanup.cli import plain, review
from cleanup.formats.encoding import InputError, decode
from cleanup.formats.sentences import said
from cleanup.model.errors import Exit
from cleanup.model.file_names import quoted

TEXT = "工程己经完成。\n"
STOPPED = {
    "batch emptyd -o x": Exit.INPUT,
    "batch nowhere -o x": Exit.INPUT,
    "batch nowhere neither -o x --dry-run": Exit.INPUT,
    "batch nowhere -o x --watch": Exit.INPUT,
    "batch archive": Exit.USAGE,
    "review nowhere": Exit.INPUT,
    "review emptyd": Exit.INPUT,
    "apply nowhere": Exit.INPUT,
    "undo X.journal.json": Exit.USAGE,
    "undo X.journal.json --stdout": Exit.INPUT,
    "decisions export emptyd": Exit.INPUT,
    "nowhere.txt": Exit.INPUT,
}


def _is_chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


@pytest.mark.parametrize("line", STOPPED)
def test_what_stops_a_command_is_told_in_the_language_asked_for(
    line: str, ocrfix: Run, tmp_path: Path
) -> None:
    (tmp_path / "emptyd").mkdir()
    for asked, locale, chinese in (("zh", "C.UTF-8", True), ("en", "zh_CN.UTF-8", False)):
        done = ocrfix(*line.split(), "--lang", asked, LC_ALL=locale)
        assert done.returncode == STOPPED[line]
        told = done.stderr.decode()
        assert told.count("\n") == 1
        assert _is_chinese(told) == chinese, told
    assert [place.name for place in tmp_path.iterdir()] == ["emptyd"], "nothing is written"


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("batch a --lang zh", "zh"),
        ("batch a --lang=en", "en"),
        ("a --lang en --lang zh", "zh"),
        ("", None),
        ("a", None),
        ("a --lang", None),
        ("a --lang fr", None),
        ("a -- --lang zh", None),
    ],
)
def test_the_language_of_a_command_line(line: str, lang: str | None) -> None:
    assert plain.language(line.split()) == lang


@POSIX
@pytest.mark.parametrize("path", ["out", "out put", "输出", "it's", "a$HOME", "（新）", "甲　乙"])
def test_a_path_in_a_command_is_one_word_of_a_shell(path: str) -> None:
    assert shlex.split(f"ocrfix review {quoted(path)}")[2:] == [path]
    assert (quoted(path) == path) == (path in ("out", "输出"))


def test_a_batch_tells_what_it_left(told: Told, tmp_path: Path) -> None:
    folder = tmp_path / "in put"
    folder.mkdir()
    for name, text in {
        "a.txt": TEXT, "a.png": "a picture of it", "b.png": "another", "c.json": '{"x": 1}', "e.txt": "",
        "f.txt": "", "ocrfix.toml": "",
    }.items():  # fmt: skip
        (folder / name).write_text(text, "utf-8")
    line = ("batch", "in put", "-o", "out put", "--workers", "1")
    first = told(*line)
    assert first.returncode == Exit.SOME_FAILED
    assert "ocrfix: 2 failed (fix" in first.stderr
    assert "2 other files are not read (b.png is the first)" in first.stderr
    assert "1 pages repaired, 2 failed, of 3;" in first.stderr
    command = first.stderr.strip().rpartition("To review: ")[2]
    assert shlex.split(command) == ["ocrfix", "review", "out put"]
    (folder / "f.txt").write_text("  \n", "utf-8")
    again = told(*line)
    assert "2 failed, 1 of them in earlier runs and not tried again" in again.stderr
    assert "f.txt: the file holds only white space" in again.stderr
    third = told(*line)
    assert "2 failed, 2 of them in earlier runs" in third.stderr
    assert "0 pages repaired, 2 failed, of 3;" in third.stderr
    asked = told(*line, "--include", "*.txt", "--retry")
    assert "2 failed (fix" in asked.stderr
    assert "not read" not in asked.stderr, "names were asked for"


def test_one_of_several_inputs_that_is_missing_stops_no_other(told: Told, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = told("batch", "a.txt", "b.txt", "-o", "out", "--workers", "1", "--no-survey")
    assert done.returncode == Exit.SOME_FAILED
    assert "b.txt: no such file" in done.stderr
    assert (tmp_path / "out" / "a.clean.txt").exists()


@pytest.mark.parametrize(
    ("data", "word"), [(b"", "is empty"), (b"\xef\xbb\xbf", "is empty"), (b" \n", "white")]
)
def test_white_space_is_not_called_empty(data: bytes, word: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, dict, "utf-8")
    assert word in said(caught.value).en


@pytest.mark.parametrize("read_only", [False, True])
def test_ctrl_c_is_the_end_of_a_review(
    read_only: bool, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results(tmp_path / "out put", range(1, 2))

    def run(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(review, "_server", lambda _app: SimpleNamespace(run=run))
    done = told("review", "out put", "--port", "0", "--lang", "zh", *["--read-only"] * read_only)
    assert done.returncode == Exit.DONE
    assert "中断" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ocrfix: 审校页面已关闭。")
    assert ("ocrfix apply" in last) != read_only


def test_ctrl_c_is_told_in_the_language_asked_for(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_out: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(review, "check", check)
    done = told("review", "out", "--lang", "zh")
    assert (done.returncode, done.stderr) == (130, "ocrfix: 已中断；没有写到一半的文件。\n")


def test_what_is_written_is_told(told: Told, tmp_path: Path) -> None:
    results(tmp_path / "out", range(1, 2))
    journal = next((tmp_path / "out").rglob("*.journal.json"))
    done = told("undo", journal, "-o", "again.txt", "--lang", "zh")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "ocrfix: 原文已写入 again.txt\n")
    assert told("undo", journal, "-o", "again.txt", "-q").stderr == ""
    decisions.Store(decisions.place(tmp_path / "out")).close()
    done = told("decisions", "export", "out", "-o", "d.jsonl")
    assert done.stderr == "ocrfix: 0 decisions are written to d.jsonl\n"
    assert told("decisions", "export", "out", "-o", "d.jsonl", "-q").stderr == ""
