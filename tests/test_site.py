"""The documentation: its two languages say the same, its links lead somewhere, it builds."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES
from documentation import DOCS, PAGES, blocks, chinese, commands, name

from bench import reference
from bench.reference import fields


def test_pages_come_in_both_languages() -> None:
    english = {page.name.replace(".en.", ".") for page in DOCS.rglob("*.en.md")}
    assert {page.name.replace(".zh.", ".") for page in DOCS.rglob("*.zh.md")} == english
    assert len(PAGES) > 12
    assert sum(len(commands(body)) for page in PAGES for _, body in blocks(page, "sh")) > 60


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_both_languages_say_the_same(page: Path) -> None:
    other = chinese(page)
    for kind in ("sh", "toml", "json"):
        ours, theirs = list(blocks(page, kind)), list(blocks(other, kind))
        assert [needs for needs, _ in ours] == [needs for needs, _ in theirs]
        assert [commands(body) for _, body in ours] == [commands(body) for _, body in theirs]
    python = [[ast.dump(ast.parse(body)) for _, body in blocks(one, "python")] for one in (page, other)]
    assert python[0] == python[1]
    ids = [re.findall(r"\{#([\w-]+)\}$", one.read_text("utf-8"), re.M) for one in (page, other)]
    assert ids[0] == ids[1]
    pictures = [re.findall(r"!\[.*?\]\((.*?)\)", one.read_text("utf-8")) for one in (page, other)]
    assert pictures[0] == [picture.replace(".zh.", ".en.") for picture in pictures[1]]


def test_the_first_page_has_the_commands_of_the_readme() -> None:
    ours, readme = ([body for _, body in blocks(page, "sh")] for page in (DOCS / "index.en.md", PAGES[0]))
    assert {line for body in ours for line in commands(body)} <= {
        line for body in readme for line in commands(body)
    }


def test_python_of_the_library_page_is_there() -> None:
    assert sum(1 for _ in blocks(DOCS / "reference" / "api.en.md", "python")) >= 10


_PYTHON = {
    f"{name(page)} {number}": body
    for page in PAGES
    if page.name not in ("own.en.md", "developers.en.md")  # tests/test_own_rules.py; a sketch
    for number, (_, body) in enumerate(blocks(page, "python"), 1)
}


@pytest.mark.parametrize("title", _PYTHON)
def test_python_runs(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = _PYTHON[title]
    for package in re.findall(r"^(?:import|from) (pandas|datasets)\b", body, re.M):
        pytest.importorskip(package, reason=f"needs {package}: pip install -e .[dev]")
    for file in ("page.txt", "roster.csv"):
        shutil.copy(SAMPLES / "tesseract" / file, tmp_path)
    shutil.copy(SAMPLES / "tesseract" / "roster.csv", tmp_path / "people.csv")
    (tmp_path / "scans").mkdir()
    for number in (1, 2):
        (tmp_path / "scans" / f"p{number}.txt").write_text(f"第{number}期工程己经完成。\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(body, title, "exec"), {"__name__": "__main__", "text": "工程己经完成。\n"})


def test_settings_shown_are_settings(tmp_path: Path) -> None:
    import msgspec

    from cleanup.cli.config import Config

    for page in PAGES:
        for _, body in blocks(page, "toml"):
            read = tomllib.loads(body)
            if "project" not in read:  # a package's own pyproject.toml
                msgspec.convert(read, Config)
        for _, body in blocks(page, "json"):
            json.loads(body)


def test_reference_is_what_the_code_says() -> None:
    for file, text in reference.pages().items():
        assert file.read_text("utf-8") == text, f"{file} is out of date: python -m bench reference"


def test_fields_have_their_chinese() -> None:
    rows = [row.split("\t") for row in fields.FIELDS.read_text("utf-8").splitlines()]
    said = fields.described()
    assert {english for english, _ in rows} == said
    assert len(rows) == len(said)


def test_links_between_files_lead_somewhere() -> None:
    """Those of the pages that are no part of the site; the site's own are the build's to find."""
    for file in [*ROOT.glob("*.md"), *(ROOT / "dictionaries").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text("utf-8")):
            if "://" not in target:
                assert (file.parent / target).exists(), f"{file}: {target}"


def test_the_site_builds(tmp_path: Path) -> None:
    """Strictly: a link or an anchor that leads nowhere, a page outside of the navigation fails it."""
    for module in ("material", "mkdocs_static_i18n"):
        pytest.importorskip(module, reason="needs mkdocs: pip install -e .[docs]")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert '<html lang="zh"' in home
    for page in DOCS.rglob("*.en.md"):
        made = page.relative_to(DOCS).with_name(page.name.replace(".en.md", ".html"))
        for place in (tmp_path / "site" / made, tmp_path / "site" / "en" / made):
            text = place.read_text("utf-8")
            loaded = re.findall(r'<(?:script|link|img)\b[^>]*?(?:src|href)="(https?:[^"]+)"', text)
            assert not loaded, f"{place} loads {loaded}: the site must work offline"
