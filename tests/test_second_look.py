"""Neighbours, what the page says, and the second look at what seems probable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cleanup.api import repair
from cleanup.data import files
from cleanup.rules import models
from cleanup.score import again, ngram, page
from cleanup.score.beside import Beside
from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates
from cleanup.score.trees import BrokenTrees

PAGE = (
    "各级党的组织都要学习毛主席的讲话，认真整顿组织。公社和大队的组织，要在斗争中建立起来。\n"
    "过去的组织不纯，阶级敌人混进了我们的队伍。就是要依靠阶级的力量，批判资产阶级。\n"
    "有的同志提出这样的周题：为什么要抓阶级斗争？这个问题要回答，问题才能解决。\n"
    "革命的耕话精神要传达到每个小组，讲话的问题要讨论，这些耕话要学，组织周题要解决。\n"
)


@pytest.mark.parametrize("name", ["runs", "eras"])
def test_neighbours_agree_with_their_language_model(name: str) -> None:
    """Each pair of the table is as much oftener together, to half a level, as the model counts it."""
    model, near = (
        ngram.Ngrams(files.path(f"models/{name}.bin")),
        models.neighbours(f"models/{name}-beside.bin"),
    )
    step = near.nats[1] - near.nats[0]
    for one, two in ("各项", "各顷", "领导", "导领", "，但", "曰仁"):
        ids = model.alphabet.ids(one + two)
        level = model.levels(ids)[0][0]
        nats = model.logs[level] - model.single(ids).sum() + np.log(model.total)
        wanted = near.nats[0] if not level else np.clip(nats, near.nats[0], near.nats[-1])
        first, second = near.chars.index(one), near.chars.index(two)
        assert near.nats[near.after(first)[second]] == pytest.approx(wanted, abs=0.51 * float(step))
        assert near.before(second)[first] == near.after(first)[second]
    assert not near.after(len(near.chars)).any()


def test_broken_neighbours_say_so(tmp_path: Path) -> None:
    whole = files.path("models/runs-beside.bin").read_bytes()
    (tmp_path / "cut.bin").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ngram.BrokenModel, match="reinstall"):
        Beside(tmp_path / "cut.bin")


def test_runs_of_the_page_are_counted() -> None:
    """As a slow twin counts them: the longest run over a place that stands elsewhere too, and how often."""
    model = models.language()
    text = "组织问题和组织工作，粗织问题。组织问题"
    for kind, at, char in (
        (SUBSTITUTE, 10, "组"),
        (DELETE, 4, "和"),
        (INSERT, 11, "的"),
        (SUBSTITUTE, 0, "粗"),
    ):
        thought = Candidates(np.array([at]), np.array([kind]), model.alphabet.ids(char), np.array([char]))
        got = page._runs(model.alphabet.ids(text), thought)
        new = "" if kind == DELETE else char
        changed = text[:at] + new + text[at + (kind != INSERT) :]
        old = "" if kind == INSERT else text[at]
        assert (got[0][0][0], got[0][1][0]) == _longest(changed, at, len(new), text, 0)
        assert (got[1][0][0], got[1][1][0]) == _longest(text, at, len(old), text, 1)


def _longest(changed: str, at: int, wide: int, text: str, own: int) -> tuple[int, int]:
    """Of runs over what is `wide` characters at a place of `changed`; `own` times they stand there itself."""
    for size in (5, 4, 3, 2):
        starts = range(max(0, at - size + 1), at + wide)
        runs = [changed[one : one + size] for one in starts if len(changed) >= one + size]
        times = [sum(text.startswith(run, one) for one in range(len(text))) - own for run in runs]
        if max(times, default=0) > 0:
            return size, max(times)
    return 0, 0


def test_a_habit_of_the_page_spreads() -> None:
    """A doubtful place is surer where the page was surely misread alike; doubts say nothing."""
    text, char = "周题，周题，周题，别题", np.array(["问", "问", "问", "问"])
    thought = Candidates(np.array([0, 3, 6, 9]), np.zeros(4, int), np.zeros(4, int), char)
    sure = np.array([0.95, 0.9, 0.4, 0.4])
    found = page.spread(text, thought, sure, {})
    assert found[2] > 0.7 > found[3] == pytest.approx(0.4)
    assert (found[:2] >= sure[:2]).all()
    doubts = np.array([0.5, 0.5, 0.4, 0.4])
    assert page.spread(text, thought, doubts, {}) == pytest.approx(doubts)
    assert page.spread(text, thought, doubts, {("周", "问"): 3})[2] > 0.7


def test_known_run() -> None:
    text = "组织问题和组织工作，粗织问题。"
    assert page.known_run(text, 10, "粗", "组") == "组织问题"
    assert page.known_run(text, 10, "粗", "相") == ""
    assert page.known_run("甲乙丙丁戊己", 2, "丙", "") == ""


def test_a_misreading_of_the_page_speaks_for_its_likes() -> None:
    """What the page was found to be misread as makes the same misreading elsewhere likelier, and is told."""
    text = PAGE.replace("\n", "")
    at = [place for place in range(len(text)) if text.startswith("周题", place)]
    ids = models.language().alphabet.ids("问")
    thought = Candidates(np.array(at), np.zeros(2, int), np.repeat(ids, 2), np.array(["问"] * 2))
    sure, rows = np.array([0.9, 0.3]), np.array([1])
    column = page.NAMES.index("same-elsewhere")
    whole = models.language().alphabet.ids(text)
    seen = page.evidence(text, whole, thought, sure, rows, {})[0, column]
    assert seen == pytest.approx(np.log1p(0.9))
    more = page.evidence(text, whole, thought, sure, rows, {("周", "问"): 4})[0, column]
    assert more == pytest.approx(np.log1p(0.9 + 4 - 1.2))
    records = [one for one in repair(PAGE).journal.applied if one.rule == "context.misread"]
    assert {edit.before + edit.after for one in records for edit in one.edits} >= {"周问", "耕讲"}
    told = [one.why for one in records if one.edits[0].before in "周耕"]
    assert all("本页别处有" in why.zh and "elsewhere" in why.en for why in told)
    assert any("同样误读" in why.zh and "more on this page" in why.en for why in told)


def test_a_lone_doubt_that_leaves_none_is_repaired() -> None:
    text = "一九七八年十二月，党的十一屈三中全会召开。\n"
    assert repair(text).repaired == text.replace("屈", "届")


def test_what_was_misread_before_is_forgotten_when_nothing_more_changes() -> None:
    """Another run would know nothing of it, and may be surer of what is left."""
    text = PAGE.replace("\n", "")
    reads = models.corrector(()).for_a_text()
    found = reads.read(text)
    assert max(one.probability for one in found) > 0.9
    doubtful = [replace(one, probability=0.3) for one in found]
    assert reads.forgets(text, {}, "", doubtful)
    assert not reads.forgets(text, {}, "", doubtful)  # there was nothing to forget
    reads.read(text)
    assert not reads.forgets(text, {}, "", found)


def test_trees_of_the_second_look() -> None:
    """Every kind has its trees; a table that asks for what is not weighed is refused."""
    for number in range(2):
        assert set(models.again_by(number).trees) == set(again.KINDS)
    with pytest.raises(BrokenTrees):
        again.load([("mark 000.000", "nobody knows", "1", "1", "2"), ("mark 000.001", "=", "0.1", "", "")])


def test_a_nul_is_heard_as_a_character() -> None:
    """Broken files hold NULs, which numpy takes for the end of a string."""
    thought = Candidates(np.array([2]), np.array([DELETE]), np.array([0]), np.array(["\0"]))
    assert models.again_by(0).heard("组织\0问题", thought).shape == (1, len(again.HEARD))


def test_what_only_stood_beside_what_is_no_longer_likely_is_looked_at_again() -> None:
    """Of two likely changes side by side the surer is proposed; when it is forgotten, the other is."""
    text = PAGE.replace("\n", "")
    reads = models.corrector(()).for_a_text()
    found = reads.read(text)
    surer = [replace(one, probability=0.999) for one in found]
    beside = replace(surer[0], at=surer[0].at + 1, probability=1.0)
    assert reads.forgets(text, {}, "", [*surer, beside])
