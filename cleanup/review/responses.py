"""Values and failures as answers; the files of the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
from starlette.responses import HTMLResponse, Response

from cleanup.archive.decided.entries import DecisionsError
from cleanup.archive.results import Unusable
from cleanup.model.fix import Message
from cleanup.review.desk import Stale
from cleanup.review.requests import Refused
from cleanup.review.scans import NoPicture
from cleanup.witness.pictures import Unreadable

_ASSETS = Path(__file__).parent / "assets"
_REPORT = Path(__file__).parent.parent / "reports" / "assets"
"""The page is dressed as the report is."""
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_GONE = Message(
    "找不到这一项；结果可能已更新，请刷新。", "It is not there; the results may have changed: reload."
)
_WRONG = Message("请求无法理解。", "The request cannot be understood.")
_CLOSED = {
    "token": (
        401,
        "请用 ocrfix review 打印的网址打开；该网址只能用一次，再次进入请重新运行 ocrfix review。",
        "Open the address that ocrfix review printed; it works once. To come in anew, start it again.",
    ),
    "password": (401, "请输入姓名和口令。", "Give your name and the password."),
    "wrong": (403, "姓名或口令不对；请稍候再试。", "Wrong name or password; wait a moment and try again."),
}


def answer(ask: Callable[[], Any]) -> Response:
    """What `ask` gives, as JSON; a sentence in both languages where it fails."""
    try:
        return _json(ask())
    except Refused as refused:
        return _json(refused.body, refused.code)
    except Stale as stale:
        return _json({"error": {"zh": stale.message.zh, "en": stale.message.en}, "now": stale.now}, 409)
    except (Unusable, DecisionsError) as error:
        return _json({"error": {"zh": error.message.zh, "en": error.message.en}}, 500)
    except (NoPicture, Unreadable) as error:
        return _json({"error": {"zh": error.message.zh, "en": error.message.en}}, 404)
    except (KeyError, OverflowError):  # no row has a number that SQLite cannot hold
        return _json({"error": {"zh": _GONE.zh, "en": _GONE.en}}, 404)
    except (msgspec.MsgspecError, ValueError):
        return _json({"error": {"zh": _WRONG.zh, "en": _WRONG.en}}, 422)


def picture(ask: Callable[[], tuple[bytes, str]]) -> Response:
    """A picture, (bytes, type) as `ask` gives it; a sentence where it fails."""
    found = list[tuple[bytes, str]]()
    failed = answer(lambda: found.append(ask()))
    return Response(found[0][0], media_type=found[0][1]) if found else failed


def closed(why: Literal["token", "password", "wrong"]) -> Response:
    """The closed door, with a form where a password opens it."""
    code, zh, en = _CLOSED[why]
    form = "" if why == "token" else _file("login.html").decode()
    page = _file("closed.html").decode().replace("{zh}", zh).replace("{en}", en).replace("{form}", form)
    return HTMLResponse(page, code)


def front_page() -> Response:
    """The page itself."""
    return HTMLResponse(_file("index.html"))


@cache
def assets() -> dict[str, tuple[bytes, str]]:
    """Every file that may be asked for: name → bytes and type."""
    files = [place for place in sorted(_ASSETS.iterdir()) if place.suffix in _TYPES]
    styles = [_REPORT / "report.css", _REPORT / "report-panel.css"]
    return {place.name: (place.read_bytes(), _TYPES[place.suffix]) for place in [*files, *styles]}


@cache
def _file(name: str) -> bytes:
    return (_ASSETS / name).read_bytes()


def _json(value: Any, code: int = 200) -> Response:
    return Response(msgspec.json.encode(value), code, media_type="application/json")
