"""What the layout rules do on a set: furniture gone, truth lost per rule, paragraph boundaries.

    python -m bench.layout SET_DIR

SET_DIR holds NAME.ocr.txt, NAME.gt.txt (truth, one paragraph a line) and, where furniture is known,
NAME.meta.json with its lines ("furniture_lines"). Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.measure import pairing
from cleanup.model.hunks import Hunk
from cleanup.model.journal import Journal
from cleanup.model.replay import hunks


def squeeze(text: str) -> tuple[str, list[int]]:
    """`text` without white space, and where each character stood."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    return "".join(text[at] for at in places), places


def right_places(truth: str, text: str) -> set[int]:
    """Places in `text` of characters that align with the same character of the truth."""
    flat, places = squeeze(text)
    found: set[int] = set()
    for block in Levenshtein.opcodes(flat, squeeze(truth)[0]):
        if block.tag == "equal":
            found.update(places[block.src_start : block.src_end])
    return found


def offsets(truth: str, text: str) -> dict[int, int]:
    """Offsets in the squeezed text → offsets in the squeezed truth."""
    moved: dict[int, int] = {}
    for block in Levenshtein.opcodes(squeeze(text)[0], squeeze(truth)[0]):
        for at in range(block.src_start, block.src_end + 1):
            if block.tag == "equal":
                moved[at] = block.dest_start + at - block.src_start
            else:
                moved.setdefault(at, block.dest_end if at == block.src_end else block.dest_start)
    return moved


def boundaries(truth: str, text: str) -> set[int]:
    """Ends of the lines of `text`, as offsets into the squeezed truth."""
    cuts: set[int] = set()
    seen = 0
    for line in text.splitlines():
        seen += len(squeeze(line)[0])
        if line.strip():
            cuts.add(seen)
    moved, end = offsets(truth, text), len(squeeze(truth)[0])
    return {moved.get(cut, end) for cut in cuts} - {0, end}


def deleted(journal: Journal) -> list[tuple[Hunk, str]]:
    """Stretches of the source that the run shortened, each with a rule that did it."""
    return [
        (hunk, journal.records[min(hunk.marks)].rule)
        for hunk in hunks(journal.records)
        if len(hunk.left) > len(hunk.right)
    ]


def measure(folder: Path) -> dict[str, object]:
    """The figures of a set."""
    total: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    pairs = pairing.of_set(folder)
    for pair in pairs:
        truth, text = pair.truth.read_text("utf-8"), pair.ocr.read_text("utf-8")
        name = pair.name
        meta = folder / f"{name}.meta.json"
        known = json.loads(meta.read_text("utf-8")) if meta.is_file() else {}
        listed = set(known.get("furniture_lines", ())) if isinstance(known, dict) else set()
        result = repair_document(from_text(text, f"{name}.txt"), settings=Settings(only=("layout",)))
        source = result.original
        right = right_places(truth, source)
        furniture: set[int] = set()
        start = 0
        for line in source.replace("\f", "\n").split("\n"):
            if line.strip() and line in listed:
                furniture.update(range(start, start + len(line)))
            start += len(line) + 1
        gone: set[int] = set()
        for hunk, rule in deleted(result.journal):
            places = {at for at in range(hunk.left.start, hunk.left.end) if not source[at].isspace()}
            gone |= places
            if missing := (places & right) - furniture:
                lost[rule] += len(missing)
                print(name, rule, repr(source[hunk.left.start : hunk.left.end]), file=sys.stderr)
        printed = {at for at in furniture if not source[at].isspace()}
        total["furniture"] += len(printed)
        total["gone"] += len(printed & gone)
        total["truth"] += len(squeeze(truth)[0])
        want, have = boundaries(truth, truth), boundaries(truth, result.repaired)
        total["hits"] += len(want & have)
        total["found"] += len(have)
        total["wanted"] += len(want)
        if printed - gone:
            left = "".join(source[at] for at in sorted(printed - gone))
            print(name, "left:", left, file=sys.stderr)
    return {
        "documents": len(pairs),
        "furniture_gone": round(total["gone"] / total["furniture"], 4) if total["furniture"] else None,
        "lost_per_10000": {rule: round(1e4 * n / total["truth"], 2) for rule, n in sorted(lost.items())},
        "joins": round(2 * total["hits"] / max(1, total["found"] + total["wanted"]), 4),
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), ensure_ascii=False))
