"""What the tool is known not to repair, with why; who mends one is told, and moves it to its rule's cases."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from cleanup import Person, Repairer, Roster


class Known(NamedTuple):
    text: str
    printed: str
    why: str


FAILURES = (
    Known(
        "县委书记固望抒出席会议，听取汇报。\n",
        "县委书记周望舒出席会议，听取汇报。\n",
        "two of a name's three characters are misread: names are looked for one character away",
    ),
    Known(
        "今年l至5月，全县完成固定资产投资。\n",
        "今年1至5月，全县完成固定资产投资。\n",
        "a letter for a digit that stands alone: only what is between two digits proves it",
    ),
    Known(
        "贯彻落实科学发晨观。\n",
        "贯彻落实科学发展观。\n",
        "晨 for 展 is so seldom read that the channel gives it less than a suggestion",
    ),
)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(known, marks=pytest.mark.xfail(strict=True, reason=known.why, raises=AssertionError))
        for known in FAILURES
    ],
    ids=lambda known: known.text.strip(),
)
def test_known_failures(known: Known) -> None:
    people = Roster((Person("周望舒", "县委书记"),))
    assert Repairer(people)(known.text).repaired == known.printed
