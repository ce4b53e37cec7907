"""Quotation marks that were lost or misread: what comes back is what was there, and settled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.text.quotations import CLOSE, OPEN, Around, applied, is_paired, paired

ALONE = Around(False, False, False)
TALK = Around(True, False, False)
SPOKEN = (
    "“今年的麦子长得好，”老周蹲在地头说，“再有十天就能开镰。”",
    "老周说：“再有十天就能开镰。”他站起来拍了拍土。",
    "“你怎么才来？”她问。",
    "按照“四个统一”的要求，队长说：“谁也不许掉队！”",
)


def read(words: str, around: Around = TALK) -> str:
    """The words as they are taken to have been."""
    return applied(words, paired(words, around))


@pytest.mark.parametrize("words", SPOKEN)
def test_closing_marks_read_as_opening_ones_come_back(words: str) -> None:
    assert is_paired(words)
    assert read(words) == words
    assert read(words.replace(CLOSE, OPEN)) == words


def test_a_lost_mark_comes_back_where_it_was_or_not_at_all() -> None:
    came = []
    for words in SPOKEN:
        for at, char in enumerate(words):
            if char in (OPEN, CLOSE):
                left = words[:at] + words[at + 1 :]
                assert read(left) in (words, left)
                came.append(read(left) == words)
    assert sum(came) == 4


def test_speech_at_the_head_of_a_paragraph_wants_company() -> None:
    lost = "你怎么才来？”她问。"
    assert read(lost) == OPEN + lost
    assert read(lost, ALONE) == lost
    assert read(lost, Around(True, True, False)) == lost, "it may have begun above"


def test_what_may_go_on_below_is_not_closed() -> None:
    begun = "老周说：“再有十天就能开镰。"
    assert read(begun) == begun + CLOSE
    assert read(begun, Around(True, False, True)) == begun


@given(st.text('“”。，：？说道他你好的"‘’', max_size=24), st.booleans(), st.booleans(), st.booleans())
def test_what_was_changed_pairs_and_stays(words: str, speech: bool, carried: bool, goes_on: bool) -> None:
    around = Around(speech, carried, goes_on)
    once = read(words, around)
    if once != words:
        assert is_paired(once) or carried or goes_on
        assert read(once, around) == once
        assert once.replace(OPEN, "").replace(CLOSE, "") == words.replace(OPEN, "").replace(CLOSE, "")
