"""`python -m bench mutated [--count N] [--seed S] [--from N]`: how long the worst page takes.

Pages of the sets are spoilt as the fuzzer spoils them, each by its number and the seed alone. Told are the
CPU seconds for 10,000 characters, how often a page was changed, and which pages did not settle, or changed
again when their result was repaired once more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench import sets
from bench.fuzz import mutations
from cleanup import repair
from cleanup.model.result import Result

LEAST = 200
"""Characters: what a page needs whatever its length says nothing of a shorter one."""
SHOWN = 5
SLOW = 2.0
"""CPU seconds for 10,000 characters that no page may take."""


class Page(NamedTuple):
    """What became of a page."""

    number: int
    characters: int
    seconds: float
    steps: int
    """How often it was changed."""
    unsettled: int
    """Fixes that were held since the text did not settle."""
    again: int
    """Edits that a second run made."""

    @property
    def pace(self) -> float:
        """CPU seconds for 10,000 characters."""
        return 1e4 * self.seconds / max(LEAST, self.characters)


def lines(folder: Path, seed: int, first: int, count: int) -> Iterator[str]:
    """What is told of `count` pages from the number `first` on."""
    repair("己经完成。\n", name="page.txt")  # what is loaded on first use
    found = [_tried(number, text) for number, text in pages(folder, seed, first, count)]
    yield f"{len(found)} pages of {sum(page.characters for page in found):,} characters, seed {seed}"
    yield from _worst(found, "CPU seconds for 10,000 characters", lambda page: page.pace, ".2f")
    yield from _worst(found, "changes", lambda page: page.steps, "")
    slow = [page for page in found if page.pace > SLOW]
    for what, some in (
        (f"over {SLOW} s for 10,000 characters", slow),
        ("did not settle", [page for page in found if page.unsettled]),
        ("changed in a second run", [page for page in found if page.again]),
    ):
        yield f"{what}: {len(some)} {[page.number for page in some]}"


def pages(folder: Path, seed: int, first: int, count: int) -> Iterator[tuple[int, str]]:
    """Spoilt pages by their numbers."""
    texts = [page.ocr.decode("utf-8") for one in sets.sets(folder) for page in one.documents]
    for number in range(first, first + count):
        chance = Random(f"{seed} {number}")
        text = mutations.text(chance.choice(texts), chance)
        yield number, text.encode("utf-8", "replace").decode() or "\n"


def _tried(number: int, text: str) -> Page:
    start = time.process_time()
    result = repair(text, name="page.txt")
    seconds = time.process_time() - start
    records = result.journal.records
    held = sum(record.reason == "unconverged" for record in records)
    steps = 1 + max((record.step for record in records if record.step is not None), default=-1)
    return Page(number, len(text), seconds, steps, held, _again(result))


def _again(result: Result) -> int:
    return len(repair(result.repaired, name="page.txt").journal.applied) if result.repaired.strip() else 0


def _worst(found: list[Page], what: str, by: Callable[[Page], float], form: str) -> Iterator[str]:
    for page in sorted(found, key=by, reverse=True)[:SHOWN]:
        yield f"{what}: {format(by(page), form)}, page {page.number} of {page.characters:,} characters"
