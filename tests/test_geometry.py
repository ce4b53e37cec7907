"""Reading order on made newspaper pages and, where they are, on scanned ones."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from bench.boxed_pages import make, score
from cleanup import witness
from cleanup.geometry import order
from cleanup.model.box import Box, BoxedLine, BoxedPage, BoxedWord
from cleanup.model.placed import GOES_ON

SCANS = ROOT.parent / "shared" / "bench" / "scans"


def test_made_pages() -> None:
    """Several articles, pictures, vertical headlines and setting, spreads, boxes over gutters."""
    total: Counter[str] = Counter()
    for seed in range(5000, 5030):
        total += score(make(seed))
    assert total["right"] >= 0.955 * total["steps"]
    assert total["furniture found"] >= 0.98 * total["furniture"]
    assert total["captions inside"] <= 5 < total["captions"]
    assert total["lost"] <= 1  # a page's last line, beside a speck at its foot


def _page(rows: list[tuple[str, float, float, float, float]]) -> BoxedPage:
    return BoxedPage(1, tuple(BoxedLine(text, Box(x, y, x + w, y + h)) for text, x, y, w, h in rows))


def _column(text: str, x: float, y: float, rows: int) -> list[tuple[str, float, float, float, float]]:
    return [(text * 10, x, y + 32 * at, 200, 22) for at in range(rows)]


def test_a_box_over_the_gutter_is_two_lines() -> None:
    rows = [*_column("左", 50, 100, 6), *_column("右", 290, 100, 6)]
    rows = [row for row in rows if row[2] != 164]
    rows.append(("左" * 10 + "右" * 10, 50, 164, 440, 22))
    assert [row.text for row in order(_page(rows)).rows] == ["左" * 10] * 6 + ["右" * 10] * 6


def test_rows_of_a_list_between_full_lines_are_read_across() -> None:
    full = "全" * 24
    rows = [(full, 50.0, 100.0 + 32 * at, 480.0, 22.0) for at in (0, 1, 4, 5, 6)]
    for height in (164.0, 196.0):
        rows += [("左左左左", 90.0, height, 80.0, 22.0), ("右右右右", 330.0, height, 80.0, 22.0)]
    texts = [row.text for row in order(_page(rows)).rows]
    assert texts == [full, full, "左左左左右右右右", "左左左左右右右右", full, full, full]


def test_vertical_columns_run_from_the_right() -> None:
    rows = [(str(at) * 8, 500.0 - 40 * at, 100.0, 26.0, 240.0) for at in range(8)]
    layout = order(_page(rows))
    assert layout.vertical
    assert [row.text[0] for row in layout.rows] == list("01234567")


def test_a_vertical_headline_reads_from_the_right_and_letter_by_letter() -> None:
    columns = [*_column("左", 250, 100, 12), *_column("右", 490, 100, 12)]
    boxed = [("先读右行", 180.0, 100.0, 40.0, 200.0), ("后读左行", 120.0, 100.0, 40.0, 200.0)]
    letters = [
        (char, x, 100.0 + 50 * at, 40.0, 40.0)
        for text, x in (("先读右行", 180.0), ("后读左行", 120.0))
        for at, char in enumerate(text)
    ]
    halves = [
        (text[at : at + 2], x, 100.0 + 52 * at, 40.0, 96.0)
        for text, x in (("先读右行", 180.0), ("后读左行", 120.0))
        for at in (0, 2)
    ]
    for headline in (boxed, letters, halves):
        texts = [row.text for row in order(_page([*columns, *headline])).rows]
        assert texts == ["先读右行", "后读左行", *["左" * 10] * 12, *["右" * 10] * 12]


def test_letters_of_a_table_are_no_vertical_headline() -> None:
    rows = [("王大山" if at % 2 else "李建国", 50.0, 100.0 + 32 * at, 66.0, 22.0) for at in range(6)]
    rows += [("男", 200.0, 100.0 + 32 * at, 22.0, 22.0) for at in range(6)]
    assert order(_page(rows)).rows[0].text == "李建国男"


def test_the_edge_that_two_boxes_of_a_row_share_is_read_once() -> None:
    rows = [
        *_column("字", 50, 100, 3),
        ("全国地质灾害防治", 50, 300, 176, 22),
        ("灾害防治方案", 138, 301, 132, 22),
    ]
    found = order(_page(rows)).rows
    assert [row.text for row in found if row.kind == "body"][-1] == "全国地质灾害防治方案"
    assert [row.text for row in found if row.kind == "repeat"] == ["灾害防治"]


def test_a_line_boxed_twice_is_told() -> None:
    rows = [*_column("字", 50, 100, 4), ("字" * 6, 52, 133, 118, 20)]
    kinds = Counter(row.kind for row in order(_page(rows)).rows)
    assert kinds["repeat"] == 1


def test_a_date_at_the_foot_signs_the_text() -> None:
    rows = [*_column("字", 50, 100, 6), ("1966年12月31日", 130, 330, 120, 22), ("— 3 —", 130, 420, 50, 20)]
    found = {row.text: row.kind for row in order(_page(rows)).rows}
    assert found["1966年12月31日"] != "furniture"
    assert found["— 3 —"] == "furniture"


@pytest.mark.skipif(not SCANS.is_dir(), reason="shared/bench is not here")
def test_scans_read_alike_without_corners() -> None:
    """Upright boxes of skewed lines are levelled as well as boxes with four corners."""
    same = count = 0
    for path in sorted(SCANS.glob("*.rapid.json")):
        lines = [_line(row) for row in json.loads(Path(path).read_text("utf-8"))]
        one = order(BoxedPage(1, tuple(lines)))
        two = order(BoxedPage(1, tuple(BoxedLine(line.text, line.box) for line in lines)))
        same += sum(a.pieces == b.pieces for a, b in zip(one.rows, two.rows, strict=False))
        count += len(one.rows)
    assert same >= 0.95 * count


def _line(row: list) -> BoxedLine:  # type: ignore[type-arg]
    spots = [(float(x), float(y)) for x, y in row[0]]
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return BoxedLine(row[1], Box(min(xs), min(ys), max(xs), max(ys)), tuple(spots), row[2])


def test_words_without_height_say_nothing_of_the_slope() -> None:
    words = tuple(BoxedWord(char, Box(50, 100, 50, 100)) for char in "会议昨日召开")
    line = BoxedLine("会议昨日召开", Box(50, 100, 250, 122), words=words)
    assert [row.text for row in order(BoxedPage(1, (line,))).rows] == ["会议昨日召开"]


def _sure(rows: list[tuple[str, float, float, float, float]], sure: list[float]) -> BoxedPage:
    page = _page(rows)
    return replace(
        page,
        lines=tuple(replace(line, confidence=one) for line, one in zip(page.lines, sure, strict=True)),
    )


@pytest.mark.parametrize(
    ("text", "sure", "body", "kind"),
    [
        ("汪", 0.05, 0.9, "speck"),
        ("汪", 0.5, 0.9, "body"),
        ("12人", 0.05, 0.9, "body"),  # never a figure
        ("汪志明人", 0.05, 0.9, "body"),
        ("汪", 0.05, 0.1, "body"),  # the engine could read nothing
    ],
)
def test_what_the_engine_hardly_believes(text: str, sure: float, body: float, kind: str) -> None:
    rows = [*_column("左", 50, 100, 6), (text, 50, 340, 22.0 * len(text), 22)]
    found = order(_sure(rows, [body] * 6 + [sure])).rows
    assert next(row.kind for row in found if row.text == text) == kind


@pytest.mark.parametrize(("text", "kind"), [("汪", "speck"), ("2", "body"), ("汪志", "body")])
def test_an_unsure_word_far_from_its_line_is_no_indent(text: str, kind: str) -> None:
    """A letter is dirt; a figure, and what may be a word, stay in their line and say nothing of its edge."""
    words = [BoxedWord("字" * 8, Box(94, 292, 270, 314), 0.9)]
    words.insert(0, BoxedWord(text, Box(50, 292, 50 + 8 * len(text), 314), 0.0, space_after=True))
    line = BoxedLine(text + " " + "字" * 8, Box(50, 292, 270, 314), words=tuple(words))
    page = _sure([*_column("字", 50, 100, 6), *_column("末", 50, 324, 3)], [0.9] * 9)
    found = order(replace(page, lines=(*page.lines, line))).rows
    row = next(row for row in found if row.text.endswith("字" * 8) and row.text != "字" * 10)
    assert row.follows < GOES_ON
    assert (row.text == "字" * 8) == (kind == "speck")
    assert "".join(row.text for row in found).count(text) == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("|" + "字" * 9, "字" * 9),
        ("字" * 9 + " |", "字" * 9),
        ("|甲|乙|", "|甲|乙|"),  # the row of a table
        ("甲 | 乙", "甲 | 乙"),
    ],
)
def test_a_rule_read_as_a_bar_is_no_print(text: str, left: str) -> None:
    rows = [*_column("字", 50, 100, 3), (text, 50, 196, 200, 22)]
    assert order(_page(rows)).rows[3].text == left


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1978年第10期", "furniture"),
        ("地质通讯 1953年第18期", "furniture"),
        ("第134页", "furniture"),
        ("第三卷", "body"),
        ("1978年第10期的文章，我读过。", "body"),
    ],
)
def test_issues_and_leaves_at_the_edge(text: str, kind: str) -> None:
    rows = [(text, 50, 20, 18.0 * len(text), 18), *_column("左", 50, 100, 8)]
    assert next(row.kind for row in order(_page(rows)).rows if row.text == text) == kind


def test_an_empty_line_parts_paragraphs_without_an_indent() -> None:
    """Also behind a full line, where nothing else says so."""
    rows = ("会议强调，要认真学习贯彻会议精神，切实", "以优异的成绩向全县人民交出满意的答卷。")
    page = witness.recorded("\n".join((*rows, "", *rows, "", *rows))).pages[0]
    assert [row.follows < GOES_ON for row in order(page).rows] == [True, False] * 3


def _headed(size: float, x: float, y: float, columns: int) -> list[tuple[str, float, float, float, float]]:
    """A headline over columns of five rows, each sentence ended."""
    rows = [("题" * 4, x, y, 4 * size, size)]
    for column in range(columns):
        left = x + 240 * column
        rows += [("字" * 9 + str(column), left, y + 90 + 32 * at, 200, 22) for at in range(5)]
    return rows


def test_headlines_side_by_side_are_read_with_their_columns() -> None:
    rows = [*_headed(44, 50, 100, 1), *_headed(48, 290, 102, 2)]
    found = [row.text[0] for row in order(_page(rows)).rows]
    assert found == [*"题", *"字" * 5, *"题", *"字" * 10]


def test_a_headline_over_one_column_begins_an_article_of_two() -> None:
    """No wider white parts the articles than blank lines do the paragraphs of each."""
    rows = [("新的文章", 60.0, 330.0, 160.0, 40.0)]
    for char, x, top in (
        ("一", 50.0, 100.0),
        ("二", 290.0, 100.0),
        ("三", 50.0, 390.0),
        ("四", 290.0, 332.0),
    ):
        indent = 44.0 * (char == "四")
        rows.append((char * (10 - 2 * bool(indent)), x + indent, top, 200 - indent, 22.0))
        rows += [(char * 10, x, top + 32 * at + 14 * (at // 2), 200.0, 22.0) for at in range(1, 5)]
        rows.append(
            (char * 10, x, top + 188, 200, 22.0) if char == "一" else ("完。", x, top + 188, 44.0, 22.0)
        )
    texts = [row.text[0] for row in order(_page(rows)).rows]
    assert "".join(texts) == "一一一一一一二二二二二完新三三三三三完四四四四四完"


def test_a_vertical_headline_over_its_own_column_heads_it() -> None:
    other, under, beside = (
        _column("他", 50, 100, 14),
        _column("下", 290, 330, 7),
        _column("旁", 530, 100, 14),
    )
    page = _page([*other, ("县里修桥", 290, 100, 44, 200), *under, *beside])
    assert [row.text[0] for row in order(page).rows] == [*"他" * 14, *"县", *"下" * 7, *"旁" * 14]
