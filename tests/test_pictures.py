"""Pictures of pages: opened whatever their kind, and found."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from made_scans import blank, needs_pictures

from cleanup.witness import finding, pictures
from cleanup.witness.pictures import Unreadable


@needs_pictures
@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.jpg", "CMYK"), ("a.png", "1"), ("a.png", "I;16"), ("a.tif", "L"), ("a.gif", "L"), ("a.png", "RGBA")],
)
def test_whatever_its_kind_a_picture_becomes_pixels(tmp_path: Path, name: str, mode: str) -> None:
    found = pictures.read(blank(tmp_path / name, (300, 200), mode))
    assert found.pixels.shape == (200, 300, 3)
    assert (found.width, found.height, found.scale) == (300, 200, 1.0)
    assert found.pixels.mean() > 200  # paper is light, 16 bits and CMYK among it


@needs_pictures
def test_a_huge_picture_is_scaled(tmp_path: Path) -> None:
    found = pictures.read(blank(tmp_path / "wide.jpg", (50_000, 400)))
    assert (found.width, found.height) == (50_000, 400)
    assert max(found.pixels.shape) <= pictures.MOST
    assert found.scale == pytest.approx(50_000 / found.pixels.shape[1])


@needs_pictures
def test_a_picture_is_turned_as_it_says(tmp_path: Path) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    found = pictures.read(blank(tmp_path / "turned.jpg", (300, 200), exif=exif))
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
    whole = blank(tmp_path / "whole.jpg", (600, 600)).read_bytes()
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
        blank(tmp_path / "scans" / name, (30, 20))
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
