"""Writes a small language model in the ARPA format, as lmplz would (absolute discounting, interpolated)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log10
from pathlib import Path

DISCOUNT = 0.75


def write(place: Path, lines: Iterable[str], order: int = 3) -> None:
    """The model of the characters of `lines`."""
    counts: list[Counter[tuple[str, ...]]] = [Counter() for _ in range(order)]
    for line in lines:
        chars = ["<s>", *"".join(line.split()), "</s>"]
        for size in range(1, order + 1):
            for at in range(len(chars) - size + 1):
                counts[size - 1][tuple(chars[at : at + size])] += 1
    total = sum(count for run, count in counts[0].items() if run != ("<s>",))
    chance: dict[tuple[str, ...], float] = {run: count / total for run, count in counts[0].items()}
    left: dict[tuple[str, ...], float] = {}
    for longer in counts[1:]:
        sums: Counter[tuple[str, ...]] = Counter()
        kinds: dict[tuple[str, ...], int] = defaultdict(int)
        for run, count in longer.items():
            sums[run[:-1]] += count
            kinds[run[:-1]] += 1
        left |= {head: DISCOUNT * kinds[head] / sums[head] for head in sums}
        for run, count in longer.items():
            chance[run] = (count - DISCOUNT) / sums[run[:-1]] + left[run[:-1]] * chance[run[1:]]
    chance["<s>",] = 1e-9
    chance["<unk>",] = 1 / (10 * total)
    counts[0]["<unk>",] = 0
    with place.open("w", encoding="utf-8") as out:
        out.write("\\data\\\n" + "".join(f"ngram {n}={len(some)}\n" for n, some in enumerate(counts, 1)))
        for size, some in enumerate(counts, 1):
            out.write(f"\n\\{size}-grams:\n")
            for run in some:
                tail = f"\t{log10(left.get(run, 1.0)):.6f}" if size < order else ""
                out.write(f"{log10(chance[run]):.6f}\t{' '.join(run)}{tail}\n")
        out.write("\n\\end\\\n")
