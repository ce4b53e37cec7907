"""Formulas: counted, kept, found again where a word was lost, swapped, added or put for another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import Told

from cleanup import repair
from cleanup.archive.survey.part import merge, survey_file
from cleanup.data import learned
from cleanup.data.files import DataError
from cleanup.engine.identity import pattern_id
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.model.journal import Record
from cleanup.review.surroundings import pattern_shown
from cleanup.rules import models
from cleanup.rules.said import SHOWN
from cleanup.score.formulas import Breaks, Drifts, Formulas
from cleanup.score.mining import Text, mine
from cleanup.score.pieces import load, of_phrases
from cleanup.text.wording import shown, wording

TOLD = "全县水利工作会议强调落实河湖长制管护责任清单，扎实开展清淤疏浚专项行动。"
OTHERS = ("第{}号文件印发后，{}个乡镇作了部署。", "今年{}月，{}名干部到村里走访。")
ONLY = Settings(only=("formulas",))


def texts(many: int = 40) -> list[Text]:
    """Files that all say one thing, each with something of its own."""
    own = (OTHERS[at % 2].format(at, at * 7) for at in range(many))
    return [Text(at % 2, wording(f"{some}\n{TOLD}\n").codes) for at, some in enumerate(own)]


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Formulas:
    file = tmp_path_factory.mktemp("formulas") / "formulas.bin"
    file.write_bytes(mine(texts(), ("one", "two"), 4_000_000, "a test"))
    return load(file)


def readings(found: Drifts, known: Formulas, text: str) -> set[str]:
    """The texts that the changes make."""
    rows = zip(found.start, found.end, found.piece, found.size, strict=True)
    return {
        text[:start] + shown(known.pieces[piece : piece + size]) + text[end:]
        for start, end, piece, size in rows
    }


def differences(text: str, known: Formulas) -> set[str]:
    """The same, wherever a formula is left."""
    codes = wording(text).codes
    _, ahead, after = known.breaks(codes)
    everywhere = np.ones(len(codes) + 1, dtype=bool)
    nowhere = Breaks(ahead[:0], after[:0])
    return readings(known.differences(codes, Breaks(ahead, after), nowhere, everywhere), known, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024年1月，投资1,234.5亿元", "0年0月，投资0亿元"),
        ("第二十三届人大，ABC 公司 (重庆)", "第0届人大，a公司（◇）"),
        ("一定要“抓好”", "一定要“抓好”"),
        ("", ""),
    ],
)
def test_wording(text: str, words: str) -> None:
    found = wording(text)
    assert shown(found.codes) == words
    assert len(found.places) == len(words) + 1
    assert found.places[-1] == len(text)


def test_what_many_say_is_a_formula(formulas: Formulas) -> None:
    pieces = shown(formulas.pieces)
    assert TOLD.strip("。") in pieces
    assert "走访" not in pieces or "0名干部到村里走访" in pieces
    at = pieces.index("水利工作会议")
    assert formulas.counted(at) == "one ×22；two ×22", "about: a logarithm is kept"


def test_one_text_that_repeats_itself_makes_none() -> None:
    assert mine([Text(0, wording(f"{TOLD}\n" * 20).codes)], ("own",), 4_000_000, "a test") == b""


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("管护责任", "责任"),
        ("清淤疏浚", "清淤乱写"),
        ("强调落实", "强调要求落实"),
        ("责任清单", "清单责任"),
        ("湖长", "长"),
    ],
)
def test_differences_are_found(formulas: Formulas, was: str, now: str) -> None:
    text = TOLD.replace(was, now)
    codes = wording(text).codes
    found = differences(text, formulas)
    places = np.arange(len(codes))
    for one, two in ((2, 2), (1, 2), (2, 1)):
        found |= readings(formulas.swaps(codes, places, one, two), formulas, text)
    assert TOLD in found


def test_what_follows_a_formula_has_no_breaks(formulas: Formulas) -> None:
    _, ahead, after = formulas.breaks(wording(TOLD.strip("。")).codes)
    assert not len(ahead)
    assert not len(after)


def test_phrases_are_formulas_too() -> None:
    known = of_phrases("archive", {TOLD[:16]: 7})
    text = TOLD[:16].replace("会议", "")
    assert TOLD[:16] in differences(text, known)
    assert known.counted(3) == "archive ×5"


@pytest.mark.parametrize(
    "text",
    [
        "全年粮食产量120万吨，城镇新增就业5万人，城乡居民人均可支配收入增长5.2%，物价平稳。",
        "要坚决维护党中央权威，坚决做到令行禁止，坚决反对分裂。",
        "村里二十三户人家，第五届村民委员会主任是王大勇。",
        "",
        "。",
    ],
)
def test_right_text_stays(text: str) -> None:
    assert not repair_document(from_text(text, "page.txt"), settings=ONLY).journal.records


def test_what_a_text_says_three_times_is_its_own_wording() -> None:
    text = "推动巩固拓展脱贫成果同乡村振兴有效衔接。\n"
    once = repair_document(from_text(text, "page.txt"), settings=ONLY)
    assert once.journal.records
    assert once.undo() == text
    often = repair_document(from_text(text * 3, "page.txt"), settings=ONLY)
    assert not often.journal.records


def test_numbers_and_places_are_never_changed() -> None:
    text = "规模以上工业增加值增速7.3%，重庆市国民经济和社会发展第十五个五年规划。"
    result = repair_document(from_text(text, "page.txt"), settings=ONLY)
    for record in result.journal.records:
        for edit in record.edits:
            assert not any(char.isdigit() or char in "◇a" for char in edit.before + edit.after)


def test_why_and_where(formulas: Formulas) -> None:
    text = "推动巩固拓展脱贫成果同乡村振兴有效衔接。"
    (record,) = repair_document(from_text(text, "page.txt"), settings=ONLY).journal.records
    assert record.evidence[0] == "巩固拓展脱贫【攻坚】成果同乡村振"
    assert "新闻联播" in record.evidence[1]
    assert "攻坚" in record.why.zh


def test_own_formulas_on_the_command_line(told: Told, tmp_path: Path) -> None:
    for at in range(12):
        text = OTHERS[at % 2].format(at, at * 7)
        (tmp_path / f"{at}.txt").write_text(f"{text}\n{TOLD}\n", "utf-8")
    files = [f"{at}.txt@{1990 + at % 2}" for at in range(12)]
    words = ("train", "formulas", *files, "-o", "learned/formulas.bin", "--size", "3")
    (tmp_path / "learned").mkdir()
    done = told(*words)
    assert (done.returncode, done.stderr) == (0, "")
    taught = learned.load(tmp_path / "learned")
    assert taught.formulas_digest
    page = from_text(TOLD.replace("河湖长制", "长制河湖"), "page.txt")
    settings = Settings(only=("formulas.drift",), learned=taught)
    (record,) = repair_document(page, settings=settings).journal.records
    assert record.edits[0].after == "河湖长制"
    assert "1990 ×5" in record.evidence[1]
    few = told("train", "formulas", "1.txt", "-o", "few.bin")
    assert few.returncode == 3
    assert not (tmp_path / "few.bin").exists()


def test_an_archive_has_formulas_of_its_own() -> None:
    documents = [from_text(f"{at}日，{TOLD}\n", f"{at}.txt") for at in range(8)]
    profile = merge(map(survey_file, documents))
    page = from_text(TOLD.replace("清淤疏浚", "疏浚清淤"), "page.txt")
    (record,) = repair_document(
        page, settings=Settings(only=("formulas.drift",)), profile=profile
    ).journal.records
    assert record.edits[0].after == "清淤疏浚"


def test_what_holds_no_formulas_says_so(tmp_path: Path) -> None:
    (tmp_path / "formulas.bin").write_bytes(b"nothing\n")
    with pytest.raises(DataError, match=r"formulas\.bin"):
        models.own_formulas(str(tmp_path / "formulas.bin"))


def test_less_is_suggested_where_the_formula_is_long_on_both_sides() -> None:
    found = repair("会议以省委常委（扩大）会议形式召开，学习有关文件。")
    (record,) = (one for one in found.journal.records if one.rule == "formulas.drift")
    assert (record.status, record.edits[0].after) == ("withheld", "会")
    assert record.confidence < SHOWN


@pytest.mark.parametrize(
    ("text", "was"),
    [
        ("建设新形态。要保持严格的基调，坚持全域推进、全线共进。", "格"),
        ("要坚持以人民为中心的发展展思想，办好实事。", "展"),
    ],
)
def test_a_character_too_many_that_makes_a_word_is_suggested(text: str, was: str) -> None:
    result = repair_document(from_text(text, "page.txt"), settings=ONLY)
    assert result.repaired == text
    (record,) = result.journal.records
    assert [(edit.before, edit.after) for edit in record.edits] == [(was, "")]


@pytest.mark.parametrize(
    "text", ["要有严格的纪律，坚持全域推进。", "作品有严格的格律，音调和谐。", "这是严肃的基调，大家都懂。"]
)
def test_a_word_that_only_looks_like_a_formula_stays(text: str) -> None:
    assert not repair_document(from_text(text, "page.txt"), settings=ONLY).journal.records


def suggested(text: str) -> Record:
    (record,) = repair_document(from_text(text, "page.txt"), settings=ONLY).journal.records
    return record


def test_patterns_are_of_one_formula() -> None:
    one = suggested("推动巩固拓展脱贫成果同乡村振兴有效衔接。")
    same = suggested("要实现巩固拓展脱贫成果同乡村振兴有效衔接。")
    other = replace(one, evidence=("打赢脱贫【攻坚】战，确保", ""))
    assert one.edits[0].after == same.edits[0].after == "攻坚"
    assert pattern_id(one) == pattern_id(same) != pattern_id(other)
    assert pattern_shown(one, "", "攻坚") == ("脱贫成果", "脱贫攻坚成果")


def test_what_is_too_many_stands_in_empty_brackets() -> None:
    assert "严【】的基调" in suggested("建设新形态。要保持严格的基调，坚持全域推进。").evidence[0]


def test_explain_says_where_words_of_a_formula_were_counted(told: Told) -> None:
    found, none = (told("explain", "--lang", "en", words) for words in ("重要指示批示精神", "打麻将的人"))
    assert found.returncode == 0
    assert "重要指示批示精神" in found.stdout
    assert "counted, about: 新闻联播 2019—2026 ×" in found.stdout
    assert none.returncode == 2


def test_where_the_word_is_known_no_break_is_flagged() -> None:
    record = suggested("会议由中国人民证治协商会议全国委员会召开，听取意见。")
    assert (record.rule, record.edits[0].after) == ("formulas.drift", "政")
