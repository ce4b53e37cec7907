"""The README's commands, run as they stand."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run
from openpyxl import Workbook

from cleanup import repair


def _commands(name: str, heading: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8").split(f"\n## {heading}\n")[1]
    match = re.search(r"```sh\n(.*?)```", text, re.S)
    assert match
    lines = (line.split("  #")[0].strip() for line in match[1].splitlines())
    return [line for line in lines if line.startswith("ocrfix")]


@pytest.mark.parametrize(
    ("english", "chinese"), [("Start", "开始"), ("Commands", "命令"), ("Whole archives", "整个档案")]
)
def test_both_languages_give_the_same_commands(english: str, chinese: str) -> None:
    assert _commands("README.md", english) == _commands("README.zh.md", chinese)


def test_first_command(ocrfix: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    (command,) = _commands("README.md", "Start")
    done = ocrfix(*shlex.split(command)[1:])
    assert done.returncode == 0, done.stderr.decode()
    for ending in ("clean.md", "report.html", "journal.json"):
        assert (tmp_path / "samples" / "vision-model" / f"page.{ending}").stat().st_size


def test_commands(ocrfix: Run, tmp_path: Path) -> None:
    page = (ROOT / "samples" / "tesseract" / "page.txt").read_bytes()
    (tmp_path / "more").mkdir()
    for place in ("page.txt", "more/other.txt"):
        (tmp_path / place).write_bytes(page)
    truth = (ROOT / "samples" / "tesseract" / "truth.txt").read_bytes()
    (tmp_path / "truth.txt").write_bytes(truth)
    for folder, data in (("truths", truth), ("ocr", page), ("clean", truth)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_bytes(data)
    book = Workbook()
    book.active.append(["姓名", "职务", "别名"])
    book.active.append(["乔四海", "村党支部书记", "老乔"])
    book.save(tmp_path / "people.xlsx")
    (tmp_path / "words.tsv").write_text("卡点堵点\tstays\n", "utf-8")
    assert ocrfix("page.txt", "-q").returncode == 0
    journal = json.loads((tmp_path / "page.journal.json").read_bytes())
    applied = next(record["id"] for record in journal["records"] if record["status"] == "applied")
    for command in _commands("README.md", "Commands"):
        words = [applied if word == "3fa9c1d2e4b5" else word for word in shlex.split(command)[1:]]
        if "more/*.txt" in words:
            words[words.index("more/*.txt")] = "more/other.txt"
        if words[0] == "undo":
            ocrfix("page.txt", "-q")
        done = ocrfix(*words)
        assert done.returncode == 0, (command, done.stderr.decode())
    assert (tmp_path / "page.again.txt").read_bytes() == page


def test_archive_commands(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    shutil.copy(ROOT / "samples" / "tesseract" / "page.txt", tmp_path / "archive" / "p1.txt")
    for command in _commands("README.md", "Whole archives"):
        words = shlex.split(command)[1:]
        if "--watch" not in words:
            done = ocrfix(*words)
            assert done.returncode in (0, 8), (command, done.stderr.decode())
    assert (tmp_path / "out" / "p1.clean.txt").stat().st_size


def test_rosters_of_every_kind(tmp_path: Path) -> None:
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
