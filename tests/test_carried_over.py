"""What is known of a text is carried over to what becomes of it: the same as if it were read anew."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from test_context import BAD, TEXT

from cleanup.rules import models
from cleanup.score import corrector, limits, share
from cleanup.score.candidates import Candidates
from cleanup.score.gate import Sites
from cleanup.score.ngram import Reals
from cleanup.score.printed import as_printed
from cleanup.score.scan import Scan, scan
from cleanup.score.stretches import Judged


def test_more_is_looked_at_step_by_step() -> None:
    """Places looked at in steps are judged as places looked at all at once."""
    text = BAD * 2
    step, whole = (ruling(text) for ruling in (_in_steps, _at_once))
    assert step == whole
    assert step


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 50), st.integers(0, 3), st.sampled_from(("", "顷", "\n", "各顷工作，", "０")))
def test_a_changed_text_is_judged_as_if_it_were_new(at: int, gone: int, put: str) -> None:
    """What is known of places that stand as they stood is what would be found there."""
    text = BAD[:at] + put + BAD[at + gone :]
    read = models.corrector(())
    for least in (corrector.ODDEST, corrector.SEARCHED):
        read._judge_all(BAD, least)
    anew = models.corrector(()).for_a_text()
    for least in (corrector.ODDEST, corrector.SEARCHED):
        found, expected = (made._judge_all(text, least) for made in (read, anew))
        assert _rows(found) == _rows(expected)
        assert np.allclose(found.table, expected.table, atol=1e-4)


def test_places_that_stand_as_they_stood_are_not_thought_of_again() -> None:
    read, thought = models.corrector(()).for_a_text(), list[int]()
    think = read._think

    def counted(found: Scan, sites: Sites) -> tuple[Candidates, Reals]:
        thought.append(sum(map(len, sites)))
        return think(found, sites)

    read._think = counted  # type: ignore[method-assign]
    text = (BAD + TEXT) * 3
    read.read(text)
    first = sum(thought)
    thought.clear()
    read.read(text.replace("各顷工作", "各项工作", 1))
    assert 0 < sum(thought) < first / 4


def test_what_was_mended_counts_as_wrong() -> None:
    """An odd word is not alone in a text of which other errors were mended before it."""
    rows = np.array([3]), np.array([0]), np.array([9])
    one = Candidates(*rows, np.array(["项"])), np.array([0.9]), np.array([3]), 400
    assert share.is_alone(*one, 0.0).all()
    assert not share.is_alone(*one, 2.0).any()


def test_signs_and_variants_stay_as_they_were_set() -> None:
    """No half-width percent sign becomes a wide one, no 著 of traditional script a 着."""
    text = BAD + "比上年增长6.5%，"
    found = scan(text, models.shipped(0))
    at = np.array([text.index("%")] * 2)
    rows = Candidates(at, np.zeros_like(at), np.zeros_like(at), np.array(["％", "。"]))
    assert limits.forbidden(found, rows).tolist() == [True, False]
    simple, shown = "大家看着他", "大家看著他"
    assert as_printed(simple, shown, corrector.Reading(3, "着", "着", 0.9, (), False)) is None


def _in_steps(text: str) -> list[tuple[int, int, str, float]]:
    made = models.corrector(())
    for least in (corrector.ODDEST, 0.0):
        made._judge_all(text, least)
    return _rows(made._judge_all(text, -2.5))


def _at_once(text: str) -> list[tuple[int, int, str, float]]:
    made = models.corrector(())
    made.use(models.misreadings())
    return _rows(made._judge_all(text, -2.5))


def _rows(judged: Judged) -> list[tuple[int, int, str, float]]:
    thought, sure = judged.thought, judged.sure
    rows = zip(thought.at.tolist(), thought.kind.tolist(), thought.char.tolist(), sure.tolist(), strict=True)
    return sorted((at, kind, char, round(one, 9)) for at, kind, char, one in rows)
