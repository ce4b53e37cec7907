"""How fast the whole default run is beside `ftfy.fix_text`, which reads every character once.

CPU seconds of one process with one thread, both tools in turn over the same texts, other text having loaded
what is loaded on first use; each text in a process that has not seen it, and the least of REPEATS times. The
figure that counts is that of right text in parts as long as a page; whole files, and pages as engines read
them, are for comparison.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from bench import peers, sets

REPEATS = 3
MOST = 120_000
"""Characters of a set that are read."""


def lines(folder: Path) -> Iterator[str]:
    """A line for each kind of text."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command line has it; children read it
    others = max((text for _, text in sets.right_texts(folder)), key=len)[MOST:][-MOST // 2 :]
    for name, texts in _texts(folder):
        best = [(float("inf"), float("inf"))] * len(texts)
        for _ in range(REPEATS):
            with get_context("spawn").Pool(1) as pool:
                took = pool.apply(_time, (texts, others))
            best = [(min(a, c), min(b, d)) for (a, b), (c, d) in zip(best, took, strict=True)]
        size = sum(map(len, texts))
        own, other = (sum(column) for column in zip(*best, strict=True))
        yield (
            f"{name} ({len(texts)}, {size:,} characters): ocrfix {size / own:,.0f}, ftfy {size / other:,.0f} "
            f"characters per CPU second: {other / own:.2f} x"
        )


def _texts(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for name, text in sets.right_texts(folder):
        if len(text) >= sets.PART:
            some = text[:MOST]
            yield f"{name}, in parts", [part for _, part in sets.parts(some)]
            yield f"{name}, whole", [some]
    for one in sets.sets(folder):
        yield f"{one.name}, pages as read", [page.ocr.decode("utf-8") for page in one.documents]


def _time(texts: list[str], others: str) -> list[tuple[float, float]]:
    """CPU seconds of (ocrfix, ftfy) for each of `texts`, after other text."""
    tools = [peers.TOOLS[name][2]() for name in ("ocrfix", "ftfy")]
    for part in (others.replace("的", "旳"), *(part for _, part in sets.parts(others))):
        for run in tools:
            run(part)
    found = []
    for text in texts:
        took = []
        for run in tools:
            start = time.process_time()
            run(text)
            took.append(time.process_time() - start)
        found.append((took[0], took[1]))
    return found
