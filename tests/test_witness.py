"""Pictures: read once and kept; what was read reaches the repair."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from made_scans import WITH_SCAN, blank, needs_pictures, saved

from cleanup import witness
from cleanup.cli.app import run
from cleanup.engine import repair
from cleanup.model.box import Box, BoxedLine, BoxedPage
from cleanup.model.fix import Span
from cleanup.model.placed import Seen
from cleanup.model.scan import SeenAt
from cleanup.reports import journal as journals
from cleanup.witness import finding, kept, pictures, rapid, recogniser, tesseract
from cleanup.witness.pictures import Picture

ROWS = (
    "会议强调，要认真学习贯彻重要讲话精神，",
    "加强组织领导，明确责任分工，扎实推进各",
    "项工作落实落细，确保完成全年目标任务，",
    "以优异的成绩向全县人民交出满意的答卷。",
)
needs_rapid = pytest.mark.skipif(find_spec("rapidocr") is None, reason=WITH_SCAN)


@dataclass
class Recorded:
    """Gives the same lines of whatever picture it is shown."""

    rows: tuple[str, ...]
    name: str = "recorded 1"
    asked: list[Path] = field(default_factory=list)
    places: list[recogniser.Corners] = field(default_factory=list)
    """Of lines, where it reads single ones."""
    reads_lines: bool = False

    def read(self, picture: Picture) -> recogniser.Print:
        self.asked.append(picture.path)
        by = picture.width / 1000
        lines = [
            BoxedLine(
                row, Box(100, 100 + 50 * y, 100 + 40 * len(row), 140 + 50 * y).scaled(by, by), confidence=0.98
            )
            for y, row in enumerate(self.rows)
        ]
        return recogniser.Print(BoxedPage(1, tuple(lines), picture.width, picture.height))

    def lines(self, picture: Picture, places: Sequence[recogniser.Corners]) -> list[BoxedLine | None] | None:
        if not self.reads_lines:
            return None
        self.places += places
        by = {line.box.top // 50: line for line in self.read(picture).page.lines}
        self.asked.pop()
        middles = (sum(y for _, y in place) / 4 for place in places)
        return [by.get(middle // 50) for middle in middles]


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    pytest.importorskip("PIL", reason=WITH_SCAN)
    one = Recorded(ROWS)
    for kind in (rapid, tesseract):
        monkeypatch.setattr(kind, "recogniser", lambda: one)
    return one


def boxed(rows: tuple[str, ...] = ROWS) -> str:
    lines = [
        {"text": row, "box": [100, 100 + 50 * y, 100 + 40 * len(row), 140 + 50 * y], "confidence": 0.9}
        for y, row in enumerate(rows)
    ]
    return json.dumps({"pages": [{"width": 1000, "height": 700, "lines": lines}]}, ensure_ascii=False)


def test_a_reading_is_kept_and_read_once(tmp_path: Path, recorded: Recorded) -> None:
    scan = blank(tmp_path / "page.png")
    (tmp_path / "page.json").write_text(boxed(ROWS[:2] + ROWS[3:]))
    out = tmp_path / "out"
    for _ in range(2):
        assert run([str(tmp_path / "page.json"), "--scan", str(scan), "-o", str(out), "-q"]) == 0
    assert recorded.asked == [scan]
    shutil.rmtree(out / kept.FOLDER)
    assert run([str(tmp_path / "page.json"), "--scan", str(scan), "-o", str(out), "-q"]) == 0
    assert len(recorded.asked) == 2
    for broken in (out / kept.FOLDER).iterdir():
        broken.write_bytes(broken.read_bytes()[:30])
    assert run([str(tmp_path / "page.json"), "--scan", str(scan), "-o", str(out), "-q"]) == 0
    assert len(recorded.asked) == 3


def test_the_journal_says_what_was_looked_at(tmp_path: Path, recorded: Recorded) -> None:
    scan = blank(tmp_path / "scans" / "page.png", (2000, 1400))
    (tmp_path / "page.json").write_text(boxed().replace("讲话精神", "讲括精神"))
    assert run([str(tmp_path / "page.json"), "--scan", str(scan.parent), "-q"]) == 0
    journal = journals.decode((tmp_path / "page.journal.json").read_bytes())
    (said,) = journal.scans
    assert (said.file, said.frame, said.width, said.height) == ("scans/page.png", 0, 2000, 1400)
    assert said.recognisers == ("recorded 1",)
    (record,) = [one for one in journal.applied if one.edits[0].before == "括"]
    assert record.scan == 0
    assert record.box == Box(1400, 200, 1480, 280)  # in pixels of the scan, of which the file has half


TEXT = (
    *ROWS[:2],
    "项工作落实落细，切实把各项任务抓紧抓好，",
    "各级党组织要把学习教育不断引向深入，帮",
    "助群众解决生产生活中的实际困难和问题，",
    "推动全县经济社会持续健康发展，确保完成",
    *ROWS[3:],
)


def doubtful_page(rows: tuple[str, ...], unsure: int) -> str:
    page = json.loads(boxed(rows))
    for number, line in enumerate(page["pages"][0]["lines"]):
        line["confidence"] = 0.5 if number == unsure else 0.99
    return json.dumps(page, ensure_ascii=False)


def test_only_lines_in_doubt_are_read(tmp_path: Path, recorded: Recorded) -> None:
    pytest.importorskip("cv2", reason=WITH_SCAN)
    recorded.rows, recorded.reads_lines = TEXT, True
    scan = blank(tmp_path / "page.png")
    rows = (
        *TEXT[:1],
        TEXT[1].replace("分工", "分土"),
        *TEXT[2:4],
        TEXT[4].replace("困难", "围难"),
        *TEXT[5:],
    )
    page, clean = tmp_path / "page.json", tmp_path / "page.clean.txt"
    page.write_text(doubtful_page(rows, 1))
    words = [str(page), "--scan", str(scan), "-q"]
    assert run([*words, "--only", "scan"]) == 0
    assert not recorded.asked
    assert len(recorded.places) == 3  # the line, and two that show whether it is the right picture
    assert "明确责任分工" in clean.read_text()
    assert "围难" in clean.read_text()  # nobody looked there
    assert journals.decode((tmp_path / "page.journal.json").read_bytes()).scans[0].look == "doubtful"
    assert run([*words, "--only", "scan"]) == 0
    assert len(recorded.places) == 3  # kept
    assert run([*words, "--only", "scan", "--look", "all"]) == 0
    assert recorded.asked == [scan]
    assert "困难" in clean.read_text()


def test_a_picture_that_says_something_else_where_the_engine_was_sure_is_read_whole(
    tmp_path: Path, recorded: Recorded, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded.rows, recorded.reads_lines = tuple(row[::-1] for row in TEXT), True
    (tmp_path / "page.json").write_text(doubtful_page(TEXT, 1))
    scan = blank(tmp_path / "page.png")
    assert run([str(tmp_path / "page.json"), "--scan", str(scan), "-q"]) == 0
    assert recorded.asked == [scan]
    assert "as if it were of another page" in capsys.readouterr().err


def test_print_that_no_box_covers_is_found(tmp_path: Path) -> None:
    pytest.importorskip("cv2", reason=WITH_SCAN)
    from cleanup.witness import ink

    pixels = np.full((400, 900, 3), 235, np.uint8)
    boxes = [Box(50, 50 + 60 * row, 850, 90 + 60 * row) for row in range(5)]
    for box in boxes:
        for left in range(int(box.left), int(box.right), 40):  # strokes, as of characters
            pixels[int(box.top) + 5 : int(box.bottom) - 5, left + 5 : left + 11] = 30
            pixels[int(box.top) + 18 : int(box.top) + 22, left + 5 : left + 34] = 30
    pixels[365:370, 20:880] = 30  # a rule
    pixels[10:14, 400:404] = 30  # a speck
    found = ink.rows(saved(tmp_path / "page.png", pixels), [*boxes[:2], *boxes[3:]], 40)
    assert [round(box.top / 10) for box in found] == [18]
    assert ink.rows(saved(tmp_path / "page.png", pixels), boxes, 40) == []


def test_a_named_picture_is_found_by_itself(tmp_path: Path, recorded: Recorded) -> None:
    blank(tmp_path / "page.png")
    words = "".join(f"<span class='ocrx_word' title='bbox 100 100 800 140'>{ROWS[0]}</span>")
    (tmp_path / "page.hocr").write_text(
        f"<html><body><div class='ocr_page' title='image \"page.png\"; bbox 0 0 1000 700'>"
        f"<span class='ocr_line' title='bbox 100 100 800 140'>{words}</span></div></body></html>"
    )
    assert run([str(tmp_path / "page.hocr"), "-q"]) == 0
    assert journals.decode((tmp_path / "page.journal.json").read_bytes()).scans[0].file == "page.png"


@needs_pictures
@pytest.mark.usefixtures("recorded")
def test_a_broken_picture_does_not_stop_the_repair(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.md").write_text("己经完成了全年的各项目标任务。\n")
    (tmp_path / "page.jpg").write_text("no picture")
    assert run([str(tmp_path / "page.md"), "--scan", str(tmp_path / "page.jpg"), "-q"]) == 0
    assert "is no picture" in capsys.readouterr().err
    assert (tmp_path / "page.clean.md").read_text() == "已经完成了全年的各项目标任务。\n"


def test_batch_looks_too_and_review_makes_anew(tmp_path: Path, recorded: Recorded) -> None:
    blank(tmp_path / "scans" / "1.png")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page_0001.json").write_text(boxed(ROWS[:2] + ROWS[3:]))
    out = tmp_path / "out"
    words = ["batch", str(tmp_path / "in"), "--scan", str(tmp_path / "scans"), "-o", str(out), "-q"]
    assert run([*words, "--workers", "1"]) == 0
    journal = out / "page_0001.journal.json"
    found = journals.decode(journal.read_bytes())
    assert found.scans[0].file == "../scans/1.png"
    shutil.rmtree(tmp_path / "scans")  # what was read is kept
    assert run(["apply", str(out), "--all", "-q"]) == 0
    assert journals.decode(journal.read_bytes()).records == found.records


def test_without_the_extra_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rapid, "find_spec", lambda _: None)
    monkeypatch.setattr(rapid, "recogniser", rapid.recogniser.__wrapped__)
    monkeypatch.setattr(finding, "asked", lambda scan, _: [finding.At(scan)])
    (tmp_path / "page.md").write_text("一页文字。\n")
    assert run([str(tmp_path / "page.md"), "--scan", str(tmp_path / "a.jpg"), "-q"]) == 5
    assert "pip install 'ocrfix[scan]'" in capsys.readouterr().err


def test_a_place_on_the_scan() -> None:
    seen = Seen(
        [
            SeenAt(Span(0, 4), 0, Box(0, 0, 40, 10)),
            SeenAt(Span(4, 4), 0, Box(0, 20, 40, 30)),
            SeenAt(Span(4, 8), 1, Box(100, 0, 140, 10)),
        ]
    )
    assert seen.box(Span(1, 3)) == (0, Box(10, 0, 30, 10))
    assert seen.box(Span(2, 6)) == (0, Box(20, 0, 40, 10))
    assert seen.box(Span(4, 4)) == (0, Box(0, 20, 40, 30))
    assert seen.box(Span(6, 6)) == (1, Box(110, 0, 120, 10))
    assert seen.box(Span(9, 12)) is None


@needs_rapid
def test_pp_ocr_reads_a_picture_with_characters_and_others(shared: Path) -> None:
    page, is_turned = rapid.recogniser().read(pictures.read(shared / "bench/scans/scan-dev011.jpg"))
    assert not is_turned
    text = "".join(line.text for line in page.lines)
    truth = "".join((shared / "bench/scans/scan-dev011.gt.txt").read_text().split())
    assert sum(char in truth for char in text) > 0.95 * len(text)
    line = max(page.lines, key=lambda line: len(line.text))
    assert "".join(word.text + " " * word.space_after for word in line.words) == line.text
    lefts = [word.box.left for word in line.words]
    assert lefts == sorted(lefts)
    assert any(word.others for line in page.lines for word in line.words)


@needs_rapid
def test_a_picture_that_stands_on_its_head_is_turned(shared: Path, tmp_path: Path) -> None:
    from PIL import Image

    place = tmp_path / "turned.png"
    Image.open(shared / "bench/scans/scan-dev011.jpg").rotate(180).save(place)
    page, is_turned = rapid.recogniser().read(pictures.read(place))
    assert is_turned
    text = shared / "bench/scans/scan-dev011.vlm.md"
    document = repair.read(text.read_bytes(), text.name)
    found = witness.look(document, text, str(place), "rapidocr", "all", tmp_path)
    assert found.scans[0].is_turned
    first = min(found.seen, key=lambda one: one.span)  # the headline, at the top of the page as it is read
    assert first.box.bottom < page.height / 2
    shown = pictures.read(place, 0, found.scans[0].is_turned).pixels
    upright = pictures.read(shared / "bench/scans/scan-dev011.jpg").pixels
    assert np.array_equal(shown, upright)


@needs_pictures
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_tesseract_reads_a_picture(shared: Path) -> None:
    page, _ = tesseract.recogniser().read(pictures.read(shared / "bench/scans/scan-dev011.jpg"))
    assert len(page.lines) > 5
    assert (page.width, page.height) == (811, 894)


def test_both_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid, "recogniser", lambda: Recorded(ROWS, "rapidocr 3"))
    monkeypatch.setattr(tesseract, "recogniser", lambda: Recorded(ROWS, "tesseract 5"))
    assert [one.name for one in recogniser.recognisers("both")] == ["rapidocr 3", "tesseract 5"]
    assert [one.name for one in recogniser.recognisers("tesseract")] == ["tesseract 5"]


def test_a_text_without_pictures_is_left_to_itself(tmp_path: Path) -> None:
    document = repair.read(b"\xe4\xb8\x80", "page.txt")
    assert witness.look(document, tmp_path / "page.txt", "", "rapidocr", "all", tmp_path) is document
