"""tesseract as a witness, where it is installed: its hOCR is read as any other."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from cleanup.formats import boxes
from cleanup.formats.encoding import InputError
from cleanup.model.box import BoxedLine, BoxedPage, mean
from cleanup.witness.pictures import Picture, Unreadable
from cleanup.witness.recogniser import Corners, NoRecogniser, Print, Recogniser

_LANGUAGES = ("chi_sim", "chi_tra", "eng")
_LONGEST = 120.0
"""Seconds a page."""
_ALONE = {"OMP_THREAD_LIMIT": "1"}
"""One thread: pages are read side by side."""


class Tesseract:
    """The program of this name, with what it knows of Chinese and English."""

    def __init__(self, program: str) -> None:
        self._program = program
        known = self._run(["--list-langs"]).split()
        self._languages = "+".join(name for name in _LANGUAGES if name in known)
        if "chi_" not in self._languages:
            raise NoRecogniser(
                "tesseract 没有中文数据；请安装 tesseract-ocr-chi-sim。",
                "tesseract has no data for Chinese; install tesseract-ocr-chi-sim.",
            )
        self.name = f"{self._run(['--version']).split(chr(10))[0].strip()} {self._languages}"

    def _run(self, words: list[str]) -> str:
        done = subprocess.run(
            [self._program, *words],
            capture_output=True,
            timeout=_LONGEST,
            check=True,
            env={**os.environ, **_ALONE},
        )
        return done.stdout.decode("utf-8", "replace")

    def read(self, picture: Picture) -> Print:
        """The lines of a picture; raises Unreadable where tesseract fails."""
        from PIL import Image

        with tempfile.TemporaryDirectory(prefix="ocrfix-") as folder:
            place = Path(folder) / "page.png"
            Image.fromarray(picture.pixels[:, :, ::-1]).save(place, compress_level=1)
            try:
                said = self._run([str(place), "-", "-l", self._languages, "hocr"])
            except (subprocess.SubprocessError, OSError) as error:
                raise Unreadable(
                    f"tesseract 读不了 {picture.path}（{error}）。",
                    f"tesseract fails on {picture.path} ({error}).",
                ) from None
        size = (float(picture.width), float(picture.height))
        try:
            lines = [line for page in boxes.boxed(boxes.read(said, "hocr")) for line in page.lines]
        except InputError:  # nothing was read
            lines = []
        return Print(BoxedPage(1, tuple(_scaled(line, picture.scale) for line in lines), *size))

    def lines(self, picture: Picture, places: Sequence[Corners]) -> None:
        """It finds lines by itself: pages are read whole."""


def _scaled(line: BoxedLine, by: float) -> BoxedLine:
    """A line in pixels of the scan, without what tesseract's words say of single characters: nothing."""
    line = line.scaled(by, by)
    return BoxedLine(line.text, line.box, (), mean(word.confidence for word in line.words), line.words)


@cache
def recogniser() -> Recogniser:
    """The one of this process; raises NoRecogniser where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        raise NoRecogniser(
            "找不到 tesseract 程序；请安装 tesseract-ocr 和 tesseract-ocr-chi-sim，或用 --witness rapidocr。",
            "there is no program tesseract; install tesseract-ocr and tesseract-ocr-chi-sim, or use "
            "--witness rapidocr.",
        )
    return Tesseract(program)
