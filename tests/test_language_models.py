"""Language models of the user's own: counted by `ocrfix train lm`, or KenLM's."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import pty
import subprocess
import sys
from pathlib import Path

import arpa
import numpy as np
import pytest
from conftest import SHARED, WITHOUT, Told

from cleanup.api import repair
from cleanup.data import files
from cleanup.data.files import DataError
from cleanup.engine.repair import Settings
from cleanup.rules import models
from cleanup.score import counting, ngram
from cleanup.score.scan import scan

TEXT = "会议强调，要认真学习贯彻重要讲话精神，扎实推进各项工作，确保各项任务落到实处。"
OTHERS = ("全市干部群众团结奋斗。", "我们要全面完成今年的目标任务。", "工作会议今天上午召开。")


def _model(place: Path, weight: float = 1.0, memory: int = 4_500_000_000) -> bytes:
    return counting.train([counting.Source(place, weight)], 300_000, "a test", memory=memory)


def test_chunks_and_packing_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (f"{TEXT}\n{OTHERS[0]}\n" * 50) + OTHERS[1]
    (tmp_path / "text.txt").write_text(lines, "utf-8")
    with lzma.open(tmp_path / "text.xz", "wt", encoding="utf-8") as stream:
        stream.write(lines)
    whole = _model(tmp_path / "text.txt")
    assert whole == _model(tmp_path / "text.txt")
    monkeypatch.setattr(counting, "CHUNK", 100)
    assert whole == _model(tmp_path / "text.txt") == _model(tmp_path / "text.xz")


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rare runs are let go where there is no room for them; the frequent stay."""
    rng = np.random.default_rng(1)
    rare = "".join(chr(0x4E00 + n) for n in rng.integers(0, 3000, 40_000))
    (tmp_path / "text.txt").write_text(f"{rare}\n" + f"{TEXT}\n" * 30, "utf-8")
    monkeypatch.setattr(counting, "CHUNK", 5_000)
    largest: list[int] = []
    merge = counting._merge

    def watched(*given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        largest.append(len(given[0]))
        return merge(*given)

    monkeypatch.setattr(counting, "_merge", watched)
    (tmp_path / "runs.bin").write_bytes(_model(tmp_path / "text.txt", memory=counting.FIXED + 8_000_000))
    room = int((300_000 - 200_000) / 2 / counting.LOAD)
    assert max(largest) <= (8_000_000 - 3 * room * 12) // counting.EACH
    found = ngram.Ngrams(tmp_path / "runs.bin")
    assert scan(TEXT, found).forward.mean() > -2


def test_read_is_told_byte_by_byte(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(f"{TEXT}\n" * 9, "utf-8")
    told: list[int] = []
    counting.train([counting.Source(tmp_path / "text.txt")], 300_000, "a test", read=told.append)
    assert sum(told) == counting.PASSES * (tmp_path / "text.txt").stat().st_size


def test_train_and_use_on_the_command_line(told: Told, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(f"{TEXT}\n" * 40, "utf-8")
    (tmp_path / "page.txt").write_text("工程己经完成。\n", "utf-8")
    made = told("train", "lm", "text.txt", "-o", "own.bin", "--size", "0.3", "--source", "a test")
    assert (made.returncode, made.stderr) == (0, ""), "no bar where there is no terminal"
    head = (tmp_path / "own.bin").read_bytes().partition(b"\n")[0].decode()
    assert '"source": "a test"' in head
    assert '"licence"' in head
    done = told("page.txt", "--model", "own.bin")
    assert done.returncode == 0, done.stderr
    assert '"language model: own.bin"' in (tmp_path / "page.journal.json").read_text("utf-8")
    (tmp_path / "ocrfix.toml").write_text('model = "none.bin"\n', "utf-8")
    lost = told("page.txt")
    assert lost.returncode == 5
    assert "none.bin" in lost.stderr


def test_a_terminal_shows_a_bar(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(f"{TEXT}\n" * 40, "utf-8")
    leader, follower = pty.openpty()
    tool = Path(sys.executable).with_name("ocrfix")
    words = ("train", "lm", "text.txt", "-o", "own.bin", "--size", "0.3")
    done = subprocess.run(
        [tool, *words],
        cwd=tmp_path,
        stderr=follower,
        check=False,
        env={**os.environ, "LC_ALL": "en_US.UTF-8"},
    )
    os.close(follower)
    shown = os.read(leader, 65_536).decode("utf-8", "replace")
    os.close(leader)
    assert done.returncode == 0
    assert "reading" in shown
    assert "%" in shown


def test_what_is_no_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "own.bin").write_bytes(b"nothing\n")
    with pytest.raises(DataError, match=r"own\.bin"):
        models.language(str(tmp_path / "own.bin"))


def test_kenlm_is_a_language_model(tmp_path: Path) -> None:
    pytest.importorskip("kenlm")
    place = tmp_path / "chars.arpa"
    arpa.write(place, [*[TEXT, *OTHERS] * 40, "龙"])
    model = models.language(str(place))
    seen = scan(TEXT, model)
    assert seen.forward.mean() > -1.5
    assert seen.backward.mean() > -1.5
    broken = scan(TEXT.replace("各项工", "各顷工"), model)
    assert broken.forward[TEXT.index("项")] < -8
    every = np.arange(len(model.alphabet))
    ids = model.alphabet.ids("推进各")
    rows = np.concatenate([np.tile(ids[:, None], len(every)), every[None]])
    assert 0.5 < np.exp(model.forward(rows, model.levels(rows))[-1]).sum() < 1.2
    result = repair(TEXT, settings=Settings(model=str(place)))
    assert "language model: chars.arpa" in result.journal.data
    assert result.repaired == TEXT


def test_kenlm_of_words_says_so(tmp_path: Path) -> None:
    pytest.importorskip("kenlm")
    place = tmp_path / "words.arpa"
    place.write_text(
        "\\data\\\nngram 1=3\nngram 2=1\n\n\\1-grams:\n-9\t<s>\t0\n-1\t</s>\n-1\t会议\t0\n\n"
        "\\2-grams:\n-1\t<s> 会议\n\n\\end\\\n",
        "utf-8",
    )
    with pytest.raises(DataError, match="none of the characters"):
        models.language(str(place))


def test_a_judge_of_ones_own_model_lies_beside_it(told: Told, tmp_path: Path) -> None:
    """`train judge --model` fits it, `--model` uses it; a broken one, and too few pairs, are told."""
    pages = sorted((SHARED / "bench" / "ocr-train").glob("*.ocr.txt"))[::9]
    if not pages:
        pytest.skip(WITHOUT)
    for folder in ("pairs", "few"):
        (tmp_path / folder).mkdir()
    for page in pages:
        truth = page.with_name(page.name.replace(".ocr.", ".gt."))
        for file in (page, truth):
            (tmp_path / ("few" if page in pages[:2] else "pairs") / file.name).write_bytes(file.read_bytes())
    (tmp_path / "own.bin").symlink_to(files.path("models/runs.bin"))
    (tmp_path / "page.txt").write_bytes(pages[0].read_bytes())
    lost = told("train", "judge", "pairs")
    assert (lost.returncode, "-o" in lost.stderr) == (2, True)
    few = told("train", "judge", "few", "--model", "own.bin")
    assert (few.returncode, "too few" in few.stderr or "太少" in few.stderr) == (3, True), few.stderr
    made = told("train", "judge", "pairs", "--model", "own.bin")
    assert made.returncode == 0, made.stderr
    beside = tmp_path / "own.bin.judge.tsv"
    assert beside.read_text("utf-8").startswith("# columns: term\t")
    shipped, own = (models.corrector((), model) for model in ("", str(tmp_path / "own.bin")))
    assert not np.array_equal(shipped._judge.kinds["mark"].weight, own._judge.kinds["mark"].weight)
    done = told("page.txt", "--model", "own.bin")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "page.journal.json").read_text("utf-8"))["data"]
    assert data["judge: own.bin.judge.tsv"] == hashlib.sha256(beside.read_bytes()).hexdigest()
    whole = beside.read_text("utf-8").splitlines(keepends=True)
    for broken in (
        "".join(whole[:40]),
        "".join(whole[:9]) + "a\tb\n",
        "".join(whole).replace("\t0.", "\tx.", 1),
    ):
        beside.write_text(broken, "utf-8")
        failed = told("page.txt", "--model", "own.bin", "-o", "again")
        assert (failed.returncode, "own.bin.judge.tsv" in failed.stderr) == (5, True)
        assert not (tmp_path / "again" / "page.clean.txt").exists()
    beside.unlink()
    plain = told("page.txt", "--model", "own.bin", "-o", "plain")
    assert plain.returncode == 0
    assert "judge: " not in (tmp_path / "plain" / "page.journal.json").read_text("utf-8")
