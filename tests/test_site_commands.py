"""The commands of the documentation run.

Every ```sh block of README and docs/ is run line by line in a folder that has what the pages speak of. One
behind `<!-- needs: … -->` runs where that is there: programs, Python modules; `network` and `checkout` (a
developer's) never are.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import SAMPLES, heeding
from documentation import PAGES, blocks, commands, name
from made_engine_files import PDF, ROWS, hocr
from openpyxl import Workbook

from cleanup.cli.app import run
from cleanup.model.errors import Exit

ID = "3fa9c1d2e4b5"
"""Stands in the pages for the id of some edit."""
_NEVER = {
    "network": "fetches from a package index; .ci/run does the like",
    "checkout": "is for developers; .ci/run does the like",
}
_PROGRAMS = {"java", "tesseract"}
"""What is needed that is no Python module."""
_BEFORE = {"review.en.md": ["ocrfix batch archive -o out -q"], "measured.en.md": ["ocrfix page.txt -o x -q"]}
"""What a page takes for done."""
_STOPPED = ("ocrfix batch archive -o out --watch", "ocrfix review")
"""Commands that go on until they are interrupted."""
_SHELL = re.compile(r"[|<>*$&;~]")
"""What a shell makes something of; other commands run in this process, which has loaded the dictionaries."""
_FINE = (Exit.DONE, Exit.NOTHING_TO_DO)
NEEDY = {
    f"{name(page)}: {commands(body)[0]}": (needs.split(), body)
    for page in PAGES
    for needs, body in blocks(page, "sh")
    if needs
}
_RUN = [
    page
    for page in PAGES
    if any(not needs for needs, _ in blocks(page, "sh")) and page.name != "index.en.md"  # as the README
]


@pytest.mark.parametrize("page", _RUN, ids=name)
def test_commands_run(page: Path, tmp_path: Path) -> None:
    _prepare(tmp_path)
    for command in _BEFORE.get(page.name, ()):
        _run(command, tmp_path)
    for needs, body in blocks(page, "sh"):
        if not needs:
            for command in commands(body):
                _run(command, tmp_path)


@pytest.mark.parametrize("title", NEEDY)
def test_commands_that_need_more_run(title: str, tmp_path: Path) -> None:
    needs, body = NEEDY[title]
    for need in needs:
        if need in _NEVER:
            pytest.skip(f"{title} {_NEVER[need]}")
        if not (shutil.which(need) if need in _PROGRAMS else find_spec(need)):
            pytest.skip(f"{title} needs {need}, which is not installed here")
    _prepare(tmp_path)
    _scans(tmp_path)
    if "scan.png" in body and not (tmp_path / "scan.png").exists():
        pytest.skip(f"{title} needs a picture: Pillow and a Chinese typeface")
    for command in commands(body):
        _run(command, tmp_path)


def _prepare(folder: Path) -> None:
    """What the pages speak of."""
    shutil.copytree(SAMPLES, folder / "samples")
    page = (SAMPLES / "tesseract" / "page.txt").read_bytes()
    truth = (SAMPLES / "tesseract" / "truth.txt").read_bytes()
    places = {
        "page.txt": page,
        "truth.txt": truth,
        "page.md": (SAMPLES / "vision-model" / "page.md").read_bytes(),
        "more/other.txt": page,
        "archive/2024-01-15/p01.txt": page,
        "archive/2024-01-15/p02.txt": (SAMPLES / "pp-ocr" / "page.txt").read_bytes(),
        "scans/p1.txt": page,
        "truths/page.txt": truth,
        "ocr/page.txt": page,
        "clean/page.txt": truth,
        "words.tsv": "卡点堵点\tstays\n".encode(),
        "page.hocr": hocr().encode(),
        "page.json": json.dumps(
            [[[[10, 50 * at], [800, 50 * at], [800, 50 * at + 40], [10, 50 * at + 40]], row, 0.97]
             for at, row in enumerate(ROWS)]
        ).encode(),
        "scan_middle.json": json.dumps(_MIDDLE).encode(),
    }  # fmt: skip
    for place, data in places.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(data)
    book = Workbook()
    book.active.append(["姓名", "职务", "别名"])
    book.active.append(["乔四海", "村党支部书记", "老乔"])
    book.save(folder / "people.xlsx")


_WORDS = b"BT /F 12 Tf 20 150 Td (The council met on Monday.) Tj ET"
_SPANS = [
    {"bbox": [80, 90, 820, 120], "content": "县水务局检查了全县二十三座水库，己经完成。", "score": 0.98}
]
_MIDDLE = {
    "pdf_info": [
        {
            "page_idx": 0,
            "page_size": [900, 1400],
            "para_blocks": [
                {
                    "type": "text",
                    "bbox": [80, 90, 820, 120],
                    "lines": [{"bbox": [80, 90, 820, 120], "spans": _SPANS}],
                }
            ],
        }
    ]
}


def _scans(folder: Path) -> None:
    """A picture of a page, a PDF and a table of pages, as far as they can be made here."""
    (folder / "scan.pdf").write_bytes(PDF % (len(_WORDS), _WORDS))
    if find_spec("PIL"):
        from PIL import Image, ImageDraw, ImageFont

        from bench import typeset

        body, _ = typeset.faces()
        if body:
            file, number = body[0]
            picture = Image.new("L", (1400, 300), 255)
            face = ImageFont.truetype(file, 48, index=number)
            ImageDraw.Draw(picture).text((60, 60), "县水务局检查了全县二十三座水库。", fill=0, font=face)
            picture.save(folder / "scan.png")
    if find_spec("pyarrow"):
        from pyarrow import parquet, table

        parquet.write_table(table({"id": ["p1"], "text": ["工程己经完成。"]}), folder / "pages.parquet")


def _run(command: str, folder: Path) -> None:
    """One line of a page, as a person types it."""
    if ID in command:
        records = json.loads((folder / "one" / "page.journal.json").read_bytes())["records"]
        command = command.replace(ID, next(each["id"] for each in records if each["status"] == "applied"))
    if command.startswith("ocrfix ") and not _SHELL.search(command) and not command.startswith(_STOPPED):
        with contextlib.chdir(folder):
            assert run(shlex.split(command)[1:]) in _FINE, command
        return
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "BROWSER": "true",
    }
    if command.startswith(_STOPPED):
        _run_until_interrupted(command, folder, env)
        return
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=folder, capture_output=True, env=env, timeout=300
    )
    said = (done.stderr.decode(), done.stdout.decode()[-500:])
    assert done.returncode in _FINE, (command, done.returncode, *said)


def _run_until_interrupted(command: str, folder: Path, env: dict[str, str]) -> None:
    said = folder / "said.txt"
    with (
        said.open("wb") as out,
        subprocess.Popen(
            ["bash", "-c", f"exec {command}"], cwd=folder, env=env, stdout=out, stderr=out, preexec_fn=heeding
        ) as process,
    ):
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
            if said.stat().st_size or ("--watch" in command and time.monotonic() > end - 55):
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(
                    subprocess.TimeoutExpired
                ):  # pressed again by who sees that it goes on
                    process.wait(10)
        if process.poll() is None:
            process.kill()
    assert process.returncode in (0, 130), (command, said.read_text("utf-8"))
