"""The OCR engines that read the pages: tesseract (Debian) and PP-OCR through RapidOCR (PyPI)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from bench.degrade import Scan
from bench.typeset import Sheet

Reader = Callable[[Scan, Sheet], str]


def tesseract(scan: Scan, sheet: Sheet) -> str:
    """The whole page, its layout found by the engine; small scans enlarged first, as its manual says."""
    image, dots = scan.image, scan.dots
    if dots < 150:
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)
        dots *= 2
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "page.png")
        image.save(place)
        done = subprocess.run(
            ["tesseract", place, "stdout", "-l", "chi_sim", "--psm", "3", "--dpi", str(dots)],
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    return done.stdout.decode("utf-8", "replace")


def rapidocr(scan: Scan, sheet: Sheet) -> str:
    """Boxes put into the order of the printed columns, as layout analysis would give them."""
    found, _ = _rapid()(np.asarray(scan.image.convert("RGB")))
    blocks: list[list[tuple[float, float, float, str]]] = [[] for _ in sheet.blocks]
    for box, text, _ in found or []:
        corners = np.array(box, dtype=float) / scan.scale
        x, y = corners.mean(axis=0)
        high = float(np.ptp(corners[:, 1]))
        blocks[_block(sheet, x, y)].append((y, float(corners[:, 0].min()), high, text))
    return "\n".join(line for block in blocks for line in _lines(block)) + "\n"


def _block(sheet: Sheet, x: float, y: float) -> int:
    def away(number: int) -> float:
        left, top, right, bottom = sheet.blocks[number]
        return max(left - x, x - right, 0.0) + max(top - y, y - bottom, 0.0)

    return min(range(len(sheet.blocks)), key=away)


def _lines(boxes: list[tuple[float, float, float, str]]) -> list[str]:
    rows: list[list[tuple[float, float, float, str]]] = []
    for box in sorted(boxes):
        if rows and abs(rows[-1][-1][0] - box[0]) < 0.45 * min(box[2], rows[-1][-1][2]):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [" ".join(text for _, _, _, text in sorted(row, key=lambda box: box[1])) for row in rows]


@cache
def _rapid() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)


def available() -> tuple[dict[str, tuple[str, Reader]], list[str]]:
    """Engines by name with their versions; and for those that are missing, what to install."""
    found: dict[str, tuple[str, Reader]] = {}
    missing: list[str] = []
    if shutil.which("tesseract"):
        said = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
        ).stdout
        if "chi_sim" in said:
            version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False)
            found["tesseract"] = (version.stdout.split("\n")[0].removeprefix("tesseract "), tesseract)
        else:
            missing.append("tesseract: its Chinese model (apt install tesseract-ocr-chi-sim)")
    else:
        missing.append("tesseract (apt install tesseract-ocr tesseract-ocr-chi-sim)")
    if find_spec("rapidocr_onnxruntime"):
        found["rapidocr"] = (metadata.version("rapidocr-onnxruntime"), rapidocr)
    else:
        missing.append("rapidocr (pip install rapidocr-onnxruntime opencv-python-headless)")
    return found, missing
