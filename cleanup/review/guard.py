"""Who may speak to the review server: one machine, one token, the page's own requests, and nothing else.

Every request passes here first: Host (against DNS rebinding), Origin and a secret header (against requests
that other pages forge), a session cookie; every answer carries a policy under which no foreign script runs.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
import time
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 4_000_000
"""Bytes of a request."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with "no-referrer" forms would send no Origin
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_OPEN = ("/", "/login", "/assets/report.css", "/assets/review.css")
"""What may be asked for before one has a session."""
_PAUSE = 1.0
"""Seconds between two wrong passwords."""


@dataclass
class Session:
    """Somebody who came in."""

    who: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Door:
    """Sessions, the one-time token, and the password where one is set."""

    def __init__(self, host: str, port: int, who: str, password: str | None = None) -> None:
        self.port = port
        self.who = who
        self.cookie = f"ocrfix-{port}"  # cookies do not know ports
        self.token = secrets.token_urlsafe(24) if password is None else ""
        self._password = password
        self._sessions: dict[str, Session] = {}
        self._next_try = 0.0
        self._any_address = host in ("0.0.0.0", "::")
        self._names = {"localhost", "127.0.0.1", "::1", host.lower()}
        if self._any_address:
            self._names.add(socket.gethostname().lower())

    @property
    def wants_password(self) -> bool:
        return self._password is not None

    def enter(self, token: str) -> str | None:
        """The secret of a new session for the one-time token; None where it is wrong or used."""
        if not self.token or not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        self.token = ""
        return self._new(self.who)

    def log_in(self, who: str, password: str) -> str | None:
        """The secret of a new session for a name and the password."""
        if self._password is None or time.monotonic() < self._next_try:
            return None
        if not hmac.compare_digest(password.encode(), self._password.encode()) or not who.strip():
            self._next_try = time.monotonic() + _PAUSE
            return None
        return self._new(who.strip()[:80])

    def session(self, headers: Headers) -> Session | None:
        """The session that a request's cookie names."""
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return None
        return self._sessions.get(cookie.value) if cookie else None

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        name = name.strip("[]").lower()
        if port != str(self.port):
            return False
        if name in self._names:
            return True
        try:
            return self._any_address and bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def _new(self, who: str) -> str:
        secret = secrets.token_urlsafe(32)
        self._sessions[secret] = Session(who)
        return secret


class Guard:
    """Lets pass what the door lets in."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._door.knows(host):
            return PlainTextResponse("421: this server has another name", 421)
        changes = scope["method"] not in ("GET", "HEAD")
        origin = headers.get("origin")
        if (origin is None and changes) or (origin is not None and origin != f"http://{host}"):
            return PlainTextResponse("403: a page from elsewhere may not ask this", 403)
        size = headers.get("content-length", "")
        if changes and not (size.isascii() and size.isdigit() and len(size) < 12 and int(size) <= LARGEST):
            return PlainTextResponse("413: too large", 413)
        session = self._door.session(headers)
        scope["session"] = session
        if scope["path"] in _OPEN:
            return None
        if session is None:
            return PlainTextResponse("401: open the address that ocrfix review printed", 401)
        if changes:
            said = headers.get("x-ocrfix", "")
            if not hmac.compare_digest(said.encode(), session.csrf.encode()):
                return PlainTextResponse("403: the request is not from the page", 403)
            if headers.get("content-type", "").partition(";")[0] != "application/json":
                return PlainTextResponse("415: JSON is expected", 415)
        return None
