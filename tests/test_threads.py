"""Texts that are repaired at the same time know nothing of one another."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from conftest import ROOT

from cleanup import repair
from cleanup.data import files
from cleanup.data.roster import Roster, load
from cleanup.plan import all_rules
from cleanup.reports.journal import encode
from cleanup.rules import models
from cleanup.score.ranking import Ranking
from cleanup.text.once import Same, once

THREADS, PAGES = 8, 200


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def pages() -> list[tuple[str, str]]:
    """Names and texts of pages that differ, made of what the rules' own cases and the samples have."""
    drawn = random.Random(15)
    lines = [line for file in sorted(ROOT.glob("samples/*/page.*")) for line in file.read_text().splitlines()]
    cases = [case.text for rule in all_rules() for case in rule.CASES if len(case.text) < 400]
    found = []
    for number in range(PAGES):
        start = drawn.randrange(len(lines) - 30)
        text = "\n".join([*lines[start : start + drawn.randrange(5, 30)], *drawn.sample(cases, 4)])
        found.append((f"page{number}.{drawn.choice(('txt', 'md'))}", text))
    return found


def repaired(page: tuple[str, str], roster: Roster) -> tuple[str, bytes]:
    name, text = page
    result = repair(text, roster, name=name)
    return result.repaired, encode(result.journal)


def test_threads_give_what_one_gives(hasty: None) -> None:
    roster = load([ROOT / "samples/tesseract/roster.csv"], default=True)
    given = pages()
    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(lambda page: repaired(page, roster), given))
    alone = [repaired(page, roster) for page in given]
    assert len({text for text, _ in alone}) == PAGES
    assert together == alone


def test_what_was_read_before_changes_nothing() -> None:
    """Not a bit of how readily a character is read for others hangs on which were asked for before."""
    model, near, channel = models.language(), models.neighbours(models.BESIDE[0]), models.misreadings()
    reads = [(read, "") for read in "耍宾顷呆曰祚爪挤童"] + [("紧", "緊")]
    together, alone = Ranking(near, model, channel), Ranking(near, model, channel)
    rows = together._exact[together._likeness(reads)]
    assert [alone._exact[alone._likeness([read])[0]].tobytes() for read in reads] == [
        row.tobytes() for row in rows
    ]


def test_made_once_by_many_threads(hasty: None) -> None:
    made: list[int] = []
    together = Barrier(THREADS)

    @once
    def thing(number: int) -> object:
        made.append(number)
        return object()

    def ask(_: int) -> object:
        together.wait()
        return thing(3)

    with ThreadPoolExecutor(THREADS) as pool:
        assert len(set(map(id, pool.map(ask, range(THREADS))))) == 1
    assert made == [3]


def test_same_is_one_thing() -> None:
    words = ("一", "二")
    assert Same(words) == Same(words)
    assert Same(words) != Same(("一", *words[1:]))


def test_files_are_known_by_their_content_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("一")
    before = files.digest_of(files.stand(file))
    file.write_text("二二")
    assert files.digest_of(files.stand(file)) != before
