"""Every command once as the installed `ocrfix`, in a process of its own; what each does, others test."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import SAMPLES, Run
from made_engine_files import hocr

from cleanup.cli.plain import COMMANDS, GROUPS

TEXT = "会议(扩大)昨日召开 , 讨论了问题。工程己经完成。\n"
_SEQUENCE = (
    "fix page.txt --roster people.csv -o one -q",
    "merge page.hocr other.hocr -o merged -q",
    "batch in -o out --workers 1 -q",
    "survey in -o surveyed -q",
    "apply out --all -q",
    "undo one/page.journal.json --stdout",
    "eval page.txt truth.txt",
    "estimate page.txt",
    "rules",
    "explain spaces.between-han",
    "schema journal",
    "init",
    "decisions export out",
    "roster check people.csv",
    "train lm many.txt -o own.bin --size 0.3",
    "tune out",
)
_ELSEWHERE = {"review": "tests/test_review.py"}


def test_every_command(installed: Run, tmp_path: Path) -> None:
    page, truth = (SAMPLES / "tesseract" / name for name in ("page.txt", "truth.txt"))
    files = {
        "page.txt": TEXT.encode(), "other.txt": page.read_bytes(), "truth.txt": truth.read_bytes(),
        "in/p1.txt": TEXT.encode(), "page.hocr": hocr().encode(), "other.hocr": hocr().encode(),
        "people.csv": "姓名,职务\n胡文衡,市长\n".encode(), "many.txt": TEXT.encode() * 99,
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    said = {}
    for line in _SEQUENCE:
        done = installed(*line.split())
        assert done.returncode == 0, (line, done.stderr.decode())
        said[line.split()[0]] = done.stdout.decode()
    clean = (tmp_path / "one" / "page.clean.txt").read_text("utf-8")
    assert clean == "会议（扩大）昨日召开，讨论了问题。工程已经完成。\n"
    assert said["undo"] == TEXT
    assert json.loads(said["schema"])["$defs"]
    assert set(said) | set(_ELSEWHERE) == {*COMMANDS, *GROUPS}
