"""Pages made whole: furniture, jump lines, joins; and figures on the shared bench where it is there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench.layout import measure
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.model.described import Fact, Stitch
from cleanup.model.fix import Applicability
from cleanup.model.journal import Furniture, Policy
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
    assert figures["joins"] >= 0.94


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


PARAGRAPH = (
    "全县春耕现场会昨天在临溪镇召开，各乡镇负责人和种粮大户参加了会议。会议要求，各地要抓紧抢修水渠，备足种子和"
    "化肥，确保三月底前把早稻秧苗全部育好。县农业农村局还派出十二支技术小分队，进村入户指导农民开展田间管理，解决"
    "缺水、缺肥和病虫害等问题。供销社从外地调进了八百吨化肥，价格比去年低一成。"
)
BODY = [PARAGRAPH[at : at + 20] for at in range(0, len(PARAGRAPH), 20)]


@pytest.mark.parametrize(
    "box",
    [
        ["导读", "新茶馆开张 详见3版", "古桥完工 4版刊登"],
        ["图为临溪镇的农机合作社。 顾小满 摄"],
        ["本报记者 江勇程"],
        ["▲农机合作社的院子 顾小满 摄"],
    ],
)
def test_boxes_amid_a_paragraph_are_flagged_and_never_joined(box: list[str]) -> None:
    source = "\n".join((*BODY[:4], *box, *BODY[4:])) + "\n"
    only = ("layout", "suspicions")
    result = repair_document(from_text(source, "page.txt"), settings=Settings(only=only))
    assert result.repaired.splitlines()[1:-1] == box
    (found,) = (record for record in result.journal.flags if record.rule == "suspicions.misplaced")
    assert found.evidence[1].startswith("→ ")
    policy = Policy(Applicability.SUGGEST)
    moved = repair_document(from_text(source, "page.txt"), settings=Settings(policy, only))
    assert moved.repaired.splitlines() == [PARAGRAPH, *box]
    assert moved.undo() == source


def test_items_of_lists_are_joined_to_their_next_lines() -> None:
    text = PARAGRAPH
    items = ["\n".join(("● " + text)[at : at + 20] for at in range(0, len(text) + 2, 20)) for _ in range(2)]
    repaired = _run("\n".join((*items, "1. 备足种子", "2. 检修农机", *BODY)) + "\n").repaired
    assert repaired.splitlines() == ["● " + text, "● " + text, "1. 备足种子", "2. 检修农机", text]


def test_verse_without_punctuation_stays() -> None:
    poem = (
        "河水慢慢地流过石桥\n田里的人抬头看看天\n燕子飞回去年的屋檐\n孩子在路上追着风跑\n炊烟一缕一缕升起来\n"
        "老人坐在门口晒太阳\n水牛站在柳树下吃草\n远处的山还戴着白帽\n近处的田已换上绿袄\n"
    )
    assert _run(poem).repaired == poem


def test_lists_without_punctuation_stay() -> None:
    places = (
        "东莞市",
        "湛江经济技术开发区",
        "惠州市大亚湾开发区",
        "济南高新区",
        "淄博高新技术开发区",
        "泰安高新区",
    )
    courts = "\n".join(f"{place}第一人民法院" for place in places) + "\n"
    assert _run(courts).repaired == courts


@pytest.mark.parametrize("name", ["ocr-dev", "ocr-trad-dev", "ocr-dev-clean"])
def test_a_second_run_changes_nothing(shared: Path, name: str) -> None:
    for page in sorted((shared / "bench" / name).glob("*.ocr.txt"))[::4]:
        once = repair_document(
            from_text(page.read_text("utf-8"), "p.txt"), settings=Settings(only=("layout",))
        )
        again = repair_document(from_text(once.repaired, "p.txt"), settings=Settings(only=("layout",)))
        assert not again.journal.applied, page.name
