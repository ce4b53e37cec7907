"""A run: inputs one after the other, by number, until the time is over."""

from __future__ import annotations

import contextlib
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.fuzz.finding import Finding
from bench.fuzz.targets import LONGEST, Fuzz

PATIENCE = 120
"""Seconds after which an input counts as endless."""
WEIGHTS = {"page": 12, "decisions": 2, "review": 5, "files": 2}
"""How often each kind is tried."""


def run(
    seed: int,
    seconds: float,
    first: int = 0,
    count: int | None = None,
    only: str = "",
    longest: int = LONGEST,
) -> int:
    """Try inputs, pages of at most `longest` characters; print what should not be, and how many there were.
    The number of findings."""
    tried, found, number = Counter[str](), 0, first
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="ocrfix-fuzz-") as folder:
        targets = Fuzz(Path(folder), longest).targets
        while time.monotonic() < end and (count is None or number < first + count):
            chance = Random(f"{seed}.{number}")
            kind = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            if only in ("", kind):
                tried[kind] += 1
                try:
                    with _bounded():
                        targets[kind](chance)
                except Exception as error:
                    found += 1
                    again = f"--seed {seed} --from {number}" + (
                        f" --longest {longest}" if longest != LONGEST else ""
                    )
                    print(f"{kind} {again}: {_what(error)}", flush=True)
            number += 1
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(tried.items()))
    print(f"seed {seed}, numbers {first} to {number - 1}: {said}; {found} findings", flush=True)
    return found


def _what(error: Exception) -> str:
    if isinstance(error, Finding):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {str(error)[:160]}"


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Raise Finding where what is tried does not end; not on Windows."""

    def over(*_: object) -> None:
        raise Finding(f"no end after {PATIENCE} s")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
