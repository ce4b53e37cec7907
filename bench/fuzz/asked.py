"""Requests to the review's server, in this process: whatever is asked, it answers, and goes on answering."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from starlette.datastructures import Headers

from bench.fuzz import mutations
from bench.fuzz.finding import Finding
from cleanup.archive.decided import decisions
from cleanup.model.journal import Policy
from cleanup.review.guard import Door
from cleanup.review.index import Index
from cleanup.review.server import Application

_HOST = "127.0.0.1:80"
_GET = (
    "hello", "overview", "patterns", "ids", "items", "count", "page", "choices", "said", "rules", "history",
    "pulse",
)  # fmt: skip
_POST = ("decide", "batch", "undo", "protect", "learn", "introduce", "note")
_KEYS = (
    "item", "file", "record", "start", "ids", "order", "offset", "limit", "key", "since",
    "precision", "batches", "filter", "kind", "state", "rule", "text", "low", "high", "pattern",
    "until", "issue", "person",
)  # fmt: skip
_VALUES = (
    "1", "0", "-1", "1,2,3", "99999999999999999999", "1e400", "NaN", "x", "", "place", "gain", "open", "fix",
    "\x00", "中", "\ud800", "' OR 1=1 --", "../../etc", "%00", "a" * 5000, "[]", "{}", "2024-01-01",
    "９",
)  # fmt: skip
_BODIES = (
    '{"item": 1, "verdict": "accepted", "seen": ""}',
    '{"item": 2, "verdict": "edited", "seen": "", "text": "已经"}',
    '{"item": 3, "verdict": "edited", "seen": "", "text": "\\ud800"}',
    '{"filter": {"kind": "fix", "state": "open"}, "verdict": "rejected", "expected": 1}',
    '{"filter": {"low": 1e999, "pattern": -1}, "verdict": "accepted", "expected": 9223372036854775808}',
    '{"batch": null}',
    '{"word": "水库"}',
    '{"word": "\\ud800\\u0000水库"}',
    '{"wrong": "己经", "right": "已经"}',
    '{"name": "胡衡", "title": "市长"}',
    '{"item": 1, "text": "<script>"}',
    "[" * 3000,
    "",
)


class Asked:
    """A server over results, and somebody who came in."""

    def __init__(self, out: Path) -> None:
        store = decisions.Store(decisions.place(out))
        index = Index(out, store)
        index.refresh()
        door = Door("127.0.0.1", 80, "fuzz")
        self._app = Application(index, store, door, Policy(), "en", False).app
        cookie = f"{door.cookie}={door.enter(door.token)}"
        session = door.session(Headers({"cookie": cookie}))
        assert session is not None
        self._headers = {
            "host": _HOST, "origin": f"http://{_HOST}", "cookie": cookie, "x-ocrfix": session.csrf,
            "content-type": "application/json",
        }  # fmt: skip

    def once(self, chance: Random) -> None:
        """One request; raises Finding where the answer is a failure of the server."""
        method = chance.choice(("GET", "GET", "POST", "POST", "PUT", "HEAD"))
        name = chance.choice(_POST if method == "POST" else _GET)
        path = f"/api/{name}" if chance.random() < 0.9 else mutations.text(f"/api/{name}", chance)
        given = [(key, chance.choice(_VALUES)) for key in _KEYS if chance.random() < 0.4]
        query = "&".join(f"{key}={quote(value, errors='surrogatepass')}" for key, value in given)
        body = mutations.data(chance.choice(_BODIES).encode(), chance)
        status = asyncio.run(self._ask(method, path, query, body))
        if not 200 <= status < 500:
            raise Finding(f"{status} for {method} {path[:80]!r}?{query[:200]} {body[:120]!r}")

    async def _ask(self, method: str, path: str, query: str, body: bytes) -> int:
        headers = {**self._headers, "content-length": str(len(body))}
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path,
            "raw_path": path.encode("utf-8", "replace"), "query_string": query.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        }  # fmt: skip
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        return next((int(one["status"]) for one in sent if one["type"] == "http.response.start"), 0)
