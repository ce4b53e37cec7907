"""What the package raises: below one class, with a sentence in both languages, and fit to be sent home."""

from __future__ import annotations

import pickle
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import cleanup
from cleanup.archive.ledger import BrokenLedger
from cleanup.archive.run import Busy, Taken
from cleanup.archive.store import Trouble
from cleanup.formats.encoding import InputError
from cleanup.model.errors import Exit, OcrfixError
from cleanup.plan import UnknownRule, plan

RAISED: list[OcrfixError] = [
    InputError("undecodable", encoding="big5", offset=3, line=1),
    Trouble("output", "磁盘满", "disk full", 28),
    Taken("a", "b", "c"),
    Busy(Path("out")),
    BrokenLedger("x.db", "schema 9"),
]


def _own() -> Iterator[type[BaseException]]:
    for info in pkgutil.walk_packages(cleanup.__path__, "cleanup."):
        if info.name == "cleanup.__main__":  # it runs
            continue
        for value in vars(import_module(info.name)).values():
            if (
                isinstance(value, type)
                and issubclass(value, BaseException)
                and value.__module__.startswith("cleanup.")
            ):
                yield value


def test_every_error_lies_below_one() -> None:
    found = set(_own())
    assert len(found) > 15
    assert not [error for error in found if not issubclass(error, OcrfixError)]


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_errors_say_it_in_two_languages_and_can_be_sent(error: OcrfixError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert (back.message, back.exit_code) == (error.message, error.exit_code)
    assert error.text("zh") != error.text("en") == str(error)
    assert error.exit_code in set(Exit)


def test_a_full_disk_stays_one() -> None:
    assert pickle.loads(pickle.dumps(RAISED[1])).stops_all


def test_the_nearest_rule_is_named() -> None:
    with pytest.raises(UnknownRule, match=r"did you mean layout\.join\?") as caught:
        plan(("layout.joins",))
    assert caught.value.exit_code == Exit.USAGE
    assert isinstance(caught.value, ValueError)
