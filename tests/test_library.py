"""The library: one door, the same bytes by every way in, results that can be asked for more."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES, Run

import cleanup
from cleanup import Archive, OcrfixError, Person, Policy, Repairer, Result, Roster, Settings, repair
from cleanup.engine.repairer import UnknownEdit
from cleanup.model.fix import Applicability
from cleanup.reports import journal as journals

PAGES = sorted(SAMPLES.glob("*/page.*"))
TEXT = "县委书记周望舒出席会议，部署今年的春耕 工作。\n\n己经完成，人们说:“好”。\n"


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return Repairer()


def _files(folder: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in sorted(folder.iterdir()) if "page" in place.name}


def test_library_command_and_batch_give_the_same_bytes(tmp_path: Path, ocrfix: Run) -> None:
    """Clean text and journal, on every sample with its roster."""
    for page in PAGES:
        roster = page.with_name("roster.csv")
        into = tmp_path / page.parent.name
        source = into / "in"
        source.mkdir(parents=True)
        (source / page.name).write_bytes(page.read_bytes())
        command = ocrfix(source / page.name, "-o", into / "one", "--roster", roster)
        assert command.returncode == 0, command.stderr
        batch = ocrfix("batch", source, "-o", into / "all", "--roster", roster, "--no-survey")
        assert batch.returncode == 0, batch.stderr
        made = Repairer(roster)(page.read_bytes(), page.name)
        stem = page.stem
        for folder in ("one", "all"):
            written = _files(into / folder)
            assert written[f"{stem}.clean{page.suffix}"].decode() == made.repaired, (page, folder)
            assert written[f"{stem}.journal.json"].decode() == made.to_json(), (page, folder)
        assert _files(into / "one") == _files(into / "all")


def test_archive_gives_what_batch_gives(tmp_path: Path, ocrfix: Run) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for page in PAGES:
        (source / f"{page.parent.name}-{page.name}").write_bytes(page.read_bytes())
    assert ocrfix("batch", source, "-o", tmp_path / "command", "--lang", "zh").returncode == 0
    archive = Archive(tmp_path / "library", source, workers=1)
    done = archive.repair()
    assert (done.repaired.done, done.failed, len(archive)) == (len(PAGES), 0, len(PAGES))
    assert _files(tmp_path / "library") == _files(tmp_path / "command")
    assert not archive.repair().did_something
    first = next(iter(archive))
    assert first.undo() == first.original
    # A result that was read back can be asked for others, as a fresh one can.
    if first.edits:
        assert first.edits[0].id not in {edit.id for edit in first.reject(first.edits[0].id).edits}
    assert archive.decisions == ()


def test_archive_is_silent_and_can_be_stopped(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    class Hasty(cleanup.Watch):
        @property
        def wanted(self) -> bool:
            return True

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    archive = Archive(tmp_path / "out", tmp_path / "in", workers=1)
    assert archive.repair(survey=False, watch=Hasty()).stopped
    assert archive.repair(survey=False).repaired.done == 1
    assert capfd.readouterr() == ("", "")


def test_repair_is_the_shortcut(repairer: Repairer) -> None:
    assert repair(TEXT).journal == repairer(TEXT).journal


def test_a_loaded_roster_is_taken_as_it_is() -> None:
    people = Roster((Person("周望舒", "县委书记"),))
    result = Repairer(people)("县委书记周望舍出席会议，周望舒讲话。")
    assert [person.name for person in result.people] == ["周望舒"]
    assert Repairer(default_roster=False).roster.people == ()


def test_a_repairer_can_be_pickled(repairer: Repairer) -> None:
    want = repairer(TEXT)
    again = pickle.loads(pickle.dumps(repairer))(TEXT)
    assert (again.repaired, again.journal) == (want.repaired, want.journal)
    with ThreadPoolExecutor(4) as pool:
        assert all(found.journal == want.journal for found in pool.map(repairer, [TEXT] * 8))
    assert pickle.dumps(repairer) == pickle.dumps(pickle.loads(pickle.dumps(repairer)))


def test_a_result_is_its_text_and_can_be_pickled(repairer: Repairer) -> None:
    result = repairer(TEXT)
    assert str(result) == result.repaired != result.original == result.undo()
    back: Result = pickle.loads(pickle.dumps(result))
    assert (back.repaired, back.to_json()) == (result.repaired, result.to_json())


def test_a_result_lists_what_it_did(repairer: Repairer) -> None:
    result = repairer(TEXT)
    rows = result.to_records()
    assert {row["id"] for row in rows} == {record.id for record in result.journal.records}
    assert {row["status"] for row in rows if row["id"] in {e.id for e in result.edits}} == {"applied"}
    for row in rows:
        if row["status"] == "applied" and row["rule"] == "spaces.between-han":
            assert (row["before"], row["after"]) == (" ", "")
            assert result.original[row["start"] : row["end"]] == " "
            assert row["line"] == 1
    assert json.loads(result.to_json())["schema"] == result.journal.schema
    assert journals.decode(result.to_json().encode()) == result.journal
    assert result.to_html("en").lstrip().lower().startswith("<!doctype html>")


def test_edits_are_taken_back_and_suggestions_made(repairer: Repairer) -> None:
    result = repairer(TEXT)
    edit = result.edits[0]
    without = result.reject(edit.id)
    assert edit.id not in {found.id for found in without.edits}
    assert without.original == result.original
    careful = Repairer(settings=Settings(Policy(Applicability.SAFE, 1.0)))(TEXT)
    assert careful.suggestions
    by_rule = {found.rule: found.id for found in careful.suggestions}
    two = by_rule["phrases.misread"], by_rule["characters.half-width-punctuation"]
    made = careful.accept(two)
    assert set(two) <= {found.id for found in made.edits}
    assert made.repaired == careful.repaired.replace("己经", "已经").replace(":", "：")
    # Both in one go, and one after the other, are the same.
    assert made.repaired == careful.accept(two[0]).accept(two[1]).repaired
    with pytest.raises(UnknownEdit, match="no record nothing") as caught:
        result.accept("nothing")
    assert isinstance(caught.value, OcrfixError)


def test_only_what_the_door_names_is_public() -> None:
    assert sorted(cleanup.__all__) == sorted(dir(cleanup))
    for name in cleanup.__all__:
        assert getattr(cleanup, name) is not None
    from cleanup import api

    assert set(api.__all__) == set(cleanup.__all__) - {"__version__"}
    with pytest.raises(AttributeError, match="has no attribute"):
        _ = cleanup.nothing
    for lang in ("zh", "en"):
        page = (ROOT / "docs" / "reference" / f"api.{lang}.md").read_text("utf-8")
        assert not [name for name in api.__all__ if f"`{name}" not in page], f"api.{lang}.md lacks a name"


def test_importing_reads_nothing() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import cleanup, sys; print(*sys.modules)"], capture_output=True, text=True
    )
    loaded = set(said.stdout.split())
    assert "cleanup" in loaded
    assert not {"numpy", "opencc", "cleanup.engine", "cleanup.data"} & loaded


def test_python_m_cleanup_is_the_command_line() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "cleanup", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout == f"ocrfix {cleanup.__version__}\n"
