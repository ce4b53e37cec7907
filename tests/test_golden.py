"""The samples are the golden files: repaired to their truth, stable, revocable."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SAMPLES

from cleanup import repair
from cleanup.model.replay import replay

PAGES = sorted(SAMPLES.glob("*/page.*"))


def _truth(page: Path) -> str:
    return page.with_name(f"truth{page.suffix}").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_sample(page: Path) -> None:
    source = page.read_text("utf-8")
    roster = page.with_name("roster.csv")
    result = repair(source, roster, name=page.name)
    assert result.repaired == _truth(page)
    assert result.undo() == source
    assert replay(source, result.journal) == result.repaired
    assert not repair(result.repaired, roster, name=page.name).journal.applied


def test_there_are_three_kinds_of_damage() -> None:
    assert len(PAGES) >= 3
    for page in PAGES:
        assert "Written for this project" in page.with_name("SOURCE").read_text("utf-8")
        assert _truth(page) != page.read_text("utf-8")
