"""The local server of the review page: its files, what it asks, what it decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cleanup.archive.decided.decisions import Store
from cleanup.model.fix import Lang, Message
from cleanup.model.journal import Policy
from cleanup.reports.words import table
from cleanup.review import query, rates
from cleanup.review.desk import Desk
from cleanup.review.guard import Door, Guard, Session
from cleanup.review.index import Index
from cleanup.review.pages import Pages
from cleanup.review.requests import (
    Batch,
    Decide,
    Note,
    Pair,
    Refused,
    Undo,
    Word,
    introduce,
    number,
    phrase,
    solid,
    take,
    wanted,
)  # fmt: skip
from cleanup.review.responses import answer, assets, closed, front_page, picture
from cleanup.review.scans import Scans
from cleanup.review.words import WORDS
from cleanup.version import VERSION


class Application:
    """The answers; one index, one store (None: nobody may decide), many people."""

    def __init__(
        self, index: Index, store: Store | None, door: Door, policy: Policy, lang: Lang, read_only: bool
    ) -> None:
        self.index = index
        self.store = store
        self.door = door
        self.policy = policy
        self.lang = lang
        self.read_only = read_only or store is None
        self.pages = Pages(index)
        self.scans = Scans(index, self.pages)
        get: dict[str, Callable[[Request], Any]] = {
            "hello": self.hello, "overview": lambda _: query.overview(index), "patterns": self.patterns,
            "ids": self.ids, "items": self.items, "count": self.count, "page": self.page,
            "choices": lambda r: self.pages.choices(number(r, "item")), "said": self.said,
            "rules": self.rules, "history": lambda _: self.history(), "pulse": self.pulse,
        }  # fmt: skip
        post: dict[str, Callable[[Desk, bytes], Any]] = {
            "decide": lambda d, b: d.decide(*take(b, Decide, "item", "verdict", "text", "seen")),
            "batch": lambda d, b: d.batch(
                *take(b, Batch, "filter", "verdict", "without", "opposite", "everywhere", "expected")
            ),
            "undo": lambda d, b: d.undo(*take(b, Undo, "batch")),
            "protect": lambda d, b: d.protect(phrase(*take(b, Word, "word"))),
            "learn": lambda d, b: d.learn(phrase(*take(b, Pair, "wrong")), solid(*take(b, Pair, "right"))),
            "introduce": introduce,
            "note": lambda d, b: d.note(*take(b, Note, "item", "text")),
        }
        routes = [
            Route("/", self.front),
            Route("/login", self.login, methods=["POST"]),
            Route("/assets/{name}", self.asset),
            Route("/api/scan", lambda r: answer(lambda: self.scan(r))),
            Route("/api/crop", lambda r: answer(lambda: self.crop(r))),
            Route("/picture/scan", self.picture_of_scan),
            Route("/picture/crop", self.picture_of_crop),
            *(Route(f"/api/{name}", self._answer(ask)) for name, ask in get.items()),
            *(Route(f"/api/{name}", self._change(do), methods=["POST"]) for name, do in post.items()),
        ]
        self.app = Starlette(routes=routes, middleware=[Middleware(Guard, door=door)])

    def front(self, request: Request) -> Response:
        """The page; or, with the token, a session; or the way in."""
        if token := request.query_params.get("token"):
            secret = self.door.enter(token)
            return self._come_in(secret) if secret else closed("token")
        if request.scope["session"] is None:
            return closed("password" if self.door.wants_password else "token")
        return front_page()

    async def login(self, request: Request) -> Response:
        """Name and password from the form of the closed door."""
        from urllib.parse import parse_qs

        fields = parse_qs((await request.body())[:2000].decode("utf-8", "replace"))
        secret = self.door.log_in(fields.get("who", [""])[0], fields.get("password", [""])[0])
        return self._come_in(secret) if secret else closed("wrong")

    def asset(self, request: Request) -> Response:
        """A file of the page, by its name in a fixed list."""
        found = assets().get(request.path_params["name"])
        return Response(found[0], media_type=found[1]) if found else Response(status_code=404)

    def scan(self, request: Request) -> dict[str, Any]:
        """The picture of a page, in words."""
        return self.scans.about(number(request, "file"), number(request, "scan"))

    def picture_of_scan(self, request: Request) -> Response:
        """The picture itself."""
        return picture(
            lambda: (
                self.scans.picture(*(number(request, name) for name in ("file", "scan", "size"))),
                "image/jpeg",
            )
        )

    def crop(self, request: Request) -> dict[str, Any]:
        """The line of the scan that a record stands in, in words."""
        item = number(request, "item")
        found = self.scans.crop(item)
        if not found.crops:
            return {}
        [one], [spot] = found.crops, found.spots.values()
        return {"width": one.width, "height": one.height, "spot": astuple(spot.box)}

    def picture_of_crop(self, request: Request) -> Response:
        """The picture of that line."""

        def found() -> tuple[bytes, str]:
            [one] = self.scans.crop(number(request, "item")).crops
            return one.data, one.kind

        return picture(found)

    def hello(self, request: Request) -> dict[str, Any]:
        """All that the page needs to begin."""
        session: Session = request.scope["session"]
        words = {
            lang: {**table(lang), **{key: message.text(lang) for key, message in WORDS.items()}}
            for lang in ("zh", "en")
        }
        return {
            "csrf": session.csrf, "who": session.who, "lang": self.lang, "words": words,
            "readOnly": self.read_only, "tool": f"ocrfix {VERSION}", "out": str(self.index.out),
            "overview": query.overview(self.index), "version": self._version,
        }  # fmt: skip

    def patterns(self, request: Request) -> dict[str, Any]:
        """A stretch of the list of patterns."""
        order = request.query_params.get("order", "gain")
        if order not in query.PATTERN_ORDERS:
            raise KeyError(order)
        offset, limit = number(request, "offset", 0), min(200, number(request, "limit", 50))
        return query.patterns(self.index, wanted(request), order, offset, limit)

    def ids(self, request: Request) -> dict[str, Any]:
        """The ids of a list."""
        order = request.query_params.get("order", "place")
        if order not in query.ORDERS:
            raise KeyError(order)
        return {"ids": query.ids(self.index, wanted(request), order), "version": self._version}

    def items(self, request: Request) -> dict[str, Any]:
        """Records by id."""
        some = [int(part) for part in request.query_params.get("ids", "").split(",") if part][:500]
        return {"items": query.items(self.index, some)}

    def count(self, request: Request) -> dict[str, Any]:
        """How many a stroke would decide."""
        places, contents, issues = query.count(self.index, wanted(request))
        return {"places": places, "contents": contents, "issues": issues}

    def page(self, request: Request) -> dict[str, Any]:
        """Text of a page with its changes in place."""
        record = request.query_params.get("record")
        start = request.query_params.get("start")
        return self.pages.page(
            number(request, "file"), int(record) if record else None, int(start) if start else None
        )

    def said(self, request: Request) -> dict[str, Any]:
        """What people said of a key."""
        key = request.query_params.get("key", "")
        return {"said": Desk(self.index, self.store, "").said(key) if self.store else []}

    def rules(self, request: Request) -> dict[str, Any]:
        """Accept rates of the rules, and what they prove at a precision."""
        precision = min(0.9999, max(0.5, float(request.query_params.get("precision", rates.PRECISION))))
        batches = request.query_params.get("batches") == "1"
        rows = rates.judged(self.store) if self.store else []
        found = rates.by_rule(rows)
        shown = query.rules(self.index)
        return {
            "rules": [
                {"rule": rule, "counts": counts, "single": found.get(rule, (None, None))[0],
                 "all": found.get(rule, (None, None))[1]}
                for rule, counts in shown.items()
            ],
            "proposals": rates.propose(rows, self.policy, precision, batches),
            "needed": rates.needed(precision),
        }  # fmt: skip

    def history(self) -> dict[str, Any]:
        """What was decided last, and what people disagree on."""
        if self.store is None:
            return {"strokes": [], "contested": []}
        contested = [
            {"key": key, "said": [msgspec.to_builtins(entry) for entry in said],
             "item": next((item for item, _ in query.states(self.index, [key])), None)}
            for key, said in self.store.contested().items()
        ]  # fmt: skip
        return {
            "strokes": [
                msgspec.to_builtins(s._asdict())
                | {"places": query.places(self.index, self.store.keys(s.batch))}
                for s in self.store.strokes()
            ],
            "contested": contested,
        }

    def pulse(self, request: Request) -> dict[str, Any]:
        """What other windows decided since a version."""
        since, now = number(request, "since"), self._version
        if since == now or self.store is None:
            return {"version": now, "changed": []}
        self.index.sync()
        keys = [key for key, _, _ in self.store.changed(since)]
        return {"version": now, "changed": query.states(self.index, keys[:500]), "reload": len(keys) > 500}

    @property
    def _version(self) -> int:
        return self.store.version if self.store else 0

    def _come_in(self, secret: str) -> Response:
        back = RedirectResponse("/", 303)
        back.set_cookie(self.door.cookie, secret, httponly=True, samesite="strict", path="/")
        return back

    def _answer(self, ask: Callable[[Request], Any]) -> Callable[[Request], Response]:
        def endpoint(request: Request) -> Response:
            with self.index.lock:
                return answer(lambda: ask(request))

        return endpoint

    def _change(self, do: Callable[[Desk, bytes], Any]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            from starlette.concurrency import run_in_threadpool

            body = await request.body()
            return await run_in_threadpool(answer, lambda: do(self._desk(request.scope["session"].who), body))

        return endpoint

    def _desk(self, who: str) -> Desk:
        if self.read_only or self.store is None:
            sentence = Message("只读方式，不能决定。", "This is read-only; nothing can be decided.")
            raise Refused(403, sentence)
        return Desk(self.index, self.store, who)
