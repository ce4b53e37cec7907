"""Engines' files with places: read, put in order, repaired, undone."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from cleanup import formats, repair
from cleanup.archive import inputs, results
from cleanup.cli.app import run
from cleanup.engine.repair import Settings, read, repair_document
from cleanup.formats import boxes, engine_files, packing, pdf
from cleanup.formats.boxes import alto as alto_xml
from cleanup.formats.boxes import changes
from cleanup.formats.boxes.lines import ReadPage
from cleanup.formats.encoding import InputError, encode
from cleanup.formats.sentences import sentence
from cleanup.model import replay
from cleanup.model.box import WITNESS, Box, BoxedLine, BoxedPage
from cleanup.model.document import Document
from cleanup.model.errors import Exit
from cleanup.model.fix import Edit, Span
from cleanup.model.placed import Placed
from cleanup.model.result import Result
from cleanup.reports import html, terminal, words
from cleanup.reports import journal as journals
from cleanup.review.index import Index

ROWS = ("县水务局检查了全县二十三座水库，查出隐", "患十九处，己经整改完成，并安排专人值", "守到汛期结束。")
HOCR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<html><head><title></title></head><body>\n'
    "<div class='ocr_page' id='page_1' title='image \"a.png\"; bbox 0 0 900 600; ppageno 0'>\n"
    "<div class='ocr_carea' id='block_1_1' title=\"bbox 10 10 800 140\">\n{}</div></div>\n</body></html>\n"
)
ALTO = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">\n'
    '<Layout><Page WIDTH="900" HEIGHT="600" ID="p1" PHYSICAL_IMG_NR="1">'
    '<PrintSpace HPOS="0" VPOS="0" WIDTH="900" HEIGHT="600">\n'
    '<TextBlock ID="b1" HPOS="0" VPOS="0" WIDTH="900" HEIGHT="600">\n{}'
    "</TextBlock></PrintSpace></Page></Layout>\n</alto>\n"
)


def _box(row: int, at: int, length: int) -> tuple[int, int, int, int]:
    return 10 + 40 * at, 10 + 50 * row, 10 + 40 * (at + length), 50 + 50 * row


def hocr(rows: tuple[str, ...] = ROWS) -> str:
    lines = []
    for number, row in enumerate(rows):
        words = "".join(
            f"<span class='ocrx_word' id='w{number}_{at}' title='bbox "
            f"{' '.join(map(str, _box(number, at, 1)))}; x_wconf {50 if char == '己' else 96}'>{char}</span> "
            for at, char in enumerate(row)
        )
        box = " ".join(map(str, _box(number, 0, len(row))))
        lines.append(f"<span class='ocr_line' id='l{number}' title=\"bbox {box}\">{words}</span>\n")
    return HOCR.format("".join(lines))


def alto(rows: tuple[str, ...] = ROWS) -> str:
    lines = []
    for number, row in enumerate(rows):
        strings = "<SP/>".join(
            '<String HPOS="{}" VPOS="{}" WIDTH="40" HEIGHT="40" WC="0.9" CONTENT="{}"/>'.format(
                *_box(number, at, 1)[:2], char
            )
            for at, char in enumerate(row)
        )
        place = f'HPOS="10" VPOS="{10 + 50 * number}" WIDTH="{40 * len(row)}" HEIGHT="40"'
        lines.append(f'<TextLine ID="l{number}" {place}>{strings}</TextLine>\n')
    return ALTO.format("".join(lines))


PAGE_XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/'
    'pagecontent/{1}"><Metadata><Creator>x</Creator><Created>2020-01-01T00:00:00</Created>'
    "<LastChange>2020-01-01T00:00:00</LastChange></Metadata>\n"
    '<Page imageFilename="a.png" imageWidth="900" imageHeight="600">\n<TextRegion id="r1">'
    '<Coords points="10,10 800,10 800,140 10,140"/>\n{0}<TextEquiv><Unicode>{2}</Unicode></TextEquiv>'
    "</TextRegion></Page>\n</PcGts>\n"
)


def _coords(box: tuple[int, int, int, int]) -> str:
    left, top, right, bottom = box
    return f'<Coords points="{left},{top} {right},{top} {right},{bottom} {left},{bottom}"/>'


def page(rows: tuple[str, ...] = ROWS, version: str = "2019-07-15") -> str:
    lines = []
    for number, row in enumerate(rows):
        words = "".join(
            f'<Word id="w{number}_{at}">{_coords(_box(number, at, 1))}'
            f'<TextEquiv conf="{0.5 if char == "己" else 0.96}"><Unicode>{char}</Unicode></TextEquiv>'
            "</Word>\n"
            for at, char in enumerate(row)
        )
        lines.append(
            f'<TextLine id="l{number}">{_coords(_box(number, 0, len(row)))}\n{words}'
            f"<TextEquiv><Unicode>{row}</Unicode></TextEquiv></TextLine>\n"
        )
    return PAGE_XML.format("".join(lines), version, "\n".join(rows))


def old_page(rows: tuple[str, ...] = ROWS) -> str:
    return page(rows, "2013-07-15")


def rapid(rows: tuple[str, ...] = ROWS) -> str:
    found = []
    for number, row in enumerate(rows):
        left, top, right, bottom = _box(number, 0, len(row))
        found.append([[[left, top], [right, top], [right, bottom], [left, bottom]], row, 0.97])
    return json.dumps(found, ensure_ascii=False)


def paddle2(rows: tuple[str, ...] = ROWS) -> str:
    return json.dumps([[[box, [text, sure]] for box, text, sure in json.loads(rapid(rows))]])


def printed(rows: tuple[str, ...] = ROWS) -> str:
    found = ", ".join(
        f"[array({box}, dtype=float32), ({row!r}, np.float32({sure}))]"
        for box, row, sure in json.loads(rapid(rows))
    )
    return f"[[{found}]]\n"


def tsv(rows: tuple[str, ...] = ROWS) -> str:
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    found = [head.split(), ["1", "1", *"0000", "0", "0", "900", "600", "-1", ""]]
    for number, row in enumerate(rows):
        found.append(["4", "1", "1", "1", str(number + 1), "0", "10", "10", "9", "9", "-1", ""])
        for at, char in enumerate(row):
            left, top, _, _ = _box(number, at, 1)
            place = [str(left), str(top), "40", "40", "50.5" if char == "己" else "96"]
            found.append(["5", "1", "1", "1", str(number + 1), str(at + 1), *place, char])
    return "".join("\t".join(cells) + "\n" for cells in found)


def middle(rows: tuple[str, ...] = ROWS) -> str:
    lines = [
        {
            "bbox": _box(n, 0, len(row)),
            "spans": [{"bbox": _box(n, 0, len(row)), "content": row, "score": 0.9}],
        }
        for n, row in enumerate(rows)
    ]
    block = {"type": "text", "bbox": [10, 10, 800, 140], "lines": lines}
    return json.dumps({"pdf_info": [{"para_blocks": [block], "page_size": [900, 600], "page_idx": 0}]})


def paddle3(rows: tuple[str, ...] = ROWS) -> str:
    found = json.loads(rapid(rows))
    said = {
        "input_path": "a.png", "rec_texts": [r[1] for r in found], "rec_scores": [r[2] for r in found],
        "rec_boxes": [[*_box(number, 0, len(row))] for number, row in enumerate(rows)],
        "dt_polys": [r[0] for r in found], "textline_orientation_angles": [0 for _ in found],
    }  # fmt: skip
    return json.dumps({"res": said}, ensure_ascii=False, indent=2)


def objects(rows: tuple[str, ...] = ROWS) -> str:
    found = [{"text": row, "box": [*_box(number, 0, len(row))]} for number, row in enumerate(rows)]
    return json.dumps({"ocr_results": found, "dimensions": {"width": 900, "height": 600}}, ensure_ascii=False)


def ours(rows: tuple[str, ...] = ROWS) -> str:
    found = [{"text": r, "box": [*_box(n, 0, len(r))], "confidence": 0.9} for n, r in enumerate(rows)]
    return json.dumps({"pages": [{"width": 900, "height": 600, "lines": found}] * 2}, ensure_ascii=False)


def baidu(rows: tuple[str, ...] = ROWS) -> str:
    found = [
        {
            "words": row,
            "location": {"left": 10, "top": 10 + 50 * n, "width": 40 * len(row), "height": 40},
        }
        for n, row in enumerate(rows)
    ]
    return json.dumps({"words_result": found, "words_result_num": len(found), "log_id": 1})


FILES = {
    "hocr": (hocr, "page.hocr"), "alto": (alto, "page.xml"), "rapid": (rapid, "page.json"),
    "paddle2": (paddle2, "page.json"), "paddle3": (paddle3, "page.json"), "objects": (objects, "page.json"),
    "printed": (printed, "page.txt"), "tsv": (tsv, "page.tsv"), "middle": (middle, "middle.json"),
    "baidu": (baidu, "page.json"), "page": (page, "page.xml"), "old page": (old_page, "page.xml"),
}  # fmt: skip


def _pages(text: str) -> tuple[BoxedPage, ...]:
    boxed = formats.read(text.encode(), "", dict).boxed
    assert boxed
    return boxed.pages


@pytest.mark.parametrize("kind", FILES)
def test_lines_and_their_boxes_are_read(kind: str) -> None:
    make, _ = FILES[kind]
    (page,) = _pages(make())
    assert tuple(line.text for line in page.lines) == ROWS
    for number, line in enumerate(page.lines):
        assert line.box == Box(*_box(number, 0, len(ROWS[number])))
    if kind in ("hocr", "alto", "objects", "page", "tsv", "middle"):
        assert (page.width, page.height) == (900, 600)


def test_a_line_without_a_box_is_as_large_as_its_words() -> None:
    text = re.sub("(<TextLine[^>]*?) HPOS[^>]*", r"\1", alto())
    assert text != alto()
    assert _pages(text) == _pages(alto())


@pytest.mark.parametrize("points", ["", ' POINTS=""', ' POINTS=" , "', ' POINTS="7"'])
def test_a_polygon_without_corners_is_no_box(points: str) -> None:
    polygon = f"<Shape><Polygon{points}/></Shape>"
    text = re.sub("(<TextLine[^>]*?) HPOS[^>]*>", rf"\1>{polygon}", alto())
    assert _pages(text) == _pages(alto())


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
    assert (record.page, record.box) == (1, Box(*_box(1, ROWS[1].index("己"), 1)))
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
}


@pytest.mark.parametrize("code", BAD)
def test_bad_files_are_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(BAD[code].encode(), "page.xml")
    assert caught.value.code == code
    assert sentence("a", caught.value).en


def test_an_external_entity_is_not_fetched() -> None:
    text = '<?xml version="1.0"?><!DOCTYPE alto SYSTEM "file:///etc/passwd">' + alto().partition("?>")[2]
    assert "水务局" in read(text.encode(), "a.xml").text
    text = text.replace('SYSTEM "file:///etc/passwd"', '[<!ENTITY x SYSTEM "file:///etc/passwd">]')
    with pytest.raises(InputError, match="XML entities"):
        read(text.encode(), "a.xml")


def test_a_box_that_is_none_keeps_its_line() -> None:
    text = rapid().replace("[10, 60]", "[NaN, 60]")
    (page,) = _pages(text)
    assert len(page.lines) == 3
    assert not any(math.isnan(line.box.left) for line in page.lines)


def test_boxes_of_characters_without_words() -> None:
    line = BoxedLine("一二三四", Box(0, 0, 80, 20))
    page = BoxedPage(1, (line,))
    layout = formats.order(page)
    places = Placed("一二三四\n", (page,), (layout,))
    assert places.box(Span(1, 2)) == (0, Box(20, 0, 40, 20))
    assert places.box(Span(3, 4)) == (0, Box(60, 0, 80, 20))
    assert places.box(Span(5, 5)) is None


def test_every_format_says_how_its_files_end() -> None:
    for name in ("hocr", "alto", "engine-json"):
        assert boxes.extension(name)


MASTHEAD = "渝州日报  2021年3月4日 星期四  第2版"
PAGE = (
    MASTHEAD,
    "县水务局检查了全县二十三座水库，查出隐",
    "患十九处，己经整改完成，并安排专人值",
    "守到汛期结束。",
)


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
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(terminal.summary([(result, ""), (repair("已经完成。\n"), "")], "zh"))
    shown = console.export_text()
    assert zh in shown
    assert "纯文本" in shown


def _written(make: Callable[..., str], rows: tuple[str, ...], name: str) -> tuple[str, Result, str]:
    """(as it was, the result, as it is written)."""
    data = make(rows)
    result = repair(data.encode(), name=name)
    _, new = engine_files.written(result)
    return data, result, new.decode()


def _shape(source: str) -> list[tuple[str, str | None, str | None]]:
    """Elements with ids and boxes, in their order; without those that say who changed the file."""
    ours = (
        "MetadataItem", "Comments", "TextEquiv", "Unicode", "meta", "Tags", "OtherTag", "Description",
        "MeasurementUnit", "OCRProcessing", "ALTERNATIVE",
    )  # fmt: skip
    found = []
    for element in ElementTree.fromstring(source).iter():
        name = element.tag.rpartition("}")[2]
        if name not in ours and "rocessing" not in name and "oftware" not in name:
            places = [element.get(key) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT", "points")]
            box = re.match("bbox [0-9 ]+", element.get("title", ""))
            found.append((name, element.get("id") or element.get("ID"), box[0] if box else str(places)))
    return found


XML = [(hocr, "page.hocr"), (alto, "page.xml"), (page, "page.xml"), (old_page, "page.xml")]


@pytest.mark.parametrize(("make", "name"), XML)
def test_words_are_written_back_where_they_stood(make: Callable[..., str], name: str) -> None:
    old, result, new = _written(make, PAGE, name)
    assert "己" in old
    assert MASTHEAD not in result.repaired
    assert _shape(old) == _shape(new)
    kept = [row for row in old.split("\n") if row in new.split("\n")]
    assert len(kept) >= len(old.split("\n")) - 12  # what changed, and what tells of it
    assert "ocrfix" in new
    (page,) = _pages(new)
    assert [line.text for line in page.lines] == [row.replace("己", "已") for row in PAGE[1:]]
    assert {word.confidence for line in page.lines for word in line.words if word.text == "已"} == {None}
    again = repair(new.encode(), name=name)
    assert engine_files.written(again)[1] == new.encode()


def dicts(rows: tuple[str, ...] = ROWS) -> str:
    """What Python prints of a list of dicts."""
    return repr([{"text": row, "box": _box(number, 0, len(row))} for number, row in enumerate(rows)])


def _repaired_once(make: Callable[..., str]) -> tuple[str, str, str]:
    """(as it was, with its words changed by hand, as it is written); what is written is read and undone."""
    old, result, new = _written(make, PAGE, "page.json")
    changed = re.sub("己(?=经|\t|\n)", "已", old).replace("\\u5df1\\u7ecf", "\\u5df2\\u7ecf")
    assert changed != old
    assert _pages(new)[0].lines[-2].text == "患十九处，已经整改完成，并安排专人值"
    assert encode(result.undo(), result.journal.source.envelope) == old.encode()
    assert engine_files.written(repair(new.encode(), name="page.json"))[1] == new.encode()
    return old, changed, new


@pytest.mark.parametrize("make", [rapid, paddle2, printed], ids=lambda make: make.__name__)
def test_lists_of_rows_are_written_back_with_their_words_changed(make: Callable[..., str]) -> None:
    _, changed, new = _repaired_once(make)
    assert new == changed


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (objects, "text"), (baidu, "words"), (middle, "content"), (paddle3, "rec_texts"),
        (dicts, "text"),
    ],
)  # fmt: skip
def test_objects_keep_what_was_read_beside(make: Callable[..., str], name: str) -> None:
    """All else stays byte for byte, and the new name is spaced as the others are."""
    old, changed, new = _repaired_once(make)
    kept = re.compile(rf"""(["']){name}_as_read\1\s*:\s*(\[[^]]*\]|"[^"]*"|'[^']*'),\s*""")
    found = kept.findall(new)
    assert len(found) == 1
    assert all(value in old for _, value in found)
    assert kept.sub("", new) == changed


def test_tsv_keeps_what_was_read_in_a_column_at_its_end() -> None:
    _, changed, new = _repaired_once(tsv)
    assert new == changed.replace("\ttext\n", "\ttext\ttext_as_read\n").replace("\t已\n", "\t已\t己\n")
    (page,) = _pages(new)
    assert {word.confidence for line in page.lines for word in line.words if word.text == "已"} == {None}
    _, _, with_returns = _written(lambda rows: tsv(rows).replace("\n", "\r\n"), PAGE, "page.tsv")
    assert with_returns == new.replace("\n", "\r\n")


@pytest.mark.parametrize("make", [objects, paddle3, dicts, tsv], ids=lambda make: make.__name__)
def test_what_the_engine_read_stays_though_the_file_is_repaired_again(make: Callable[..., str]) -> None:
    _, _, once = _repaired_once(make)
    worse = re.sub("已(经整改完成|\t己)", r"己\1", once)
    assert worse != once
    assert _written(lambda _: worse, PAGE, "page.json")[2] == once


@pytest.mark.parametrize(("make", "name"), [*XML, (rapid, "page.json")])
def test_a_file_that_needs_no_repair_stays_byte_for_byte(make: Callable[..., str], name: str) -> None:
    data = make(("县水务局检查了全县水库。",)).replace("\n", "\r\n").encode()
    result = repair(data, name=name)
    assert result.repaired == result.original
    assert engine_files.written(result)[1] == data


@pytest.mark.parametrize(("kept", "times"), [(boxes.KEPT, 1), (10, 2)])
def test_a_file_is_read_once_unless_it_is_long(
    kept: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_of, given = alto_xml.read, list[str]()

    def counted(text: str) -> Iterator[ReadPage]:
        given.append(text)
        return read_of(text)

    monkeypatch.setattr(alto_xml, "read", counted)
    monkeypatch.setattr(boxes, "KEPT", kept)
    _, _, new = _written(lambda rows: alto(rows) + f"<!-- {kept} -->", PAGE, "page.xml")
    assert "已" in new
    assert len(given) == times


def test_characters_lost_and_too_many() -> None:
    """What is put in goes with the character before it; a word that is no more stays as an element."""
    document = read(alto(("一二三", "四五六")).encode(), "a.xml")
    places = Placed(document.text, document.boxed.pages, document.boxed.layouts)
    assert document.text == "一二三\n四五六\n"
    made = [(1, "二", ""), (2, "三", "三〇"), (3, "\n", ""), (4, "四", "肆"), (7, "\n", "七\n")]
    result = _edited(document, made)
    assert result.repaired == "一三〇肆五六七\n"
    found = changes.find(result, places)
    assert found[0, 0].cells == ["一", "", "三〇"]
    assert (found[0, 0].goes_on, found[0, 1].goes_on) == (True, False)
    assert found[0, 1].cells == ["肆", "五", "六七"]
    new = engine_files.written(result)[1].decode()
    strings = re.findall('CONTENT="([^"]*)"(?:/>|><ALTERNATIVE[^>]*>([^<]*))', new)
    assert strings == [("一", ""), ("", "二"), ("三〇", "三"), ("肆", "四"), ("五", ""), ("六七", "六")]
    assert new.count('TAGREFS="ocrfix-joined"') == 1


def _edited(document: Document, made: list[tuple[int, str, str]]) -> Result:
    """A result with these edits, all in one step."""
    result = repair_document(document, settings=Settings(only=("names",)))
    (record,) = repair("己经完成，会议结束。").journal.applied[:1]
    edits = tuple(Edit(Span(at, at + len(old)), old, new) for at, old, new in made)
    records = (replace(record, edits=edits, step=0, span=Span(0, len(document.text))),)
    journal = replace(result.journal, records=records)
    return Result(document.text, replay.replay(document.text, journal), journal)


def test_a_hyphenated_word_that_is_whole_again() -> None:
    source = alto(("a",)).replace('CONTENT="a"/>', 'CONTENT="con"/><HYP CONTENT="-"/>').replace(
        "</TextBlock>", '<TextLine ID="n"><String HPOS="10" VPOS="60" WIDTH="90" HEIGHT="40" CONTENT="tent"/>'
        "</TextLine></TextBlock>",
    )  # fmt: skip
    document = read(source.encode(), "a.xml")
    broken = re.search(r"-\n+", document.text)
    new = engine_files.written(_edited(document, [(broken.start(), broken[0], "")]))[1].decode()
    assert '<HYP CONTENT="-"/>' in new
    for part in ("1", "2"):
        (tag,) = re.findall(f'<String[^>]*SUBS_TYPE="HypPart{part}"[^>]*>', new)
        assert 'SUBS_CONTENT="content"' in tag


SCHEMAS = Path(__file__).parents[2] / "shared" / "schemas"


@pytest.mark.parametrize(
    ("make", "schema"),
    [
        (lambda rows: _alto(rows, "2", "alto-2-1"), "alto-2-1"), (alto, "alto-3-1"),
        (lambda rows: _alto(rows, "4", "alto-4-4"), "alto-4-4"), (old_page, "page-2013-07-15"),
        (page, "page-2019-07-15"), (lambda rows: page(rows, "2024-07-15"), "page-2024-07-15"),
    ],
)  # fmt: skip
def test_what_is_written_is_valid(make: Callable[..., str], schema: str) -> None:
    etree = pytest.importorskip("lxml.etree", reason="lxml tells whether a file is valid")
    if not SCHEMAS.is_dir():
        pytest.skip("../shared/schemas is not there")

    class Local(etree.Resolver):
        def resolve(self, url: str, _id: str, context: object) -> object:
            return self.resolve_filename(str(SCHEMAS / "xlink.xsd"), context) if "xlink" in url else None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    rules = etree.XMLSchema(etree.parse(str(SCHEMAS / f"{schema}.xsd"), parser))
    old, _, new = _written(make, PAGE, "page.xml")
    for source in (old, new):
        rules.assertValid(etree.fromstring(source.encode()))
    assert "ocrfix" in new


def _alto(rows: tuple[str, ...], version: str, _schema: str) -> str:
    return alto(rows).replace("ns-v3#", f"ns-v{version}#")


def test_packed_files_are_read_and_written() -> None:
    old = alto(PAGE).encode()
    for pack, unpack, ending in (
        (gzip.compress, gzip.decompress, "gz"),
        (lzma.compress, lzma.decompress, "xz"),
    ):
        data = pack(old)
        result = repair(data, name=f"page.xml.{ending}")
        assert result.repaired == repair(old, name="page.xml").repaired
        assert encode(result.undo(), result.journal.source.envelope) == data
        assert result.journal.output.name == "page.clean.txt"
        assert (
            unpack(engine_files.written(result)[1]) == engine_files.written(repair(old, name="page.xml"))[1]
        )
        with pytest.raises(InputError) as caught:
            repair(data[:-20], name="page.xml")
        assert caught.value.code == "broken-packing"
    text = "己经完成，会议结束。\n".encode()
    result = repair(gzip.compress(text), name="page.md.gz")
    assert (result.repaired, result.journal.structure.format) == ("已经完成，会议结束。\n", "markdown")
    assert encode(result.undo(), result.journal.source.envelope) == gzip.compress(text)


def test_a_packed_file_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST", 1 << 20)
    for data in (gzip.compress(b"[" * (2 << 20)), lzma.compress(b"[" * (2 << 20))):
        with pytest.raises(InputError) as caught:
            read(data, "a.gz")
        assert caught.value.code == "too-large"


def test_numbered_pages_in_a_zip_are_a_document() -> None:
    files = [("2.json", rapid(("第二页有一行己经很长的文字。",)).encode()), ("10.xml", alto().encode())]
    files.append(("1.hocr", hocr(("第一页有一行文字。",)).encode()))
    data = packing.zipped(files)
    document = read(data, "book.zip")
    assert [page.lines[0].text[:3] for page in document.boxed.pages] == ["第一页", "第二页", "县水务"]
    result = repair(data, name="book.zip")
    assert encode(result.undo(), result.journal.source.envelope) == data
    ending, new = engine_files.written(result)
    assert ending == "zip"
    after = dict(packing.members(new))
    assert after["1.hocr"] == files[2][1]
    assert "己" not in json.loads(after["2.json"])[0][1]
    assert "已" in after["10.xml"].decode()
    assert packing.members(packing.zipped([("a.txt", b"a")])) == []


PDF = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length %d>>stream
%s
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


def test_the_text_layer_of_a_pdf_is_read() -> None:
    pytest.importorskip("pypdfium2")
    page = b"BT /F 12 Tf 20 150 Td (The council met) Tj 0 -20 Td (on Monday morning.) Tj ET"
    data = PDF % (len(page), page)
    document = read(data, "a.pdf")
    assert [line.text for line in document.boxed.pages[0].lines] == ["The council met", "on Monday morning."]
    first, second = (line.box for line in document.boxed.pages[0].lines)
    assert first.left == pytest.approx(20, abs=2)
    assert 30 < first.top < first.bottom < second.bottom < 80
    result = repair(data, name="a.pdf")
    assert encode(result.undo(), result.journal.source.envelope) == data
    assert engine_files.written(result) == ("", b"")
    for bad, code in ((data[:60], "broken-pdf"), (PDF % (0, b""), "no-text-layer")):
        with pytest.raises(InputError) as caught:
            read(bad, "a.pdf")
        assert caught.value.code == code


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
    assert new == data.decode().replace('"text": "县水务局己经检查了全县水库。"', words)


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "book"
    book.mkdir()
    for number in (1, 2, 10):
        (book / f"{number}.json").write_text(rapid((f"第{number}页有一行己经很长的文字。",)), "utf-8")
    (tmp_path / "page.hocr").write_text(hocr(), "utf-8")
    out = tmp_path / "out"
    assert run([str(book), str(tmp_path / "page.hocr"), "-o", str(out), "-q"]) == 0
    ends = ("clean.txt", "report.html", "journal.json")
    names = {f"{stem}.{end}" for stem in ("book", "page") for end in ends} | {
        "book.clean.zip",
        "page.clean.hocr",
    }
    assert {path.name for path in out.iterdir()} == names
    pages = (out / "book.clean.txt").read_text("utf-8").split("\f")
    assert [page[:3] for page in pages] == ["第1页", "第2页", "第10"]
    assert '"box":{"left":' in (out / "page.report.html").read_text("utf-8").replace(": ", ":")
    index = Index(out, None, tmp_path / "review.db")
    index.refresh()
    details = [json.loads(row[0]) for row in index.db.execute("SELECT detail FROM items WHERE before = '己'")]
    assert [*_box(1, ROWS[1].index("己"), 1)] in [detail["box"] for detail in details]
    index.close()
    again = tmp_path / "again.hocr"
    assert run(["undo", str(out / "page.journal.json"), "-o", str(again)]) == 0
    assert again.read_bytes() == (tmp_path / "page.hocr").read_bytes()
    (tmp_path / "cut.xml").write_text(alto()[:400], "utf-8")
    assert run([str(tmp_path / "cut.xml"), "-o", str(out), "--lang", "en"]) == 3
    assert "well-formed" in capsys.readouterr().err
    assert {path.name for path in out.iterdir()} == names
    (out / "page.clean.txt").unlink()
    found = results.read(out / "page.journal.json", tmp_path / "page.hocr")
    assert "已经" in found.repaired


def test_a_mixed_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name, text in {
        "a.txt": "己经完成。\n", "b.txt": "己经完成。\n", "b.hocr": hocr(), "c.xml": alto(),
        "a.json": '{"title": "甲"}', "e.md": "# 己经完成\n", "e.json": rapid(), "c.json": rapid(),
        "meta.json": '{"title": "甲"}', "bad.json": "{",
        "notes.xml": "<notes><a>甲</a></notes>",
    }.items():  # fmt: skip
        (folder / name).write_text(text, "utf-8")
    (folder / "d.xml.gz").write_bytes(gzip.compress(page().encode()))
    given = [found.path for found in inputs.find([str(folder)], (), out, ())]
    assert given == ["a.txt", "b.hocr", "c.json", "d.xml.gz", "e.md"]
    assert run(["batch", str(folder), "-o", str(out), "--workers", "1", "--lang", "en"]) == 0
    assert "3 passed over (b.hocr is read, not b.txt" in capsys.readouterr().err
    over = [("b.txt", "b.hocr"), ("c.xml", "c.json"), ("e.json", "e.md")]
    said = json.loads((out / "summary.json").read_bytes())
    assert said["passed_over"]["count"] == 3
    assert [(one["path"], one["taken"]) for one in said["passed_over"]["files"]] == over
    assert {path.name for path in out.glob("*.clean.*")} == {
        "a.clean.txt", "b.clean.txt", "b.clean.hocr", "e.clean.md", "c.clean.txt", "c.clean.json",
        "d.clean.txt", "d.clean.xml.gz",
    }  # fmt: skip
    beside = [found.path for found in inputs.find([str(out)], (), folder, ())]
    assert beside == []
    pages = [found.path for found in inputs.find([str(out)], (), folder, ("*.html",))]
    assert pages == ["index.html"], "reports are results as well"


def test_a_file_of_boxes_that_comes_later_takes_the_place_of_the_text(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("己经完成。\n", "utf-8")
    asked = ["batch", str(folder), "-o", str(out), "--workers", "1", "-q"]
    assert run(asked) == 0
    (folder / "a.hocr").write_text(hocr(), "utf-8")
    assert run(asked) == 0
    said = json.loads((out / "summary.json").read_bytes())
    assert (said["pages"], said["done"], said["gone"]) == (1, 1, 0)
    assert (out / "a.clean.hocr").exists()
    assert run(asked) == Exit.NOTHING_TO_DO
    (folder / "a.hocr").unlink()
    assert run(asked) == 0
    said = json.loads((out / "summary.json").read_bytes())
    assert (said["pages"], said["passed_over"]["count"]) == (1, 0)
    assert "己" in json.loads((out / "a.journal.json").read_bytes())["records"][0]["edits"][0]["before"]


def test_names_that_are_asked_for_are_all_read(tmp_path: Path) -> None:
    for name, text in {"a.txt": "己经。\n", "a.hocr": hocr()}.items():
        (tmp_path / name).write_text(text, "utf-8")
    found = inputs.find([str(tmp_path)], (), tmp_path / "out", ("*.txt", "*.hocr"))
    assert [one.path for one in found] == ["a.hocr", "a.txt"]
    given = [str(tmp_path / "a.txt"), str(tmp_path / "a.hocr")]
    assert len(list(inputs.find(given, (), tmp_path / "out", ()))) == 2


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


def test_a_character_that_the_encoding_lacks_is_spelt() -> None:
    rows = ("縣水務局檢查了全縣二十三座水庫，查出隱", "患十九處，己經整改完成，並安排專人值守。")
    boxed = [[[10, 40 * n, 700, 40 * n + 30], row, 0.9] for n, row in enumerate(rows)]
    for text, lacking in ((json.dumps(boxed, ensure_ascii=False), "\\u68c0"), (hocr(rows), "&#26816;")):
        data = text.replace('encoding="UTF-8"', "").encode("big5")
        result = repair_document(read(data, "page"), settings=Settings(to="hans"))
        assert result.journal.source.envelope.encoding == "big5"
        assert lacking in engine_files.written(result)[1].decode("big5")
