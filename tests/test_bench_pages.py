"""The benchmark's own parts: pages typeset and degraded alike by seed, other tools, the pages it writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SAMPLES

pytest.importorskip("PIL")

import numpy as np

from bench import beside, made, pages, sets, typeset
from bench.__main__ import main
from bench.degrade import LEVELS, Scan, degrade
from bench.pages import Run
from bench.sets import Document, Set
from bench.typeset import Sheet

needs_faces = pytest.mark.skipif(not all(typeset.faces()), reason="no Chinese faces on this machine")


def test_articles_of_a_folder() -> None:
    found = list(typeset.articles(SAMPLES))
    assert len(found) == 3
    assert all(article.paragraphs for article in found)
    lines = [line for article in found for line in (*article.heads, *article.paragraphs)]
    assert not any(line.startswith("#") for line in lines)


@needs_faces
def test_pages_are_printed_and_degraded_alike_by_seed() -> None:
    (article, *_) = typeset.articles(SAMPLES)
    one, two = (typeset.typeset(article, 7) for _ in range(2))
    assert one.truth == two.truth
    assert "".join(article.paragraphs) in one.truth.replace("\n", "")
    sheet = one.sheets[0]
    ink = [float((np.asarray(degrade(sheet.image, level, 3).image) < 128).mean()) for level in LEVELS]
    assert all(share > 0.005 for share in ink)
    for level in LEVELS:
        scans = [np.asarray(degrade(image.sheets[0].image, level, 3).image) for image in (one, two)]
        assert (scans[0] == scans[1]).all()
    widths = [degrade(sheet.image, level, 3).image.width for level in LEVELS]
    assert widths == sorted(widths, reverse=True)


@needs_faces
def test_pages_are_made_with_any_reader(tmp_path: Path) -> None:
    def read(scan: Scan, sheet: Sheet) -> str:
        return f"宽{scan.image.width}\n块{len(sheet.blocks)}\n"

    articles = list(typeset.articles(SAMPLES))
    (found,) = made.make(articles, {"reader": ("1", read)}, 4, tmp_path)
    assert len(found.documents) == 4
    assert sorted(sets.sets(tmp_path), key=lambda one: one.name)[0].documents == found.documents


def test_a_run_becomes_pages(tmp_path: Path) -> None:
    documents = tuple(
        Document(place.name, (place / "truth.txt").read_text("utf-8"), (place / "page.txt").read_bytes())
        for place in (SAMPLES / "tesseract", SAMPLES / "pp-ocr")
    )
    found = Set("samples", documents)
    run = Run("python -m bench", "2026-11-23", "abc1234")
    run.measured.append(sets.measure(found))
    tools = {"ocrfix": ("0", lambda text: text), "upper": ("1", str.upper)}
    run.tools = {name: version for name, (version, _) in tools.items()}
    run.beside = [beside.on_set(name, tool, found) for name, (_, tool) in tools.items()]
    run.harm = beside.on_right(tools, ["今天，会议a召开。\n第二行。\n" * 50])
    run.right = {name: (len(text), sets.changes(name, text)) for name, text in sets.right_texts(tmp_path)}
    run.missing.append("rapidocr (pip install rapidocr-onnxruntime)")
    assert [harm.changed for harm in run.harm] == [0, 50]
    pages.write(run, tmp_path)
    for lang, documents, missing in (
        ("zh", "| samples（2 个文件", "缺少：rapidocr"),
        ("en", "| samples (2 documents", "missing: rapidocr"),
    ):
        text = (tmp_path / f"benchmarks.{lang}.md").read_text("utf-8")
        assert documents in text
        assert missing in text
        assert "50.00 %" in text
        assert "| layout.join | " in (tmp_path / f"rules.{lang}.md").read_text("utf-8")


def test_the_command_asks_for_two_folders(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["pages"])
    assert "TEXTS and OUT" in capsys.readouterr().err
