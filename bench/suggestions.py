"""What is suggested where errors remain: how many are flagged, how often the truth is suggested.

    python -m bench.suggestions SET_DIR

SET_DIR holds NAME.ocr.txt and NAME.gt.txt (truth). An error is a Han character of the repaired text that the
truth has otherwise, in a run of at most three such. Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench.layout import squeeze
from cleanup.engine.repair import from_text, repair_document
from cleanup.measure import pairing
from cleanup.model.journal import Record
from cleanup.text.scripts import is_han

MOST = 5
LONGEST = 3


def remaining(repaired: str, truth: str) -> dict[int, str]:
    """Place of each wrong Han character in `repaired`, and what the truth has."""
    flat, places = squeeze(repaired)
    wanted = squeeze(truth)[0]
    found: dict[int, str] = {}
    for block in Levenshtein.opcodes(flat, wanted):
        size = block.src_end - block.src_start
        if block.tag == "replace" and size == block.dest_end - block.dest_start <= LONGEST:
            for ahead in range(size):
                read, printed = flat[block.src_start + ahead], wanted[block.dest_start + ahead]
                if is_han(read) and is_han(printed):
                    found[places[block.src_start + ahead]] = printed
    return found


def suggested(record: Record) -> Iterator[tuple[int, str]]:
    """Places of the repaired text and what a withheld record would put there, best first."""
    for edit in record.edits:
        after = [edit.after, *record.alternatives][:MOST]
        for ahead in range(len(edit.before)):
            for text in after:
                if len(text) == len(edit.before):
                    yield edit.span.start + ahead, text[ahead]


def measure(folder: Path) -> dict[str, object]:
    """The figures of a set."""
    total: Counter[str] = Counter()
    for pair in pairing.of_set(folder):
        result = repair_document(from_text(pair.ocr.read_text("utf-8"), f"{pair.name}.txt"))
        wrong = remaining(result.repaired, pair.truth.read_text("utf-8"))
        open_ = [record for record in result.journal.records if record.output is not None]
        flagged = {at for r in open_ if r.output for at in range(r.output.start, r.output.end) if at in wrong}
        held = [record for record in open_ if record.status == "withheld"]
        right = {at for r in held for at, char in suggested(r) if wrong.get(at) == char}
        total.update(
            characters=len(result.repaired),
            errors=len(wrong),
            flagged=len(flagged),
            right=len(right),
            suggestions=len(held),
        )
    return {
        "remaining_errors": total["errors"],
        "flagged": round(total["flagged"] / max(1, total["errors"]), 4),
        "truth_suggested": round(total["right"] / max(1, total["errors"]), 4),
        "truth_where_flagged": round(total["right"] / max(1, total["flagged"]), 4),
        "suggestions_per_1000": round(1000 * total["suggestions"] / max(1, total["characters"]), 2),
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), ensure_ascii=False))
