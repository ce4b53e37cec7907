"""Where things lie; what is shared between tests."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it; before numpy is imported

# Loading dictionaries, or a busy machine, makes an example slow: that is no fault of the code. In CI the same
# examples are drawn each time, so that a change does not fail by what it has nothing to do with.
settings.register_profile(
    "ours",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
)
settings.load_profile("ours")

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
SHARED = Path(os.environ.get("OCRFIX_SHARED", ROOT.parent / "shared"))
WITHOUT = (
    f"needs the study material, which is not part of the project: {SHARED} is not there. Link its folder to "
    "that place, or say where it is: OCRFIX_SHARED=DIR pytest"
)

COMMAND = Path(sys.executable).parent / ("ocrfix.exe" if os.name == "nt" else "ocrfix")
"""The installed one."""
ENV = {**os.environ, "LC_ALL": "C.UTF-8"}
POSIX = pytest.mark.skipif(os.name == "nt", reason="made with POSIX means")
_TERMINAL = {"LC_ALL": "C.UTF-8", "COLUMNS": "100"}
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Told = Callable[..., "subprocess.CompletedProcess[str]"]


def _heeding() -> None:
    """In a child, before it begins: signals do what they do at a terminal, also where the tests run behind
    nohup or in the background."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_DFL)


heeding = _heeding if os.name != "nt" else None
"""What `Popen` is to do first."""


@pytest.fixture
def shared() -> Path:
    """The folder of shared material beside the checkout; tests skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(WITHOUT)
    return SHARED


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser, without a window; tests skip where there is none."""
    from review_page import CHROMIUM, launched

    if CHROMIUM is None:
        pytest.skip("no chromium")
    pytest.importorskip("playwright.sync_api")
    with launched() as found:
        yield found


@pytest.fixture
def ocrfix(tmp_path: Path) -> Run:
    """Runs a command line in an empty folder, in this process, which has loaded the dictionaries already."""

    def run(
        *arguments: str | Path, data: bytes | None = None, **env: str
    ) -> subprocess.CompletedProcess[bytes]:
        from cleanup.cli.app import run as command

        words = [*map(str, arguments)]
        out, said = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.chdir(tmp_path),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(said),
        ):
            for name, value in {**_TERMINAL, **env}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data or b""), "utf-8"))
            code = command(words)
        return subprocess.CompletedProcess(words, code, out.buffer.getvalue(), said.buffer.getvalue())

    return run


@pytest.fixture
def told(ocrfix: Run) -> Told:
    """The same, with what it says as text."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        done = ocrfix(*arguments)
        said = (done.stdout.decode(), done.stderr.decode())
        return subprocess.CompletedProcess(done.args, done.returncode, *said)

    return run


@pytest.fixture
def installed(tmp_path: Path) -> Run:
    """Runs the installed `ocrfix` in an empty folder, in a process of its own."""

    def run(
        *arguments: str | Path, data: bytes | None = None, **env: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [COMMAND, *map(str, arguments)],
            input=data,
            capture_output=True,
            cwd=tmp_path,
            check=False,
            timeout=300,
            env={**os.environ, **_TERMINAL, **env},
        )

    return run
