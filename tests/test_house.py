"""The plan of the house: imports point down, files stay small, data is in order."""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT

from cleanup.plan import FAMILIES, all_rules

PACKAGE = ROOT / "cleanup"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TABLES = sorted((ROOT / "dictionaries").rglob("*.tsv"))

# Room → rooms that it may import. Siblings (data, score, formats, reports) do not know one another.
_BASE = {"model", "text"}
_READ = {*_BASE, "blocks"}
_ENGINE = {*_READ, "data", "formats", "rules", "plan", "version"}
_WITNESS = {*_BASE, "geometry", "formats", "data", "engine"}
_ARCHIVE = {*_ENGINE, "engine", "score", "reports", "witness"}
MAY_IMPORT = {
    "model": set(),
    "text": {"model"},
    "blocks": _BASE,
    "geometry": _BASE,
    "data": _BASE,
    "score": _BASE,
    "formats": {*_BASE, "geometry"},
    "reports": _BASE,
    "rules": {*_READ, "data", "score"},
    "plan": {*_BASE, "rules"},
    "engine": {*_ENGINE, "geometry", "score", "reports"},
    "witness": _WITNESS,
    "archive": _ARCHIVE,
    "measure": {*_ARCHIVE, "archive"},
    "review": {*_ENGINE, "engine", "reports", "witness", "archive"},
    "cli": {*_ARCHIVE, "archive", "measure", "review"},
    "api": {"model", "data", "formats", "engine", "archive"},
    "version": {"_version"},
    "own_rules": {"model", "rules"},
    "testing": {"model", "text", "data", "rules", "plan", "engine", "archive", "witness"},
    "__init__": {"api", "version"},
    "__main__": {"cli"},
}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("cleanup"):
            if node.module == "cleanup":
                found |= {f"cleanup.{alias.name}" for alias in node.names}
            else:
                found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("cleanup")}
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    room = parts[0]
    for name in _imports(path):
        target = name.split(".")[1]
        if target != room:
            assert target in MAY_IMPORT[room], f"{path.name} may not import {name}"
    if room == "rules" and parts[1] in FAMILIES and parts[2] != "__init__":
        others = {name for name in _imports(path) if name.startswith("cleanup.rules.")}
        assert others <= {"cleanup.rules.contract", "cleanup.rules.kinds"}, "no rule imports another"


SQL = {
    "archive/ledger/core.py", "archive/ledger/figures.py", "archive/ledger/issues.py",
    "archive/ledger/said.py",
    "archive/decided/decisions.py", "archive/survey/unfinished.py", "review/index.py", "review/query.py",
}  # fmt: skip


def test_only_who_owns_a_database_speaks_sql() -> None:
    speak = {
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany", "executescript")
    }
    assert speak == SQL


def test_the_package_needs_nothing_of_the_checkout() -> None:
    """bench/ and dictionaries/build/ are not in the wheel."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module.split(".")[0] != "bench", path


@pytest.mark.parametrize("folder", ["bench", "dictionaries/build"])
def test_what_is_beside_the_package_imports_what_is_there(folder: str) -> None:
    """No test runs these scripts: a name that the package gave up would be missed when tables are made."""
    for path in sorted((ROOT / folder).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "cleanup":
                for alias in node.names:
                    place = f"{node.module}.{alias.name}"
                    found = hasattr(import_module(str(node.module)), alias.name) or find_spec(place)
                    assert found, f"{path.name}: {place}"


def test_model_uses_the_standard_library_alone() -> None:
    import sys

    for path in (PACKAGE / "model").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for name in names:
                assert name.split(".")[0] in {*sys.stdlib_module_names, "cleanup"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_tables_are_sourced_sorted_and_unique(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    lines = text.splitlines()
    head = {line[2:].partition(": ")[0] for line in lines[:5]}
    assert head == {"columns", "source", "licence", "date", "used by"}
    columns = lines[0].removeprefix("# columns: ").split("\t")
    rows = [line.split("\t") for line in lines[5:]]
    assert rows
    assert all(len(row) == len(columns) for row in rows)
    keys = [row[0] for row in rows]
    assert keys == sorted(set(keys))


def test_every_needed_file_is_there() -> None:
    for rule in all_rules():
        for name in rule.NEEDS:
            assert (ROOT / "dictionaries" / name).is_file(), (rule.NAME, name)


def test_misread_table_keeps_lengths() -> None:
    from cleanup.data.phrases import misread

    for wrong, row in misread(False).items():
        assert len(wrong) == len(row.right)
        assert wrong != row.right


def test_no_misread_form_stands_in_another_right_form() -> None:
    """Repairing never makes a form that the table would change again."""
    from cleanup.data.phrases import misread

    table = misread(False)
    for row in table.values():
        for start in range(len(row.right)):
            for end in range(start + 2, len(row.right) + 1):
                assert row.right[start:end] not in table
