"""The wording of a text, as formulas are counted and looked for: what differs from day to day is a slot.

Spaces and straight quotes are left out; half-width marks count as full ones; a number is one 0, Latin
letters are one a, an ordinal is 第0, the name of a province is ◇. Traditional script is put into
simplified script before.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleanup.text import signs

Codes = NDArray[np.uint16]
NUMBER, LATIN, PLACE = "0", "a", "◇"
SLOTS = frozenset(NUMBER + LATIN + PLACE)
_DIGITS = "0123456789０１２３４５６７８９"
_LETTERS = "".join(chr(at + case) for at in range(26) for case in (0x41, 0x61, 0xFF21, 0xFF41))
_WIDE = dict(zip(",;:?!()%[]", "，；：？！（）％［］", strict=True))
_NONE = ' \t\r\u3000\u00a0"'
_POINTS = ".．,，"
_NUMERALS = frozenset("一二三四五六七八九十百零〇")
_PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "江苏", "浙江",
    "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "四川", "贵州",
    "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Wording:
    """Characters and slots of a text; a line end stands where paragraphs part."""

    codes: Codes
    places: NDArray[np.int64]
    """Where each stands in the text; behind the last, where the text ends."""


def wording(text: str) -> Wording:
    """The wording of `text` in simplified script."""
    codes = _table()[np.minimum(signs.codes(text), signs.LAST)]
    keep = codes != 0
    _shorten(codes, keep, ord(NUMBER), _table()[[ord(char) for char in _POINTS]])
    _shorten(codes, keep, ord(LATIN))
    _ordinals(text, codes, keep)
    _places(text, codes, keep)
    places = np.flatnonzero(keep)
    return Wording(codes[places], np.append(places, len(text)))


def shown(codes: Codes) -> str:
    """A wording as a string."""
    return codes.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")


def _shorten(codes: Codes, keep: NDArray[np.bool_], char: int, points: Codes | None = None) -> None:
    """Leave one of a run of `char`; `points` between two of them belong to the run."""
    same = codes == char
    if not same.any():
        return
    if points is not None:
        inner = np.zeros(len(codes), dtype=bool)
        inner[1:-1] = same[:-2] & same[2:]
        places = np.flatnonzero(inner & ~same)
        places = places[np.isin(codes[places], points)]
        same[places] = True
        keep[places] = False
    keep[1:] &= ~(same[1:] & same[:-1])


def _ordinals(text: str, codes: Codes, keep: NDArray[np.bool_]) -> None:
    for at in np.flatnonzero(codes == ord("第")).tolist():
        end = at + 1
        while end < len(text) and text[end] in _NUMERALS:
            end += 1
        if end > at + 1:
            codes[at + 1] = ord(NUMBER)
            keep[at + 2 : end] = False


def _places(text: str, codes: Codes, keep: NDArray[np.bool_]) -> None:
    first, second = _province_table()
    for at in np.flatnonzero(first[codes[:-1]] & second[codes[1:]]).tolist():
        for size in (2, 3):
            if text[at : at + size] in _PROVINCE_SET:
                codes[at] = ord(PLACE)
                keep[at + 1 : at + size] = False


_PROVINCE_SET = frozenset(_PROVINCES)


@cache
def _province_table() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    first, second = np.zeros((2, signs.LAST + 1), dtype=bool)
    first[[ord(name[0]) for name in _PROVINCES]] = True
    second[[ord(name[1]) for name in _PROVINCES]] = True
    return first, second


@cache
def _table() -> Codes:
    """What each character counts as; 0: it is left out."""
    table = np.arange(signs.LAST + 1, dtype=np.uint16)
    table[[ord(char) for char in _NONE]] = 0
    table[[ord(char) for char in _DIGITS]] = ord(NUMBER)
    table[[ord(char) for char in _LETTERS]] = ord(LATIN)
    for half, full in _WIDE.items():
        table[ord(half)] = ord(full)
    table[ord("\f")] = ord("\n")
    return table
