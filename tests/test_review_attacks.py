"""The review's server, attacked: from other pages, over the wire, by what it serves."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from review_page import Server, csrf_of, decided, serving
from review_results import HOSTILE, results, write

from cleanup.review.guard import LARGEST


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = results(tmp_path_factory.mktemp("attacked") / "out", range(1, 3))
    write(folder, "<img src=x onerror=alert(1)>.txt", f"会议 召开。{HOSTILE}己经完成，验收组查看了楼。\n")
    return folder


@pytest.fixture(scope="module")
def server(out: Path) -> Iterator[Server]:
    with serving(out) as running:
        yield running


@pytest.fixture(scope="module")
def inside(server: Server) -> dict[str, str]:
    """The headers of somebody who came in."""
    entered = server.ask("GET", f"/?token={server.token}")
    cookie = entered.headers["set-cookie"].partition(";")[0]
    return {
        "cookie": cookie, "origin": server.base[:-1], "x_ocrfix": csrf_of(server, cookie),
        "content_type": "application/json",
    }  # fmt: skip


def _wire(server: Server, data: bytes, wait: float = 5.0) -> bytes:
    """What the server answers to these very bytes."""
    host, _, port = server.host.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=wait) as line:
        found = b""
        try:
            line.sendall(data)
            while chunk := line.recv(65536):
                found += chunk
        except (TimeoutError, ConnectionError):
            pass  # it has hung up
        return found


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../guard.py", "/assets/..%2fguard.py", "/assets/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd",
        "/assets/....//guard.py", "/assets/review.js%00.css", "/assets\\..\\guard.py", "/.git/config",
        "/api/../assets/review.js/..", "/%2e%2e/decisions.db", "/ocrfix.db", "/api/hello/../../decisions.db",
    ],
)  # fmt: skip
def test_nothing_beside_its_own_files(server: Server, inside: dict[str, str], path: str) -> None:
    assert server.ask("GET", path, cookie=inside["cookie"]).status in (404, 400)


@pytest.mark.parametrize(
    "origin",
    ["null", "http://evil.example", "https://{host}", "http://{host}.evil.example", "http://{host}/", ""],
)
def test_no_page_from_elsewhere_decides(
    server: Server, inside: dict[str, str], out: Path, origin: str
) -> None:
    before = decided(out)
    body = {"item": 1, "verdict": "accepted", "seen": ""}
    headers = {**inside, "origin": origin.format(host=server.host)}
    assert server.ask("POST", "/api/decide", body, **headers).status == 403
    assert decided(out) == before


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]", ""]
)
def test_names_that_lead_here_by_rebinding(server: Server, inside: dict[str, str], host: str) -> None:
    assert server.ask("GET", "/api/hello", Host=host, cookie=inside["cookie"]).status in (400, 421)


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "nan", "1e30"])
@pytest.mark.parametrize(
    "path", ["/api/items?file=", "/api/page?file=", "/api/patterns?offset=", "/api/choices?item="]
)
def test_numbers_that_no_row_has(server: Server, inside: dict[str, str], path: str, number: str) -> None:
    assert server.ask("GET", path + number, cookie=inside["cookie"]).status in (200, 404, 422)


@pytest.mark.parametrize("size", [str(LARGEST + 1), "9" * 30, "9" * 5000, "-1", "1e3", "\u00b2"])
@pytest.mark.parametrize("path", ["/api/decide", "/login"])
def test_what_is_too_large_is_not_read(server: Server, inside: dict[str, str], path: str, size: str) -> None:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {server.host}\r\nOrigin: {server.base[:-1]}\r\n"
        f"Cookie: {inside['cookie']}\r\nX-Ocrfix: {inside['x_ocrfix']}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {size}\r\nConnection: close\r\n\r\n"
    )
    assert _wire(server, head.encode("latin-1")).split(b" ")[1] in (b"413", b"400")


def test_a_body_without_a_size_is_not_read(server: Server, inside: dict[str, str]) -> None:
    head = (
        f"POST /login HTTP/1.1\r\nHost: {server.host}\r\nOrigin: {server.base[:-1]}\r\n"
        "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    )
    assert _wire(server, head.encode() + b"5\r\nwho=a\r\n").split(b" ")[1] == b"413"


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"GET\r\n\r\n", b"\x00" * 2000, b"G" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
    ],
)  # fmt: skip
def test_bytes_that_are_no_request(server: Server, inside: dict[str, str], data: bytes) -> None:
    assert _wire(server, data, 1.0)[:13] in (b"", b"HTTP/1.1 400 ", b"HTTP/1.1 421 ", b"HTTP/1.1 431 ")
    assert server.ask("GET", "/api/hello", cookie=inside["cookie"]).status == 200


def test_slow_requests_hold_up_nobody(server: Server, inside: dict[str, str]) -> None:
    host, _, port = server.host.rpartition(":")
    lines = [socket.create_connection((host, int(port))) for _ in range(100)]
    try:
        for line in lines:
            line.sendall(b"POST /api/decide HTTP/1.1\r\nHost: ")
        start = time.monotonic()
        assert server.ask("GET", "/api/hello", cookie=inside["cookie"]).status == 200
        assert time.monotonic() - start < 30
    finally:
        for line in lines:
            line.close()


def test_many_at_once(server: Server, inside: dict[str, str], out: Path) -> None:
    """Thirty people decide the same place: one stands, the others hear of it."""
    items = json.loads(server.ask("GET", "/api/ids", cookie=inside["cookie"]).read())["ids"]
    body = {"item": items[0], "verdict": "accepted", "seen": ""}
    found: list[int] = []

    def decide() -> None:
        found.append(server.ask("POST", "/api/decide", body, **inside).status)

    many = [threading.Thread(target=decide) for _ in range(30)]
    for one in many:
        one.start()
    for one in many:
        one.join()
    assert sorted(set(found)) in ([200, 409], [200])
    assert found.count(200) == 1
    assert len(decided(out)) == 1


def test_what_it_serves_is_data(server: Server, inside: dict[str, str]) -> None:
    for path in ("/api/overview", "/api/page?file=3", "/api/items?ids=1,2,3"):
        answer = server.ask("GET", path, cookie=inside["cookie"])
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
    front = server.ask("GET", "/", cookie=inside["cookie"])
    policy = front.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    page = front.read().decode()
    assert "<script>" not in page, "no script stands in the page itself"
    assert "style=" not in page
    assert " on" not in page.replace(" on ", " "), "nor does a handler"
