"""Names of a roster inside markup: seen over it, changed within it."""

from __future__ import annotations

import pytest

from cleanup import formats
from cleanup.data.roster import Person, Roster
from cleanup.engine.repair import from_text, repair_document
from cleanup.text import bare

ROSTER = Roster((Person("胡衡华", "东河县水务局局长"), Person("程丽华", "东河县县长")))


def _repaired(text: str) -> str:
    result = repair_document(from_text(text, "page.md"), ROSTER)
    assert result.undo() == text
    return result.repaired


@pytest.mark.parametrize(
    "around",
    [
        "东河县水务局局长**{}**主持会议。",
        "**东河县水务局局长**{}主持会议。",
        "**东河县水务局局长{}**主持会议。",
        "东河县水务局局长<b>{}</b>主持会议。",
        "东河县水务局局长[{}](a.html)主持会议。",
        "- 东河县水务局局长：{}",
        "1. **东河县水务局局长**：{}",
        "东河县水务局局长（{}）主持会议。",
        "东河县水务局局长（**{}**）主持会议。",
        "| 东河县水务局局长 | {} |\n|---|---|\n| 一 | 二 |",
        "|东河县水务局局长|{}|\n|---|---|\n|一|二|",
        "<table><tr><td>东河县水务局局长</td><td>{}</td></tr></table>",
        "<table>\n<tr>\n<td>东河县水务局局长</td>\n<td>{}</td>\n</tr>\n</table>",
        "> 东河县水务局局长*{}*说，好。",
    ],
)
def test_the_office_is_seen_over_markup(around: str) -> None:
    assert _repaired(around.format("胡衙华") + "\n") == around.format("胡衡华") + "\n"
    assert _repaired(around.format("胡衡华") + "\n") == around.format("胡衡华") + "\n"


def test_a_name_in_the_middle_of_bold_is_changed_in_its_place() -> None:
    assert _repaired("东河县水务局局长胡**衙**华主持会议。\n") == "东河县水务局局长胡**衡**华主持会议。\n"


@pytest.mark.parametrize(
    "text",
    [
        "| 胡衡华 | 程丽华 |\n|---|---|\n| 一 | 二 |\n",
        "|胡衡华|程丽华|\n|---|---|\n|一|二|\n",
        "<table><tr><td>胡衡华</td><td>程丽华</td></tr></table>\n",
        "县长**胡衙平**主持会议。\n",
        "局长（副县级）主持会议。\n",
        "| 县长 | 胡德明 |\n|---|---|\n| 一 | 二 |\n",
    ],
)
def test_others_stay(text: str) -> None:
    assert _repaired(text) == text


def test_nothing_is_put_where_markup_parts() -> None:
    # 胡 may be lost on either side of the mark.
    text = "东河县水务局局长**衡华**主持会议。\n"
    assert _repaired(text) == text


def test_a_bare_document_fits_its_text() -> None:
    document = formats.parse(
        "# 题 **甲**\n\n| 乙 | 丙 |\n|---|---|\n|丁|**戊**|\n<b>己</b>$x$。\f末", "markdown"
    )
    read = bare.of(document)
    assert read is not None
    seen = read.document
    assert seen.text == "题 甲\n\n乙 丙 \n|---|---|\n丁 戊 \n己$x$。\f末"
    assert [seen.text[s.start : s.end] for s in seen.opaque] == ["|---|---|", "$x$"]
    assert [seen.words(line) for line in seen.lines] == [
        "题 甲",
        "",
        "乙 丙 ",
        "|---|---|",
        "丁 戊 ",
        "己$x$。",
        "末",
    ]
    assert bare.of(formats.parse("# 题\n\n- 甲", "markdown")) is None
