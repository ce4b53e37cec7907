"""What is given away: builds that are alike, licences, completion, no net, no system's own modules."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import ROOT, SAMPLES, Run

from cleanup.cli import verify
from cleanup.data import licences

_NO_NET = """
import socket, sys

def refuse(*_, **__):
    raise SystemExit("THE NET IS ASKED")

class Refused(socket.socket):
    connect = connect_ex = bind = sendto = refuse

socket.socket = Refused
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
from cleanup.cli.app import run
for line in sys.stdin:
    print(f"{run(line.split())} {line}", file=sys.stderr)
"""
_WITHOUT = """
import os, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name in ("resource", "fcntl", "pwd", "grp", "termios"):
            raise ImportError(f"{name}: this system has none")

sys.meta_path.insert(0, Refuse())
for name in ("fork", "getuid", "sched_getaffinity"):
    if hasattr(os, name):
        delattr(os, name)
import pkgutil
from importlib import import_module
import cleanup
for info in pkgutil.walk_packages(cleanup.__path__, "cleanup."):
    if info.name != "cleanup.__main__":
        import_module(info.name)
print("all there")
"""


def test_every_dictionary_says_its_licence() -> None:
    found = list(licences.dictionaries())
    assert len(found) > 35
    assert [one.name for one in found if not (one.licence and one.source)] == []


def test_licences_are_printed(installed: Run) -> None:
    said = installed("--licenses").stdout.decode()
    assert "\nmodels/runs.bin\tCC0-1.0" in said
    assert "\nnumpy\t" in said
    assert "\nocrfix\tApache-2.0" in said


def test_installed_files_are_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, listed = tmp_path / "cleanup", []
    package.mkdir()
    for name in ("__init__.py", "table.tsv"):
        (package / name).write_text(name)
        digest = urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).rstrip(b"=").decode()
        listed.append(f"cleanup/{name},sha256={digest},{len(name)}")
    known = tmp_path / "ocrfix-1.dist-info"
    known.mkdir()
    (known / "RECORD").write_text("\n".join([*listed, "ocrfix-1.dist-info/RECORD,,"]))
    monkeypatch.setattr(verify.metadata, "files", lambda _: metadata.PathDistribution(known).files)
    with pytest.raises(verify.Unpacked, match="git status"):  # what runs lies elsewhere
        verify.installed()
    monkeypatch.setattr(verify.version, "__file__", str(package / "__init__.py"))
    assert verify.installed() == 2
    (package / "table.tsv").write_text("table,tsv")
    (package / "__init__.py").unlink()
    with pytest.raises(
        verify.Broken, match=r"2 files are .*install again .*: cleanup/__init__\.py, cleanup/table"
    ):
        verify.installed()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(installed: Run, shell: str) -> None:
    assert f"_OCRFIX_COMPLETE=complete_{shell}" in installed("--completion", shell).stdout.decode()


def test_what_is_completed(installed: Run) -> None:
    asked = {"_OCRFIX_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    assert installed(COMP_WORDS="ocrfix dec", **asked).stdout.split() == [b"decisions"]
    assert b"--workers" in installed(COMP_WORDS="ocrfix batch --wor", **{**asked, "COMP_CWORD": "2"}).stdout


def test_the_net_is_never_asked(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "tesseract" / "page.txt", tmp_path)
    shutil.copy(SAMPLES / "tesseract" / "truth.txt", tmp_path)
    (tmp_path / "in").mkdir()
    shutil.copy(tmp_path / "page.txt", tmp_path / "in" / "p1.txt")
    # An address in the text, and one that an engine's file names as its schema and its picture.
    (tmp_path / "page.xml").write_text(
        '<?xml version="1.0"?><!DOCTYPE alto SYSTEM "http://example.org/alto.dtd"><alto xmlns="http://www.loc.gov/'
        'standards/alto/ns-v4#" xsi:schemaLocation="http://example.org/a.xsd" xmlns:xsi="http://www.w3.org/2001/'
        'XMLSchema-instance"><Layout><Page WIDTH="900" HEIGHT="90"><PrintSpace><TextBlock><TextLine HPOS="0" '
        'VPOS="0" WIDTH="300" HEIGHT="30"><String CONTENT="会议(扩大)召开，见http://example.org/" HPOS="0" '
        'VPOS="0" WIDTH="300" HEIGHT="30"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>',
        "utf-8",
    )
    lines = (
        "page.txt",
        "page.xml -o xml",
        "batch in -o out --workers 2 -q",
        "eval page.txt truth.txt",
        "estimate page.txt",
        "undo page.journal.json --stdout",
        "rules",
    )
    done = subprocess.run(
        [sys.executable, "-c", _NO_NET], cwd=tmp_path, capture_output=True, text=True, check=False,
        input="\n".join(lines),
    )  # fmt: skip
    assert "THE NET" not in done.stdout + done.stderr
    assert [line for line in lines if f"0 {line}" not in done.stderr] == [], done.stderr


def test_no_module_needs_what_one_system_alone_has() -> None:
    done = subprocess.run([sys.executable, "-c", _WITHOUT], capture_output=True, check=False)
    assert done.stdout == b"all there\n", done.stderr.decode()


def test_line_ends_and_paths_of_windows(installed: Run, tmp_path: Path) -> None:
    text = "会议(扩大)昨日召开 , 讨论了问题。\r\n市委部署工作。\r\n"
    (tmp_path / "page.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (tmp_path / "list.txt").write_bytes(b"\xef\xbb\xbfpage.txt\r\n")
    assert installed("batch", "--files-from", "list.txt", "-o", "out", "-q").returncode == 0
    clean = (tmp_path / "out" / "page.clean.txt").read_bytes()
    assert clean.count(b"\r\n") == clean.count(b"\n") == 2
    assert installed("undo", "out/page.journal.json", "--stdout").stdout == b"\xef\xbb\xbf" + text.encode()


@pytest.mark.skipif(
    not (find_spec("hatchling") and find_spec("hatch_vcs")), reason="needs pip install hatchling hatch-vcs"
)
def test_who_builds_it_again_gets_the_same_bytes(tmp_path: Path) -> None:
    # Of a copy with small dictionaries: the order and times of files matter, not their size.
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns("*.bin", "__pycache__", "build", "tests", "bench", "docs", "samples")
    for name in ("cleanup", "dictionaries"):
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    shutil.copytree(ROOT / "docs" / "man", source / "docs" / "man")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    seen = []
    for number in (1, 2):
        for place in source.rglob("*"):
            os.utime(place, (10**9 * number, 10**9 * number))
        out = tmp_path / f"out{number}"
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-d", out],
            cwd=source, check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000",
            "SETUPTOOLS_SCM_PRETEND_VERSION": "1.0.0"},
        )  # fmt: skip
        seen.append({place.name: hashlib.sha256(place.read_bytes()).hexdigest() for place in out.iterdir()})
    assert len(seen[0]) == 2
    assert seen[0] == seen[1]
    (wheel,) = (tmp_path / "out1").glob("*.whl")
    names = {name.partition(".data/data/")[2] for name in ZipFile(wheel).namelist()}
    assert {"share/man/man1/ocrfix.1", "share/man/zh_CN/man1/ocrfix.1"} <= names


@pytest.mark.skipif(shutil.which("man") is None, reason="there is no man here")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_man_shows_its_page(lang: str) -> None:
    words = [
        "man",
        "--warnings",
        "-E",
        "UTF-8",
        "-l",
        ROOT / "docs" / "man" / f"ocrfix.{lang}.1",
    ]
    done = subprocess.run(
        words, check=False, capture_output=True, env={**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8"}
    )
    wrong = [
        line for line in done.stderr.decode().splitlines() if "break line" not in line
    ]  # no spaces in zh
    assert (done.returncode, wrong) == (0, [])
    assert "--min-confidence X" in done.stdout.decode()


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    assert lines.index("USER ocrfix") < lines.index('ENTRYPOINT ["ocrfix"]')
    assert json.loads(lines[-1].removeprefix("ENTRYPOINT ")) == ["ocrfix"]
