"""Counts runs of characters in any amount of text and writes them as an n-gram model.

Order by order, in chunks: memory is bounded by the number of different runs kept while counting; those seen
least are let go when there are more. Of a length that is counted, only what may have room in the model
is kept. The same files and bounds give the same model, byte for byte.
"""

from __future__ import annotations

import io
import json
import lzma
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleanup.score.ngram import BREAK, LARGEST, ORDER, STEP, Alphabet, slots

Keys = NDArray[np.uint64]
Weights = NDArray[np.float32]
Told = Callable[[str], None]
Read = Callable[[int], None]
"""Hears how many bytes of the sources were read since it was last told."""
PASSES = 6
"""How often the sources are read."""
LICENCE = "CC0-1.0 (counts only; no text of the sources)"
CHUNK = 1 << 22
"""Characters read at a time."""
FIXED = 400_000_000
"""Bytes that the program and a chunk take."""
EACH = 75
"""Bytes that a run takes while a length is counted, at most."""
RISE = (0.6, 1.0, 1.4, 1.8)
"""How much more often than the least a run of 2, 3, 4 and 5 characters must stand."""
LOAD = 1.23
HELD, FADE = (3.6, 2.1, 1.9, 1.5), (0.35, 0.28, 0.21, 0.22)
"""How much of a context seen once is left for what never followed it, and how that fades with its count."""
Convert = Callable[[str], str]


@dataclass(frozen=True)
class Source:
    """A text file (plain or .xz, UTF-8) and how much one occurrence in it counts."""

    file: Path
    weight: float = 1.0
    convert: Convert | None = None


def train(
    sources: Sequence[Source],
    size: int,
    provenance: str,
    told: Told = lambda _: None,
    read: Read = lambda _: None,
    memory: int = 4_500_000_000,
) -> bytes:
    """The model file of `sources`, at most `size` bytes, counted within about `memory` bytes."""
    told("characters")
    alphabet, singles = _alphabet(sources, read)
    room = int((size - 200_000) / 2 / LOAD)
    most = max((memory - FIXED - 3 * room * 12) // EACH, 1_000)
    found: list[tuple[Keys, Weights]] = []
    for order in range(2, ORDER + 1):
        told(f"runs of {order}")
        found.append(_fitting(*_count(sources, alphabet, order, most, read), room))
    least = _least(found, room)
    told(f"least {least:.2f}")
    kept = []
    for (keys, weights), rise in zip(found, RISE, strict=True):
        keep = weights >= least * rise
        kept.append((keys[keep], weights[keep]))
        told(f"{keep.sum()} of {len(keep)} runs kept")
    del found
    third = int(sum(len(keys) for keys, _ in kept) * LOAD / 3) + 32
    cells = _table(kept, third, told)
    head = {
        "kind": "runs of characters",
        "source": provenance,
        "licence": LICENCE,
        "third": third,
        "held": HELD,
        "fade": FADE,
        "least": round(least, 3),
        "runs": [len(keys) for keys, _ in kept],
        "chars": alphabet.chars,
        "counts": [round(float(x), 2) for x in np.log(np.maximum(singles[2:], 1.0))],
    }
    line = json.dumps(head, ensure_ascii=False).encode()
    line += b" " * (-(len(line) + 1) % 64)  # the cells begin where memory is read fastest
    return line + b"\n" + cells.astype("<u2").tobytes()


def chunks(source: Source, read: Read = lambda _: None) -> Iterator[str]:
    """The text of a file, cut at line ends."""
    with source.file.open("rb") as raw:
        packed = lzma.open(raw) if source.file.suffix == ".xz" else raw  # noqa: SIM115  closed with `raw`
        stream = io.TextIOWrapper(packed, "utf-8", "replace")
        rest, before = "", 0
        while block := stream.read(CHUNK):
            read(raw.tell() - before)
            before = raw.tell()
            cut = block.rfind("\n") + 1
            text, rest = rest + block[:cut], block[cut:]
            yield source.convert(text) if source.convert else text
        if rest:
            yield source.convert(rest) if source.convert else rest


def _alphabet(sources: Sequence[Source], read: Read) -> tuple[Alphabet, NDArray[np.float64]]:
    marks: dict[str, float] = {}
    for source in sources:
        for text in chunks(source, read):
            for char, count in Counter(text).items():
                marks[char] = marks.get(char, 0.0) + count * source.weight
    for char in [c for c in marks if c.isspace() or (c.isascii() and c.isalnum())]:
        del marks[char]
    order = sorted(marks, key=lambda char: (-marks[char], char))[: LARGEST - 4]
    alphabet = Alphabet("0a" + "".join(order))
    singles = np.zeros(len(alphabet))
    for source in sources:
        for text in chunks(source, read):
            singles += np.bincount(alphabet.stream(text), minlength=len(alphabet)) * source.weight
    return alphabet, singles


def _count(
    sources: Sequence[Source], alphabet: Alphabet, order: int, most: int, read: Read
) -> tuple[Keys, Weights]:
    keys, weights = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.float32)
    for source in sources:
        for text in chunks(source, read):
            ids = np.concatenate(([BREAK], alphabet.stream(text)))
            key = ids[: len(ids) - order + 1].astype(np.uint64)
            fits = ids[: len(key)] > 0
            for ahead in range(1, order):
                part = ids[ahead : ahead + len(key)]
                key = key * np.uint64(LARGEST) + part.astype(np.uint64)
                fits &= part > 0
                if ahead < order - 1:
                    fits &= part != BREAK
            new, count = np.unique(key[fits], return_counts=True)
            keys, weights = _merge(keys, weights, new, count.astype(np.float32) * np.float32(source.weight))
            while len(keys) > most:
                keep = weights > np.partition(weights, len(weights) // 3)[len(weights) // 3]
                keys, weights = keys[keep], weights[keep]
    return keys, weights


def _fitting(keys: Keys, weights: Weights, room: int) -> tuple[Keys, Weights]:
    """Those runs that may have room in the model: all that are as frequent do not fit, or all do."""
    if len(keys) <= room:
        return keys, weights
    last = np.partition(weights, len(weights) - room - 1)[len(weights) - room - 1]
    keep = weights > last
    return keys[keep], weights[keep]


def _merge(keys: Keys, weights: Weights, new: Keys, more: Weights) -> tuple[Keys, Weights]:
    both, loads = np.concatenate((keys, new)), np.concatenate((weights, more))
    order = np.argsort(both, kind="stable")
    both, loads = both[order], loads[order]
    first = np.ones(len(both), dtype=bool)
    first[1:] = both[1:] != both[:-1]
    starts = np.flatnonzero(first)
    return both[starts], np.add.reduceat(loads, starts) if len(starts) else loads


def _least(found: Sequence[tuple[Keys, Weights]], room: int) -> float:
    """The least count with which all kept runs fit into `room` cells."""
    low, high = 0.3, 1000.0
    for _ in range(40):
        middle = (low + high) / 2
        size = sum(int((w >= middle * rise).sum()) for (_, w), rise in zip(found, RISE, strict=True))
        low, high = (low, middle) if size <= room else (middle, high)
    return high


def _table(kept: Sequence[tuple[Keys, Weights]], third: int, told: Told) -> NDArray[np.uint16]:
    """Cells of which the three of each run xor to its check bits and level."""
    places = np.concatenate(
        [np.stack(slots(keys, n + 2, third)[0]).astype(np.uint32) for n, (keys, _) in enumerate(kept)], axis=1
    )
    check = np.concatenate([slots(keys, n + 2, third)[1] for n, (keys, _) in enumerate(kept)])
    logs = np.log(np.concatenate([weights for _, weights in kept]))
    value = (check << 6) | (np.clip(np.rint(logs / STEP), 0, 62) + 1).astype(np.uint16)
    degree = np.bincount(places.ravel(), minlength=3 * third).astype(np.int32)
    last = np.zeros(3 * third, dtype=np.uint32)
    numbers = np.arange(places.shape[1], dtype=np.uint32)
    for row in places:
        np.bitwise_xor.at(last, row, numbers)
    rounds: list[tuple[NDArray[np.uint32], NDArray[np.int64]]] = []
    lone = np.flatnonzero(degree == 1)
    done = 0
    while len(lone):
        run, at = np.unique(last[lone], return_index=True)
        cell = lone[at]
        rounds.append((run, cell))
        done += len(run)
        near = places[:, run]
        for row in near:
            np.subtract.at(degree, row, 1)
            np.bitwise_xor.at(last, row, run)
        around = np.unique(near.ravel())
        lone = around[degree[around] == 1]
    if done < places.shape[1]:
        raise ArithmeticError("the runs do not fit their table; give it a little more room")
    told(f"table in {len(rounds)} rounds")
    cells = np.zeros(3 * third, dtype=np.uint16)
    for run, cell in reversed(rounds):
        one, two, three = places[:, run]
        cells[cell] = value[run] ^ cells[one] ^ cells[two] ^ cells[three]
    return cells
