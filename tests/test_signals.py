"""A run that is told to stop, by a person, a scheduler or a closing terminal: nothing half done is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import COMMAND, ENV, POSIX, heeding
from made_archives import archive, rows, until


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_page_that_is_stopped_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    text = "".join(f"第{n}次会议研究春耕工作 , 部署抗旱 。\n" for n in range(30000))
    (tmp_path / "long.txt").write_text(text, "utf-8")
    run = subprocess.Popen(
        [COMMAND, "long.txt"], cwd=tmp_path, env=ENV, stderr=subprocess.PIPE, preexec_fn=heeding
    )
    time.sleep(3)
    run.send_signal(number)
    said = run.communicate(timeout=120)[1].decode()
    assert (run.returncode, "Traceback" in said) == (130, False)
    assert "interrupted" in said
    assert [place.name for place in tmp_path.iterdir()] == ["long.txt"]


def test_a_signal_while_an_object_is_taken_away_is_not_lost() -> None:
    command = """
import signal, sys, time, types
from cleanup import cli

class Taken:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

def run(_):
    Taken()
    while True:
        time.sleep(0.01)

sys.modules["cleanup.cli.app"] = types.SimpleNamespace(run=run)
cli.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", command], env=ENV, check=False, capture_output=True, timeout=30
    )
    assert (done.returncode, done.stderr.decode()) == (130, "ocrfix: 已中断 interrupted\n")


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_batch_that_is_stopped_goes_on(tmp_path: Path, number: signal.Signals) -> None:
    archive(tmp_path / "in", 16)
    command = [COMMAND, "batch", "in", "-o", "out", "--workers", "1", "--no-survey"]
    run = subprocess.Popen(
        command, cwd=tmp_path, env=ENV, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heeding
    )
    until(lambda: list((tmp_path / "out").rglob("*.clean.txt")))
    os.killpg(run.pid, number)  # as a terminal that closes, or a scheduler
    said = run.communicate(timeout=120)[1].decode()
    assert (run.returncode, "Traceback" in said) == (130, False), said
    assert "run the same command again" in said
    done = subprocess.run(command, cwd=tmp_path, env=ENV, check=False, stderr=subprocess.PIPE)
    assert done.returncode == 0
    assert {status for _, status in rows(tmp_path / "out")} == {"done"}
