"""`ocrfix estimate`: expected error rates without truth."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SAMPLES, Run

from cleanup import repair, witness
from cleanup.engine.estimate import NAMES, estimate, expected_cer, expected_errors, features, fit
from cleanup.engine.long import cut
from cleanup.engine.repair import from_text
from cleanup.engine.repairer import Repairer
from cleanup.formats import LONG
from cleanup.model.result import Result

PAGES = [SAMPLES / name for name in ("tesseract/page.txt", "pp-ocr/page.txt", "vision-model/page.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_damaged_page_is_expected_to_be_worse_than_its_truth(page: Path) -> None:
    damaged = repair(page.read_bytes(), name=page.name)
    right = repair(next(page.parent.glob("truth.*")).read_bytes(), name=page.name)
    assert estimate(damaged).ocr > 3 * estimate(right).ocr
    assert 0 <= expected_cer(right) <= expected_cer(damaged) < 0.2
    assert expected_cer(damaged) == estimate(damaged).clean <= estimate(damaged).ocr


def test_what_a_picture_bears_out_is_expected_to_be_right() -> None:
    page = (
        "会议强调，要认真学习贯彻重要讲话精神，\n加强组织领导，明确责任分工，扎实推进各项\n"
        "工作落实落细，确保完成全年目标任务。"
    )
    lost = "\n各地各部门要切实把思想和行动统一到会议部署上来。"

    def expected(print_: str, unsure: str = "") -> float:
        document = from_text(page.replace("\n", "") + "\n", "page.md")
        found = repairer.document(witness.beside(document, [witness.recorded(print_, unsure)]))
        assert found.journal.agreed is not None
        return expected_cer(found)

    repairer = Repairer()
    assert repairer(page).journal.agreed is None
    assert expected(page) < expected(page, page) < expected(page + lost)


def test_garbage_is_expected_to_be_wrong() -> None:
    words = "会议强调，要认真学习贯彻会议精神，扎实推进各项工作，确保取得实效。"
    noise = "会仪蚕调蛋认直学刁员彻童耍讲诂楷裨鹿扎买推迸召坝工件硐保取徘买效蠹。"
    assert expected_cer(repair(noise * 4)) > 3 * expected_cer(repair(words * 4))


@pytest.mark.parametrize("text", ["。", "1", "ABC", "—" * 50, "漢字與學校的會議。"])
def test_any_text_has_an_estimate(text: str) -> None:
    found = estimate(repair(text))
    assert 0 <= found.clean <= found.ocr <= 1
    assert features(repair(text)).shape == (len(NAMES),)


def test_the_ledger_of_an_archive_has_the_estimate(ocrfix: Run, tmp_path: Path) -> None:
    page = SAMPLES / "tesseract" / "page.txt"
    run = ("batch", page, "-o", "out", "--no-survey", "--no-default-roster", "--workers", "1")
    assert ocrfix(*run).returncode == 0
    figures = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    result = repair(page.read_text("utf-8"), name="page.txt")
    assert figures["remaining"] == round(expected_errors(result), 2)
    assert figures["remaining"] == pytest.approx(
        estimate(result).clean * len("".join(result.repaired.split())), abs=0.01
    )


def test_long_texts_are_looked_at_in_parts() -> None:
    """So that memory does not grow with the text; the parts together say what one would."""
    page = (SAMPLES / "tesseract" / "page.txt").read_text("utf-8")
    result = repair(page)
    times = LONG // len(result.repaired) + 2
    text = "\n\n".join([result.repaired] * times)
    journal = replace(result.journal, records=list(result.journal.records) * times)
    assert len(list(cut(text))) > 1
    assert features(Result(text, text, journal)) == pytest.approx(features(result), abs=0.1)


def test_fit_finds_what_raises_errors() -> None:
    import numpy as np

    chance = np.random.default_rng(3)
    table = chance.normal(size=(400, len(NAMES)))
    rates = np.exp(-4.0 + 0.7 * table[:, 2])
    weights = fit(table, rates * 1000, np.full(400, 1000.0))
    assert weights.weight[2] > 0.5
    assert np.abs(np.delete(weights.weight, 2)).max() < 0.1


def test_estimate_command(ocrfix: Run, tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "pages")
    two = (SAMPLES / "tesseract" / "page.txt").read_text("utf-8")
    (tmp_path / "pages" / "two.txt").write_text(f"{two}\f{two}", "utf-8")
    (tmp_path / "pages" / "broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    done = ocrfix("estimate", "pages", "--format", "csv")
    assert done.returncode == 3
    assert b"broken.txt" in done.stderr
    rows = list(csv.DictReader(done.stdout.decode().splitlines()))
    assert len(rows) == 8
    assert [row["page"] for row in rows if row["file"] == "two.txt"] == ["1", "2"]
    left = [float(row["expected_cer_repaired"]) for row in rows]
    assert left == sorted(left, reverse=True)
    (tmp_path / "pages" / "broken.txt").unlink()
    done = ocrfix("estimate", "pages", "--format", "json", "--worst", "2")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 2
    shown = ocrfix("estimate", "pages", "--lang", "zh").stdout.decode()
    assert "tesseract/page.txt" in shown
    assert ocrfix("estimate", "nothing").returncode == 3


def test_estimates_rank_the_shared_pages(shared: Path) -> None:
    """Pages of a few per cent are expected to be worse than nearly perfect ones."""

    def mean(name: str) -> float:
        files = sorted((shared / "bench" / name).glob("*.ocr.txt"))[::6]
        return sum(expected_cer(repair(file.read_bytes(), name=file.name)) for file in files) / len(files)

    assert mean("ocr-dev") > 2.5 * mean("ocr-dev-clean")
