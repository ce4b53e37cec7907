"""`ocrfix batch --engine spark`: the same results as the local engine. Skips without pyspark and Java."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import SAMPLES

pytest.importorskip("pyspark")
parquet = pytest.importorskip("pyarrow.parquet")
if shutil.which("java") is None:
    pytest.skip("no Java", allow_module_level=True)

COMMAND = Path(sys.executable).parent / "ocrfix"
ENV = {**os.environ, "LC_ALL": "C.UTF-8"}


def test_the_same_as_the_local_engine(tmp_path: Path) -> None:
    """A folder and a table, two cores; a worker is killed in the middle; bad pages become error rows."""
    import pyarrow

    texts = {}
    for number in range(24):
        name = ("tesseract", "pp-ocr")[number % 2]
        text = (SAMPLES / name / "page.txt").read_text("utf-8")
        texts[f"p{number}.txt"] = f"第{number}次会议昨日召开(扩大)。\n{text}"
        place = tmp_path / "in" / f"i{number % 3}" / f"p{number}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(texts[f"p{number}.txt"], "utf-8")
    (tmp_path / "in" / "i0" / "empty.txt").write_text("")
    local = [COMMAND, "batch", "in", "-o", "local", "-q", "--workers", "2"]
    assert subprocess.run(local, cwd=tmp_path, env=ENV, check=False, capture_output=True).returncode == 7

    spark = [COMMAND, "batch", "--engine", "spark", "--master", "local[2,4]", "-q"]
    run = subprocess.Popen([*spark, "in", "-o", "folder"], cwd=tmp_path, env=ENV)
    killed = _kill_a_worker(run)
    assert run.wait(240) == 7
    rows = {row["id"]: row for row in parquet.read_table(tmp_path / "folder").to_pylist()}
    assert len(rows) == 25
    assert "the file is empty" in rows["i0/empty.txt"]["error_en"]
    for number in range(24):
        row, stem = rows[f"i{number % 3}/p{number}.txt"], tmp_path / "local" / f"i{number % 3}" / f"p{number}"
        assert row["error_en"] is None
        assert row["clean"].encode() == stem.with_suffix(".clean.txt").read_bytes()
        assert row["journal"].encode() == stem.with_suffix(".journal.json").read_bytes()
    assert killed

    table = pyarrow.table(
        {"id": [*texts, "none"], "text": [*texts.values(), None], "issue": [*range(len(texts)), 99]}
    )
    parquet.write_table(table, tmp_path / "pages.parquet")
    profile = ["--profile", "local/archive.profile"]
    done = subprocess.run(
        [*spark, "pages.parquet", "-o", "table", *profile], cwd=tmp_path, env=ENV, check=False
    )
    assert done.returncode == 7
    again = {row["id"]: row for row in parquet.read_table(tmp_path / "table").to_pylist()}
    assert {row["issue"] for row in again.values()} == {*range(24), 99}
    assert all(again[name]["clean"] == rows[f"i{n % 3}/{name}"]["clean"] for n, name in enumerate(texts))
    assert all(again[name]["journal"] == rows[f"i{n % 3}/{name}"]["journal"] for n, name in enumerate(texts))


def _kill_a_worker(run: subprocess.Popen[bytes]) -> bool:
    """Kill one Python worker of Spark's while it repairs."""
    until = time.monotonic() + 120
    while run.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, ValueError, IndexError):
                if b"pyspark.daemon" not in (place / "cmdline").read_bytes():
                    continue
                status = (place / "stat").read_text().rpartition(")")[2].split()
                parent = Path(f"/proc/{status[1]}/cmdline").read_bytes()
                seconds = (int(status[11]) + int(status[12])) / os.sysconf("SC_CLK_TCK")
                if b"pyspark.daemon" in parent and seconds > 1.5 and _below(int(status[1]), run.pid):
                    os.kill(int(place.name), signal.SIGKILL)
                    return True
    return False


def _below(pid: int, ancestor: int) -> bool:
    while pid > 1:
        if pid == ancestor:
            return True
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return False
