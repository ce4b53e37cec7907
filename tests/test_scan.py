"""A text and what a witness read on the picture of its page, without any picture."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_readings import FIRST, ONE, PAGE, REPAIRER, SECOND, TWO, by_picture, repaired

from cleanup import witness
from cleanup.api import Person, Repairer, Roster
from cleanup.engine.readings.matching import matches
from cleanup.engine.repair import read
from cleanup.model.scan import Scan


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("5.7", "5.1"),  # a digit
        ("扎实", "切实"),  # a word put for another
        ("完成", "完戌"),
        ("翻了一番多", "增长一倍"),
        ("加强组织领导，", ""),  # a clause lost
        ("扎实推进各项工作落实落细，", ""),  # over a line's end
        (TWO[1], ""),  # a whole line
        ("向全县人民交出满意的答卷。", ""),  # the end of a paragraph
        ("今年上半年", ""),  # its beginning
    ],
)
def test_what_the_picture_has_is_put_right(right: str, wrong: str) -> None:
    whole = f"{FIRST}\n\n{SECOND}\n"
    assert right in whole
    result = repaired(whole.replace(right, wrong))
    assert result.repaired == whole
    assert by_picture(result)
    again = repaired(result.repaired)
    assert not again.journal.applied


@pytest.mark.parametrize("seed", range(4))
def test_paragraphs_of_another_order_stay_in_theirs(seed: int) -> None:
    parts = [FIRST.replace("明确责任分工，", ""), SECOND]
    random.Random(seed).shuffle(parts)
    result = repaired("\n\n".join(["# 全市工作会议召开", *parts]) + "\n")
    assert FIRST in result.repaired
    assert result.repaired.replace("明确责任分工，", "") == result.original


def test_a_paragraph_that_is_lost_between_others_is_one_again() -> None:
    third = ("据气象部门预报，未来三天我市将有一次", "明显降雨过程，请市民注意防范。")
    result = repaired(f"{FIRST}\n\n{''.join(third)}\n", "\n".join((*ONE, "", *TWO, "", *third)))
    assert result.repaired == f"{FIRST}\n\n{SECOND}\n\n{''.join(third)}\n"


def test_what_the_witness_is_not_sure_of_changes_nothing() -> None:
    page = PAGE.replace("扎实", "扎买").replace("5.7", "5.1")
    result = repaired(f"{FIRST}\n\n{SECOND}\n", page, unsure="买1")
    assert not result.journal.applied


def test_both_readings_stand_in_the_journal() -> None:
    result = repaired(f"{FIRST}\n\n{SECOND}\n".replace("5.7", "5.1"))
    (record,) = by_picture(result)
    assert record.evidence == ("page.md: 1", "page.png (recorded): 7 (1.00)")


@pytest.mark.parametrize(
    ("second", "applied", "others"),
    [
        ("加快", True, ()),  # both read the same
        ("加速", False, ()),  # the other read what the text has
        ("加央", False, ("央",)),  # each something else
    ],
)
def test_witnesses_that_disagree_make_one_suggestion_with_both_readings(
    second: str, applied: bool, others: tuple[str, ...]
) -> None:
    page = PAGE.replace("加强组织", "加快组织")
    pages = [witness.recorded(page.replace("加快", word)).pages[0] for word in ("加快", second)]
    scan = Scan("page.png", width=2000, height=600, recognisers=("one 1", "two 2"))
    text = f"{FIRST}\n\n{SECOND}\n".replace("加强组织", "加速组织")
    document = witness.beside(read(text.encode(), "page.md"), [witness.Read(scan, tuple(pages))])
    (record,) = [one for one in REPAIRER.document(document).journal.records if one.rule == "scan.misread"]
    assert (record.status == "applied") is applied
    assert record.edits[0].after == "快"
    assert record.alternatives == others
    assert record.evidence == (
        "page.md: 速", "page.png (one): 快 (1.00)", f"page.png (two): {second[1]}"
    )  # fmt: skip


def test_what_is_said_twice_and_stands_once_on_the_picture_goes() -> None:
    result = repaired(f"{FIRST}\n\n{SECOND}\n".replace("高技术", "高技术高技术"))
    assert result.repaired == f"{FIRST}\n\n{SECOND}\n"


def test_a_line_of_junk_becomes_the_line_that_is_printed() -> None:
    text = f"{FIRST}\n\n{SECOND}\n".replace("扎实推进各项工作落实落细", "才样泥就灶汪器洲寻队靖谢")
    assert repaired(text).repaired == f"{FIRST}\n\n{SECOND}\n"


def test_a_caption_between_two_rows_stays_out() -> None:
    """In print it parts a paragraph; in the text that goes on."""
    page = "\n".join((*ONE[:2], "", "图为志愿者在社区服务。", "", *ONE[2:], "", *TWO))
    result = repaired(f"{FIRST}\n\n{SECOND}\n", page)
    assert "图为志愿者" not in result.repaired


def test_one_article_of_a_page_stays_alone() -> None:
    more = (
        "# 另一篇报道的标题",
        "",
        "据气象部门预报，未来三天我市将有一次",
        "明显降雨过程，请市民注意防范。",
    )
    result = repaired(f"{FIRST}\n", "\n".join((*ONE, "", *more, "", *TWO)))
    assert result.repaired == result.original


def test_what_is_put_in_is_of_the_script_of_the_text() -> None:
    page = "會議強調，要認真學習貫徹重要講話精神，\n加強組織領導，明確責任分工，扎實推進各\n項工作落實落細。"
    text = "会议强调，要认真学习贯彻重要讲话精神，加强组织领导，扎实推进各项工作落实落细。\n"
    assert "明确责任分工，" in repaired(text, page).repaired


def test_a_simplified_text_gets_no_letters_of_the_other_script() -> None:
    page = PAGE.replace("高技术制造业", "高技術制造業")  # as tesseract reads with both of its models
    text = f"{FIRST}\n\n{SECOND}\n"
    assert repaired(text.replace(TWO[1], ""), page).repaired == text


def test_a_table_gets_no_line() -> None:
    rows = ("| 项目 | 数值 |", "| --- | --- |", "| 工业增加值同比增长 | 5.7 |", "| 高技术制造业增长 | 12.4 |")
    page = "项目\n数值\n工业增加值同比增长\n5.7\n社会消费品零售总额增长\n高技术制造业增长\n12.4"
    result = repaired("\n".join(rows) + "\n", page)
    assert result.repaired == result.original


def test_furniture_is_not_let_in() -> None:
    page = "\n".join(("渝州日报  2021年3月4日  星期四  第2版", "", PAGE, "", "责任编辑：王小明"))
    result = repaired(f"{FIRST}\n\n{SECOND}\n", page)
    assert not result.journal.applied


def test_what_stands_nowhere_is_flagged_and_stays() -> None:
    more = "与会代表一致表示热烈拥护和坚决支持。"
    result = repaired(f"{FIRST}{more}\n\n{SECOND}\n")
    assert result.repaired == result.original
    (found,) = [one for one in result.journal.flags if one.rule == "scan.invented"]
    assert result.original[found.span.start : found.span.end] == more


def test_a_picture_of_another_page_changes_nothing_and_is_said() -> None:
    other = "来自全国各地的艺术家们登台献艺，\n演出在热烈的掌声中落下帷幕。"
    result = repaired(f"{FIRST}\n\n{SECOND}\n", other)
    assert result.repaired == result.original
    (found,) = [one for one in result.journal.flags if one.rule == "scan.picture"]
    assert "another page" in found.why.en


def test_what_the_picture_shows_just_so_no_guess_changes() -> None:
    def as_printed(text: str) -> str:
        return text.replace("项工作", "顷工作").replace("完成", "完戌")

    text = as_printed(f"{FIRST}\n\n{SECOND}\n")
    assert "各项工作落实落细，确保完成" in REPAIRER(text, "page.md").repaired
    assert repaired(text, as_printed(PAGE)).repaired == text


def test_a_name_that_the_picture_shows_just_so_is_no_one_else_s() -> None:
    repairer = Repairer(Roster((Person("胡衡华", "市长"),)), default_roster=False)
    text = f"{FIRST}\n\n市长胡衙华出席会议。\n"
    assert "胡衡华" in repairer(text, "page.md").repaired
    document = witness.beside(
        read(text.encode(), "page.md"), [witness.recorded("\n".join((*ONE, "", "市长胡衙华出席会议。")))]
    )
    assert repairer.document(document).repaired == text


def test_records_stand_on_the_picture() -> None:
    result = repaired(f"{FIRST}\n\n{SECOND}\n".replace("5.7", "5.1").replace("明确责任分工，", ""))
    for record in by_picture(result):
        assert record.scan == 0
        assert record.box is not None
        row = int(record.box.top // 80)
        assert record.edits[0].after in PAGE.splitlines()[row]


_TEXTS = st.text("一二三四五六七八九十甲乙丙丁", max_size=60)


@given(_TEXTS, _TEXTS)
def test_matches_are_the_same_and_apart(one: str, two: str) -> None:
    found = matches(one, two)
    for match in found:
        assert one[match.one : match.one + match.size] == two[match.two : match.two + match.size]
    for side in (0, 1):
        spans = sorted((match[side], match[side] + match.size) for match in found)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.permutations((ONE[0], ONE[1], ONE[2], ONE[3], *TWO)))
def test_lines_are_found_in_any_order(lines: list[str]) -> None:
    found = matches(FIRST + SECOND, "".join(lines))
    # What stands on either side of a seam may go with another line.
    assert sum(match.size for match in found) >= len(FIRST + SECOND) - len(lines)
