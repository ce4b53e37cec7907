"""The pictures of docs/assets/: report, overview and review page as they come out of samples/.

    python -m bench pictures

Needs chromium, playwright and Pillow. They are pictures of the real thing: run it again when that looks
otherwise.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.sets import ROOT
from cleanup.model.fix import Lang

if TYPE_CHECKING:
    from playwright.sync_api import Page

ASSETS = ROOT / "docs" / "assets"
WIDTH, HEIGHT = 1180, 760
TALL = 1240
"""The report shows its figures, and below them the text."""
_PAGES = (
    ("2024-01-15/p01.md", "vision-model/page.md"),
    ("2024-01-15/p02.txt", "tesseract/page.txt"),
    ("2024-01-16/p01.txt", "pp-ocr/page.txt"),
)
"""A small archive: page → sample."""


def missing() -> list[str]:
    """What has to be installed first."""
    lacking = [] if _chromium() else ["chromium"]
    for module in ("playwright", "PIL"):
        try:
            __import__(module)
        except ImportError:
            lacking.append(module)
    return lacking


def write() -> None:
    """All of them, in both languages."""
    from playwright.sync_api import sync_playwright

    ASSETS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play, TemporaryDirectory() as folder:
        browser = play.chromium.launch(
            executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        for lang in ("zh", "en"):
            place = Path(folder) / lang
            _archive(place / "archive")
            sample = ROOT / "samples" / "vision-model"
            _ocrfix(
                "fix", sample / "page.md", "--roster", sample / "roster.csv", "-o", place / "one", lang=lang
            )
            _ocrfix("batch", place / "archive", "-o", place / "out", lang=lang)
            page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}).new_page()
            page.set_viewport_size({"width": WIDTH, "height": TALL})
            page.goto((place / "one" / "page.report.html").as_uri())
            _take(page, f"report.{lang}.png")
            page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            page.goto((place / "out" / "index.html").as_uri())
            _take(page, f"index.{lang}.png")
            _review(page, place / "out", lang)
        browser.close()


def _archive(folder: Path) -> None:
    for name, sample in _PAGES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "samples" / sample, folder / name)


def _review(page: Page, out: Path, lang: Lang) -> None:
    """The review page, with a place chosen."""
    command = [*_COMMAND, "review", str(out), "--port", "0", "--no-browser", "--as", "Wang", "--lang", lang]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            page.goto(server.stdout.readline().strip())
            page.wait_for_timeout(800)
            page.goto(page.url.partition("#")[0].partition("?")[0] + "#pages")
            _take(page, f"review.{lang}.png")
        finally:
            server.terminate()


_COMMAND = (sys.executable, "-m", "cleanup")


def _ocrfix(*arguments: str | Path, lang: Lang) -> None:
    subprocess.run(
        [*_COMMAND, *map(str, arguments), "--lang", lang, "-q"],
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def _take(page: Page, name: str) -> None:
    """What the window shows, in few colours: some 60 KB."""
    from PIL import Image

    page.wait_for_timeout(1200)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(64, dither=Image.Dither.NONE).save(ASSETS / name, optimize=True)


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")
