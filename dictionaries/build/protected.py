"""Build protected.tsv: right words that the corrector, left alone, would take for misread.

Every place name (provinces to townships, and widely named places) and every word of official writing of the
lists given is set into plain sentences; it is listed where the judge gives a change of one of its characters
at least LEAST. Fewer characters than SHORTEST are no protection: 在任 stands in 现在任何.
"""

from __future__ import annotations

import json
import os
import sys
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from corpus import is_han, parser, write_table

LEAST = 0.3
SHORTEST, LONGEST = 3, 8
FREQUENT = 300
"""How often a place of the counted list must be named."""
FRAMES = (
    "会议强调，{}要认真抓好各项工作。",
    "记者在{}采访时了解到，今年情况很好。",
    "有关部门介绍了{}的做法。",
)


def places(data: object) -> Iterator[str]:
    """Every name in the tree of administrative divisions."""
    if isinstance(data, dict):
        yield data["name"]
        yield from places(data.get("children", []))
    elif isinstance(data, list):
        for item in data:
            yield from places(item)


def main() -> None:
    """Read, set into sentences, judge, write."""
    command = parser(__doc__, corpus=False)
    command.add_argument("--divisions", type=Path, required=True, help="modood_pcas-code.json (WTFPL)")
    command.add_argument("--places", type=Path, required=True, help="thuocl_diming.txt (MIT)")
    command.add_argument("--official", type=Path, required=True, help="ecspell_gongwen_words.txt (MIT)")
    args = command.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    kinds: dict[str, str] = {}
    for line in args.official.read_text("utf-8-sig").splitlines():
        kinds[line.split("\t")[0].strip()] = "official"
    for line in args.places.read_text("utf-8-sig").splitlines():
        name, _, count = line.partition("\t")
        if count.strip().isdigit() and int(count) >= FREQUENT:
            kinds[name.strip()] = "place"
    for name in places(json.loads(args.divisions.read_text("utf-8"))):
        kinds[name] = "division"
    words = sorted(w for w in kinds if SHORTEST <= len(w) <= LONGEST and all(map(is_han, w)))
    wrong = doubted(words)
    found = {word: kinds[word] for word in words if word in wrong}
    size = write_table(
        args.out,
        ("word", "kind"),
        sorted(found.items()),
        source="modood/Administrative-divisions-of-China (WTFPL), THUOCL (MIT), ECSpell (MIT); those of "
        "their words that the tool's own judge would change",
        licence="CC0-1.0 (names alone)",
        used_by="words that no repair changes, in any text",
        date=args.date,
    )
    print(size, "of", len(words), "words")


def doubted(words: list[str]) -> set[str]:
    """Those of `words` that the judge would change in a plain sentence."""
    from cleanup.data import files
    from cleanup.rules import models
    from cleanup.score import gate, judge
    from cleanup.score.scan import characters, scan

    model, corrector = models.language(), models.corrector(())
    judged = judge.load(files.rows("models/judge.tsv", 4))
    found = set()
    for frame in FRAMES:
        for at in range(0, len(words), 200):
            some = words[at : at + 200]
            starts, text = [], ""
            for word in some:
                starts.append(len(text) + frame.index("{"))
                text += frame.format(word) + "\n"
            seen = scan(text, model)
            thought, table = corrector.weigh(seen, gate.odds(seen, model, {}).sites(0.0))
            sure = judged.probability(thought, characters(seen.codes[thought.at]), table)
            for place in thought.at[sure >= LEAST].tolist():
                row = max(bisect_right(starts, place) - 1, 0)
                if starts[row] <= place < starts[row] + len(some[row]):
                    found.add(some[row])
    return found


if __name__ == "__main__":
    main()
