"""What Chinese personal names are made of, and how likely a run of characters is somebody's name."""

from __future__ import annotations

import json
from functools import lru_cache
from math import exp, log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleanup.data.files import DataError, path, rows
from cleanup.text.once import once

_UNSEEN_CHAR, _NO_SURNAME, _RARE_SURNAME, _LISTED_SURNAME = 1e-7, 1e-8, 2e-6, 4e-4
_SINGLE_SHARE, _PAIR_SHARE = 0.2, 0.3
"""How many given names have one character; how much an attested pair counts beside its characters."""
_UNSEEN = (_UNSEEN_CHAR, _UNSEEN_CHAR, _UNSEEN_CHAR)
_COMMON_RANK = 100
"""Surnames up to this rank are tried by `namesakes`: nine in ten people bear one of them."""
NO_NAME = -26.0
"""Nothing is less likely a name than this."""


@once
def surnames() -> dict[str, int]:
    """Surnames, single and compound, with their ranks."""
    return {surname: int(rank) for surname, rank in rows("names/surnames.tsv", 2)}


@once
def listed() -> frozenset[str]:
    """The surnames of the list: one set, built once."""
    return frozenset(surnames())


@once
def _rare_surnames() -> frozenset[str]:
    return frozenset(surname for (surname,) in rows("names/surnames-rare.tsv", 1))


def is_surname(char: str) -> bool:
    """Whether families bear `char` as their name, however few."""
    return char in surnames() or char in _rare_surnames()


@once
def given() -> dict[str, float]:
    """Character → occurrences per 10,000 characters of given names."""
    return {char: float(count) for char, count in rows("names/given.tsv", 2)}


@once
def _characters() -> dict[str, tuple[float, float, float]]:
    """Character → probability as first, second and single character of a given name."""
    table = rows("names/characters.tsv", 4)
    return {row[0]: (float(row[1]) / 1e6, float(row[2]) / 1e6, float(row[3]) / 1e6) for row in table}


@once
def _pairs() -> dict[str, float]:
    """Given name of two characters → probability, where people bear it."""
    return {pair: float(count) / 1e6 for pair, count in rows("names/pairs.tsv", 2)}


@once
def _foreign_parts() -> frozenset[str]:
    return frozenset(part for (part,) in rows("names/minorities.tsv", 1))


def is_of_minority(name: str) -> bool:
    """Whether `name` is made of what Tibetan, Mongolian, Uygur or Yi names are made of."""
    return any(name[at : at + 2] in _foreign_parts() for at in range(len(name) - 1))


def likelihood(name: str) -> float:
    """Log probability that a person drawn by chance bears `name`; NO_NAME for what nobody is called."""
    best = NO_NAME
    for size in (1, 2):
        if 1 <= len(name) - size <= 2 and (size == 1 or name[:2] in surnames()):
            best = max(best, _surname(name[:size]) + _given(name[size:]))
    return best


def _surname(surname: str) -> float:
    rank = surnames().get(surname)
    if rank is None:
        return log(_RARE_SURNAME if surname in _rare_surnames() else _NO_SURNAME)
    return log(max(_LISTED_SURNAME, 0.1 * exp(-1.76 * log(1 + 0.12 * rank))))


def share(name: str, place: int) -> float:
    """Log probability of the character at `place` of a name of its length, behind a single surname."""
    if place == 0:
        return _surname(name[0])
    return log(_characters().get(name[place], _UNSEEN)[2 if len(name) == 2 else min(place, 2) - 1])


def bearers(given: str) -> float:
    """How many in a million bear this given name of two characters, as far as it is attested."""
    return 1e6 * _pairs().get(given, 0.0)


def _given(given: str) -> float:
    unseen = _UNSEEN
    if len(given) == 1:
        return log(_SINGLE_SHARE * _characters().get(given, unseen)[2])
    apart = _characters().get(given[0], unseen)[0] * _characters().get(given[1], unseen)[1]
    joint = (1 - _PAIR_SHARE) * apart + _PAIR_SHARE * _pairs().get(given, 0.0)
    return log((1 - _SINGLE_SHARE) * joint)


@once
def _titles() -> NDArray[np.uint32]:
    """CRC-32 of titles of articles that begin with a surname, sorted."""
    file = path("names/titles.bin")
    data = file.read_bytes()
    head = data.find(b"\n") + 1
    try:
        count = int(json.loads(data[:head])["titles"])
        return np.frombuffer(data, dtype="<u4", offset=head, count=count)
    except (ValueError, KeyError, TypeError):
        raise DataError(
            f"{file} 已损坏；请重新安装 ocrfix。", f"{file} is not a table of titles; reinstall ocrfix."
        ) from None


@once
def _common_surnames() -> tuple[str, ...]:
    return tuple(surname for surname, rank in surnames().items() if rank <= _COMMON_RANK)


def is_title(name: str) -> bool:
    """Whether an encyclopedia has an article of that name: of a person mostly, or a place, or a work."""
    return bool(_among_titles([name])[0])


@lru_cache(maxsize=50_000)
def namesakes(name: str) -> int:
    """How many common surnames, but for its own, stand before the same given name in such titles."""
    return int(_among_titles([one + name[1:] for one in _common_surnames() if one != name[0]]).sum())


def _among_titles(names: list[str]) -> NDArray[np.bool_]:
    digests = np.array([crc32(name.encode()) for name in names], dtype=np.uint32)
    titles = _titles()
    return np.asarray(titles[np.minimum(np.searchsorted(titles, digests), len(titles) - 1)] == digests)
