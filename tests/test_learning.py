"""What decisions teach: the bars of rules (`ocrfix tune`), and the files under learned/."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from conftest import Run
from review_results import results

from cleanup import repair
from cleanup.archive.decided import decisions, teaching
from cleanup.archive.decided.decisions import Store
from cleanup.archive.decided.entries import Entry
from cleanup.data.precision import wilson
from cleanup.engine.repair import Settings
from cleanup.model.journal import Policy
from cleanup.review import rates


def test_wilson_and_proposals() -> None:
    rate = wilson(80, 100)
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.7112, 0.8666)
    assert wilson(0, 0) == (0, 0, 0.0, 1.0)
    need = rates.needed(0.99)
    assert wilson(need, need).low >= 0.99 > wilson(need - 1, need - 1).low
    good = [rates.Judged("a.good", "suggest", 0.55, True, True)] * need
    bad = [rates.Judged("b.bad", "likely", 0.9, n % 2 == 0, True) for n in range(40)]
    few = [rates.Judged("c.few", "likely", 0.9, False, True)] * 5
    mixed = [rates.Judged("d.mixed", "likely", 0.7, False, True)] * 30
    mixed += [rates.Judged("d.mixed", "likely", 0.97, True, True)] * need
    found = rates.propose([*good, *bad, *few, *mixed], Policy(), 0.99, False)
    assert [(p.rule, p.kind, p.apply, p.min_confidence) for p in found] == [
        ("a.good", "allow", "suggest", 0.0),
        ("b.bad", "stop", "never", 0.0),
        ("d.mixed", "raise", "suggest", 0.8),
    ]
    strokes = [row._replace(single=False) for row in good]
    assert rates.propose(strokes, Policy(), 0.99, False) == []
    assert len(rates.propose(strokes, Policy(), 0.99, True)) == 1


def _entries(rule: str, verdict: str, numbers: range) -> list[Entry]:
    return [
        Entry("fix", f"{rule}{n:08x}", verdict, rule=rule, before="己", after="已", left="工程", right="完成",
              place=f"x{n:08x}", confidence=0.55, level="suggest")
        for n in numbers
    ]  # fmt: skip


def test_tune_writes_and_takes_back(tmp_path: Path, ocrfix: Run) -> None:
    out = results(tmp_path / "out", [1])
    settings = tmp_path / "ocrfix.toml"
    settings.write_text('# mine\nlang = "en"  # stays\n', "utf-8")
    with closing(Store(decisions.place(out))) as store:
        store.add(_entries("phrases.misread", "accepted", range(200)), "王敏")
        run = ("tune", out, "--precision", "0.98", "--batches")
        assert "may act from suggest" in ocrfix(*run).stdout.decode()
        assert "rules" not in settings.read_text("utf-8")
        assert ocrfix(*run, "--write").returncode == 0
        written = settings.read_text("utf-8")
        assert written.startswith('# mine\nlang = "en"  # stays\n')
        assert '[rules."phrases.misread"]' in written
        assert ocrfix("apply", out, "--all", "--no-default-roster").returncode == 0
        assert "第1项工程已经完成" in (out / "page1.clean.txt").read_text("utf-8")
        store.add(_entries("phrases.misread", "rejected", range(500, 520)), "王敏")
        done = ocrfix("apply", out, "--all", "--no-default-roster")
        assert b"no longer support" in done.stderr
        assert "第1项工程己经完成" in (out / "page1.clean.txt").read_text("utf-8")
        assert ocrfix(*run, "--write").returncode == 0
        assert 'apply = "suggest"' not in settings.read_text("utf-8")


def test_learned_files_are_the_persons_own(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "decisions.db")) as store:
        store.add(_entries("context.misread", "accepted", range(3)), "王敏")
        refused = Entry(
            "fix", "f1", "rejected", rule="context.misread", before="青", after="清", left="李明", right="说"
        )
        pair = Entry("pair", "pair:渝北去", "added", "渝北区", before="渝北去", after="渝北区")
        person = Entry("person", "person:李明青:", "added", json.dumps(
            {"name": "李明青", "title": "主任", "organization": "", "aliases": ""}))  # fmt: skip
        store.add([refused, pair, person], "王敏")
        words = teaching.update(tmp_path, store)
        assert {"工程己完成", "渝北去", "李明青说", "李明青"} <= set(words)
        found = teaching.load(tmp_path)
        assert ("工程己完成", "工程已完成") in found.learned.phrases
        assert found.learned.protect == ("李明青说",)
        assert found.learned.channel == (("己", "已", 3.0),)
        assert len(found.rosters) == 1
        table = tmp_path / "learned" / "phrases.tsv"
        # A row taken out stays out, a row changed stays changed, a row added stays.
        rows = table.read_text("utf-8").splitlines()
        kept = [row for row in rows if not row.startswith("工程己完成")]
        kept = [row.replace("渝北区\t", "渝北新区\t") for row in kept]
        table.write_text("\n".join([*kept, "曰报\t日报\t手写"]) + "\n", "utf-8")
        store.add(_entries("context.misread", "accepted", range(3, 5)), "王敏")
        teaching.update(tmp_path, store)
        assert teaching.load(tmp_path).learned.phrases == (("曰报", "日报"), ("渝北去", "渝北新区"))
        assert teaching.load(tmp_path).learned.channel == (("己", "已", 5.0),)
    settings = Settings(learned=teaching.load(tmp_path).learned)
    assert repair("渝北去开会。", settings=settings).repaired == "渝北新区开会。"


def test_learned_settings_in_the_configuration(tmp_path: Path, ocrfix: Run) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "phrases.tsv").write_text("渝北去政府\t渝北区政府\n", "utf-8")
    (tmp_path / "ocrfix.toml").write_text('learned = "mine"\n', "utf-8")
    write_page = tmp_path / "page.txt"
    write_page.write_text("渝北去政府今天开会。\n", "utf-8")
    assert ocrfix("page.txt", "--stdout").stdout.decode() == "渝北区政府今天开会。\n"
    (folder / "phrases.tsv").write_text("一列\n", "utf-8")
    assert ocrfix("page.txt", "--stdout").returncode == 5
    (tmp_path / "ocrfix.toml").write_text('[rules."phrases.msread"]\napply = "never"\n', "utf-8")
    assert ocrfix("page.txt", "--stdout").returncode == 2
