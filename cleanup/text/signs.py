"""The characters of a text as numbers, and which of all characters it holds: counted once for all who ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

LAST = 0xFFFF
"""Stands for every character from U+FFFF on."""


@lru_cache(maxsize=4)
def codes(text: str) -> NDArray[np.uint32]:
    """The code points of `text`."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@lru_cache(maxsize=4)
def cells(chars: str) -> NDArray[np.uint32]:
    """Where `held` tells of each of `chars`."""
    return np.minimum(codes(chars), LAST)


@lru_cache(maxsize=4)
def held(text: str) -> NDArray[np.bool_]:
    """For each code point up to LAST, whether it stands in `text`."""
    found = np.zeros(LAST + 1, dtype=np.bool_)
    found[cells(text)] = True
    return found


@cache
def table(chars: str) -> NDArray[np.bool_]:
    """For each cell whether it is that of one of `chars`."""
    found = np.zeros(LAST + 1, dtype=np.bool_)
    found[cells(chars)] = True
    return found


def places(text: str, chars: str) -> list[int]:
    """Where any of `chars` stands."""
    found: list[int] = np.flatnonzero(table(chars)[cells(text)]).tolist()
    return found


def matches(pattern: re.Pattern[str], text: str, chars: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds, where every match begins with one of `chars`, and few places do."""
    end = 0
    for at in places(text, chars):
        if at >= end and (match := pattern.match(text, at)):
            yield match
            end = match.end()


def touch(text: str, one: str, two: str) -> bool:
    """Whether any character of `one` stands next to any of `two`."""
    here = cells(text)
    first, second = table(one)[here], table(two)[here]
    return bool((first[1:] & second[:-1]).any() or (first[:-1] & second[1:]).any())
