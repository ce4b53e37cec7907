"""Character correction on sentences with their truth (id, source, target by tabs, one head line).

    python -m bench.csc FILE.tsv

Prints precision, recall and F1 of changed characters by context.misread; each sentence is a paragraph.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.model.fix import Applicability
from cleanup.model.journal import Policy

Change = tuple[str, int, int, str]


def changes(source: str, other: str) -> set[Change]:
    """Single-character differences, by place in `source`."""
    found: set[Change] = set()
    for block in Levenshtein.opcodes(source, other):
        new = other[block.dest_start : block.dest_end]
        if block.tag == "replace" and len(new) == block.src_end - block.src_start:
            found |= {("replace", block.src_start + at, at, char) for at, char in enumerate(new)}
        elif block.tag != "equal":
            found.add((block.tag, block.src_start, block.src_end, new))
    return {(tag, start, 0 if tag == "replace" else end, new) for tag, start, end, new in found}


def measure(file: Path, least: float) -> dict[str, object]:
    """The figures of a file when all changes from a confidence on are made."""
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()[1:]]
    rows = [row for row in rows if len(row) >= 3 and "\n" not in row[1]]
    text = "\n\n".join(row[1].strip() for row in rows) + "\n"
    settings = Settings(Policy(Applicability.SUGGEST, least), only=("context.misread",))
    result = repair_document(from_text(text, "sentences.txt"), settings=settings)
    total: Counter[str] = Counter()
    for row, repaired in zip(rows, result.repaired.split("\n\n"), strict=False):
        wanted, made = changes(row[1].strip(), row[2].strip()), changes(row[1].strip(), repaired)
        total.update(wanted=len(wanted), made=len(made), right=len(wanted & made))
    precision = total["right"] / max(1, total["made"])
    recall = total["right"] / max(1, total["wanted"])
    return {
        "sentences": len(rows),
        "errors": total["wanted"],
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }


if __name__ == "__main__":
    for least in (0.6, 0.4, 0.2):
        print(least, json.dumps(measure(Path(sys.argv[1]), least)))
