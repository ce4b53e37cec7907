"""A page is repaired before one has looked up: what is loaded for it, and what other processes left it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleanup.cli import fix, plain, tree
from cleanup.data import phrases, search
from cleanup.text import cache, patterns
from cleanup.text.groups import groups

TOO_MUCH = (
    "typer", "click", "pydantic", "markdown_it", "rich", "openpyxl", "tomlkit", "starlette", "PIL", "asyncio",
    "numpy.ma", "numpy.testing", "importlib.metadata", "charset_normalizer", "filelock", "statistics",
    "cleanup.geometry", "cleanup.formats.boxes", "cleanup.formats.engine_files", "cleanup.witness",
    "cleanup.engine.readings", "cleanup.review", "cleanup.measure", "cleanup.archive.batch",
)  # fmt: skip
"""Modules that take longer to load than a page should take; none of them has to do with one."""
SHOWN = (
    "import json, sys; from pathlib import Path; from cleanup.cli.app import run; code = run(sys.argv[1:]); "
    "from cleanup.text import cache; new = [one._name for one in cache.Kept.every if one._new]; "
    "cache.write(); "
    "told = Path('/proc/self/status'); told = told.read_text() if told.exists() else 'VmHWM: 0'; "
    "print(json.dumps([code, new, sorted(sys.modules), int(told.split('VmHWM:')[1].split()[0])]))"
)
MOST_MODULES = 340
"""Of ours, a third of them rules."""
MOST_MEMORY = 190_000
"""KiB at the most, models in files and all; 175,000 with a page of 750 characters. getrusage would tell what
the process that began it had taken."""


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with nothing in it."""
    monkeypatch.setenv("OCRFIX_CACHE", str(tmp_path))
    return tmp_path / "ocrfix"


def test_a_page_loads_nothing_that_it_does_not_need(empty: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("县政府召开会议 ，部署今年的\n春耕工作。会议己经结束。\n", "utf-8")

    def loaded() -> Any:
        done = subprocess.run(
            [sys.executable, "-P", "-c", SHOWN, str(page), "-q"],
            capture_output=True,
            check=True,
            cwd=empty.parent.parent,
        )
        return json.loads(done.stdout)

    code, new, *_ = loaded()
    assert code == 0
    assert {"patterns", "digests", "templates", "damaged", "own-rules"} <= set(new)
    code, new, modules, memory = loaded()
    assert code == 0
    assert not new, "the second process made something anew"
    assert not set(TOO_MUCH).intersection(modules)
    assert sum(name.startswith("cleanup.") for name in modules) <= MOST_MODULES
    assert memory <= MOST_MEMORY


PATTERNS = (
    ("re", r"(?P<year>\d{4})年(?:(\d+)月)?", 0),
    ("re", "(?m)^[一-鿿㐀-䶿〇]+$", re.I),
    ("regex", r"(?<=\p{Han}{2,3})(?P<gap>[ 　]+)(?=\p{Han})", 0),
    ("regex", r"^\p{Lu}+$", int(regex.M)),
)


@pytest.mark.parametrize(("kind", "text", "flags"), PATTERNS)
def test_a_kept_pattern_is_the_one_compiled(
    kind: str, text: str, flags: int, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "二〇二四年\n2024年10月，ABC\n一 二 三\nXY\n"
    compiled = (re.compile if kind == "re" else regex.compile)(text, flags)
    for _ in range(2):  # as compiled, then as kept
        kept = cache.Kept("patterns", "test", 10)
        monkeypatch.setattr(patterns, "_kept", kept)
        found = (patterns.re_pattern if kind == "re" else patterns.regex_pattern)(text, flags)
        assert [m.span() for m in found.finditer(line)] == [m.span() for m in compiled.finditer(line)]
        assert found.groupindex == compiled.groupindex
        assert found.flags == compiled.flags
        assert found.sub("-", line) == compiled.sub("-", line)
        kept.write()
    assert not kept._new
    assert kept.get((kind, text, flags))


def test_what_is_not_whole_is_not_taken(empty: Path) -> None:
    first = cache.Kept("things", "1", 10)
    first.put("a", (1, "二"))
    first.write()
    (place,) = empty.glob("things-*")
    whole = place.read_bytes()
    assert cache.Kept("things", "1", 10).get("a") == (1, "二")
    assert cache.Kept("things", "2", 10).get("a") is None
    for spoilt in (whole[:-1], whole[:20] + b"x" + whole[21:], b"", b"\0" * 40):
        place.write_bytes(spoilt)
        assert cache.Kept("things", "1", 10).get("a") is None


@pytest.mark.skipif(os.name == "nt", reason="made with POSIX means")
def test_what_others_could_have_written_is_not_taken(empty: Path) -> None:
    first = cache.Kept("things", "1", 10)
    first.put("a", 1)
    first.write()
    (place,) = empty.glob("things-*")
    place.chmod(0o666)
    assert cache.Kept("things", "1", 10).get("a") is None


def test_too_many_things_push_out_the_older(empty: Path) -> None:
    for names in ("ab", "cde"):
        kept = cache.Kept("things", "1", 4)
        for name in names:
            kept.put(name, 1)
        kept.write()
    assert cache.Kept("things", "1", 4).get("a") is None
    assert cache.Kept("things", "1", 4).get("e") == 1


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("OCRFIX_CACHE", str(tmp_path / "file"))
    kept = cache.Kept("things", "1", 10)
    kept.put("a", 1)
    kept.write()
    assert kept.get("a") == 1


LINES = (
    ["page.txt"], ["fix", "page.txt"], ["a.txt", "b.txt", "-o", "out"], ["--output", "out", "a.txt"],
    ["a.txt", "--stdout"], ["-"], ["-q", "a.txt", "--diff"], ["a.txt", "-v", "--quiet"],
    ["a.txt", "--verbose"],
)  # fmt: skip
"""What is read without the parser."""
OTHERS = (
    [], ["fix"], ["batch", "a"], ["a.txt", "-o"], ["a.txt", "-o", "-q"], ["a.txt", "-ofolder"], ["--help"],
    ["a.txt", "--roster", "r.csv"], ["a.txt", "-o", "a", "-o", "b"], ["--", "a.txt"], ["-q"], [""],
    ["a", "--no"],
)  # fmt: skip
"""What is left to it."""


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_plain_lines_are_read_as_the_parser_reads_them(
    line: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Any] = []
    names = ("inputs", "output", "stdout", "diff", "choices", "lang", "quiet", "verbose")
    monkeypatch.setattr(fix, "repair_files", lambda *given: said.append(dict(zip(names, given, strict=True))))
    tree.follow(line, "en")
    read = plain.read(line)
    assert read is not None
    usual = {"output": None, "stdout": False, "diff": False, "choices": said[0]["choices"], "lang": None}
    assert {**usual, "quiet": False, "verbose": False, **read} == said[0]


@pytest.mark.parametrize("line", OTHERS, ids=" ".join)
def test_the_parser_reads_the_others(line: list[str]) -> None:
    assert plain.read(line) is None


def _texts() -> Iterator[str]:
    every = [word for words in search.lists_together() for word in words]
    yield "".join(every[::7])
    yield "，".join(every[3::11])
    yield "".join(word[:-1] + word for word in every[5::13])
    yield ""
    yield "国"


def test_words_are_looked_up_as_the_automaton_finds_them() -> None:
    lists = search.lists_together()
    found = search._Search(lists, search._index(lists))
    for text in _texts():
        assert sorted(found._looked_up(text)) == sorted(found._run(text))


def test_no_word_of_the_lists_is_a_single_character() -> None:
    assert all(len(word) > 1 for words in search.lists_together() for word in words)


def test_the_damaged_forms_are_kept_as_they_are_made(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "_kept", cache.Kept("damaged", "1", 1))
    made = phrases.damaged_forms.__wrapped__()  # type: ignore[attr-defined]
    phrases._kept.write()
    monkeypatch.setattr(phrases, "_kept", cache.Kept("damaged", "1", 1))
    known = phrases.damaged()
    monkeypatch.setattr(phrases, "damaged", dict)
    assert phrases.damaged_forms.__wrapped__() == made  # type: ignore[attr-defined]
    assert made == tuple(known)


@given(st.lists(st.integers(-5, 5) | st.integers(0, 2**40)))
def test_groups_are_as_numpy_has_them(given: list[int]) -> None:
    keys = np.array(given, dtype=np.int64)
    one, first, back, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    found = groups(keys)
    for mine, theirs in zip(found, (one, first, counts, back), strict=True):
        assert mine.tolist() == theirs.tolist()
