"""`ocrfix eval` and what it is made of: alignment, figures, verdicts, pairing, report."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from cleanup import repair
from cleanup.engine.repair import Settings
from cleanup.measure import blocks, evaluation, figures, html, pairing, tables
from cleanup.measure.compare import Comparison
from cleanup.measure.evaluation import Trial
from cleanup.measure.figures import Known, Sums, Truth
from cleanup.measure.texts import solids
from cleanup.model.fix import Applicability
from cleanup.model.journal import Policy

TEXTS = st.text(alphabet="中国人民日报12，。“ \n#e\u0301", max_size=60)
NOBODY = Known()
KNOWN = Known(("周望舒", "乔四海"), frozenset("周乔王李"))


def _sums(truth: str, ocr: str, clean: str, known: Known = NOBODY) -> Sums:
    right, read, done = solids(truth, ocr, clean)
    return figures.count(Truth(right, known), Comparison(right, read), Comparison(right, done))


@given(TEXTS, TEXTS)
def test_blocks_cover_both_texts_with_the_fewest_edits(left: str, right: str) -> None:
    found = blocks.align(left, right)
    for one in found:
        if one.equal:
            assert left[one.start : one.end] == right[one.other : one.other_end]
    for size, ends in (
        (len(left), [(one.start, one.end) for one in found]),
        (len(right), [(one.other, one.other_end) for one in found]),
    ):
        assert [at for start, end in ends for at in range(start, end)] == list(range(size))
    one, two = solids(left, right)
    assert Comparison(one, two).distance == Levenshtein.distance(one.text, two.text)


def test_long_texts_are_aligned_between_anchors() -> None:
    """Forty times the length takes about forty times as long, and finds the same edits."""
    import random

    chance = random.Random(5)
    signs = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(400_000))
    damaged = list(signs)
    for at in range(7, len(damaged), 100):
        damaged[at] = ("误", "", damaged[at] + "多")[at % 3]
    left, right = signs, "".join(damaged)

    def took(size: int) -> float:
        start = time.process_time()
        assert blocks.distance(left[:size], right[: len("".join(damaged[:size]))]) == size // 100
        return time.process_time() - start

    took(9_000)
    assert took(400_000) < 200 * max(took(10_000), 0.004)


def test_a_sign_of_several_code_points_is_one() -> None:
    right, read = solids("葛\U000e0100城的cafe\u0301", "葛城的cafe")
    assert len(right) == 7
    assert Comparison(right, read).distance == 2
    assert {right.sign(char) for char in right.text} >= {"葛\U000e0100", "e\u0301"}


def test_sums_of_a_small_page() -> None:
    truth = "己方报道，共12人。\n周望舒出席。"
    sums = _sums(truth, "已方报道,共12人\n。周望抒出席。", "己方报道，共13人。\n周望抒出席。", KNOWN)
    assert sums["errors"] == 3  # 已, the half-width comma, 抒
    assert sums["repaired"] == 2
    assert sums["missed"] == 1
    assert sums["spoilt"] == 1
    assert (sums["numbers"], sums["numbers_right.ocr"], sums["numbers_spoilt"]) == (1, 1, 1)
    assert (sums["names"], sums["names_right.ocr"], sums["names_right.clean"]) == (1, 0, 0)
    assert (sums["cuts_right.ocr"], sums["cuts_right.clean"], sums["cuts"]) == (0, 1, 1)
    assert sums["marks_right.clean"] == sums["marks"] == 3


def test_a_number_that_grew_is_not_whole() -> None:
    assert _sums("共12人", "共112人", "共120人")["numbers_right.ocr"] == 0
    assert _sums("共12人", "共12人", "共120人")["numbers_spoilt"] == 1


def test_moved_text_costs_characters_but_no_bag() -> None:
    sums = _sums("甲乙丙丁戊己庚辛", "戊己庚辛甲乙丙丁", "甲乙丙丁戊己庚辛")
    assert sums["edits.ocr"] == 8
    assert sums["bag_edits.ocr"] == 0


def test_intervals_are_always_the_same_and_missing_for_one_document() -> None:
    documents = [_sums("中国人民", "中国人" + "民" * (at % 2), "中国人民") for at in range(9)]
    once, again = (figures.values(documents, True) for _ in range(2))
    assert once == again
    cer = once["cer.ocr"]
    assert cer.low is not None
    assert cer.high is not None
    assert cer.value is not None
    assert 0 <= cer.low < cer.value < cer.high
    assert figures.values(documents[:1], True)["cer.ocr"].low is None


def _evaluate(
    truth: str, ocr: str, policy: Policy | None = None, **chosen: tuple[str, ...]
) -> evaluation.Evaluation:
    result = repair(ocr, settings=Settings(policy or Policy(), **chosen), name="page.txt")
    trial = Trial("page", truth, result.original, result.repaired, result.journal)
    return evaluation.evaluate([trial], NOBODY)


def test_rules_are_judged_where_they_changed_something() -> None:
    truth = "会议强调，要抓好落实（见附件）。\n第二天，大家继续讨论,没有结论，只好改期再开。\n"
    ocr = "会议强调,要抓好落实(见附件)。\n第二天，大家继续讨论,没有结论，只好改期再开。\n"
    found = _evaluate(truth, ocr, only=("characters", "layout"))
    lines = {line.rule: line for line in found.rules()}
    commas = lines["characters.half-width-punctuation"]
    assert (commas.right, commas.wrong) == (1, 1)
    assert lines["characters.half-width-brackets"].right == 1
    assert lines["characters.half-width-brackets"].repaired == 2
    (page,) = found.pages
    assert [(page.ocr.truth.text[one.place], one.rules) for one in page.spoilt] == [
        (",", ("characters.half-width-punctuation",))
    ]
    assert found.reliability()


def test_joins_held_back_are_judged() -> None:
    truth = "工作会议昨日在市里召开，各区县负责同志参加了会议并作了发言，大家一致表示要抓好落实。\n"
    ocr = truth[:20] + "\n" + truth[20:]
    found = _evaluate(truth, ocr, Policy(Applicability.LIKELY, 1.0), only=("layout",))
    (join,) = (line for line in found.rules() if line.rule == "layout.join")
    assert (join.suggested, join.suggested_right) == (1, 1)


def test_suggestions_are_judged_too() -> None:
    text = "扎实推进各顷工作。\n"
    result = repair(f"会议强调，要认真学习贯彻重要讲话精神，{text}", settings=Settings(), name="page.txt")
    held = [record for record in result.journal.withheld if record.edits]
    applied = [record for record in result.journal.applied if record.rule == "context.misread"]
    truth = f"会议强调，要认真学习贯彻重要讲话精神，{text}".replace("顷", "项")
    trial = Trial("page", truth, result.original, result.repaired, result.journal)
    (page,) = evaluation.evaluate([trial], NOBODY).pages
    assert [verdict.sign for verdict in page.applied] == [1] * len(applied)
    assert len(page.suggested) == len(held)


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=60)
def test_the_report_holds_all_three_texts(truth: str, ocr: str, clean: str) -> None:
    found = evaluation.evaluate([Trial("page", truth, ocr, clean)], NOBODY)
    rows = html.segments(found.pages[0])
    for at, text in enumerate((truth, ocr, clean)):
        assert "".join(segment[at] for row in rows for segment in row) == text
    for segment in (segment for row in rows for segment in row):
        # White space and heading marks are shown, and not measured.
        same = re.sub(r"[#\s]", "", segment.truth) == re.sub(r"[#\s]", "", segment.ocr)
        assert same or segment.kind


@pytest.mark.parametrize(
    ("files", "truth", "ocr", "clean", "names"),
    [
        (("a.gt.txt", "a.ocr.txt", "a.clean.txt"), "", "", "", ["a"]),
        (("b.gt.txt", "b.ocr.txt", "b.ocr.clean.txt"), "", "", "", ["b"]),
        (("t/x/1.txt", "t/x/2.md", "o/x/1.txt", "o/x/2.txt"), "t", "o", None, ["x/1", "x/2"]),
        (("p/truth.txt", "p/page.txt", "p/page.clean.txt"), "", "", "", ["p"]),
        (("2024.01.30.gt.txt", "2024.01.30.ocr.txt", "2024.01.30.meta.json"), "", "", None, ["2024.01.30"]),
    ],
)
def test_files_are_paired_by_name(
    tmp_path: Path, files: tuple[str, ...], truth: str, ocr: str, clean: str | None, names: list[str]
) -> None:
    for name in files:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(name)
    found = pairing.pair(tmp_path / truth, tmp_path / ocr, None if clean is None else tmp_path / clean)
    assert [trio.name for trio in found.found] == names
    assert not found.unpaired


def test_a_set_is_the_truths_of_one_folder_that_have_their_ocr(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in (
        "b.gt.txt",
        "b.ocr.txt",
        "a.gt.txt",
        "a.ocr.txt",
        "a.meta.json",
        "lonely.gt.txt",
        "x.ocr.txt",
    ):
        (tmp_path / name).write_text("")
        (tmp_path / "deep" / name).write_text("")
    found = pairing.of_set(tmp_path)
    assert found == [
        pairing.Trio(name, tmp_path / f"{name}.gt.txt", tmp_path / f"{name}.ocr.txt", None) for name in "ab"
    ]


def _score(shared: Path, name: str, clean: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, shared / "bench" / "score.py", shared / "bench" / name, clean],
        capture_output=True,
        check=True,
    )
    scored: dict[str, float] = json.loads(done.stdout)
    return scored


@pytest.mark.parametrize("name", ["ocr-dev", "vlm-dev"])
def test_figures_are_those_of_the_shared_bench(shared: Path, tmp_path: Path, name: str) -> None:
    """The same figures, to the last digit that the other prints; repaired by a few quick families."""
    trials = []
    for one in pairing.of_set(shared / "bench" / name):
        quick = Settings(only=("characters", "layout", "repeats"))
        result = repair(one.ocr.read_bytes(), settings=quick, name=one.ocr.name)
        (tmp_path / f"{one.name}.clean.txt").write_text(result.repaired, "utf-8")
        trials.append(Trial(one.name, one.truth.read_text("utf-8"), result.original, result.repaired))
    values = evaluation.evaluate(trials, NOBODY).values
    scored = _score(shared, name, tmp_path)
    for theirs, ours in (
        ("cer_before", "cer.ocr"),
        ("cer_after", "cer.clean"),
        ("han_before", "han.ocr"),
        ("han_after", "han.clean"),
        ("cer_cut", "cer_cut"),
        ("han_cut", "han_cut"),
        ("repaired", "repaired"),
        ("precision", "precision"),
        ("joins_before", "joins.ocr"),
        ("joins", "joins.clean"),
    ):
        assert values[ours].value == pytest.approx(scored[theirs], abs=6e-5), ours
    assert values["spoilt"].value == pytest.approx(scored["spoilt"], abs=0.06)


def test_markdown_cells_stay_cells() -> None:
    assert tables.markdown(["a", "b"], [["x|y", "1"]]).splitlines()[-1] == "| x\\|y | 1 |"
