"""How alike any two characters look, near or far: short vectors of models/glyphs.bin."""

from __future__ import annotations

import json
from array import array
from functools import cache
from operator import mul
from typing import NamedTuple

from cleanup.data import characters, files, names

FAR = -9.0
"""For a character that has no vector."""
_BASE, _RARITY, _NEAR, _NEARER, _FAR, _COMMON = -15.8, -0.84, 1.4, 0.146, 0.42, 0.23
"""A logistic model of "misread, not another name", fitted to confusions of engines and to pairs of real
names: constant; per nat of the shown name; listed look-alike; each point of likeness above 60;
nearness of the vectors; per nat of how common the character read is."""


class _Model(NamedTuple):
    places: dict[str, int]
    units: tuple[float, ...]
    table: array[int]


@cache
def _model() -> _Model:
    data = files.path("models/glyphs.bin").read_bytes()
    head, _, body = data.partition(b"\n")
    try:
        meta = json.loads(head)
        chars, units = meta["chars"], tuple(meta["units"])
    except (ValueError, KeyError, TypeError):
        chars, units = "", ()
    if not units or len(body) != len(chars) * len(units):
        raise files.DataError(
            "字形模型文件损坏；请重新安装 ocrfix。", "models/glyphs.bin is broken; reinstall ocrfix."
        )
    return _Model({char: at for at, char in enumerate(chars)}, units, array("b", body))


_MINORITY = 5.0
_STRANGE = -19.0
"""Below this the right name itself is strange to the model (才让太): it cannot judge others either."""


def nearness(one: str, two: str) -> float:
    """How alike two characters look, from about -3 (nothing in common) to 9 (twins)."""
    model = _model()
    first, second = model.places.get(one), model.places.get(two)
    if first is None or second is None:
        return FAR
    size = len(model.units)
    left = model.table[first * size : (first + 1) * size]
    right = model.table[second * size : (second + 1) * size]
    return float(sum(map(mul, model.units, map(mul, left, right))))


def misread_odds(shown: str, name: str, place: int) -> float:
    """Log odds that `shown` is `name` with the character at `place` misread, and not another person."""
    from math import log

    wrong, right = shown[place], name[place]
    likeness = characters.likeness(wrong, right)
    odds = _BASE + _RARITY * names.likelihood(shown) + _COMMON * log(characters.common().get(wrong, 0.05))
    odds += _FAR * max(-12.0, nearness(wrong, right))
    if likeness >= 60:
        odds += _NEAR + _NEARER * (likeness - 60)
    odds -= _MINORITY * names.is_of_minority(shown)
    return odds - 0.4 * max(0.0, _STRANGE - names.likelihood(name))
