"""The review page: the real server, a real browser."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Run
from review_results import HOSTILE, results

from cleanup.archive import decisions
from cleanup.archive.decisions import Store

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ARGUMENTS = tuple(
    f"--{name}"
    for name in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync",
        "disable-background-networking", "disable-component-update",
    )
)  # fmt: skip


class Server:
    """`ocrfix review` at work."""

    def __init__(self, out: Path, *options: str) -> None:
        command = Path(sys.executable).parent / "ocrfix"
        self.process = subprocess.Popen(
            [command, "review", out, "--port", "0", "--lang", "en", "--as", "Wang", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()
        assert self.url, self.process.stderr.read() if self.process.stderr else ""
        parts = urlsplit(self.url)
        self.host = parts.netloc
        self.base = f"http://{parts.netloc}/"
        self.token = parse_qs(parts.query).get("token", [""])[0]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> http.client.HTTPResponse:
        """One request with exactly these headers."""
        line = http.client.HTTPConnection(self.host, timeout=10)
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode() if body else None
        sent = {"Host": self.host} | {name.replace("_", "-"): value for name, value in headers.items()}
        for _ in range(50):
            try:
                line.request(method, path, data, sent)
                return line.getresponse()
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def stop(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait(20)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()


@contextmanager
def serving(out: Path, *options: str) -> Iterator[Server]:
    server = Server(out, *options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return results(tmp_path / "out", range(1, 5))


def _open(browser: Any, server: Server, view: str = "") -> Any:
    """The page, signed in; any error of its scripts fails the test that looks at `errors`."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
    page.goto(server.url)
    page.wait_for_selector("body.ready .row:not(.waiting)")
    if view:
        page.goto(f"{server.base}#{view}")
        page.wait_for_selector(f"[data-view={view}] .row:not(.waiting)")
    return page


def _said(out: Path) -> list[tuple[str, str, str]]:
    with closing(Store(decisions.place(out), read_only=True)) as store:
        return [(e.verdict, e.before, e.text) for _, state, e in store.changed(-1) if state and e]


def _wait(test: Any, seconds: float = 25.0) -> None:
    end = time.monotonic() + seconds
    while not test():
        assert time.monotonic() < end, "did not come true"
        time.sleep(0.03)


def _first_card(page: Any, text: str) -> None:
    _until(page, f"document.querySelector('.card')?.textContent.includes('{text}')")


def _until(page: Any, test: str) -> None:
    """Wait for the page; its policy forbids what Playwright's own waiting evaluates."""
    _wait(lambda: page.evaluate(test))


def test_by_keyboard(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = _open(browser, server, "pages")
        _first_card(page, "己")
        assert page.locator(".queue-head .number").inner_text() == "1 / 12"
        page.keyboard.press("a")
        _first_card(page, "曰")
        page.keyboard.press("r")
        _wait(lambda: len(_said(out)) == 2)
        page.keyboard.press("e")
        page.fill("dialog textarea", "以")
        page.keyboard.press("Enter")
        _wait(lambda: len(_said(out)) == 3)
        assert sorted(_said(out)) == [("accepted", "己", ""), ("edited", "己", "以"), ("rejected", "曰", "")]
        page.keyboard.press("u")
        _wait(lambda: len(_said(out)) == 2)
        page.keyboard.press("k")
        page.keyboard.press("j")
        page.keyboard.press("?")
        assert page.locator("dialog").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.type("第3批")
        page.keyboard.press("Enter")
        _until(page, "document.querySelector('.queue-head .number').textContent.endsWith('/ 2')")
        assert page.errors == []


def test_by_pattern_with_exclusion_and_undo(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = _open(browser, server)
        page.wait_for_selector(".places .row:not(.waiting)")
        assert "8 places · 4 issues" in page.locator(".pattern-head").inner_text()
        page.keyboard.press("Enter")
        page.keyboard.press("x")
        page.keyboard.press("A")
        page.wait_for_selector("dialog[open]")
        said = page.locator("dialog").inner_text()
        assert "Accept 7 places?" in said
        assert "1 was left out" in said
        page.keyboard.press("Enter")
        _wait(lambda: len(_said(out)) == 7)
        assert {row[:2] for row in _said(out)} == {("accepted", "己")}
        _until(page, "document.querySelector('.pattern-head').textContent.includes('7 accepted')")
        page.keyboard.press("u")
        _wait(lambda: not _said(out))
        assert page.errors == []


def test_crash_and_resume(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = _open(browser, server, "pages")
        _first_card(page, "己")
        page.keyboard.press("a")
        _wait(lambda: len(_said(out)) == 1)
        server.stop(signal.SIGKILL)
        page.keyboard.press("r")
        page.wait_for_selector("#toast.bad")
        assert "is kept" in page.locator("#toast").inner_text()
    with serving(out) as server:
        page = _open(browser, server, "pages")
        assert page.locator(".queue-head .number").inner_text() == "1 / 11"
        assert page.locator("#progress").inner_text().startswith("1 decided, ")
    assert [row[0] for row in _said(out)] == ["accepted"]


def test_two_tabs_at_once(browser: Any, out: Path) -> None:
    with serving(out) as server:
        one = _open(browser, server, "pages")
        two = one.context.new_page()
        two.goto(f"{server.base}#pages")
        _first_card(two, "己")
        # The second tab does not hear of anything until it asks.
        two.route("**/api/pulse*", lambda route: route.abort())
        _first_card(one, "己")
        one.keyboard.press("a")
        _wait(lambda: len(_said(out)) == 1)
        two.keyboard.press("r")
        two.wait_for_selector("#toast.bad")
        assert "another window" in two.locator("#toast").inner_text()
        assert [row[0] for row in _said(out)] == ["accepted"]
        two.unroute("**/api/pulse*")
        one.keyboard.press("a")
        _wait(lambda: len(_said(out)) == 2)
        _until(two, "document.querySelectorAll('.row.accepted').length === 2")


def test_a_page_with_scripts_is_text(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = _open(browser, server, "pages")
        page.wait_for_selector("#rows .x.here")
        assert HOSTILE in page.locator("#rows").inner_text().replace("\n", "")
        assert page.title() == "Places · ocrfix"
        assert page.locator("#rows script, #rows img").count() == 0
        page.keyboard.press("n")
        page.fill("dialog textarea", HOSTILE)
        page.keyboard.press("Enter")
        page.goto(f"{server.base}#history")
        page.wait_for_selector(".strokes tbody tr")
        assert HOSTILE in page.locator(".strokes").inner_text()
        assert page.title() == "History · ocrfix"
        assert page.errors == []


def test_words_dictionary_roster_and_other_views(browser: Any, out: Path) -> None:
    with serving(out) as server:
        page = _open(browser, server, "pages")
        _first_card(page, "己")
        page.keyboard.press("p")
        assert page.input_value("dialog input") == "工程己经完"
        page.keyboard.press("Enter")
        page.wait_for_selector("#toast.on")
        page.keyboard.press("d")
        assert page.input_value("dialog input[name=right]") == "日前"
        page.keyboard.press("Enter")
        _wait(lambda: len(_said(out)) == 2)
        page.keyboard.press("o")
        page.fill("dialog input[name=name]", "李明清")
        page.keyboard.press("Enter")
        _wait(lambda: len(_said(out)) == 3)
        # The protected word covers its places in every page.
        page.goto(f"{server.base}#patterns")
        _until(page, "document.querySelector('.pattern-head')?.textContent.includes('4 left')")
        page.goto(f"{server.base}#rules")
        page.wait_for_selector(".rates tbody tr")
        page.click("[data-lang=zh]")
        _until(page, "document.body.textContent.includes('各规则的接受率')")
        assert page.evaluate("document.documentElement.lang") == "zh"
        assert page.errors == []


def test_what_is_decided_is_applied(browser: Any, out: Path, ocrfix: Run) -> None:
    with serving(out) as server:
        page = _open(browser, server, "pages")
        _first_card(page, "己")
        page.keyboard.press("a")
        _wait(lambda: len(_said(out)) == 1)
        # While the page is open.
        assert ocrfix("apply", out, "--no-default-roster").returncode == 0
    assert "第1项工程已经完成" in (out / "page1.clean.txt").read_text("utf-8")


def test_read_only(browser: Any, out: Path) -> None:
    before = sorted(path.name for path in out.iterdir())
    with serving(out, "--read-only") as server:
        page = _open(browser, server, "pages")
        _first_card(page, "己")
        page.keyboard.press("a")
        page.wait_for_selector("#toast.bad")
        session = {
            "cookie": _cookie(page),
            "origin": server.base[:-1],
            "x_ocrfix": _csrf(server, _cookie(page)),
        }
        body = {"item": 1, "verdict": "accepted", "seen": ""}
        sent = server.ask("POST", "/api/decide", body, content_type="application/json", **session)
        assert sent.status == 403
    assert sorted(path.name for path in out.iterdir()) == before


def _cookie(page: Any) -> str:
    return "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())


def _csrf(server: Server, cookie: str) -> str:
    return str(json.loads(server.ask("GET", "/api/hello", cookie=cookie).read())["csrf"])


def test_nobody_else_comes_in(out: Path) -> None:
    with serving(out) as server:
        assert server.ask("GET", "/?token=wrong").status == 401
        assert server.ask("GET", "/api/hello").status == 401
        assert server.ask("GET", "/", Host="evil.example").status == 421
        assert server.ask("GET", "/", Host=f"evil.example:{server.host.split(':')[1]}").status == 421
        entered = server.ask("GET", f"/?token={server.token}")
        assert entered.status == 303
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        cookie = cookie.partition(";")[0]
        assert server.ask("GET", f"/?token={server.token}").status == 401, "the token works once"
        front = server.ask("GET", "/", cookie=cookie)
        assert front.status == 200
        policy = front.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert server.ask("GET", "/api/hello", cookie=cookie, origin="http://evil.example").status == 403
        csrf = _csrf(server, cookie)
        body = {"item": 1, "verdict": "accepted", "seen": ""}
        good = {
            "cookie": cookie, "origin": server.base[:-1], "x_ocrfix": csrf,
            "content_type": "application/json",
        }  # fmt: skip
        for wrong in (
            {"origin": "http://evil.example"},
            {"x_ocrfix": "guess"},
            {"cookie": "ocrfix-1=x"},
            {"content_type": "text/plain"},
            {"Host": "evil.example"},
        ):
            assert server.ask("POST", "/api/decide", body, **{**good, **wrong}).status in (401, 403, 415, 421)
        lacking = {name: value for name, value in good.items() if name != "origin"}
        assert server.ask("POST", "/api/decide", body, **lacking).status == 403
        assert not decisions.place(out).is_file() or _said(out) == []
        for path in (
            "/assets/../server.py",
            "/assets/%2e%2e%2fserver.py",
            "/assets/index.html",
            "/etc/passwd",
        ):
            assert server.ask("GET", path, cookie=cookie).status == 404
        assert server.ask("POST", "/api/decide", '{"item": "x"}', **good).status == 422
        assert server.ask("POST", "/api/decide", {**body, "item": 10**6}, **good).status == 404
        assert server.ask("GET", "/api/page?file=99", cookie=cookie).status == 404
        assert server.ask("GET", "/api/ids?order=;drop", cookie=cookie).status == 404
        assert server.ask("POST", "/api/learn", {"wrong": "；", "right": "，"}, **good).status == 422
        assert server.ask("POST", "/api/protect", {"word": "的"}, **good).status == 422
        assert server.ask("POST", "/api/decide", body, **good).status == 200


def test_other_machines_need_a_password(out: Path, tmp_path: Path, ocrfix: Run) -> None:
    assert ocrfix("review", out, "--host", "0.0.0.0").returncode == 2
    short = tmp_path / "short"
    short.write_text("1234")
    assert ocrfix("review", out, "--host", "0.0.0.0", "--password-file", short).returncode == 2
    secret = tmp_path / "secret"
    secret.write_text("correct horse\n")
    with serving(out, "--password-file", str(secret)) as server:
        assert server.token == ""
        form = {"content_type": "application/x-www-form-urlencoded", "origin": server.base[:-1]}
        assert b"password" in server.ask("GET", "/").read()
        assert server.ask("POST", "/login", "who=Li&password=wrong", **form).status == 403
        assert server.ask("POST", "/login", "who=Li&password=correct+horse", **form).status == 403, "too soon"
        time.sleep(1.1)
        entered = server.ask("POST", "/login", "who=Li&password=correct+horse", **form)
        assert entered.status == 303
        cookie = entered.headers["set-cookie"].partition(";")[0]
        assert json.loads(server.ask("GET", "/api/hello", cookie=cookie).read())["who"] == "Li"


def test_one_comes_in_with_the_password(browser: Any, out: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("correct horse\n")
    with serving(out, "--password-file", str(secret)) as server:
        page = browser.new_context().new_page()
        page.goto(server.base)
        page.fill("[name=who]", "李强")
        page.fill("[name=password]", "correct horse")
        page.keyboard.press("Enter")
        page.wait_for_selector("body.ready .row:not(.waiting)")
        page.goto(f"{server.base}#pages")
        _first_card(page, "己")
        page.keyboard.press("a")
        _wait(lambda: len(_said(out)) == 1)
    with closing(Store(decisions.place(out), read_only=True)) as store:
        assert [stroke.who for stroke in store.strokes()] == ["李强"]


def test_wrong_places_say_so(tmp_path: Path, ocrfix: Run) -> None:
    assert ocrfix("review", "nowhere").returncode == 3
    (tmp_path / "empty").mkdir()
    done = ocrfix("review", "empty")
    assert done.returncode == 3
    assert b"no results" in done.stderr
    assert ocrfix("decisions", "export", "empty").returncode == 3


def test_starting_the_tool_does_not_load_the_server() -> None:
    heavy = ("starlette", "uvicorn", "tomlkit")
    code = "import sys; from cleanup.cli.app import tree; tree(''); "
    code += f"print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
