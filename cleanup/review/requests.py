"""What the page may ask: requests as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec
from starlette.requests import Request

from cleanup.model.errors import OcrfixError
from cleanup.model.fix import Message
from cleanup.review.query import Filter

if TYPE_CHECKING:
    from cleanup.review.desk import Desk

LONGEST = 2000
"""Characters of a text that a person writes."""


class Refused(OcrfixError):
    """The request cannot be done."""

    def __init__(self, code: int, message: Message, **more: Any) -> None:
        super().__init__(message.zh, message.en)
        self.args = (code, message)
        self.code = code
        self.body = {"error": {"zh": message.zh, "en": message.en}, **more}


class Decide(msgspec.Struct, forbid_unknown_fields=True):
    item: int
    verdict: Literal["accepted", "rejected", "edited"]
    seen: str
    text: str = ""


class Batch(msgspec.Struct, forbid_unknown_fields=True):
    filter: Filter
    verdict: Literal["accepted", "rejected"]
    expected: int
    without: list[int] = []
    opposite: bool = False
    everywhere: bool = False


class Undo(msgspec.Struct, forbid_unknown_fields=True):
    batch: str | None = None


class Word(msgspec.Struct, forbid_unknown_fields=True):
    word: str


class Pair(msgspec.Struct, forbid_unknown_fields=True):
    wrong: str
    right: str


class Person(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    title: str = ""
    organization: str = ""
    aliases: str = ""


class Note(msgspec.Struct, forbid_unknown_fields=True):
    item: int
    text: str


def take(body: bytes, kind: type[msgspec.Struct], *names: str) -> tuple[Any, ...]:
    """Fields of a JSON body; raises msgspec.MsgspecError where it is another kind of thing."""
    built = msgspec.json.decode(body, type=kind)
    values = tuple(getattr(built, name) for name in names)
    for value in values:
        if isinstance(value, str) and len(value) > LONGEST:
            raise Refused(
                413, Message(f"文字过长（上限 {LONGEST}）。", f"The text is too long (at most {LONGEST}).")
            )
    return values


def solid(text: str) -> str:
    """A word without spaces around it; raises Refused where nothing is left or lines break in it."""
    text = text.strip()
    if not text or any(char in text for char in "\n\r\t"):
        raise Refused(422, Message("请填写一个词，不换行。", "Give one word, on one line."))
    return text


def phrase(text: str) -> str:
    """A word of two characters or more: a single one stands right in many places."""
    text = solid(text)
    if len(text) < 2:
        raise Refused(
            422, Message("至少两个字；单字会误伤别处。", "Give two characters or more: one would hit others.")
        )
    return text


def introduce(desk: Desk, body: bytes) -> dict[str, Any]:
    """Somebody for the roster."""
    person = msgspec.json.decode(body, type=Person)
    fields = {name: str(getattr(person, name)).strip() for name in Person.__struct_fields__}
    fields["name"] = solid(fields["name"])
    return desk.introduce(fields)


def wanted(request: Request) -> Filter:
    """The filter in a request's address; raises msgspec.MsgspecError."""
    given = {name: value for name, value in request.query_params.items() if name in Filter.__struct_fields__}
    return msgspec.convert(given, Filter, strict=False)


def number(request: Request, name: str, default: int | None = None) -> int:
    """A number in a request's address; raises ValueError where it is missing."""
    value = request.query_params.get(name)
    if value is None and default is not None:
        return default
    return max(0, int(value or ""))
