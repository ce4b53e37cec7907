"""The pages of docs/ that show code: every block runs, each section on its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES

_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
_OPTIONAL = re.compile(r"^(?:import|from) (pandas|datasets)\b", re.M)


def _blocks() -> Iterator[tuple[str, str]]:
    for page in sorted((ROOT / "docs").glob("*.md")):
        for section in re.split(r"^## ", page.read_text("utf-8"), flags=re.M)[1:]:
            title = section.partition("\n")[0]
            for number, block in enumerate(_BLOCK.findall(section), 1):
                yield f"{page.name}: {title} {number}", block


BLOCKS = dict(_blocks())


def test_there_are_examples() -> None:
    assert sum(name.startswith("api.md") for name in BLOCKS) >= 10


@pytest.mark.parametrize("name", BLOCKS)
def test_examples_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = BLOCKS[name]
    for package in _OPTIONAL.findall(block):
        pytest.importorskip(package, reason=f"needs {package}: pip install -e .[dev]")
    sample = SAMPLES / "tesseract"
    shutil.copy(sample / "page.txt", tmp_path)
    shutil.copy(sample / "roster.csv", tmp_path)
    (tmp_path / "scans").mkdir()
    for number in (1, 2):
        (tmp_path / "scans" / f"p{number}.txt").write_text(f"第{number}期工程己经完成。\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, name, "exec"), {"__name__": "__main__"})
