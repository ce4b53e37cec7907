"""`--to`: the whole text in another script."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

from cleanup import repair
from cleanup.engine.repair import Settings
from cleanup.model.journal import Policy, Script


@pytest.mark.parametrize(("to", "expected"), [("hant", "李瑞乾來到軟件園。"), ("tw", "李瑞乾來到軟件園。")])
def test_to_keeps_protected_words(to: Script, expected: str) -> None:
    text = "李瑞乾来到软件园。"
    result = repair(text, settings=Settings(Policy(protect=("软件",)), only=("script",), to=to))
    assert result.repaired == expected.replace("軟件", "软件")
    assert result.undo() == text


def test_to_simplified_keeps_the_roster(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("姓名,职务\n李瑞乾,主任\n", "utf-8")
    result = repair("李瑞乾談乾旱。", tmp_path / "people.csv", Settings(only=("script",), to="hans"))
    assert result.repaired == "李瑞乾谈干旱。"


def test_to_on_the_command_line(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("李瑞乾主持国务院会议，研究经济工作。\n", "utf-8")
    (tmp_path / "people.csv").write_text("姓名,职务\n李瑞乾,主任\n", "utf-8")
    done = ocrfix("page.txt", "--roster", "people.csv", "--to", "hant", "--stdout")
    assert done.stdout.decode() == "李瑞乾主持國務院會議，研究經濟工作。\n"
    assert ocrfix("page.txt", "--to", "latin", "--stdout").returncode == 2
