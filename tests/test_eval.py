"""`ocrfix eval` on the command line."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from conftest import SAMPLES, Run


def test_eval_of_files_repairs_them_itself(ocrfix: Run, tmp_path: Path) -> None:
    page = SAMPLES / "tesseract"
    done = ocrfix("eval", page / "truth.txt", page / "page.txt", "-o", "out", "--lang", "en")
    assert done.returncode == 0, done.stderr.decode()
    assert "with its default settings" in done.stdout.decode()
    found = json.loads((tmp_path / "out" / "eval.json").read_bytes())
    assert found["figures"]["cer.clean"]["value"] < found["figures"]["cer.ocr"]["value"]
    assert found["rules"]
    report = (tmp_path / "out" / "eval.html").read_text("utf-8")
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|https?:", report)
    cells = re.findall(r"<span data-k=[^>]*>(.*?)</span>", report)
    assert (page / "truth.txt").read_text("utf-8").split("\n")[0] in unescape("".join(cells))
    assert "| CER |" in (tmp_path / "out" / "eval.md").read_text("utf-8")


def test_eval_of_a_folder_takes_clean_texts_with_their_journals(ocrfix: Run, tmp_path: Path) -> None:
    for name in ("tesseract", "pp-ocr"):
        shutil.copy(SAMPLES / name / "truth.txt", tmp_path / f"{name}.gt.txt")
        shutil.copy(SAMPLES / name / "page.txt", tmp_path / f"{name}.ocr.txt")
    (tmp_path / "lonely.gt.txt").write_text("没有伴。", "utf-8")
    assert ocrfix(*sorted(tmp_path.glob("*.ocr.txt")), "-q").returncode == 0
    done = ocrfix("eval", ".", ".", ".", "--format", "json", "--lang", "zh")
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert (found["documents"], found["journals"]) == (2, 2)
    assert found["unpaired"] == ["lonely.gt.txt"]
    assert "lonely.gt.txt" in done.stderr.decode()
    # A clean text that is not its journal's any more is measured without it.
    with (tmp_path / "pp-ocr.ocr.clean.txt").open("a", encoding="utf-8") as stream:
        stream.write("后添一行\n")
    found = json.loads(ocrfix("eval", ".", ".", ".", "--format", "json").stdout)
    assert found["journals"] == 1


def test_eval_of_the_ocr_alone(ocrfix: Run) -> None:
    page = SAMPLES / "tesseract"
    done = ocrfix("eval", page / "truth.txt", page / "page.txt", "--ocr-only", "--format", "json")
    assert done.returncode == 0
    assert not [name for name in json.loads(done.stdout)["figures"] if "clean" in name or name == "cer_cut"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("missing", "page.txt"), 3),
        (("folder", "page.txt"), 2),
        (("folder", "folder"), 3),
        (("page.txt", "page.txt", "page.txt", "--ocr-only"), 2),
        (("page.txt", "empty.txt"), 3),
    ],
)
def test_eval_says_what_is_wrong(ocrfix: Run, tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "page.txt").write_text("今天，会议召开。", "utf-8")
    (tmp_path / "empty.txt").write_text("")
    for lang in ("zh", "en"):
        done = ocrfix("eval", *arguments, LC_ALL=f"{lang}.UTF-8")
        assert done.returncode == code
        assert done.stderr.startswith(b"ocrfix: ")
        assert b"Traceback" not in done.stderr
