"""Running heads and feet by place: what goes with the page, and what is text at its edge."""

from __future__ import annotations

import pytest

from cleanup.geometry import order
from cleanup.model.box import Box, BoxedLine, BoxedPage
from cleanup.text.widths import measure

EM, WIDE = 20.0, 900.0
Row = tuple[str, float, float]


def _line(text: str, x: float, y: float) -> BoxedLine:
    return BoxedLine(text, Box(x, y, x + EM * measure(text), y + EM))


def _spread_out(texts: list[str], y: float) -> list[BoxedLine]:
    """The parts of a running head: in the middle, or from edge to edge."""
    free = WIDE - sum(EM * measure(text) for text in texts)
    if len(texts) == 1:
        return [_line(texts[0], free / 2, y)]
    found, x = [], 0.0
    for text in texts:
        found.append(_line(text, x, y))
        x += EM * measure(text) + free / (len(texts) - 1)
    return found


def _body(x: float = 0.0, wide: int = 45) -> list[BoxedLine]:
    return [_line("县" * wide, x, 100 + 30 * row) for row in range(12)]


def _kinds(lines: list[BoxedLine]) -> dict[str, str]:
    return {row.text: row.kind for row in order(BoxedPage(1, tuple(lines))).rows}


@pytest.mark.parametrize(
    "texts",
    [
        ["理论"],
        ["1985年3月4日 星期一"],
        ["地质通讯  1962年1月12日  星期三"],
        ["农村经济 57"],
        ["15 读者来信 1999年6月23日 星期六 参考消息"],
        ["中国农村改革史料", "23"],
        ["B2"],
        ["3/12"],
        ["《半月谈》1985年第3期"],
        ["人民日報", "一九五八年三月四日", "第二版"],
        ["三峡都市报", "2011.3.4"],
        ["本版编辑 张三 电话 63907123"],
    ],
)
def test_running_heads(texts: list[str]) -> None:
    assert _kinds([*_spread_out(texts, 40), *_body()])["  ".join(texts)] == "furniture"


@pytest.mark.parametrize(
    "texts",
    [
        ["编者按"],
        ["附件一"],
        ["县农业局", "1985年3月4日"],
        ["①见《列宁选集》第3卷第57页"],
        ["1985年3月4日 星期一 晴"],
        ["合计 57"],
        ["（摘自《半月谈》1985年第3期）"],
        ["联系电话：63907123"],
    ],
)
@pytest.mark.parametrize("y", [40, 490])
def test_text_at_the_edge_stays(texts: list[str], y: float) -> None:
    assert "furniture" not in _kinds([*_spread_out(texts, y), *_body()]).values()


def test_the_last_line_beside_a_speck_read_as_a_number_stays() -> None:
    lines = [*_body(), _line("县里为此作出了贡献。", 0, 460), _line("1", 880, 460)]
    assert "furniture" not in _kinds(lines).values()


def test_the_last_entry_of_a_contents_page_stays() -> None:
    rows = [(f"第{part}章", str(9 * at + 9), 100.0 + 40 * at) for at, part in enumerate("一二三四五六七")]
    lines = [line for name, page, y in rows for line in (_line(name, 0, y), _line(page, 860, y))]
    assert "furniture" not in _kinds(lines).values()


def test_specks_hide_no_folio() -> None:
    lines = [*_body(), _line("II", 300, 480), _line("第25页", 420, 490), _line("三一", 850, 540)]
    kinds = _kinds(lines)
    assert (kinds["第25页"], kinds["II"], kinds["三一"]) == ("furniture", "body", "body")


def test_a_running_head_over_two_pages_is_one() -> None:
    left, right = _body(wide=20), _body(500, wide=20)
    head = [_line("大众文艺", 0, 40), _line("100", 870, 40)]
    layout = order(BoxedPage(1, (*left, *right, *head)))
    assert [row.text for row in layout.rows if row.kind == "furniture"] == ["大众文艺  100"]


def test_corners_of_upright_boxes_tell_no_skew() -> None:
    """Tools that make four corners of every box: the page is askew all the same."""
    slope = 0.012
    lines = [_line("县" * 20, x, 100 + 30 * row + slope * x) for row in range(12) for x in (0.0, 440.0)]
    page = BoxedPage(1, tuple(lines))
    boxes = [(line, line.box) for line in lines]
    quads = tuple(
        BoxedLine(
            line.text,
            box,
            (
                (box.left, box.top),
                (box.right, box.top),
                (box.right, box.bottom),
                (box.left, box.bottom),
            ),
        )
        for line, box in boxes
    )
    assert order(page).skew > 0.5
    assert order(BoxedPage(1, quads)) == order(page)
