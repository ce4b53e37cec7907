"""Rules from outside the package: docs/tutorials/own.en.md as a user would follow it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT, Run

from cleanup import Settings, repair
from cleanup.model.errors import OcrfixError
from cleanup.plan import NoRules, plan
from cleanup.testing import check

RULE, *USES = re.findall(
    r"^```python\n(.*?)^```$", (ROOT / "docs/tutorials/own.en.md").read_text("utf-8"), re.M | re.S
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the user's modules lie."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]
    plan.cache_clear()


def module(folder: Path, name: str, text: str = RULE) -> ModuleType:
    (folder / f"{name}.py").write_text(text, "utf-8")
    return __import__(name)


def test_the_page_runs(folder: Path) -> None:
    module(folder, "masthead")
    for use in USES:
        exec(compile(use, "docs/tutorials/own.en.md", "exec"), {"__name__": "__main__"})


def test_command_line(folder: Path, ocrfix: Run) -> None:
    (folder / "masthead.py").write_text(RULE, "utf-8")
    (folder / "ocrfix.toml").write_text('own-rules = ["masthead"]\n')
    (folder / "p.txt").write_text("四用日报记者报道，今年雨水好。\n", "utf-8")
    assert ocrfix("p.txt", "-q").returncode == 0
    assert (folder / "p.clean.txt").read_text("utf-8") == "四川日报记者报道，今年雨水好。\n"
    assert "masthead.sichuan" in ocrfix("rules").stdout.decode()
    assert ocrfix("explain", "masthead").returncode == 0
    assert ocrfix("p.txt", "-q", "--skip", "masthead").returncode == 0
    assert (folder / "p.clean.txt").read_text("utf-8") == "四用日报记者报道，今年雨水好。\n"


def test_the_journal_says_which(folder: Path) -> None:
    made = module(folder, "masthead_two", RULE.replace("masthead.sichuan", "masthead.two"))
    settings = Settings(rules=(made,))  # type: ignore[arg-type]  # as modules too
    journal = repair("四用日报记者", settings=settings).journal
    assert journal.options.rules == settings.rules == ("masthead_two",)
    assert len(journal.data["rule: masthead.two"]) == 64
    assert [found.name for found in journal.plan][-3:] == ["masthead", "script", "suspicions"]
    assert journal.data["OpenCC"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"四川日报记者"', '"四用日报记者"', "becomes"),
        (', Case("四用人才", None, "another word")', ",", "look-alike"),
        ("SAFETY, 0.97", "Applicability.SAFE, 0.97", "claims safe"),
        ("    start = ", "    tools.is_surname('王')\n    start = ", "NEEDS lacks names/surnames.tsv"),
    ],
)
def test_check_says_what_is_wrong(folder: Path, old: str, new: str, said: str) -> None:
    assert old in RULE
    name = f"wrong{abs(hash(old)) % 10**8}"
    made = module(folder, name, RULE.replace(old, new, 1).replace("masthead.sichuan", f"{name}.rule"))
    with pytest.raises(AssertionError, match=said):
        check(made)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nothing_there", None),
        ("no_rule", "NAME = 'a.b'\n"),
        ("no_cases", "NAME = 'a.b'\ndef find(document, tools): ...\n"),
        ("no_family", RULE.replace("masthead.sichuan", "sichuan")),
        ("taken", RULE.replace("masthead.sichuan", "names.misread")),
    ],
)
def test_what_is_no_rule_is_told(folder: Path, name: str, text: str | None) -> None:
    if text is not None:
        (folder / f"{name}.py").write_text(text, "utf-8")
    with pytest.raises(NoRules) as told:
        repair("四用日报", settings=Settings(rules=(name,)))
    assert isinstance(told.value, OcrfixError)
    assert name in str(told.value) or "names.misread" in str(told.value)


def test_rules_that_undo_one_another_are_held(folder: Path) -> None:
    def rule(name: str, read: str, new: str) -> str:
        text = RULE.replace("四用日报", f"甲{read}厂").replace("四川日报", f"甲{new}厂")
        return text.replace('"川"', f'"{new}"').replace("masthead.sichuan", f"own.{name}")

    rules = (
        module(folder, "there", rule("there", "乙", "丙")),
        module(folder, "back", rule("back", "丙", "乙")),
    )
    settings = Settings(rules=tuple(one.__name__ for one in rules), only=("own",))
    journal = repair("甲乙厂今年产量增加。\n", settings=settings).journal
    assert [record.reason for record in journal.records if record.status != "applied"] == ["unconverged"]
    assert len(journal.applied) < 3
