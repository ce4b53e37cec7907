"""The review server: who may ask it, what it answers."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run
from review_page import csrf_of, decided, serving
from review_results import results

from cleanup.archive.decided import decisions


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return results(tmp_path / "out", range(1, 5))


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
        csrf = csrf_of(server, cookie)
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
        assert not decisions.place(out).is_file() or decided(out) == []
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


def test_wrong_places_say_so(tmp_path: Path, ocrfix: Run) -> None:
    assert ocrfix("review", "nowhere").returncode == 3
    (tmp_path / "empty").mkdir()
    done = ocrfix("review", "empty")
    assert done.returncode == 3
    assert b"no results" in done.stderr
    assert ocrfix("decisions", "export", "empty").returncode == 3


def test_starting_the_tool_does_not_load_the_server() -> None:
    heavy = ("starlette", "uvicorn", "tomlkit")
    code = "import sys; from cleanup.cli.tree import tree; tree(''); "
    code += f"print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
