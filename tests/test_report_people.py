"""The report's page for people, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleanup import repair
from cleanup.data.roster import Person, Roster
from cleanup.reports.html import render

PEOPLE = Roster((Person("胡衡华", "市长", "重庆市"), Person("周树人", "教授", aliases=("鲁迅",))))
TEXT = "重庆市市长胡衙华出席会议。\n\n鲁迅先生来了。\n\n胡衡华说，要抓好落实。\n"


def test_people_have_a_page_of_their_own(browser: Any, tmp_path: Path) -> None:
    place = tmp_path / "page.report.html"
    place.write_text(render(repair(TEXT, PEOPLE), "zh"), "utf-8")
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(place.as_uri())
    assert page.is_visible("#rows")
    assert not page.is_visible("#people")
    page.click(".tabs a[href='#people']")
    assert page.url.endswith("#people")
    assert page.is_visible("#people")
    assert not page.is_visible("#rows")
    rows = page.locator(".people tbody tr")
    assert rows.all_inner_texts()[0].split() == [
        "胡衡华",
        "重庆市市长",
        "2",
        "胡衙华",
        "已修改",
        "重庆市市长",
        "1",
    ]
    page.fill("#people-search", "鲁迅")
    assert [row.is_visible() for row in rows.all()] == [False, True]
    page.fill("#people-search", "")
    page.check("#people-open")
    assert [row.is_visible() for row in rows.all()] == [True, False]
    page.click("[data-names='胡衡华']")
    assert page.is_visible("#rows")
    assert "重庆市" in page.inner_text(".r.found")
    page.go_back()
    page.click("[data-names='胡衡华']")
    assert "要抓好落实" in page.inner_text(".r.found")
    page.goto(place.as_uri() + "#people")
    assert page.is_visible("#people")
    page.click(".people [data-go]")
    assert page.is_visible("#rows")
    page.click("button[data-lang=en]")
    assert page.inner_text(".tabs a[href='#people']").startswith("People")
    assert not errors
