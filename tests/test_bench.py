"""Whole sets of the shared bench, and the real page; skipped where shared/ is absent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

from cleanup import repair
from cleanup.data.roster import Person, Roster
from cleanup.model.result import Result

PEOPLE = {
    "袁家军": "重庆市委书记",
    "胡衡华": "重庆市市长",
    "程丽华": "重庆市政协主席",
    "李明清": "重庆市委副书记",
    "蔡允革": "重庆市委常委、组织部部长",
    "石军": "中央组织部部务委员、组织二局局长",
    "王炯": "重庆市人大常委会主任",
    "赵乐际": "全国人大常委会委员长",
    "习近平": "中共中央总书记",
    "杨帆": "",
    "王天翔": "",
    "王翔": "",
}


def test_vision_model_set(shared: Path, ocrfix: Run, tmp_path: Path) -> None:
    """CER cut by 90 % and more, paragraphs right, next to nothing spoilt."""
    pages = sorted((shared / "bench" / "vlm-dev").glob("*.ocr.txt"))
    assert ocrfix(*pages, "-o", tmp_path, "-q").returncode == 0
    done = subprocess.run(
        [sys.executable, shared / "bench" / "score.py", shared / "bench" / "vlm-dev", tmp_path],
        capture_output=True,
        check=True,
    )
    figures = json.loads(done.stdout)
    assert figures["cer_cut"] >= 0.9
    assert figures["joins"] >= 0.97
    assert figures["spoilt"] <= 5


@pytest.fixture
def page(shared: Path) -> Result:
    (path,) = (shared / "real").glob("*.md")
    roster = Roster(tuple(Person(name, title) for name, title in PEOPLE.items()))
    return repair(path.read_bytes(), roster, name=path.name)


@pytest.mark.parametrize(
    "joined",
    [
        "坚持全市一盘棋", "以群众口碑", "部署要求上来，提高政治站位", "食品等重点领域", "高度重视、高度警醒",
        "导向，新时代新征程", "市六届人大一次会议", "深入贯彻落实赵乐际", "行业领域隐患大排查大整治",
        "风险隐患大排查大整治", "胡衡华 程丽华出席", "\n\n（下转6版）\n\n",
        "各位代表：\n\n我受", "各项目标任务。\n\n去年", "政治方向\n\n始终坚持",
    ],
)  # fmt: skip
def test_real_page_is_repaired(page: Result, joined: str) -> None:
    assert joined in page.repaired


def test_real_page_changes_nothing_else(page: Result) -> None:
    applied = [record.rule for record in page.journal.applied]
    assert applied.count("layout.join") == 8
    assert applied.count("layout.hard-break") == 4
    assert applied.count("repeats.set-phrase") == 2
    assert applied.count("names.run-together") == 1
    brackets = len(applied) - 15
    assert brackets == 1  # of the jump line
    assert [(jump.direction, jump.page) for jump in page.journal.structure.jumps] == [("to", 6)]
    marks = [line for line in page.original.splitlines() if line.startswith(("#", "- "))]
    assert marks == [line for line in page.repaired.splitlines() if line.startswith(("#", "- "))]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("suspicions.cut-paragraph", "安全生"),
        ("suspicions.same-lede", "本报讯（记者 杨帆）"),
        ("suspicions.garbled-heading", "4版刊登"),
        ("suspicions.office", "石军"),
    ],
)
def test_real_page_is_flagged(page: Result, rule: str, line: str) -> None:
    flagged = [record for record in page.journal.flags if record.rule == rule]
    assert len(flagged) == 1
    assert line in page.original.splitlines()[flagged[0].line - 1]


def test_clean_text_stays(shared: Path) -> None:
    """Statistics of official reports, already right: no word of them changes."""
    path = shared / "bench" / "clean" / "provincial_gov_reports_2026_heldout.clean.txt"
    applied = repair(path.read_bytes(), name=path.name).journal.applied
    assert {record.rule for record in applied} <= {"layout.join", "layout.trailing-space"}
    assert len(applied) <= 1  # one line starts with ；: a sentence cut by the extraction
