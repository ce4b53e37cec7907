"""Language model, gates, candidates, judge, noise: that they agree with slow twins and know their limits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from conftest import Told
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import suggestions
from cleanup.api import repair
from cleanup.engine.repair import Settings, from_text
from cleanup.measure.alignment import Alignment
from cleanup.rules import models
from cleanup.rules.context import misread
from cleanup.rules.contract import Tools
from cleanup.score import corrector, counting, evidence, gate, ngram, ranking, regression, share
from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates
from cleanup.score.corrector import Reading
from cleanup.score.scan import HAN, among, codes_of, kind, scan
from cleanup.text.simplify import one_script

TEXT = "会议强调，要认真学习贯彻重要讲话精神，扎实推进各项工作，确保各项任务落到实处。"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> ngram.Ngrams:
    """A model counted from one sentence, often."""
    folder = tmp_path_factory.mktemp("lm")
    (folder / "text.txt").write_text((TEXT + "\n") * 40, "utf-8")
    made = counting.train([counting.Source(folder / "text.txt")], 300_000, "a test")
    (folder / "runs.bin").write_bytes(made)
    return ngram.Ngrams(folder / "runs.bin")


def test_model_knows_its_text(small: ngram.Ngrams) -> None:
    seen = scan(TEXT, small)
    assert seen.forward.mean() > -0.6
    assert seen.backward.mean() > -0.6
    broken = scan(TEXT.replace("各项工", "各顷工"), small)
    assert broken.forward[TEXT.index("项")] < -8


def test_probabilities_add_up(small: ngram.Ngrams) -> None:
    """What may follow a context shares out at most its whole probability."""
    ids = small.alphabet.ids("贯彻重要")
    every = np.arange(len(small.alphabet))
    rows = np.concatenate([np.tile(ids[:, None], len(every)), every[None]])
    total = np.exp(small.forward(rows, small.levels(rows))[-1]).sum()
    assert 0.8 < total < 1.05


def test_broken_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "runs.bin").write_bytes(b'{"chars": "ab"}\nxx')
    with pytest.raises(ngram.BrokenModel, match="reinstall"):
        ngram.Ngrams(tmp_path / "runs.bin")


@settings(max_examples=60)
@given(st.text(alphabet="会议强调人全仙0a，。\n\ud800\U00020000 ", max_size=60))
def test_any_text_is_scanned(text: str) -> None:
    model = models.language()
    seen = scan(text, model)
    assert len(seen.forward) == len(seen.backward) == len(text)
    assert not np.isnan(seen.forward).any()
    assert [kind(char) for char in text] == seen.kinds[:-1].tolist()
    assert gate.ends(seen).shape == (len(text),)
    models.noise().find(text)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(*[st.sampled_from("各项工作会议强调顷戌耍呆0a，。\n〇")] * 3), min_size=1, max_size=70)
)
def test_ranking_agrees_with_its_slow_twin(places: list[tuple[str, str, str]]) -> None:
    """The best of all characters, weighed one by one; with and without what was read."""
    model, near, known = models.language(), models.neighbours(models.BESIDE[0]), models.misreadings()
    made, column = ranking.Ranking(near, model, known), near.columns(model.alphabet.chars)
    left, right = (column[model.alphabet.ids("".join(place[at] for place in places))] for at in (0, 2))
    reads = [place[1] for place in places]
    weight = 0.5 * model.single(model.alphabet.ids(near.chars))
    for some in (None, reads):
        rows, found = made.best(left, right, 12, some)
        for at, read in enumerate(reads):
            links = near.nats[near.after(left[at])] + near.nats[near.before(right[at])]
            score = (links + weight)[: near.han]
            least = -np.inf
            if some:
                alike = known.glyphs.points(made.chars) @ known.glyphs.points([read])[0]
                seen = known.misread.get(read, {})
                codes, rates = known.reread.row(read)
                again = dict(zip(map(chr, codes.tolist()), rates.max(axis=0).tolist(), strict=True))
                score += ranking.ALIKE * alike + [
                    (ranking.SEEN + ranking.SEEN_MORE * np.log1p(seen[char]) if char in seen else 0.0)
                    + ranking.REREAD * again.get(char, 0.0)
                    for char in made.chars
                ]
                score[made.chars == read] = -np.inf
                if read in near.chars:
                    own = near.chars.index(read)
                    least = (links + weight)[own] + ranking.ALIKE + ranking.TRAILS
            best = np.sort(score[score > least])[::-1][:12]
            assert np.allclose(score[found[rows == at]], best, atol=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="各项工作，会议强调。扎实推进顷戌\n a0", max_size=80), st.data())
def test_changes_are_weighed_as_the_changed_text(text: str, data: st.DataObject) -> None:
    """What a change does to the probability of a text is what the model says of the changed text."""
    model = models.language()
    found = scan(f"会议强调，{text}要认真学习", model)
    at = 5 + data.draw(st.integers(0, len(text)))
    kind = data.draw(st.sampled_from((SUBSTITUTE, INSERT, DELETE)))
    char = found.text[at] if kind == DELETE else data.draw(st.sampled_from("项成、"))
    thought = Candidates(np.array([at]), np.array([kind]), model.alphabet.ids(char), np.array([char]))
    new = "" if kind == DELETE else char
    changed = scan(found.text[:at] + new + found.text[at + (kind != INSERT) :], model)
    row = evidence._changed(found, thought, slice(None), model)[0]
    behind = at + len(new)
    assert row[0] == pytest.approx(changed.forward[at : behind + 4].sum(), abs=1e-2)
    assert row[1] == pytest.approx(changed.backward[at - 4 : behind].sum(), abs=1e-2)


def test_gates_let_the_odd_through() -> None:
    tools = Tools()
    text = TEXT.replace("各项工", "各顷工")
    readings = tools.corrector.read(text)
    assert [(r.read, r.new) for r in readings if r.probability > 0.5] == [("顷", "项")]
    assert tools.corrector.read(TEXT) == ()


BAD = (
    "会议强调，要认真学习贯彻重耍讲话精神，扎宾推进各顷工作，确呆完成全年曰标任务。"
    "各级党委要切买加强对改革工祚的领导，狠爪责任落实，推动经挤社会高质童发展。"
)


def test_neighbours_are_both_shown() -> None:
    """Of two doubtful characters side by side neither hides the other; a likely one hides its neighbours."""
    document = from_text("甲乙丙丁戊己庚辛壬癸子丑", "p.txt")

    def read(text: str, _told: object, _shown: str) -> tuple[Reading, ...]:
        found = ((1, 0.9), (2, 0.3), (8, 0.2), (9, 0.1))
        return tuple(Reading(at, text[at], "们", sure, (), False) for at, sure in found)

    tools = SimpleNamespace(surnames=frozenset(), corrector=SimpleNamespace(read=read, doubts=tuple))
    fixes = list(misread.find(document, cast("Tools", tools)))
    assert sorted(fix.edits[0].span.start for fix in fixes) == [1, 8, 9]


def test_texts_with_errors_are_searched_further() -> None:
    """A text with errors shows much, one without nothing; all that is shown has a chance."""
    readings = Tools().corrector.read(BAD)
    assert readings
    assert all(r.probability >= min(corrector.LEAST) for r in readings)
    assert Tools().corrector.read(TEXT * 3) == ()


def test_script_is_no_error() -> None:
    """Both scripts and variants on one page are right; what is misread is set in the script of its place."""
    right = "代表：以前誰也沒有，在院里面，汽車司机多是造反团的，他們說：淸楚了，眞是发対了。" * 3
    for record in repair(right).journal.records:
        assert record.rule != "context.misread" or record.status == "withheld"
        assert all(one_script(edit.before) != one_script(edit.after) for edit in record.edits)
    for bad, good in (("加強組織領导，扎实推进各頃工作。", "項"), ("加强组织领导，扎实推进各顷工作。", "项")):
        text = "會議強調，他們说要认真學习，认眞对待，还沒有做好的這项工作要继续做。" + bad
        found = [r for r in repair(text).journal.records if r.rule == "context.misread"]
        assert good in [edit.after for record in found for edit in record.edits]


def test_likeness_is_that_of_the_script_shown() -> None:
    """緊 was taken for 繁; 紧 and 繁, as simplified script has them, are hardly alike."""
    ranks = ranking.Ranking(models.neighbours(models.BESIDE[0]), models.language(), models.misreadings())
    near = models.neighbours(models.BESIDE[0])
    left, right = near.columns("发急")[2:3], near.columns("急令")[2:3]

    def best(shown: str) -> list[str]:
        return ranks.chars[ranks.best(left, right, 12, ["繁"], [shown])[1]].tolist()

    simple, traditional = best(""), best("繁")
    assert traditional.index("紧") < (simple.index("紧") if "紧" in simple else len(simple))
    channel, text = models.misreadings(), "因此发布繁急通令"
    found = replace(scan(text, models.language()), printed=codes_of(text))
    change = Candidates(
        np.array([4]), np.array([SUBSTITUTE]), models.language().alphabet.ids("紧"), np.array(["紧"])
    )
    cosine = evidence.NAMES.index("cosine")
    _, alike = evidence.gather(found, change, models.language(), channel)
    _, plain = evidence.gather(scan(text, models.language()), change, models.language(), channel)
    assert alike[0, cosine] > plain[0, cosine] + 0.2


def test_numbers_are_only_suggested() -> None:
    """A numeral beside a number is never put there unattended."""
    text = "据统计，全国共有数士万个工业企业，比上年增长百分之五。"
    result = repair(text, settings=Settings(only=("context",)))
    assert result.repaired.count("士") == 1


def test_fit_finds_the_weights() -> None:
    rng = np.random.default_rng(1)
    table = rng.normal(size=(4000, 3)).astype(np.float32)
    right = rng.random(4000) < 1 / (1 + np.exp(-(2 * table[:, 0] - 1)))
    how = regression.fit(table, right, 3)
    sure = how.probability(table)
    assert abs(sure.mean() - right.mean()) < 0.01
    assert np.corrcoef(sure, table[:, 0])[0, 1] > 0.9
    names = ("one", "two", "three")
    cells = {name.partition(": ")[2]: values for name, *values in regression.rows("m", how, names)}
    again = regression.weights(cells, names, 3)
    assert np.allclose(again.probability(table), sure, atol=1e-2)


def test_rate_lowers_lone_doubts() -> None:
    """In a long text without other errors a doubtful change is less probable."""
    lone = Candidates(np.array([5]), np.array([SUBSTITUTE]), np.array([9]), np.array(["项"]))
    short, long = (share.settled(np.array([0.7]), lone, size)[0] for size in (50, 50_000))
    assert long < 0.1 < short


def test_verdicts() -> None:
    truth = Alignment("各顷工作\n很好", "各项工作很好。")
    at = np.array([1, 1, 0, 7])
    how = np.array([SUBSTITUTE, SUBSTITUTE, DELETE, INSERT])
    thought = Candidates(at, how, at, np.array(["项", "倾", "各", "。"], dtype="<U1"))
    assert truth.verdicts(thought).tolist() == [1, 0, -1, 1]


NOISE = "必须坚持党的立场观点方法。\n让生生这人的计仆生肖和入伍仆和人人六和衣和全生让\n我们要继续努力工作。\n"


def test_noise_is_found_and_can_be_put_back() -> None:
    result = repair(NOISE, settings=Settings(only=("context.noise",)))
    assert result.repaired == "必须坚持党的立场观点方法。\n我们要继续努力工作。\n"
    assert result.undo() == NOISE


def test_suggested_truth_is_counted() -> None:
    assert suggestions.remaining("各顷工作很好", "各项工作很好") == {1: "项"}
    assert suggestions.remaining("各项工作很好", "各项工作很好") == {}


def test_among() -> None:
    codes = np.array([ord("，"), ord("项"), 0x20000], dtype=np.uint32)
    assert among(codes, "，。").tolist() == [True, False, False]
    assert kind("\U00020000") == HAN


def test_traditional_text_is_repaired_in_its_script() -> None:
    text = "會議強調，要認真學習貫徹重要講話精神，扎實推進各頃工作，加強組織領導，確保完戌全年目標任務。"
    assert "各項工作" in repair(text, settings=Settings(only=("context",))).repaired


def test_train_noise_on_the_command_line(told: Told, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.gt.txt").write_text(
            "必须坚持党的立场观点方法。\n我们要继续努力工作。\n", "utf-8"
        )
        (tmp_path / f"{number}.ocr.txt").write_text(NOISE, "utf-8")
    done = told("train", "noise", str(tmp_path), "-o", str(tmp_path / "noise.tsv"), "--source", "a test")
    assert done.returncode == 0, done.stderr
    table = (tmp_path / "noise.tsv").read_text("utf-8")
    assert "# source: a test" in table
    assert "\n人\t" in table
    nothing = told("train", "noise", str(tmp_path / "none"), "-o", str(tmp_path / "noise.tsv"))
    assert nothing.returncode == 3
