"""Lines of the scan in the report: they show the right place, and stay small."""

from __future__ import annotations

import base64
import io
import json
import sys
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from made_results import sample
from made_scans import colour, near, page, read_page, result, saved

from cleanup import witness
from cleanup.cli.app import run
from cleanup.model.box import Box
from cleanup.model.crop import Crop, Crops, Spot
from cleanup.reports import journal as journals
from cleanup.reports.html import render
from cleanup.witness import crops
from cleanup.witness.crops import cut, cut_one

images = pytest.importorskip("PIL.Image", reason="needs Pillow: pip install 'ocrfix[scan]'")


def seen(crop: Crop, spot: Spot) -> tuple[int, ...]:
    """The colour in the middle of a spot."""
    pixels = np.asarray(images.open(io.BytesIO(crop.data)).convert("RGB"))
    assert pixels.shape[:2] == (crop.height, crop.width)
    y, x = int((spot.box.top + spot.box.bottom) / 2), int((spot.box.left + spot.box.right) / 2)
    return tuple(int(value) for value in pixels[y - 3 : y + 4, x - 3 : x + 4].mean((0, 1)))


@pytest.mark.parametrize(("turned", "boxed"), [(False, True), (True, True), (False, False)])
def test_every_crop_shows_the_place_of_its_record(tmp_path: Path, turned: bool, boxed: bool) -> None:
    picture = saved(tmp_path / "page.png", page(30, turned=turned))
    found = result(30, picture, turned, boxed=boxed)
    made = cut(found, lambda _: picture, "all")
    assert sorted(made.spots) == list(range(30))
    for record, spot in made.spots.items():
        assert near(seen(made.crops[spot.crop], spot), colour(record)), record
    around = made.spots[3].box
    shown = made.crops[made.spots[3].crop]
    before = around.left if turned else around.top
    after = (shown.width - around.right) if turned else (shown.height - around.bottom)
    assert min(before, after) > 20, "what stands around the line is seen as well"
    alone = cut_one(found, 7, picture)
    assert list(alone.spots) == [7]
    assert near(seen(alone.crops[0], alone.spots[7]), colour(7))


def test_a_huge_picture_is_cut_where_its_place_is(tmp_path: Path) -> None:
    big = np.kron(page(8), np.ones((6, 6, 1), np.uint8))
    picture = saved(tmp_path / "huge.png", big)
    assert picture.scale > 1.2, "its pixels are fewer than the scan's"
    found = result(8, picture, by=6.0)
    made = cut(found, lambda _: picture, "all")
    assert len(made.spots) == 8
    for record, spot in made.spots.items():
        assert near(seen(made.crops[spot.crop], spot), colour(record)), record


def test_records_of_one_line_share_its_crop(tmp_path: Path) -> None:
    picture = saved(tmp_path / "page.png", page(50))
    made = cut(result(50, picture), lambda _: picture, "all")
    assert len(made.crops) < 40


@pytest.mark.parametrize("choice", ["some", "all"])
def test_a_report_of_a_hundred_records_stays_below_two_megabytes(
    tmp_path: Path, choice: crops.Choice
) -> None:
    # Noise is what no picture format makes small.
    picture = saved(tmp_path / "page.png", page(100, noise=120))
    found = result(100, picture)
    made = cut(found, lambda _: picture, choice)
    assert len(made.spots) >= 95
    assert max(len(crop.data) for crop in made.crops) <= 20_000
    report = render(found, "zh", made)
    assert 200_000 < len(report.encode()) <= 2_000_000


def test_what_a_person_must_look_at_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = saved(tmp_path / "page.png", page(60, noise=60))
    found = result(60, picture)
    statuses = [record.status for record in found.journal.records]
    assert cut(found, lambda _: picture, "none") == Crops()
    monkeypatch.setattr(crops, "TOGETHER", 150_000)
    made = cut(found, lambda _: picture, "some")
    assert sum(len(crop.data) for crop in made.crops) <= 150_000
    first = {statuses[record] for record, spot in made.spots.items() if spot.crop < 4}
    assert "flagged" in first
    flags = sum(status == "flagged" for status in statuses)
    assert sum(statuses[record] == "flagged" for record in made.spots) >= flags // 2
    monkeypatch.setattr(crops, "SURE", 0.5)
    some = cut(found, lambda _: picture, "some")
    assert all(statuses[record] != "applied" for record in some.spots), "sure edits are not shown unasked"


def test_a_picture_that_is_not_there_makes_no_crop(tmp_path: Path) -> None:
    picture = saved(tmp_path / "page.png", page(3))
    assert cut(result(3, picture), lambda _: None, "all") == Crops()
    assert cut(sample(), lambda _: picture, "all") == Crops(), "records without a place"


def test_the_report_carries_its_crops_and_asks_nothing_else(tmp_path: Path) -> None:
    picture = saved(tmp_path / "page.png", page(6))
    found = result(6, picture)
    made = cut(found, lambda _: picture, "all")
    report = render(found, "en", made)
    policy = unescape(report.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0])
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy
    carried = json.loads(report.partition('id="page">')[2].partition("</script>")[0])
    uri, width, height = carried["crops"][0]
    assert base64.b64decode(uri.partition(",")[2]) == made.crops[0].data
    assert (width, height) == (made.crops[0].width, made.crops[0].height)
    assert sorted(map(int, carried["spots"])) == list(range(6))
    assert "img-src" not in render(found, "en")


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two engine's files beside the pictures that they name, with nothing installed that would read these;
    the places of the second are in units of two pixels."""

    def nobody(_: object) -> list[object]:
        raise witness.NoRecogniser("不能读图。", "nothing here reads pictures.")

    monkeypatch.setattr(witness, "recognisers", nobody)
    for number in (1, 2):
        text, _ = read_page(LINES, {0: (5, 6), 2: (5, 6)}, tmp_path / f"p{number}.png", number)
        (tmp_path / f"p{number}.hocr").write_text(text)
    return tmp_path


LINES = [f"第{number}项工程己经完成，验收组现场查看了这{number}处。" for number in "一二三四"]


def carried(report: Path) -> tuple[list[Crop], dict[int, Spot]]:
    """The crops that a report has, and the places in them."""
    said = json.loads(report.read_text("utf-8").partition('id="page">')[2].partition("</script>")[0])
    found = [
        Crop(base64.b64decode(uri.partition(",")[2]), "", width, height)
        for uri, width, height in said["crops"]
    ]
    return found, {int(record): Spot(at, Box(*box)) for record, (at, *box) in said["spots"].items()}


def test_a_report_of_an_engines_file_shows_the_picture_that_it_names(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(named / "p1.hocr"), str(named / "p2.hocr")]
    assert run([*files, "-o", str(named / "out"), "--apply", "safe"]) == 0
    assert capsys.readouterr().err.count("nothing here reads pictures") == 1, "said once"
    for name in ("p1", "p2"):
        found, spots = carried(named / "out" / f"{name}.report.html")
        journal = journals.decode((named / "out" / f"{name}.journal.json").read_bytes())
        at = {journal.records[record].line: record for record in spots if journal.records[record].edits}
        assert {1, 3} <= set(at)
        for line in (1, 3):
            spot = spots[at[line]]
            assert near(seen(found[spot.crop], spot), colour(line - 1))
            assert found[spot.crop].width > 400, "the whole line"


def test_crops_are_left_out_where_nobody_wants_them(named: Path) -> None:
    page = str(named / "p1.hocr")
    assert run([page, "-q", "-o", str(named / "none"), "--crops", "none"]) == 0
    assert carried(named / "none" / "p1.report.html") == ([], {})
    (named / "ocrfix.toml").write_text('crops = "none"\n')
    assert run([page, "-q", "-o", str(named / "set")]) == 0
    assert carried(named / "set" / "p1.report.html") == ([], {})
    some, every = named / "some", named / "every"
    assert run([page, "-q", "-o", str(some), "--crops", "some"]) == 0
    records = journals.decode((some / "p1.journal.json").read_bytes()).records
    few = carried(some / "p1.report.html")[1]
    assert all(records[index].status != "applied" or records[index].confidence < crops.SURE for index in few)
    assert run([page, "-q", "-o", str(every), "--crops", "all"]) == 0
    shown = carried(every / "p1.report.html")[1]
    assert len(shown) >= 4
    assert few.keys() < shown.keys()
    assert run(["batch", str(named), "--include", "*.hocr", "-o", str(named / "b"), "--crops", "all"]) == 0
    assert carried(named / "b" / "p2.report.html")[1].keys() == shown.keys()


def test_without_pillow_all_goes_on_and_it_is_said_once(
    named: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    files = [str(named / "p1.hocr"), str(named / "p2.hocr")]
    assert run([*files, "-o", str(named / "out")]) == 0
    assert capsys.readouterr().err.count("pip install 'ocrfix[scan]'") == 1
    assert carried(named / "out" / "p1.report.html") == ([], {})
    assert (named / "out" / "p1.clean.txt").read_text("utf-8")


def test_a_picture_that_changed_since_it_was_read_is_not_shown(tmp_path: Path) -> None:
    picture = saved(tmp_path / "page.png", page(3))
    found = result(3, picture)
    assert len(crops.of(found, tmp_path, "all").spots) == 3
    saved(tmp_path / "page.png", page(2))
    assert crops.of(found, tmp_path, "all") == Crops()
    (tmp_path / "page.png").unlink()
    assert crops.of(found, tmp_path, "all") == Crops()
