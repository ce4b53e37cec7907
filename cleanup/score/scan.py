"""A text as the language model sees it: how probable each character is, from the left and from the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from string import ascii_letters
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from cleanup.score.ngram import BREAK, LARGEST, UNKNOWN, Ids, Levels, Ngrams, Reals
from cleanup.text.scripts import is_han

SIDE = 4
"""Characters of context on either side."""
FLOOR = -14.0
ROOM = 3
END, HAN, MARK, LATIN, DIGIT = range(5)
"""Kinds of character; the first is a line end."""
Kinds = NDArray[np.uint8]
Traits = NDArray[np.uint16]
_TRAITS = (
    "〇零一二三四五六七八九十百千万亿两", "0123456789０１２３４５６７８９",
    "“”‘’\"'《》〈〉（）()", "—－-―─–",
    "。！？；\n", "，。；：", "“《〈「", "”》〉」\n。", "“", "”", "。！？；”…", ascii_letters,
)  # fmt: skip
NUMERAL, NUMBER, QUOTE, DASH, STOP, PAUSE, OPENS, CLOSES, OPEN, CLOSE, FINAL, LETTER = (
    np.uint16(1 << at) for at in range(len(_TRAITS))
)
"""What a character may be besides its kind."""


@dataclass(frozen=True)
class Scan:
    """Row by row of `text`; the last row of `codes` and `kinds` is a line end behind it."""

    text: str
    codes: NDArray[np.uint32]
    kinds: Kinds
    ids: Ids
    levels: Sequence[Levels]
    """Of the runs of `pad(ids)`."""
    forward: Reals
    backward: Reals
    printed: NDArray[np.uint32] | None = None
    """How the text shows each of `codes`, where that is in traditional script: what looks alike there."""

    @cached_property
    def padded(self) -> Ids:
        return pad(self.ids)

    @cached_property
    def traits(self) -> Traits:
        """Of each of `codes`."""
        return traits(self.codes)

    @cached_property
    def sides(self) -> tuple[Reals, Reals]:
        """Log-probabilities from the left and from the right, row by row of `padded`."""
        edge = np.zeros(SIDE, dtype=np.float32)
        return np.concatenate((edge, self.forward, edge)), np.concatenate((edge, self.backward, edge))

    @cached_property
    def sums(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The sums of `sides` up to each row."""
        left, right = (running(side, np.float64) for side in self.sides)
        return left, right

    @cached_property
    def pairs(self) -> tuple[Ids, NDArray[np.uint64]]:
        """A number for each two neighbours, line ends at the edges; and a short one made of it."""
        row = self.padded[SIDE - 1 : SIDE + len(self.ids) + 1]
        keys = row[:-1] * LARGEST + row[1:]
        return keys, short(keys)

    @cached_property
    def quoted(self) -> NDArray[np.bool_]:
        """Whether each of `codes` stands within quotes or a book title."""
        at = np.arange(len(self.codes))
        opened = np.maximum.accumulate(np.where(self.traits & OPENS, at, -1))
        closed = np.maximum.accumulate(np.where(self.traits & CLOSES, at, -1))
        return np.asarray((opened > closed) & (at - opened < 29))

    @cached_property
    def around(self) -> Reals:
        """Mean log-probability of the ten characters on either side, without the nearest two."""
        mean = 0.5 * (np.maximum(self.forward, -12) + np.maximum(self.backward, -12))
        size = len(mean)
        # By place, from 12 before the text to 13 behind it: the sum up to there, and so many of the text.
        total = np.zeros(size + 26)
        np.cumsum(mean, dtype=np.float64, out=total[13 : 13 + size])
        total[13 + size :] = total[12 + size]
        many = np.zeros(size + 26, dtype=np.int64)
        many[12 : 13 + size] = np.arange(size + 1)
        many[13 + size :] = size
        sums, counts = (
            of[10 : 10 + size] - of[:size] + of[25 : 25 + size] - of[15 : 15 + size] for of in (total, many)
        )
        return np.asarray(sums / np.maximum(counts, 1), dtype=np.float32)

    @cached_property
    def floored(self) -> tuple[Reals, Reals]:
        """Log-probabilities from the left and from the right, none below FLOOR, with room at both ends."""
        both = np.zeros((2, len(self.ids) + 2 * ROOM), dtype=np.float32)
        for row, side in zip(both, (self.forward, self.backward), strict=True):
            np.maximum(side, FLOOR, out=row[ROOM : len(row) - ROOM])
        return both[0], both[1]


@lru_cache(maxsize=96)
def scan(text: str, model: Ngrams) -> Scan:
    """Log-probabilities of every character of `text` from the left and from the right. Those of the parts of
    the longest text that is read at once are kept, for two models."""
    codes = codes_of(text)
    ids = model.alphabet.ids(text)
    padded = pad(ids)
    levels = model.levels(padded)
    cut = slice(SIDE, SIDE + len(ids))
    forward, backward = model.forward(padded, levels)[cut], model.backward(padded, levels)[cut]
    return Scan(text, codes, kinds(codes), ids, levels, forward, backward)


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text, and a line end behind it."""
    return np.frombuffer((text + "\n").encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def chances(texts: Sequence[str], model: Ngrams) -> list[tuple[Reals, Reals]]:
    """For each of many short texts, what `scan` says of its characters from the left and from the right."""
    if not texts:
        return []
    rows = [pad(model.alphabet.ids(text)) for text in texts]
    padded = np.concatenate(rows)
    levels = model.levels(padded)
    forward, backward = model.forward(padded, levels), model.backward(padded, levels)
    found, start = [], 0
    for row in rows:
        cut = slice(start + SIDE, start + len(row) - SIDE)
        found.append((forward[cut], backward[cut]))
        start += len(row)
    return found


def pad(ids: Ids) -> Ids:
    """`ids` between line ends, with room for contexts."""
    edge = np.full(SIDE, UNKNOWN)
    padded = np.concatenate((edge, ids, edge))
    padded[[SIDE - 1, SIDE + len(ids)]] = BREAK
    return padded


def running(values: NDArray[Any], kind: DTypeLike) -> NDArray[Any]:
    """The sums of values up to each of them, and of all."""
    found = np.zeros(len(values) + 1, dtype=kind)
    np.cumsum(values, dtype=kind, out=found[1:])
    return found


def short(keys: Ids) -> NDArray[np.uint64]:
    """A number below 65,536 for each, mostly different."""
    return (keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(48)


def traits(codes: NDArray[np.uint32]) -> Traits:
    """What else each code point is."""
    return np.asarray(_traits()[np.minimum(codes, 0xFFFF)])


@cache
def _traits() -> Traits:
    table = np.zeros(0x10000, dtype=np.uint16)
    for at, chars in enumerate(_TRAITS):
        table[[ord(char) for char in chars]] |= np.uint16(1 << at)
    return table


def characters(codes: NDArray[np.uint32]) -> NDArray[np.str_]:
    """Each code point as a string of one character."""
    return np.ascontiguousarray(codes).view("<U1")


def among(codes: NDArray[np.uint32], chars: str) -> NDArray[np.bool_]:
    """Which code points are one of `chars`."""
    return np.asarray(_members(chars)[np.minimum(codes, 0xFFFF)])


@cache
def _members(chars: str) -> NDArray[np.bool_]:
    table = np.zeros(0x10000, dtype=bool)
    table[[ord(char) for char in chars]] = True
    return table


def kinds(codes: NDArray[np.uint32]) -> Kinds:
    """What kind of character each code point is."""
    return np.asarray(_kinds()[codes])


def kind(char: str) -> int:
    """What kind of character it is."""
    if is_han(char):
        return HAN
    if char == "\n":
        return END
    if char.isdigit():
        return DIGIT
    return LATIN if char.isalpha() else MARK


@cache
def _kinds() -> Kinds:
    """Kinds of all characters."""
    table = np.full(0x110000, MARK, dtype=np.uint8)
    for low, high in ((0x4E00, 0xA000), (0x3400, 0x4DC0), (0xF900, 0xFB00), (0x20000, 0x323B0)):
        table[low:high] = HAN
    table[[ord(char) for char in "〇々"]] = HAN
    rest = [*range(0x3005), *range(0x3008, 0x3400), *range(0xA000, 0xAC00), *range(0xFB00, 0x10000)]
    chars = characters(np.array(rest, dtype=np.uint32))
    table[rest] = np.select([np.char.isdigit(chars), np.char.isalpha(chars)], [DIGIT, LATIN], MARK)
    table[ord("\n")] = END
    table[0xAC00:0xD7A4] = LATIN
    return table
