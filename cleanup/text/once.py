"""What all texts and all threads of a process share: it never changes, and is made once only."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from threading import RLock
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")
Maker = TypeVar("Maker", bound=Callable[..., Any])


_made: list[Callable[[], None]] = []
"""How to forget what each `once` has made."""


def forget() -> None:
    """Let everything be made anew that is made once: then it shows what who asks for it reads."""
    for forgotten in _made:
        forgotten()


def once(make: Maker) -> Maker:
    """`functools.cache`, but that threads which ask first at the same time get the same thing, made once."""
    lock, made = RLock(), dict[tuple[Any, ...], Any]()

    @wraps(make)
    def first(*asked: Any) -> Any:
        with lock:
            if asked not in made:
                made[asked] = make(*asked)
            return made[asked]

    kept = cache(first)
    _made.extend((made.clear, kept.cache_clear))
    return cast(Maker, kept)


def in_turn(make: Maker) -> Maker:
    """One thread at a time, where a cache below it would have the same thing made twice."""
    lock = RLock()

    @wraps(make)
    def waiting(*asked: Any) -> Any:
        with lock:
            return make(*asked)

    return cast(Maker, waiting)


class Same(Generic[T]):
    """A value as one thing, equal to itself alone: to compare long lists would cost more than to use them."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value
