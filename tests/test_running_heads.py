"""Running heads without a grammar of their own, and what must not be taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.model.described import Fact
from cleanup.model.result import Result

TEXT = (
    "全县春耕现场会昨天在临溪镇召开，各乡镇负责人和种粮大户参加了会议。会议要求，各地要抓紧抢修水渠，备足种子和"
    "化肥，确保三月底前把早稻秧苗全部育好。县农业农村局还派出十二支技术小分队，进村入户指导农民开展田间管理，解决"
    "缺水、缺肥和病虫害等问题。供销社从外地调进了八百吨化肥，价格比去年低一成。县水利局对全县四十六座水库逐一检"
    "查，蓄水量比去年同期多两成，春灌用水有保障。气象部门预计，下周有一次降温过程，提醒农户注意秧苗防寒保暖。"
)
LINES = [TEXT[at : at + 20] for at in range(0, len(TEXT), 20)]


def _pages(heads: list[str], feet: list[str], size: int = 5) -> str:
    """The lines of TEXT, again and again, on pages with these heads and feet (empty: none)."""
    pages = []
    for number, (head, foot) in enumerate(zip(heads, feet, strict=True)):
        body = [LINES[at % len(LINES)] for at in range(number * size, (number + 1) * size)]
        pages.append("\n".join(line for line in (head, *body, foot) if line))
    return "\n\f".join(pages) + "\n"


def _run(text: str) -> Result:
    return repair_document(from_text(text, "book.txt"), settings=Settings(only=("layout",)))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _body(pages: int, size: int = 5) -> str:
    return "".join(LINES[at % len(LINES)] for at in range(pages * size))


@pytest.mark.parametrize(
    ("heads", "feet"),
    [
        ([["临溪县志", "第三编 农业水利"][at % 2] for at in range(8)], [""] * 8),
        (
            [["临溪县志", "第三编 农业水利", "临溪具志", "第三编 农业木利"][at % 4] for at in range(8)],
            [""] * 8,
        ),
        ([f"临溪文史资料 {at + 31}" for at in range(2)], [""] * 2),
        ([""] * 6, [str(at + 101) for at in range(6)]),
        (["临溪文史资料"] * 5, [f"第{at + 9}页" for at in range(5)]),
    ],
    ids=["odd and even", "damaged", "two pages with numbers", "numbers alone", "head and foot"],
)
def test_heads_that_come_again_are_taken_out(heads: list[str], feet: list[str]) -> None:
    source = _pages(heads, feet)
    result = _run(source)
    assert _squeezed(result.repaired) == _body(len(heads))
    assert result.undo() == source
    assert not _run(result.repaired).journal.applied


def test_heads_become_facts() -> None:
    facts = _run(_pages(["临溪文史资料 31", "临溪文史资料 32"], ["", ""])).journal.structure.facts
    assert Fact("number", "32", 8, 2) in facts
    (first, *_) = _run(_pages(["临溪文史资料"] * 3, [""] * 3)).journal.structure.facts
    assert first == Fact("head", "临溪文史资料", 1, 1)


def test_heads_where_nothing_marks_pages() -> None:
    lines = [LINES[at % len(LINES)] for at in range(45)]
    for at in (5, 20, 33):
        lines.insert(at, "临溪县志")
    result = _run("\n".join(lines) + "\n")
    assert "县志" not in result.repaired


def test_titles_of_forms_and_signatures_stay() -> None:
    page = (
        "临溪镇村民代表会议记录\n时间：2021年3月{}日\n"
        + "\n".join(LINES)
        + "\n临溪镇人民政府\n2021年3月{}日\n"
    )
    source = "\f".join(page.format(day, day) for day in range(1, 9))
    result = _run(source)
    assert _squeezed(result.repaired) == _squeezed(source)
    assert {record.applicability for record in result.journal.withheld} == {"suggest"}


def test_years_and_articles_at_the_top_of_pages_stay() -> None:
    for heads in ([f"{1950 + at}年" for at in range(8)], [f"第{number}条" for number in "一二三四五六七八"]):
        source = _pages(heads, [""] * 8, len(LINES))
        assert _squeezed(_run(source).repaired) == _squeezed(source)


def test_damaged_head_between_columns() -> None:
    source = "\n".join((*LINES[:4], "T.人目报", "2", *LINES[4:])) + "\n"
    assert _squeezed(_run(source).repaired) == TEXT


def test_pages_in_one_file_lose_no_more(shared: Path) -> None:
    """Pages put into one file lose nothing but their furniture, as pages alone do."""
    lost, pages = 0, sorted((shared / "bench" / "ocr-dev").glob("*.ocr.txt"))[::2]
    alone = {
        line
        for page in pages
        for record in _run(page.read_text("utf-8")).journal.records
        if record.rule == "layout.furniture"
        for line in [record.edits[0].before.strip()]
    }
    together = _run("\f".join(page.read_text("utf-8") for page in pages))
    for record in together.journal.applied:
        if record.rule == "layout.furniture" and record.edits[0].before.strip() not in alone:
            lost += len(_squeezed(record.edits[0].before))
    assert lost <= 20


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["临溪县志", "第三编 农业水利", "", "7", "（下转2版）"]), min_size=2, max_size=9
    ),
    st.integers(3, 9),
)
def test_text_is_never_lost(heads: list[str], size: int) -> None:
    source = _pages(heads, [""] * len(heads), size)
    result = _run(source)
    assert _body(len(heads), size) in "".join(
        char for char in _kept(result.repaired, heads) if not char.isspace()
    )
    assert result.undo() == source


def _kept(text: str, heads: list[str]) -> str:
    for head in sorted(set(heads), key=len, reverse=True):
        if head and head != "7":
            text = text.replace(head, "")
    return text.replace("7", "")


def _books(pages: int, first: str, head: str, number: int) -> str:
    """Pages with a head above their number; on the first the number alone, above what opens the text."""
    texts = []
    for page in range(pages):
        lines = [LINES[at % len(LINES)] for at in range(page * 5, page * 5 + 5)]
        top = f"{number}\n\n{first}\n" if page == 0 else f"{head}\n\n{number + page}\n"
        texts.append(f"{top}\n" + "\n".join(lines) + "\n")
    return "\n\f".join(texts)


@pytest.mark.parametrize(
    "first",
    ["临溪春耕纪事", "临溪春耕纪事\n（一九五六年十二月）", "临溪春耕纪事\n王小河"],
    ids=["", "date", "author"],
)
def test_the_title_that_heads_repeat_stays(first: str) -> None:
    repaired = _run(_books(6, first, "临溪春耕纪事", 110)).repaired
    assert _squeezed(repaired) == _squeezed(first) + _body(6)
    assert repaired.lstrip().startswith("临溪春耕纪事\n")


@pytest.mark.parametrize(("pages", "stay"), [(3, True), (5, True), (6, False), (9, False), (30, False)])
def test_a_head_on_every_page_is_the_surer_the_more_pages_there_are(pages: int, stay: bool) -> None:
    """Each page ends with a sentence."""
    source = "\n\f".join(f"临溪公司 2021 年半年度报告\n\n{TEXT}" for _ in range(pages))
    left = _run(source).repaired.count("半年度报告")
    assert left == (pages if stay else 0)


def test_sources_are_no_furniture() -> None:
    notes = "\n".join(f"[^3-{at}]: 《临溪晚报》，2005年3月{at}日，第{at}版" for at in range(1, 8))
    source = f"# 春耕\n\n{TEXT}[^3-1]\n\n{notes}\n"
    only = Settings(only=("layout.furniture", "layout.footnotes"))
    assert repair_document(from_text(source, "a.md"), settings=only).repaired == source
