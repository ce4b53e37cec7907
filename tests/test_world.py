"""Pages of every kind: what a reader would have comes out, and what is no text stays."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT


def _said(*command: str | Path) -> str:
    run = subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )
    return run.stdout


def test_pages_and_cases_of_every_kind(shared: Path) -> None:
    said = _said(shared / "bench" / "world" / "run.py")
    share = re.search(r"^(\d\.\d+) of \d+$", said, re.M)
    assert share, said
    assert float(share[1]) >= 0.96, said


def test_volumes_of_official_papers_keep_their_lines(shared: Path) -> None:
    for seed in (7, 23):
        said = _said(shared / "bench" / "world" / "volumes.py", str(seed))
        assert said.startswith("0 of "), said


def test_what_is_no_text_stays_in_right_markdown(shared: Path, tmp_path: Path) -> None:
    for page in (shared / "bench" / "right").glob("*.md"):
        if page.name != "README.md":
            shutil.copy(page, tmp_path)
    worst = _said(shared / "bench" / "right" / "run.py", tmp_path).rpartition("worst ")[2]
    assert "'opaque': 0" in worst, worst
    assert "'words': 0" in worst, worst
