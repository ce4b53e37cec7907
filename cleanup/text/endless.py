"""Short pieces of text that stand so often in a row as nobody writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from cleanup.text import signs

LONGEST = 12
"""Characters of a piece: &nbsp;, \\quad, a cell `|   |`."""
COPIES, LENGTH = 30, 60
"""By hand: laughter has ten, table cells twenty."""
_STEP = 16


class Stretch(NamedTuple):
    """From `start` to `end` every character is that of `period` characters before."""

    start: int
    end: int
    period: int


def stretches(text: str) -> Iterator[Stretch]:
    """Where a piece of up to LONGEST characters stands COPIES times and more; disjoint, in order."""
    if len(text) < LENGTH:
        return
    codes = signs.codes(text)
    found: list[Stretch] = []
    for period in range(1, LONGEST + 1):
        least = max(COPIES * period, LENGTH)
        if len(codes) < least:
            break
        same = codes[period:] == codes[:-period]
        # A stretch covers several of these places: most texts are done after a look at each.
        step = max(1, min(_STEP, (least - period) // 2))
        if not (same[::step][:-1] & same[::step][1:]).any():
            continue
        edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if end - start + period >= least and "\n" not in text[start : start + period]:
                found.append(Stretch(start, end + period, period))
    done = 0
    for one in sorted(found, key=lambda each: (each.start, each.period)):
        if one.start >= done:
            yield one
            done = one.end
