"""The table of what engines took drawn characters for, and the script that counts it."""

from __future__ import annotations

import json
import subprocess
import sys
from math import log1p
from pathlib import Path

import numpy as np
import pytest

from cleanup.rules import models
from cleanup.score.channel import BrokenChannel, Reread

BUILD = Path(__file__).parent.parent / "dictionaries" / "build" / "reread_table.py"


def codes(chars: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array([ord(char) for char in chars], dtype=np.uint32)


@pytest.fixture
def built(tmp_path: Path) -> Reread:
    """明 drawn 20 times: 4 times tesseract read 朋, and PP-OCR was once half sure of 朋."""
    pages: list[dict[str, object]] = [
        {"engine": "tesseract", "truth": ["明天"] * 20, "read": ["朋天"] * 4 + ["明天"] * 16},
        {
            "engine": "paddleocr",
            "truth": ["明天"] * 20,
            "read": ["明天"] * 20,
            "others": [[[["朋", 0.5], ["，", 0.2]], []]] + [[[], []]] * 19,
        },
    ]
    lines = tmp_path / "pages.jsonl"
    lines.write_text("\n".join(json.dumps(page, ensure_ascii=False) for page in pages), "utf-8")
    command = [sys.executable, str(BUILD), str(lines), "--out", str(tmp_path / "reread.bin")]
    subprocess.run(command, check=True, capture_output=True)
    return Reread(tmp_path / "reread.bin")


def test_rates_are_those_counted_smoothed_by_20_right_readings(built: Reread) -> None:
    found = built.look(codes("朋明天𠀀"), codes("明朋大明"))
    assert found[:, 0] == pytest.approx([log1p(1e5 * 4 / 40), log1p(1e5 * 0.5 / 40)], abs=0.03)
    assert not found[:, 1:].any()
    assert built.usual("朋", "明") == pytest.approx(log1p(1e5 * 4.5 / 80), abs=0.03)
    assert built.usual("明", "朋") == 0


def test_a_row_holds_all_that_was_read_as_a_character(built: Reread) -> None:
    printed, rates = built.row("朋")
    assert (printed.tolist(), rates.shape) == ([ord("明")], (2, 1))
    assert built.row("𠀀")[0].size == 0


def test_the_table_shipped_knows_common_misreadings() -> None:
    reread = models.misreadings().reread
    for read, printed in ("末未", "千干", "已己", "人入"):
        assert reread.usual(read, printed) > 3
    assert reread.usual("国", "人") < reread.usual("入", "人")


def test_a_broken_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "reread.bin").write_bytes(b'{"pairs": 9, "step": 0.05}\nxx')
    with pytest.raises(BrokenChannel, match=r"reread\.bin"):
        Reread(tmp_path / "reread.bin")
