"""Versions come from tags, archives are made anew where the code differs, and old journals stay readable."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run

from cleanup import version
from cleanup.archive.job import Job
from cleanup.cli.app import run
from cleanup.data.roster import Roster
from cleanup.model import replay
from cleanup.reports import journal as journals

RELEASE = ROOT / ".ci" / "release"


def test_another_build_repairs_anew_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("工程己经完成。\n", "utf-8")
    batch = ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--workers", "1", "--lang", "en"]
    assert run(batch) == 0
    assert run(batch) == 8
    roster = tmp_path / "people.csv"
    roster.write_text("name\n周望舒\n", "utf-8")
    for more, said in (
        (["--roster", str(roster)], "other rosters 1"),
        (["--furniture", "keep"], "other settings 1"),
        (["--no-survey"], "another archive profile 1"),
    ):
        capsys.readouterr()
        assert run([*batch, *more, "--dry-run"]) == 0
        assert said in capsys.readouterr().err
    monkeypatch.setattr("cleanup.archive.job.code", lambda: "another")
    assert run([*batch, "--dry-run"]) == 0
    assert "another version of ocrfix 1" in capsys.readouterr().err
    assert run(batch) == 0
    assert run(batch) == 8


def test_the_code_digest_is_of_the_code_that_decides() -> None:
    assert len(version.code()) == 64
    assert {room.name for room in (ROOT / "cleanup").iterdir() if room.is_dir()} >= set(version.DECIDING)
    assert "code" in Job().parts(Roster())


def test_a_journal_of_the_first_schema_stays_readable() -> None:
    """Written by ocrfix 0.1.0; whoever raises the schema teaches `decode` to read this one."""
    folder = ROOT / "tests" / "journals"
    journal = journals.decode((folder / "schema-1.journal.json").read_bytes())
    clean = (folder / "schema-1.clean.txt").read_text("utf-8")
    source = replay.undo(clean, journal)
    assert replay.replay(source, journal) == clean != source
    assert journal.people
    assert journal.people[0].name == "周望舒"
    assert journal.withheld
    assert journal.flags


def test_the_version_is_that_of_the_installed_package(ocrfix: Run) -> None:
    assert ocrfix("--version").stdout.decode() == f"ocrfix {version.VERSION}\n"
    assert version.VERSION[0].isdigit()


def test_a_release_is_made_of_the_changelog(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        ours = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        return subprocess.run(
            ["git", *ours, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    def release(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, RELEASE, *arguments], cwd=tmp_path, capture_output=True, text=True
        )

    git("init", "-q")
    git("config", "user.name", "a")
    git("config", "user.email", "a@example.com")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- # new\n", "utf-8")
    git("add", ".")
    git("commit", "-qm", "first")
    assert release("1.x").returncode
    assert release("1.2.0").returncode == 0
    assert release("--notes", "1.2.0").stdout == "- # new\n"
    assert "- # new" in git("tag", "-n9", "v1.2.0")
    assert "nothing stands under Unreleased" in release("1.2.1").stderr
    assert git("describe", "--tags").strip() == "v1.2.0"
