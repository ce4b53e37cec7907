"""Pictures: opened safely, found, read once and kept; what was read reaches the repair."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from cleanup import witness
from cleanup.cli.app import run
from cleanup.engine import repair
from cleanup.model.box import Box, BoxedLine, BoxedPage
from cleanup.model.fix import Span
from cleanup.model.placed import Seen
from cleanup.model.scan import SeenAt
from cleanup.reports import journal as journals
from cleanup.witness import finding, kept, pictures, rapid, recogniser, tesseract
from cleanup.witness.pictures import Picture, Unreadable

ROWS = (
    "会议强调，要认真学习贯彻重要讲话精神，",
    "加强组织领导，明确责任分工，扎实推进各",
    "项工作落实落细，确保完成全年目标任务，",
    "以优异的成绩向全县人民交出满意的答卷。",
)
WITH_SCAN = "pip install 'ocrfix[scan]' to test with real pictures"
needs_pictures = pytest.mark.skipif(find_spec("PIL") is None, reason=WITH_SCAN)
needs_rapid = pytest.mark.skipif(find_spec("rapidocr") is None, reason=WITH_SCAN)


@dataclass
class Recorded:
    """Gives the same lines of whatever picture it is shown."""

    rows: tuple[str, ...]
    name: str = "recorded 1"
    asked: list[Path] = field(default_factory=list)

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


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    pytest.importorskip("PIL", reason=WITH_SCAN)
    one = Recorded(ROWS)
    for place in (witness, recogniser):  # batch asks beforehand whether there is one
        monkeypatch.setattr(place, "recognisers", lambda _: [one])
    return one


def picture(place: Path, size: tuple[int, int] = (1000, 700), mode: str = "L", **options: object) -> Path:
    from PIL import Image

    place.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, 0 if mode == "CMYK" else 255 if mode != "RGB" else (255, 255, 255)).save(
        place, **options
    )
    return place


def boxed(rows: tuple[str, ...] = ROWS) -> str:
    lines = [
        {"text": row, "box": [100, 100 + 50 * y, 100 + 40 * len(row), 140 + 50 * y], "confidence": 0.9}
        for y, row in enumerate(rows)
    ]
    return json.dumps({"pages": [{"width": 1000, "height": 700, "lines": lines}]}, ensure_ascii=False)


@needs_pictures
@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.jpg", "CMYK"), ("a.png", "1"), ("a.png", "I;16"), ("a.tif", "L"), ("a.gif", "L"), ("a.png", "RGBA")],
)
def test_whatever_its_kind_a_picture_becomes_pixels(tmp_path: Path, name: str, mode: str) -> None:
    found = pictures.read(picture(tmp_path / name, (300, 200), mode))
    assert found.pixels.shape == (200, 300, 3)
    assert (found.width, found.height, found.scale) == (300, 200, 1.0)
    assert found.pixels.mean() > 200  # paper is light, 16 bits and CMYK among it


@needs_pictures
def test_a_huge_picture_is_scaled(tmp_path: Path) -> None:
    found = pictures.read(picture(tmp_path / "wide.jpg", (50_000, 400)))
    assert (found.width, found.height) == (50_000, 400)
    assert max(found.pixels.shape) <= pictures.MOST
    assert found.scale == pytest.approx(50_000 / found.pixels.shape[1])


@needs_pictures
def test_a_picture_is_turned_as_it_says(tmp_path: Path) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    found = pictures.read(picture(tmp_path / "turned.jpg", (300, 200), exif=exif))
    assert (found.width, found.height) == (200, 300)


@needs_pictures
def test_of_an_animated_picture_the_first_frame_is_read(tmp_path: Path) -> None:
    from PIL import Image

    images = [Image.new("L", (30, 20), shade) for shade in (255, 0, 128)]
    images[0].save(tmp_path / "a.gif", save_all=True, append_images=images[1:])
    found = pictures.read(tmp_path / "a.gif")
    assert pictures.frames(tmp_path / "a.gif") == 1
    assert found.pixels.mean() == 255
    assert "3 frames" in found.notes[0].en


@needs_pictures
def test_what_is_no_picture_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("只是文字")
    (tmp_path / "empty.png").write_bytes(b"")
    whole = picture(tmp_path / "whole.jpg", (600, 600)).read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.4\n")
    said = {}
    for name in ("text.jpg", "empty.png", "cut.jpg", "none.jpg", "cut.pdf"):
        with pytest.raises(Unreadable) as raised:
            pictures.read(tmp_path / name)
        said[name] = str(raised.value)
    assert "is no picture" in said["text.jpg"]
    assert "is no picture" in said["empty.png"]
    assert "damaged" in said["cut.jpg"]
    assert "is not there" in said["none.jpg"]
    assert "damaged" in said["cut.pdf"] or "pypdfium2" in said["cut.pdf"]


@needs_pictures
def test_pages_of_a_tiff_and_of_a_pdf(tmp_path: Path) -> None:
    from PIL import Image

    images = [Image.new("L", (300, 200 + 10 * page), 255) for page in range(3)]
    for name in ("book.tif", "book.pdf"):
        if name.endswith("pdf") and find_spec("pypdfium2") is None:
            continue
        images[0].save(tmp_path / name, save_all=True, append_images=images[1:])
        assert pictures.frames(tmp_path / name) == 3
        heights = [pictures.read(tmp_path / name, page).height for page in range(3)]
        assert heights == sorted(set(heights))
        whole = [(at.path.name, at.frame) for at in finding.asked(tmp_path / name, Path("book.md"))]
        assert whole == [(name, 0), (name, 1), (name, 2)]
        assert finding.asked(tmp_path / name, Path("page_0002.md"))[0].frame == 1


@needs_pictures
@pytest.mark.parametrize(
    ("source", "lies", "found"),
    [
        ("page_0001.md", ("page_0001.jpg", "1.jpg"), "page_0001.jpg"),
        ("page_0001.md", ("1.jpg", "2.jpg", "11.jpg"), "1.jpg"),
        ("scan-3.vlm.md", ("scan-3.jpg", "scan-30.jpg"), "scan-3.jpg"),
        ("vol2/page_7.md", ("vol1/7.png", "vol2/7.png"), "vol2/7.png"),
        ("page_0001.md", ("a1.jpg", "b1.jpg"), None),  # which of the two?
        ("page.md", ("other.jpg",), None),
    ],
)
def test_the_picture_of_a_page(tmp_path: Path, source: str, lies: tuple[str, ...], found: str | None) -> None:
    for name in lies:
        picture(tmp_path / "scans" / name, (30, 20))
    (tmp_path / "scans" / "notes.txt").write_text("1")
    if found is None:
        with pytest.raises(Unreadable, match="has no picture"):
            finding.asked(tmp_path / "scans", Path("in") / source)
    else:
        (at,) = finding.asked(tmp_path / "scans", Path("in") / source)
        assert at.path == tmp_path / "scans" / found


@pytest.mark.parametrize(
    ("form", "text", "is_named"),
    [
        ("hocr", """<div class='ocr_page' id='p' title='image "p.jpg"; bbox 0 0 9 9'>""", True),
        ("hocr", """<div class="ocr_page" title="bbox 0 0 9 9; image &quot;/elsewhere/p.jpg&quot;">""", True),
        ("alto", "<alto><sourceImageInformation><fileName>p.jpg</fileName>", True),
        ("page", '<PcGts><Page imageFilename="img/p.jpg" imageWidth="9">', True),
        ("page", r'<PcGts><Page imageFilename="C:\scans\p.jpg">', True),
        ("page", '<PcGts><Page imageFilename="../secret.jpg">', False),
        ("alto", "<alto><fileName>q.jpg</fileName>", False),
    ],
)
def test_pictures_that_engines_files_name(tmp_path: Path, form: str, text: str, is_named: bool) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "p.jpg").write_bytes(b"")
    found = finding.named(text, form, folder / "p.xml")
    assert [at.path for at in found] == [folder / "p.jpg"] * is_named


def test_a_reading_is_kept_and_read_once(tmp_path: Path, recorded: Recorded) -> None:
    scan = picture(tmp_path / "page.png")
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
    scan = picture(tmp_path / "scans" / "page.png", (2000, 1400))
    (tmp_path / "page.json").write_text(boxed().replace("讲话精神", "讲括精神"))
    assert run([str(tmp_path / "page.json"), "--scan", str(scan.parent), "-q"]) == 0
    journal = journals.decode((tmp_path / "page.journal.json").read_bytes())
    (said,) = journal.scans
    assert (said.file, said.frame, said.width, said.height) == ("scans/page.png", 0, 2000, 1400)
    assert said.recognisers == ("recorded 1",)
    (record,) = [one for one in journal.applied if one.edits[0].before == "括"]
    assert record.scan == 0
    assert record.box == Box(1400, 200, 1480, 280)  # in pixels of the scan, of which the file has half


def test_a_named_picture_is_found_by_itself(tmp_path: Path, recorded: Recorded) -> None:
    picture(tmp_path / "page.png")
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
    picture(tmp_path / "scans" / "1.png")
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
    found = witness.look(document, text, str(place), "rapidocr", tmp_path)
    assert found.scans[0].is_turned
    first = min(found.seen, key=lambda one: one.span)  # the headline, at the foot of the picture
    assert first.box.bottom > page.height / 2


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
    assert witness.look(document, tmp_path / "page.txt", "", "rapidocr", tmp_path) is document
