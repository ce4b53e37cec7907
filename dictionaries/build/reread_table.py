"""Build models/reread.bin: P(read | printed) of each engine, from what reread.py wrote down.

Of tesseract misreadings are counted; of PP-OCR the shares of confidence that its recogniser gave to other
characters are summed, which says of many more pairs how likely they are. The file is one line of JSON,
the keys (read << 16 | printed, sorted, four bytes each) and one row of bytes for each engine:
log(1 + SCALE × P) in units of STEP.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from corpus import is_han, parser
from rapidfuzz.distance import Levenshtein

from cleanup.score.channel import ENGINES

SCALE, STEP = 1e5, 0.05
LEAST, SMOOTH = 1e-5, 20
"""Probabilities from here on are kept; so many right readings are added to those of each character."""
WIDEST = 3
"""Misreadings side by side; longer runs are lines out of place."""
Pair = tuple[str, str]


class Counts:
    """How often what was read for what, and how often each character was drawn."""

    def __init__(self) -> None:
        self.misread: dict[str, dict[Pair, float]] = {engine: {} for engine in ENGINES}
        self.drawn: dict[str, Counter[str]] = {engine: Counter() for engine in ENGINES}

    def add(self, engine: str, read: str, truth: str, others: list[list[tuple[str, float]]] | None) -> None:
        """Count a stretch of text; `others`: what else each character read may be, with its share."""
        self.drawn[engine].update(truth)
        found = self.misread[engine]
        for op in Levenshtein.opcodes(read, truth):
            size = op.src_end - op.src_start
            if op.tag in ("insert", "delete") or size != op.dest_end - op.dest_start:
                continue
            if op.tag == "replace" and size > WIDEST:
                continue
            for at, of in zip(
                range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True
            ):
                printed = truth[of]
                shares = others[at] if others else []
                certain = 1.0 - sum(share for _, share in shares)
                for char, share in [(read[at], max(0.0, certain)), *shares]:
                    if char != printed and len(char) == 1 and is_han(char) and is_han(printed):
                        found[char, printed] = found.get((char, printed), 0.0) + share

    def rate(self, engine: str, pair: Pair) -> float:
        """P(read | printed)."""
        return self.misread[engine].get(pair, 0.0) / (self.drawn[engine][pair[1]] + SMOOTH)


def count(files: Iterable[Path]) -> Counts:
    """Count what stands in files of reread.py."""
    found = Counts()
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            page = json.loads(line)
            if "others" in page:
                for truth, read, others in zip(page["truth"], page["read"], page["others"], strict=True):
                    found.add(page["engine"], read, truth, others)
            else:
                read, truth = ("".join("".join(page[side]).split()) for side in ("read", "truth"))
                found.add(page["engine"], read, truth, None)
    return found


def main() -> None:
    """Count and write."""
    command = parser(__doc__, corpus=False)
    command.add_argument("files", type=Path, nargs="+", help="what reread.py wrote")
    args = command.parse_args()
    counts = count(args.files)
    rates: dict[int, list[float]] = {}
    for read, printed in {*counts.misread["tesseract"], *counts.misread["paddleocr"]}:
        both = [counts.rate(engine, (read, printed)) for engine in ENGINES]
        if max(both) >= LEAST and max(read, printed) <= "\uffff":
            rates[ord(read) << 16 | ord(printed)] = both
    keys = sorted(rates)
    steps = np.rint(np.log1p(np.array([rates[key] for key in keys]).T * SCALE) / STEP)
    drawn = {engine: sum(chars.values()) for engine, chars in counts.drawn.items()}
    head = {
        "format": "ocrfix-reread-1",
        "source": f"characters drawn in 14 faces, worn and read again: {drawn['tesseract']} by tesseract 5.3 "
        f"chi_sim, {drawn['paddleocr']} by the recogniser of PP-OCRv4",
        "licence": "CC0-1.0 (rates only; no text of the sources)",
        "date": args.date,
        "pairs": len(keys),
        "step": STEP,
    }
    packed = np.clip(steps, 0, 255).astype(np.uint8).tobytes()
    body = np.array(keys, dtype="<u4").tobytes() + packed
    args.out.write_bytes((json.dumps(head, ensure_ascii=False) + "\n").encode() + body)
    print(f"{len(keys)} pairs, {drawn}")


if __name__ == "__main__":
    main()
