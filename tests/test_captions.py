"""Captions of pictures stand behind the paragraph that they cut."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cleanup.engine.repair import read
from cleanup.geometry import order
from cleanup.model.box import Box, BoxedLine, BoxedPage

Row = tuple[str, float, float]
FIRST, SECOND = "全县的水库今年都修好了渠道也通了水", "村里的老人说从前过河要绕路如今不用"


def _page(rows: list[Row], em: float = 22.0) -> BoxedPage:
    boxes = [BoxedLine(text, Box(x, y, x + em * len(text), y + em)) for text, x, y in rows]
    return BoxedPage(1, tuple(boxes))


def _columns(first: int, second: int) -> list[Row]:
    """Two columns of one paragraph, the first of which ends earlier."""
    left = [(FIRST, 50.0, 100.0 + 32 * at) for at in range(first)]
    return left + [(SECOND, 470.0, 100.0 + 32 * at) for at in range(second)]


def _kinds(page: BoxedPage) -> list[tuple[str, str]]:
    return [(row.text[:3], row.kind) for row in order(page).rows]


def test_a_caption_under_a_hole_at_the_foot_of_a_column() -> None:
    rows = [*_columns(8, 20), ("新桥通车的那天早上", 50.0, 100.0 + 32 * 19)]
    kinds = [("全县的", "body")] * 8 + [("村里的", "body")] * 20 + [("新桥通", "caption")]
    assert _kinds(_page(rows)) == kinds
    (caption,) = (row for row in order(_page(rows)).rows if row.kind == "caption")
    assert caption.follows == 0
    assert order(_page(rows)).rows[8].follows > 0.5


def test_text_that_goes_on_under_a_picture_is_no_caption() -> None:
    """Its last row is full; or more rows than a caption has stand there."""
    for count in (1, 2, 5):
        below = [(FIRST, 50.0, 100.0 + 32 * (19 - at)) for at in range(count)]
        rows = _kinds(_page([*_columns(8, 20), *below]))
        assert rows == [("全县的", "body")] * (8 + count) + [("村里的", "body")] * 20


@pytest.mark.parametrize("words", ["▲通车的新桥", "图①：通车的新桥", "图为新桥。（王小河 摄）"])
def test_a_caption_that_says_so_needs_no_hole(words: str) -> None:
    rows = [*_columns(8, 8), (words, 50.0, 100.0 + 32 * 8)]
    assert _kinds(_page(rows))[-1] == (words[:3], "caption")
    assert [text for text, _ in _kinds(_page(rows))][:-1] == ["全县的"] * 8 + ["村里的"] * 8


def test_a_picture_that_the_engine_saw_needs_no_hole_and_no_print_beside() -> None:
    rows = [(FIRST, 50.0, 100.0 + 32 * at) for at in range(8)] + [("通车的新桥", 50.0, 500.0)]
    rows += [(SECOND, 50.0, 600.0 + 32 * at) for at in range(8)]
    page = _page(rows)
    assert "caption" not in {kind for _, kind in _kinds(page)}
    page = replace(page, pictures=(Box(50, 380, 430, 490),))
    assert _kinds(page)[-1] == ("通车的", "caption")


def test_pictures_and_rules_are_read_of_every_format() -> None:
    hocr = (
        "<div class='ocr_page' title='bbox 0 0 400 400'><span class='ocr_line' title='bbox 10 10 90 30'>"
        "<span class='ocrx_word' title='bbox 10 10 90 30'>水</span></span>"
        "<div class='ocr_photo' title='bbox 1 2 30 40'></div>"
        "<div class='ocr_separator' title='bbox 5 6 300 7'></div></div>"
    )
    place = 'HPOS="{}" VPOS="{}" WIDTH="{}" HEIGHT="{}"'.format
    alto = (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page><PrintSpace>'
        f"<Illustration {place(1, 2, 29, 38)}/><GraphicalElement {place(5, 6, 295, 1)}/>"
        f"<TextBlock><TextLine {place(10, 10, 80, 20)}>"
        f'<String {place(10, 10, 80, 20)} CONTENT="水"/></TextLine>'
        "</TextBlock></PrintSpace></Page></Layout></alto>"
    )
    page = (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>'
        '<ImageRegion><Coords points="1,2 30,2 30,40 1,40"/></ImageRegion>'
        '<SeparatorRegion><Coords points="5,6 300,6 300,7 5,7"/></SeparatorRegion>'
        '<TextRegion><TextLine><Coords points="10,10 90,10 90,30 10,30"/>'
        "<TextEquiv><Unicode>水</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"
    )
    for text in (hocr, alto, page):
        boxed = read(text.encode(), "page.xml").boxed
        assert boxed is not None
        assert (boxed.pages[0].pictures, boxed.pages[0].rules) == ((Box(1, 2, 30, 40),), (Box(5, 6, 300, 7),))
    line = {"bbox": [10, 10, 90, 30], "spans": [{"bbox": [10, 10, 90, 30], "content": "水"}]}
    blocks = [
        {"type": "image", "blocks": [{"type": "image_body", "bbox": [1, 2, 30, 40]}]},
        {"lines": [line]},
    ]
    middle = json.dumps({"pdf_info": [{"para_blocks": blocks}]}, ensure_ascii=False)
    boxed = read(middle.encode(), "page.json").boxed
    assert boxed is not None
    assert boxed.pages[0].pictures == (Box(1, 2, 30, 40),)


def test_a_printed_rule_parts_articles() -> None:
    """Their rows stand as near one another as those of one; without it they are read as one."""
    rows = [*_columns(5, 5), *((text, x, y + 160) for text, x, y in _columns(5, 5))]
    order_of = [text for text, _ in _kinds(replace(_page(rows), rules=(Box(50, 254, 850, 256),)))]
    assert order_of == (["全县的"] * 5 + ["村里的"] * 5) * 2
    assert [text for text, _ in _kinds(_page(rows))] == ["全县的"] * 10 + ["村里的"] * 10


def test_headlines_with_their_kickers_begin_articles_and_sections_do_not() -> None:
    rows: list[BoxedLine] = []

    def put(text: str, em: float, y: float) -> None:
        rows.append(BoxedLine(text, Box(50, y, 50 + em * len(text), y + em)))

    def body(top: float) -> None:
        for at in range(4):
            put(FIRST if at < 3 else "水也通了。", 22, top + 32 * at)

    put("水库修好了", 44, 100)
    body(170)
    put("各地的做法", 29, 302)
    body(342)
    put("本报综合消息", 22, 520)
    put("学校开学了", 44, 560)
    body(630)
    found = [(row.text[:2], row.article) for row in order(BoxedPage(1, tuple(rows))).rows]
    first = [("水库", 1), *[("全县", 1)] * 3, ("水也", 1), ("各地", 1), *[("全县", 1)] * 3, ("水也", 1)]
    assert found == [*first, ("本报", 2), ("学校", 2), *[("全县", 2)] * 3, ("水也", 2)]
