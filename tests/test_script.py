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


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("排除干扰，松脆饼干，抓斗，皇后与后来，李瑞乾说。", "hant"),
        ("公里、家里、后里，白干了，干了。\n干\n台上", "tw"),
        ("徐乾學、王汎森說乾隆年間乾旱。", "hans"),
    ],
)
def test_what_was_converted_is_not_converted_again(text: str, to: Script, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("姓名,职务\n李瑞乾,主任\n", "utf-8")
    settings = Settings(only=("script",), to=to)
    once = repair(text, tmp_path / "people.csv", settings)
    assert once.repaired != text
    assert repair(once.repaired, tmp_path / "people.csv", settings).repaired == once.repaired


def test_markdown_keeps_code_and_targets() -> None:
    settings = Settings(only=("script",), to="hant")
    result = repair("见`软件`与[链接](文件/说明.md)，软件。", settings=settings, name="page.md")
    assert result.repaired == "見`软件`與[鏈接](文件/说明.md)，軟件。"
