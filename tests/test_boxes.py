"""Engines' files with places: read, put in order, repaired, undone."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_engine_files import FILES, ROWS, alto, hocr, objects, ours, pages_of, rapid, sides, tsv

from cleanup import repair
from cleanup.engine.repair import read
from cleanup.formats import boxes, engine_files, pdf
from cleanup.formats.encoding import InputError, encode
from cleanup.formats.sentences import sentence
from cleanup.geometry import order
from cleanup.model.box import WITNESS, Box, BoxedLine, BoxedPage
from cleanup.model.fix import Span
from cleanup.model.placed import Placed
from cleanup.reports import html, terminal, words
from cleanup.reports import journal as journals
from cleanup.version import VERSION


@pytest.mark.parametrize("kind", FILES)
def test_lines_and_their_boxes_are_read(kind: str) -> None:
    make, _ = FILES[kind]
    (page,) = pages_of(make())
    assert tuple(line.text for line in page.lines) == ROWS
    for number, line in enumerate(page.lines):
        assert line.box == Box(*sides(number, 0, len(ROWS[number])))
    if kind in ("hocr", "alto", "objects", "page", "tsv", "middle"):
        assert (page.width, page.height) == (900, 600)


def test_a_line_without_a_box_is_as_large_as_its_words() -> None:
    text = re.sub("(<TextLine[^>]*?) HPOS[^>]*", r"\1", alto())
    assert text != alto()
    assert pages_of(text) == pages_of(alto())


@pytest.mark.parametrize("points", ["", ' POINTS=""', ' POINTS=" , "', ' POINTS="7"'])
def test_a_polygon_without_corners_is_no_box(points: str) -> None:
    polygon = f"<Shape><Polygon{points}/></Shape>"
    text = re.sub("(<TextLine[^>]*?) HPOS[^>]*>", rf"\1>{polygon}", alto())
    assert pages_of(text) == pages_of(alto())


def test_pages_of_one_file() -> None:
    document = read(ours().encode(), "a.json")
    assert [page.number for page in document.boxed.pages] == [1, 2]
    assert document.text.count("\f") == 1
    assert [page.number for page in document.pages] == [1, 2]


@pytest.mark.parametrize("kind", FILES)
def test_repaired_like_text_and_undone_to_the_byte(kind: str) -> None:
    make, name = FILES[kind]
    data = make().encode()
    result = repair(data, name=name)
    assert "己经" in result.original
    assert "已经" in result.repaired
    journal = journals.decode(journals.encode(result.journal))
    assert journal == result.journal
    assert encode(result.undo(), journal.source.envelope) == data
    assert journal.output.name == f"{name.partition('.')[0]}.clean.txt"
    (record,) = (r for r in journal.applied if r.edits[0].before == "己")
    assert (record.page, record.box) == (1, Box(*sides(1, ROWS[1].index("己"), 1)))
    assert [row.pieces[0].line for row in journal.boxes.layouts[0].rows] == [0, 1, 2]


def test_what_the_engine_says_of_its_characters_is_kept() -> None:
    document = read(hocr().encode(), "a.hocr")
    at = document.text.index("己")
    (said,) = (reading for reading in document.engine if reading.span == Span(at, at + 1))
    assert said.confidence == 0.5
    choices = hocr(("己经",)).replace(
        ">己<",
        "><span class='ocrx_cinfo' title='x_conf 60'>己</span>"
        "<span class='ocrx_cinfo' id='lstm_choices_1_1_1'>"
        "<span class='ocrx_cinfo' id='choice_1_1_1' title='x_confs 60'>己</span>"
        "<span class='ocrx_cinfo' id='choice_1_1_2' title='x_confs 30'>已</span></span><",
    )
    assert read(choices.encode(), "a.hocr").engine[0].others == (("已", 0.3),)
    laid_out = choices.replace("><", ">\n   <")
    assert read(laid_out.encode(), "a.hocr").text == "己经\n"
    assert read(laid_out.encode(), "a.hocr").engine == read(choices.encode(), "a.hocr").engine
    other = alto(("己经",)).replace('CONTENT="己"/>', 'CONTENT="己"><ALTERNATIVE>已</ALTERNATIVE></String>')
    assert [char for char, _ in read(other.encode(), "a.xml").engine[0].others] == ["已"]


BAD = {
    "broken-xml": alto()[:-300],
    "xml-entities": '<!DOCTYPE alto [<!ENTITY a "b">]>' + alto().partition("?>")[2],
    "namespace": alto().replace("loc.gov/standards/alto", "example.org/x"),
    "no-words": alto(()),
    "too-deep": re.sub("(</?)TextBlock[^>]*>", lambda found: f"{found[1]}a>" * 300, alto()),
    "no-boxes": hocr().replace("bbox", "bocks"),
    "cut-off": hocr().rpartition("<span")[0],
}


@pytest.mark.parametrize("code", BAD)
def test_bad_files_are_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(BAD[code].encode(), "page.xml")
    assert caught.value.code == code
    assert sentence("a", caught.value).en


@pytest.mark.parametrize("cut", [20, 300])
def test_files_that_break_off_are_refused(cut: int) -> None:
    for make in (hocr, tsv, alto, rapid):
        with pytest.raises(InputError):
            read(make()[:-cut].encode(), f"page.{'json' if make is rapid else 'xml'}")
    html_alone = hocr().partition("?>")[2].replace("</body></html>", "")  # which may leave these ends out
    for whole in (html_alone, tsv().rstrip("\n")):
        assert "水务局" in read(whole.encode(), "page.xml").text


def test_confidences_that_tesseract_wrote_as_percents_behind_a_point() -> None:
    """9 % is 0.9 there and 90 % 0.90; whoever writes 0.09 means what it says."""
    mark = "<Layout>"
    text = alto(("己经完成",)).replace(mark, f"<!-- <softwareName>tesseract 5.3.0</softwareName> -->{mark}")
    text = text.replace('"0.9"', '"0.90"').replace('"0.90"', '"0.9"', 1)
    said = [word.confidence for word in pages_of(text)[0].lines[0].words]
    assert said == [0.09, 0.9, 0.9, 0.9]
    other = text.replace('"0.90"', '"0.09"', 1)
    assert [word.confidence for word in pages_of(other)[0].lines[0].words] == [0.9, 0.09, 0.9, 0.9]


def test_an_external_entity_is_not_fetched() -> None:
    text = '<?xml version="1.0"?><!DOCTYPE alto SYSTEM "file:///etc/passwd">' + alto().partition("?>")[2]
    assert "水务局" in read(text.encode(), "a.xml").text
    text = text.replace('SYSTEM "file:///etc/passwd"', '[<!ENTITY x SYSTEM "file:///etc/passwd">]')
    with pytest.raises(InputError, match="XML entities"):
        read(text.encode(), "a.xml")


def test_a_box_that_is_none_keeps_its_line() -> None:
    text = rapid().replace("[10, 60]", "[NaN, 60]")
    (page,) = pages_of(text)
    assert len(page.lines) == 3
    assert not any(math.isnan(line.box.left) for line in page.lines)


def test_boxes_of_characters_without_words() -> None:
    line = BoxedLine("一二三四", Box(0, 0, 80, 20))
    page = BoxedPage(1, (line,))
    layout = order(page)
    places = Placed("一二三四\n", (page,), (layout,))
    assert places.box(Span(1, 2)) == (0, Box(20, 0, 40, 20))
    assert places.box(Span(3, 4)) == (0, Box(60, 0, 80, 20))
    assert places.box(Span(5, 5)) is None


def test_every_format_says_how_its_files_end() -> None:
    for name in ("hocr", "alto", "engine-json"):
        assert boxes.extension(name)


def test_every_format_has_its_name_in_both_languages() -> None:
    names = [module.NAME for module in boxes._modules().values()]
    for name in (*names, engine_files.SEVERAL, pdf.NAME, WITNESS):
        assert f"format.{name}" in words.WORDS


@pytest.mark.parametrize(
    ("make", "zh"), [(objects, "识别引擎的 JSON"), (alto, "ALTO"), (tsv, "Tesseract 的 TSV")]
)
def test_report_and_terminal_name_the_format(make: Callable[..., str], zh: str) -> None:
    result = repair(make().encode(), name="page.json")
    facts = html.render(result, "zh").partition('class="facts"')[2].partition("</p>")[0]
    assert f">{zh}</span>" in facts
    assert "纯文本" not in facts
    shown = "\n".join(terminal.summary([(result, ""), (repair("已经完成。\n"), "")], "zh", 200))
    assert zh in shown
    assert "纯文本" in shown


def test_paragraphs_of_mineru_stay_in_their_order() -> None:
    items = [
        {"type": "text", "text": "检查结束", "text_level": 1, "page_idx": 0},
        {"type": "text", "text": "县水务局己经检查了全县水库。", "bbox": [0, 500, 900, 540], "page_idx": 0},
        {
            "type": "image",
            "img_path": "a.jpg",
            "image_caption": ["水库"],
            "bbox": [0, 0, 9, 9],
            "page_idx": 0,
        },
        {"type": "text", "text": "第二页。", "page_idx": 1},
    ]
    data = json.dumps(items, ensure_ascii=False).encode()
    document = read(data, "a_content_list.json")
    assert document.text == "检查结束\n\n县水务局己经检查了全县水库。\n\n水库\n\f第二页。\n"
    new = engine_files.written(repair(data, name="a.json"))[1].decode()
    words = '"text": "县水务局已经检查了全县水库。", "text_as_read": "县水务局己经检查了全县水库。"'
    words += f', "repaired_by": "ocrfix {VERSION}"'
    assert new == data.decode().replace('"text": "县水务局己经检查了全县水库。"', words)


def test_a_thousand_boxes_in_one_place() -> None:
    rows = [{"text": f"第{at}座水库的渠道", "box": [10, 10, 170, 30]} for at in range(1000)]
    document = read(json.dumps({"lines": rows}, ensure_ascii=False).encode(), "a.json")
    assert document.text.count("座") == 1000


def test_twenty_thousand_boxes() -> None:
    rows = [[[[x, y], [x + 90, y], [x + 90, y + 18], [x, y + 18]], "二十三座", 0.9]
            for y in range(0, 20_000, 20) for x in range(0, 2_000, 100)]  # fmt: skip
    document = read(json.dumps(rows, ensure_ascii=False).encode(), "a.json")
    assert len(document.boxed.pages[0].lines) == 20_000
    assert document.text.count("座") == 20_000


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    """Whatever is cut out of a file or put into it: a document or an InputError, and its bytes come back."""
    make, name = FILES[data.draw(st.sampled_from(sorted(FILES)))]
    source = make(ROWS[:1])
    at = data.draw(st.integers(0, len(source)))
    source = source[:at] + data.draw(st.sampled_from(["", "\0", "<", "]", "NaN", "-9e999", '"', "&x;"]))
    source += make(ROWS[:1])[at + data.draw(st.integers(0, 30)) :]
    try:
        document = read(source.encode(), name)
    except InputError as error:
        sentence(name, error)  # every reason has its sentence
        return
    assert encode(document.text, document.envelope) == source.encode()


def test_a_line_that_comes_again_amid_a_boxed_page_stays() -> None:
    """Two articles with one subhead: no running head, which boxes show at the edges alone."""
    body = ["会议指出，各地要加快推进重点项目建设", "，努力保持经济平稳增长，为全年工作打下"]
    texts = [("工业运行平稳" if at % 12 == 8 else body[at % 2]) for at in range(36)]
    rows = [
        {"text": text, "box": [50, 40 * at, 50 + 20 * len(text), 40 * at + 20]}
        for at, text in enumerate(texts)
    ]
    result = repair(json.dumps({"ocr_results": rows}, ensure_ascii=False).encode(), name="page.json")
    assert result.repaired.count("工业运行平稳") == 3
