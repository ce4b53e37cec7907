"""`ocrfix batch` stopped: by kills, Ctrl-C, pages that fail, and a full disk."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from conftest import COMMAND, ENV, Run, heeding
from made_archives import archive, rows, until

from bench.archive import tree


def test_the_same_whatever_the_workers_and_the_interruptions(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 12)
    assert ocrfix("batch", "in", "-o", "whole", "--workers", "1", "-q").returncode == 0
    command = [COMMAND, "batch", "in", "-o", "killed", "--workers", "3", "-q"]
    chance = random.Random(3)
    killed = 0
    for _ in range(4):
        run = subprocess.Popen(command, cwd=tmp_path, env=ENV, preexec_fn=heeding)
        time.sleep(chance.uniform(0.8, 2.0))
        run.kill()
        killed += run.wait() == -signal.SIGKILL
    assert killed
    assert subprocess.run(command, cwd=tmp_path, env=ENV, check=False).returncode in (0, 8)
    assert tree(tmp_path / "killed") == tree(tmp_path / "whole")
    assert not list((tmp_path / "killed" / ".ocrfix" / "stage").iterdir())
    tables = (
        "pages ORDER BY place",
        "changes JOIN pages ON pages.id = changes.page ORDER BY place, record, edit",
        "people JOIN pages ON pages.id = people.page ORDER BY place, name",
    )
    for table in tables:
        kept = (
            "path, source_sha, settings_sha, applied"
            if table.startswith("pages")
            else "path, name"
            if table.startswith("people")
            else "path, record, edit, rule, before, after"
        )
        found = []
        for name in ("killed", "whole"):
            with closing(sqlite3.connect(tmp_path / name / "ocrfix.db")) as database:
                found.append(database.execute(f"SELECT {kept} FROM {table}").fetchall())
        assert found[0] == found[1]


def test_a_killed_worker_harms_nothing(tmp_path: Path) -> None:
    archive(tmp_path / "in", 16)
    command = [COMMAND, "batch", "in", "-o", "out", "--workers", "2", "-q"]
    run = subprocess.Popen(command, cwd=tmp_path, env=ENV, preexec_fn=heeding)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    if not children.parent.exists():
        run.kill()
        pytest.skip("needs /proc")
    # One that surveys, then one that repairs.
    until(lambda: len(children.read_text().split()) == 2)
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    until(lambda: list((tmp_path / "out").rglob("*.clean.txt")))
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    assert run.wait(300) == 0
    assert {status for _, status in rows(tmp_path / "out")} == {"done"}


def test_interruption_is_clean(tmp_path: Path) -> None:
    archive(tmp_path / "in", 24)
    command = [COMMAND, "batch", "in", "-o", "out", "--workers", "1"]
    run = subprocess.Popen(command, cwd=tmp_path, env=ENV, stderr=subprocess.PIPE, preexec_fn=heeding)
    until(lambda: list((tmp_path / "out").rglob("*.clean.txt")))
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=300)
    assert run.returncode == 130
    assert "run the same command again" in said.decode()
    done = [path for path, status in rows(tmp_path / "out") if status == "done"]
    assert 0 < len(done) < 24
    assert len(list((tmp_path / "out").rglob("*.clean.txt"))) == len(done)
    finished = subprocess.run(command, cwd=tmp_path, env=ENV, check=False, stderr=subprocess.PIPE)
    assert finished.returncode == 0
    assert f"{24 - len(done)} pages repaired" in finished.stderr.decode()


def test_failures_are_told_and_stop_nobody(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 2)
    folder = tmp_path / "in" / "2024-01-01"
    (folder / "p8.txt").write_bytes(b"")
    (folder / "p9.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "p1.md").write_text("会议昨日召开。\n", "utf-8")
    (tmp_path / "long.txt").write_text(
        "".join(f"第{n}次会议研究春耕工作 , 部署抗旱 。\n" for n in range(60000)), "utf-8"
    )
    command = ("batch", "in", "long.txt", "gone.txt", "-o", "out", "--workers", "2", "--timeout", "10")
    done = ocrfix(*command)
    assert done.returncode == 7
    said = done.stderr.decode()
    for words in (
        "p8.txt: the file is empty",
        "p9.txt: this is not a text file",
        "p1.txt: its results would overwrite",
    ):
        assert words in said
    assert "long.txt: it took too long" in said
    assert "gone.txt: no such file" in said
    assert "Traceback" not in said
    assert sorted(path for path, status in rows(tmp_path / "out") if status == "done") == [
        "in/2024-01-01/p1.md",
        "in/2024-01-01/p4.txt",
    ]
    assert [row["path"] for row in json.loads((tmp_path / "out" / "summary.json").read_bytes())["failures"]]
    assert ocrfix(*command, "--dry-run").stdout == b""
    (folder / "p8.txt").write_text("会议昨日召开。\n", "utf-8")
    (folder / "p1.md").unlink()
    again = ocrfix(*command, "--dry-run").stdout.decode().split()
    assert again == ["in/2024-01-01/p1.txt", "in/2024-01-01/p8.txt"]
    assert len(ocrfix(*command, "--dry-run", "--retry").stdout.split()) >= 4


def test_watch(tmp_path: Path) -> None:
    archive(tmp_path / "in", 1)
    command = [COMMAND, "batch", "in", "-o", "out", "--workers", "1", "--watch", "-q"]
    run = subprocess.Popen(command, cwd=tmp_path, env=ENV, preexec_fn=heeding)
    try:
        (tmp_path / "in" / "new.txt").write_text("会议(扩大)昨日召开。\n", "utf-8")
        summary = tmp_path / "out" / "summary.json"
        until(lambda: summary.exists() and json.loads(summary.read_bytes())["done"] == 2)
    finally:
        run.send_signal(signal.SIGINT)
    assert run.wait(300) == 130
    assert (tmp_path / "out" / "new.clean.txt").read_text("utf-8") == "会议（扩大）昨日召开。\n"


def test_a_full_disk_stops_with_a_word(installed: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 12)
    (tmp_path / "small").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", tmp_path / "small"]
    if os.name == "nt" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount")
    try:
        done = installed("batch", "in", "-o", "small/out", "--workers", "2")
        assert done.returncode == 4
        said = done.stderr.decode()
        assert "No space left on device" in said or "disk is full" in said
        assert "Traceback" not in done.stderr.decode()
        assert not list((tmp_path / "small" / "out" / ".ocrfix" / "stage").iterdir())
    finally:
        subprocess.run(["umount", tmp_path / "small"], check=True)
