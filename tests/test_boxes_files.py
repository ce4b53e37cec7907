"""Engines' files as they lie about: packed, in folders and zips, as PDF, at the command line."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path

import pytest
from made_engine_files import PAGE, PDF, ROWS, alto, hocr, page, rapid, sides

from cleanup import repair
from cleanup.archive import inputs, results
from cleanup.cli.app import run
from cleanup.engine.repair import read
from cleanup.formats import boxes, engine_files, json_data, packing
from cleanup.formats.boxes import printed
from cleanup.formats.encoding import InputError, encode
from cleanup.model.errors import Exit
from cleanup.review.index import Index


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
    text = gzip.compress("己经完成，会议结束。\n".encode())
    result = repair(text, name="page.md.gz")
    assert (result.repaired, result.journal.structure.format) == ("已经完成，会议结束。\n", "markdown")
    assert encode(result.undo(), result.journal.source.envelope) == text


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
    assert [*sides(1, ROWS[1].index("己"), 1)] in [detail["box"] for detail in details]
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


@pytest.mark.parametrize("end", ["", "x", "]"])
def test_nothing_but_brackets_is_told_at_once(end: str) -> None:
    """(It took the square of their number: minutes.)"""
    text = "[ " * 50_000 + end * 50_000
    is_told = printed.is_like(text), json_data.sniff(text, "page.json"), boxes.tell(text)
    assert is_told == (False, 0.0, "")
