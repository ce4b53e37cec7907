"""Engines' files with places, written back: what has changed where it stood, all else as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from made_engine_files import (
    MASTHEAD,
    PAGE,
    ROWS,
    XML,
    alto,
    baidu,
    hocr,
    middle,
    objects,
    old_page,
    paddle2,
    paddle3,
    page,
    pages_of,
    printed,
    rapid,
    sides,
    tsv,
)

from cleanup import repair
from cleanup.engine.repair import Settings, read, repair_document
from cleanup.formats import boxes, engine_files
from cleanup.formats.boxes import alto as alto_xml
from cleanup.formats.boxes import changes
from cleanup.formats.boxes.lines import ReadPage
from cleanup.formats.encoding import encode
from cleanup.model import replay
from cleanup.model.document import Document
from cleanup.model.fix import Edit, Span
from cleanup.model.placed import Placed
from cleanup.model.result import Result
from cleanup.version import VERSION


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


@pytest.mark.parametrize(("make", "name"), XML)
def test_words_are_written_back_where_they_stood(make: Callable[..., str], name: str) -> None:
    old, result, new = _written(make, PAGE, name)
    assert "己" in old
    assert MASTHEAD not in result.repaired
    assert _shape(old) == _shape(new)
    kept = [row for row in old.split("\n") if row in new.split("\n")]
    assert len(kept) >= len(old.split("\n")) - 12  # what changed, and what tells of it
    assert "ocrfix" in new
    (page,) = pages_of(new)
    assert [line.text for line in page.lines] == [row.replace("己", "已") for row in PAGE[1:]]
    assert {word.confidence for line in page.lines for word in line.words if word.text == "已"} == {None}
    again = repair(new.encode(), name=name)
    assert engine_files.written(again)[1] == new.encode()


def dicts(rows: tuple[str, ...] = ROWS) -> str:
    """What Python prints of a list of dicts."""
    return repr([{"text": row, "box": sides(number, 0, len(row))} for number, row in enumerate(rows)])


def _repaired_once(make: Callable[..., str]) -> tuple[str, str, str]:
    """(as it was, with its words changed by hand, as it is written); what is written is read and undone."""
    old, result, new = _written(make, PAGE, "page.json")
    changed = re.sub("己(?=经|\t|\n)", "已", old).replace("\\u5df1\\u7ecf", "\\u5df2\\u7ecf")
    assert changed != old
    assert pages_of(new)[0].lines[-2].text == "患十九处，已经整改完成，并安排专人值"
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
    by = re.compile(rf""",\s*(["'])repaired_by\1\s*:\s*\1ocrfix {re.escape(VERSION)}\1""")
    assert len(by.findall(new)) == 1
    assert by.sub("", kept.sub("", new)) == changed


def test_tsv_keeps_what_was_read_and_who_changed_it_in_columns_at_its_end() -> None:
    _, changed, new = _repaired_once(tsv)
    head, word = "\ttext\ttext_as_read\trepaired_by\n", f"\t已\t己\tocrfix {VERSION}\n"
    assert new == changed.replace("\ttext\n", head).replace("\t已\n", word)
    (page,) = pages_of(new)
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


def test_a_character_that_the_encoding_lacks_is_spelt() -> None:
    rows = ("縣水務局檢查了全縣二十三座水庫，查出隱", "患十九處，己經整改完成，並安排專人值守。")
    boxed = [[[10, 40 * n, 700, 40 * n + 30], row, 0.9] for n, row in enumerate(rows)]
    for text, lacking in ((json.dumps(boxed, ensure_ascii=False), "\\u68c0"), (hocr(rows), "&#26816;")):
        data = text.replace('encoding="UTF-8"', "").encode("big5")
        result = repair_document(read(data, "page"), settings=Settings(to="hans"))
        assert result.journal.source.envelope.encoding == "big5"
        assert lacking in engine_files.written(result)[1].decode("big5")
