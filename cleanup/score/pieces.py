"""Formulas out of pieces of text and their counts: in memory, and as a file.

One file: a line of JSON (how it was made), then where the places of each hash of four characters begin, the
places of the runs of four characters of the pieces (see `mining`) sorted by that hash, how often each place's
run of ORDER characters was counted, by kind (four bits each, the logarithm to the base 2), the pieces as
characters, and two Bloom filters: which runs of four and of five characters there are.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanup.model.errors import OcrfixError
from cleanup.score.formulas import ANCHOR, KINDS, REACH, ROOM, Formulas, padded
from cleanup.score.hashed import BITS, bloom, columns, hashed, mixed
from cleanup.text.wording import Codes, shown, wording

END = ord("\n")
KIND, SCHEMA = "ocrfix formulas", 2
BLOOM = (22, 23)
"""Bits, as logarithms, of the tables of runs of four and of five characters."""


class BrokenFormulas(OcrfixError):
    """The file holds no formulas."""


def saved(kinds: Sequence[str], pieces: Codes, by_kind: NDArray[np.int32], source: str) -> bytes:
    """The file of pieces, with how often the run of ORDER characters from each place on was counted, by
    kind."""
    found = made(kinds, pieces, by_kind)
    meta = {"kind": KIND, "schema": SCHEMA, "places": len(pieces), "kinds": list(kinds), "source": source}
    head = json.dumps(meta, ensure_ascii=False).encode()
    rows: tuple[NDArray[Any], ...] = (
        found.starts, found.order, found.levels, found.pieces, found.fours, found.fives,
    )  # fmt: skip
    kept = (row.astype(kind).tobytes() for row, (kind, _) in zip(rows, layout(len(pieces)), strict=True))
    # What follows the line of JSON begins where a number of four bytes may stand.
    return b"".join((head.ljust(len(head) + 3 - len(head) % 4), b"\n", *kept))


def made(kinds: Sequence[str], pieces: Codes, by_kind: NDArray[np.int32]) -> Formulas:
    """Formulas of pieces and counts. Of places with the same four characters the most often counted come
    first."""
    packed = np.zeros(len(pieces), dtype="<u4")
    levels = np.where(by_kind > 0, np.minimum(np.log2(np.maximum(by_kind, 1)) + 1, 15), 0).astype(np.uint32)
    for at in range(by_kind.shape[1]):
        packed |= levels[:, at] << np.uint32(4 * at)
    cells = hashed(columns(pieces, ANCHOR))
    order = np.lexsort((-by_kind.sum(axis=1)[: len(cells)], cells))
    starts = np.searchsorted(cells[order], np.arange((1 << BITS) + 1))
    fours, fives = (
        bloom(mixed(columns(pieces, size)[:size]), bits, ways)
        for size, bits, ways in zip((ANCHOR, ANCHOR + 1), BLOOM, (1, 2), strict=True)
    )
    return Formulas(kinds, pieces, order.astype("<u4"), packed, starts.astype("<u4"), fours, fives)


def of_phrases(kind: str, phrases: Mapping[str, int]) -> Formulas:
    """Formulas of phrases with how often each was counted."""
    rows = [(wording(phrase).codes, count) for phrase, count in sorted(phrases.items())]
    end = np.array([END], dtype=np.uint16)
    pieces = np.concatenate([end, *(part for codes, _ in rows for part in (codes, end))])
    counts = np.concatenate([[0], *(np.repeat([count, 0], [len(codes), 1]) for codes, count in rows)])
    return made((kind,), pieces, counts.astype(np.int32)[:, None])


def load(file: Path) -> Formulas:
    """The formulas of a file; raises BrokenFormulas, OSError."""
    with file.open("rb") as stream:
        head = stream.readline()
        whole = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        meta = json.loads(head)
        size, at = int(meta["places"]), len(head)
        if meta["kind"] != KIND or meta["schema"] != SCHEMA or len(meta["kinds"]) > KINDS:
            raise ValueError
        rows: list[NDArray[Any]] = []
        for kind, many in layout(size):
            rows.append(np.frombuffer(whole, kind, many, at))
            at += rows[-1].nbytes
        if at != len(whole):
            raise ValueError
        starts, order, levels, pieces, fours, fives = rows
        return Formulas(tuple(map(str, meta["kinds"])), pieces, order, levels, starts, fours, fives)
    except (ValueError, KeyError, TypeError):
        raise BrokenFormulas(
            f"{file} 不是套语文件，或不完整；请用 ocrfix train formulas 重新生成。",
            f"{file} holds no formulas or is cut short; make it again with ocrfix train formulas.",
        ) from None


def holding(known: Formulas, words: Codes, most: int) -> list[tuple[str, int]]:
    """Formulas that hold some words, of four characters and more, with a place of theirs; the most often
    counted first. A formula ends at the edges of its piece, or REACH characters from the words."""
    _, place = known.pairs(padded(words), np.array([ROOM]))
    for offset in range(ANCHOR, len(words)):
        place = place[known.pieces.take(place + offset, mode="clip") == words[offset]]
    found: dict[str, int] = {}
    for at in place[np.argsort(-known.counts(np.maximum(place - 1, 0)), kind="stable")].tolist():
        before = shown(known.pieces[max(0, at - REACH) : at]).rpartition("\n")[2]
        behind = shown(known.pieces[at : at + len(words) + REACH]).partition("\n")[0]
        found.setdefault(before + behind, at + 1)
    return list(found.items())[:most]


def layout(size: int) -> tuple[tuple[str, int], ...]:
    """Kinds of numbers in a file of so many characters, and how many of each, in their order: the widest
    first, for numpy copies the whole of what does not stand at its own width whenever it is asked."""
    fours, fives = (1 << (bits - 3) for bits in BLOOM)
    runs = size - ANCHOR + 1
    return (
        ("<u4", (1 << BITS) + 1),
        ("<u4", runs),
        ("<u4", size),
        ("<u2", size),
        ("u1", fours),
        ("u1", fives),
    )
