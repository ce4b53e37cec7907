"""Pages made whole: furniture, jump lines, joins; and figures on the shared bench where it is there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.measure.layout import measure
from cleanup.model.journal import Fact, Furniture, Stitch
from cleanup.model.result import Result

PAGE = """渝州日报  2021年3月4日 星期四  第1版
临溪县修好三座石拱桥
本报讯（记者 顾小满）春天来了，临溪县的三座石拱
桥都修好了，其中两座已经通车，另一座还在铺设桥
面，预计下个月可以通车。村里的老人都说，从前过河
要绕路二十里，如今几步就到。
县里还打算在河边种树，并且把去年冲毁的水渠一并
修好，让下游的农田用上河
（下转2版）
— 1 —
\f渝州口报  202]年3月4日 星期四  第2版
(上接1版)
水。这件事由县水利局负责，工期三个月，所需的钱已
经筹齐，材料也运到了工地上。
— 2 —
"""


def _run(text: str, furniture: Furniture = "drop") -> Result:
    return repair_document(from_text(text, "page.txt"), settings=Settings(furniture=furniture))


def test_page_is_made_whole() -> None:
    result = _run(PAGE)
    assert "用上河水。这件事" in result.repaired
    assert "日报" not in result.repaired
    assert "临溪县修好三座石拱桥\n本报讯" in result.repaired
    assert result.undo() == PAGE
    assert not _run(result.repaired).journal.applied


def test_facts_and_stitches_stand_in_the_journal() -> None:
    structure = _run(PAGE).journal.structure
    assert Fact("paper", "渝州日报", 1, 1) in structure.facts
    assert Fact("page", "第2版", 12, 2) in structure.facts
    assert [(stitch.to, stitch.origin) for stitch in structure.stitches] == [(2, 1)]
    assert isinstance(structure.stitches[0], Stitch)


def test_the_other_end_may_begin_a_paragraph() -> None:
    source = PAGE.replace("(上接1版)\n水。", "(上接]版)水。")
    result = _run(source)
    assert "用上河水。这件事" in result.repaired
    assert [(stitch.to, stitch.origin) for stitch in result.journal.structure.stitches] == [(2, 1)]
    assert result.undo() == source


def test_furniture_kept() -> None:
    repaired = _run(PAGE, "keep").repaired
    for line in ("渝州日报  2021年3月4日 星期四  第1版", "— 1 —", "（下转2版）"):
        assert line in repaired.splitlines()


def test_furniture_marked() -> None:
    result = _run(PAGE, "mark")
    assert "〔版面〕渝州日报" in result.repaired
    assert not _run(result.repaired, "mark").journal.applied


def test_long_files_take_linear_time() -> None:
    def seconds(copies: int) -> float:
        start = time.process_time()
        repair_document(
            from_text("\f".join([PAGE] * copies), "page.txt"), settings=Settings(only=("layout",))
        )
        return time.process_time() - start

    seconds(5)
    assert seconds(200) < 20 * seconds(20)


def test_bench_pages(shared: Path) -> None:
    figures = measure(shared / "bench" / "ocr-dev")
    assert figures["furniture_gone"] >= 0.98
    assert sum(figures["lost_per_10000"].values()) <= 1
    assert figures["joins"] >= 0.95


def test_bench_pages_in_traditional_script(shared: Path) -> None:
    figures = measure(shared / "bench" / "ocr-trad-dev")
    assert figures["furniture_gone"] >= 0.98
    assert sum(figures["lost_per_10000"].values()) <= 1
    assert figures["joins"] >= 0.95


@pytest.mark.parametrize("name", ["peoplesdaily_2023_24_sents", "provincial_gov_reports_2026_heldout"])
def test_clean_text_is_neither_joined_nor_cut(shared: Path, name: str) -> None:
    text = (shared / "bench" / "clean" / f"{name}.clean.txt").read_text("utf-8")
    result = repair_document(from_text(text, f"{name}.txt"), settings=Settings(only=("layout",)))
    assert {record.rule for record in result.journal.applied} <= {"layout.trailing-space"}
