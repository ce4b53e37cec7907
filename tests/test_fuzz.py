"""A short run of the fuzzer, and what longer ones found."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.fuzz import mutations
from bench.fuzz.finding import Finding
from bench.fuzz.run import run
from bench.fuzz.targets import Fuzz
from cleanup import repair
from cleanup.score.choice import Choice

SECONDS = 30.0


def test_nothing_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(seed=20261130, seconds=SECONDS, count=150) == 0, capsys.readouterr().out


def test_a_finding_is_told_with_its_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise Finding("as it should not")

    for name in ("page", "review", "decisions", "files"):
        monkeypatch.setattr(Fuzz, name, fails)
    assert run(seed=1, seconds=9, first=7, count=2) == 2
    assert " --seed 1 --from 8: as it should not" in capsys.readouterr().out


def test_the_same_number_makes_the_same_input(tmp_path: Path) -> None:
    from random import Random

    for number in range(20):
        one, two = (mutations.data(b"abc" * 50, Random(f"1.{number}")) for _ in range(2))
        assert one == two


def test_blank_lines_of_a_formula_over_several_lines() -> None:
    text = (
        "# 公式\n\n"
        + "其中设备利用率按下式计算，各部门应当遵照执行，不得有误。\n" * 3
        + "$a +\n \n  \nb$ 是其和。\n"
    )
    assert repair(text, name="page.md").original == text


def test_the_models_are_chosen_again_for_what_a_text_became() -> None:
    """Else a second run begins with others, and finds more to change."""

    class Language:
        def __init__(self, likes: str) -> None:
            self.likes = likes

    chosen: list[int] = []

    class Reads:
        def for_a_text(self) -> Reads:
            return self

        def read(self, *_: object) -> tuple[()]:
            return ()

        def forgets(self, text: str, *_: object) -> bool:
            return text == "b, surer"

    def made(number: int) -> Reads:
        chosen.append(number)
        return Reads()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleanup.score.choice.likeliest", lambda text, _: int("b" in text))
        choice = Choice((Language("a"), Language("b")), made)  # type: ignore[arg-type]
        assert not choice.weigh_again()
        choice.read("a")
        assert not choice.weigh_again()
        choice.read("b")
        assert choice.weigh_again()
        assert not choice.weigh_again()
        choice.read("b, surer")
        assert choice.weigh_again()
    assert chosen == [0, 1]
