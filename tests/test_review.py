"""The review page, driven by keys in a real browser."""

from __future__ import annotations

import signal
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from review_page import (
    cookie_of,
    csrf_of,
    decided,
    first_card,
    go,
    opened,
    press,
    serving,
    until,
    wait,
)  # fmt: skip
from review_results import HOSTILE, results, write
from review_results import page as page_text

from cleanup.archive.decided import decisions
from cleanup.archive.decided.decisions import Store


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return results(tmp_path / "out", range(1, 5))


def test_by_keyboard(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = opened(browser, server, "pages")
        first_card(page, "己")
        assert page.locator(".queue-head .number").inner_text() == "1 / 12"
        press(page, "a")
        first_card(page, "曰")
        press(page, "r")
        wait(lambda: len(decided(out)) == 2)
        press(page, "e")
        page.fill("dialog textarea", "以")
        press(page, "Enter")
        wait(lambda: len(decided(out)) == 3)
        assert sorted(decided(out)) == [
            ("accepted", "己", ""),
            ("edited", "己", "以"),
            ("rejected", "曰", ""),
        ]
        press(page, "u")
        wait(lambda: len(decided(out)) == 2)
        press(page, "k")
        press(page, "j")
        press(page, "?")
        assert "␣ space" in page.locator("dialog").inner_text()
        press(page, "Escape")
        press(page, "/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.type("第3批")
        press(page, "Enter")
        until(page, "document.querySelector('.queue-head .number').textContent.endsWith('/ 2')")
        assert page.errors == []


def test_by_pattern_with_exclusion_and_undo(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = opened(browser, server)
        page.wait_for_selector(".places .row:not(.waiting)")
        assert "8 places · 4 issues" in page.locator(".pattern-head").inner_text()
        press(page, "Enter")
        press(page, "x")
        press(page, "A")
        page.wait_for_selector("dialog[open]")
        said = page.locator("dialog").inner_text()
        assert "Accept 7 places?" in said
        assert "1 was left out" in said
        press(page, "Enter")
        wait(lambda: len(decided(out)) == 7)
        assert {row[:2] for row in decided(out)} == {("accepted", "己")}
        until(page, "document.querySelector('.pattern-head').textContent.includes('7 accepted')")
        press(page, "u")
        wait(lambda: not decided(out))
        assert page.errors == []


def test_what_is_taken_back_stands_in_the_list_again(browser: Any, out: Path) -> None:
    """One decision may settle several places; wherever they are counted, places are."""
    write(out, "twin.txt", page_text(1))
    write(out, "flag.txt", "会议定于2024年1月30日（星期三）举行。\n\n第9条道路己经通车。\n")
    write(out, "spaced.txt", "验 收 组 现 场 查 看 了 大 楼 ， 表 示 满 意 。\n")
    patterns = "[...document.querySelectorAll('.queue .row .sign')].map((sign) => sign.textContent).join(' ')"
    with serving(out) as server:
        page = opened(browser, server)
        page.wait_for_selector(".places .row:not(.waiting)")
        assert page.locator(".queue-head .number").inner_text() == "2 patterns · 16 places left"
        assert page.locator("#views [data-view=patterns] .number").inner_text() == "16 places"
        press(page, "R")
        page.wait_for_selector("dialog[open]")
        assert "current filter: 11 places, in 5 issues" in page.locator("dialog").inner_text()
        press(page, "Enter")
        until(page, f"{patterns} === '曰→日'")
        until(page, "document.querySelector('#toast').textContent === '11 places decided'")
        until(page, "document.querySelector('#progress').textContent.startsWith('11 decided')")
        go(page, server, "history")
        told = "document.querySelector('.strokes tbody').textContent"
        until(page, f"{told}.includes('己 → 已 and 10 more places')")
        go(page, server, "patterns")
        until(page, f"{patterns} === '曰→日'")
        press(page, "u")
        until(page, f"{patterns} === '己→已 曰→日'")
        assert page.locator("#toast").inner_text() == "11 places taken back"
        # What is looked for is found without Enter, and the field keeps what is written on.
        press(page, "/")
        page.keyboard.type("居民搬")
        until(page, f"{patterns} === '曰→日'")
        page.keyboard.type("无")
        until(page, "document.querySelector('.clean:not([hidden])')")
        assert page.input_value("#search") == "居民搬无"
        press(page, "Escape")
        go(page, server, "flags")
        page.wait_for_selector(".card")
        press(page, "a")
        wait(lambda: len(decided(out)) == 1)
        go(page, server, "history")
        page.wait_for_selector(".strokes .hit")
        said = page.locator(".strokes tbody tr").first.inner_text()
        assert "Flag confirmed" in said
        assert "星期三" in said
        assert page.locator(".strokes tbody tr").first.locator("del").count() == 0
        go(page, server, "pages")
        page.select_option("[name=status]", "applied")
        until(page, "document.querySelector('#rows del .s')")
        # A space taken out is struck as letters are: crossed aslant it would be a backslash.
        sign = "getComputedStyle(document.querySelector('#rows del .s'), '::before')"
        assert page.evaluate(f"{sign}.content + {sign}.backgroundImage + {sign}.display") == '"␣"noneinline'
        assert page.errors == []


def test_crash_and_resume(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = opened(browser, server, "pages")
        first_card(page, "己")
        press(page, "a")
        wait(lambda: len(decided(out)) == 1)
        server.stop(signal.SIGKILL)
        press(page, "r")
        page.wait_for_selector("#toast.bad")
        assert "is kept" in page.locator("#toast").inner_text()
    with serving(out) as server:
        page = opened(browser, server, "pages")
        assert page.locator(".queue-head .number").inner_text() == "1 / 11"
        assert page.locator("#progress").inner_text().startswith("1 decided, ")
    assert [row[0] for row in decided(out)] == ["accepted"]


def test_two_tabs_at_once(browser: Any, out: Path) -> None:
    with serving(out) as server:
        one = opened(browser, server, "pages")
        two = one.context.new_page()
        two.goto(f"{server.base}#pages")
        first_card(two, "己")
        # The second tab does not hear of anything until it asks.
        two.route("**/api/pulse*", lambda route: route.abort())
        first_card(one, "己")
        press(one, "a")
        wait(lambda: len(decided(out)) == 1)
        press(two, "r")
        two.wait_for_selector("#toast.bad")
        assert "another window" in two.locator("#toast").inner_text()
        assert [row[0] for row in decided(out)] == ["accepted"]
        two.unroute("**/api/pulse*")
        press(one, "a")
        wait(lambda: len(decided(out)) == 2)
        until(two, "document.querySelectorAll('.row.accepted').length === 2")


def test_a_page_with_scripts_is_text(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = opened(browser, server, "pages")
        page.wait_for_selector("#rows .x.here")
        assert HOSTILE in page.locator("#rows").inner_text().replace("\n", "")
        assert page.title() == "Places · ocrfix"
        assert page.locator("#rows script, #rows img").count() == 0
        press(page, "n")
        page.fill("dialog textarea", HOSTILE)
        press(page, "Enter")
        page.wait_for_selector("dialog[open]", state="detached")
        go(page, server, "history")
        page.wait_for_selector(".strokes tbody tr")
        assert HOSTILE in page.locator(".strokes").inner_text()
        assert page.title() == "History · ocrfix"
        assert page.errors == []


def test_words_dictionary_roster_and_other_views(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = opened(browser, server, "pages")
        first_card(page, "己")
        press(page, "p")
        assert page.input_value("dialog input") == "工程己经完"
        press(page, "Enter")
        first_card(page, "曰")
        press(page, "d")
        assert page.input_value("dialog input[name=right]") == "日前"
        press(page, "Enter")
        wait(lambda: len(decided(out)) == 2)
        press(page, "o")
        page.fill("dialog input[name=name]", "李明清")
        press(page, "Enter")
        wait(lambda: len(decided(out)) == 3)
        # The protected word covers its places in every page.
        go(page, server, "patterns")
        until(page, "document.querySelector('.pattern-head')?.textContent.includes('4 left')")
        go(page, server, "rules")
        page.wait_for_selector(".rates tbody tr")
        page.click("[data-lang=zh]")
        until(page, "document.body.textContent.includes('各规则的接受率')")
        assert page.evaluate("document.documentElement.lang") == "zh"
        assert page.errors == []


def test_what_is_decided_is_applied(browser: Any, out: Path, ocrfix: Run) -> None:
    with serving(out) as server:
        page = opened(browser, server, "pages")
        first_card(page, "己")
        press(page, "a")
        wait(lambda: len(decided(out)) == 1)
        # While the page is open.
        assert ocrfix("apply", out, "--no-default-roster").returncode == 0
    assert "第1项工程已经完成" in (out / "page1.clean.txt").read_text("utf-8")


def test_read_only(browser: Any, out: Path) -> None:
    before = sorted(path.name for path in out.iterdir())
    with serving(out, "--read-only") as server:
        page = opened(browser, server, "pages")
        first_card(page, "己")
        press(page, "a")
        page.wait_for_selector("#toast.bad")
        session = {
            "cookie": cookie_of(page),
            "origin": server.base[:-1],
            "x_ocrfix": csrf_of(server, cookie_of(page)),
        }
        body = {"item": 1, "verdict": "accepted", "seen": ""}
        sent = server.ask("POST", "/api/decide", body, content_type="application/json", **session)
        assert sent.status == 403
    assert sorted(path.name for path in out.iterdir()) == before


def test_one_comes_in_with_the_password(browser: Any, out: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("correct horse\n")
    with serving(out, "--password-file", str(secret)) as server:
        page = browser.new_context().new_page()
        page.goto(server.base)
        page.fill("[name=who]", "李强")
        page.fill("[name=password]", "correct horse")
        press(page, "Enter")
        page.wait_for_selector("body.ready .row:not(.waiting)")
        go(page, server, "pages")
        first_card(page, "己")
        press(page, "a")
        wait(lambda: len(decided(out)) == 1)
    with closing(Store(decisions.place(out), read_only=True)) as store:
        assert [stroke.who for stroke in store.strokes()] == ["李强"]
