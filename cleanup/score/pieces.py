"""Formulas out of pieces of text and their counts: in memory, and as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cleanup.score.formulas import ANCHOR, BLOOM, KIND, SCHEMA, Formulas
from cleanup.score.hashed import BITS, bloom, columns, hashed, mixed
from cleanup.text.wording import Codes, wording

END = ord("\n")


def saved(kinds: Sequence[str], pieces: Codes, by_kind: NDArray[np.int32], source: str) -> bytes:
    """The file of pieces, with how often the run of ORDER characters from each place on was counted, by
    kind."""
    found = made(kinds, pieces, by_kind)
    head = {"kind": KIND, "schema": SCHEMA, "places": len(pieces), "kinds": list(kinds), "source": source}
    rows = (found.pieces.astype("<u2"), found.order, found.levels, found.starts, found.fours, found.fives)
    return b"".join((json.dumps(head, ensure_ascii=False).encode() + b"\n", *(row.tobytes() for row in rows)))


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
