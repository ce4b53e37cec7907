"""The review page as a person has it: the real server, the page in a real browser."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cleanup.archive.decided import decisions
from cleanup.archive.decided.decisions import Store

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


@contextmanager
def launched() -> Iterator[Any]:
    """The browser, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        found = running.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield found
        found.close()


def opened(browser: Any, server: Server, view: str = "") -> Any:
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


def decided(out: Path) -> list[tuple[str, str, str]]:
    with closing(Store(decisions.place(out), read_only=True)) as store:
        return [(e.verdict, e.before, e.text) for _, state, e in store.changed(-1) if state and e]


def wait(test: Callable[[], Any], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not test():
        assert time.monotonic() < end, "did not come true"
        time.sleep(0.03)


def first_card(page: Any, text: str) -> None:
    until(page, f"document.querySelector('.card')?.textContent.includes('{text}')")


def until(page: Any, test: str) -> None:
    """Wait for the page; its policy forbids what Playwright's own waiting evaluates."""
    wait(lambda: page.evaluate(test))


def settled(page: Any) -> None:
    """Wait until the page has every answer that it asked for; what is on it then is what keys act on."""
    until(page, "document.getElementById('main')?.getAttribute('aria-busy') !== 'true'")


def press(page: Any, *keys: str) -> None:
    """Press keys as a person does who reads what each one does."""
    for key in keys:
        settled(page)
        page.keyboard.press(key)


def go(page: Any, server: Server, view: str) -> None:
    """Change to another view."""
    settled(page)
    page.goto(f"{server.base}#{view}")
    page.wait_for_selector(f"body[data-view={view}]")
    settled(page)


def cookie_of(page: Any) -> str:
    return "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())


def csrf_of(server: Server, cookie: str) -> str:
    return str(json.loads(server.ask("GET", "/api/hello", cookie=cookie).read())["csrf"])
