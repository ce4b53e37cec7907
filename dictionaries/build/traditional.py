"""Build characters/misread.tsv further: with what tesseract takes for what in traditional script.

Counted on pages with their truth (NAME.ocr.txt, NAME.gt.txt) in the folders given: passages of the corpus,
those of simplified script converted (OpenCC, s2hk), typeset in Noto Serif TC and AR PL UMing TW as
make_ocr_set.py does, read by chi_tra. Han characters alone, in simplified script as texts are read; the
counts stand beside those of `ocrfix train channel`, which must be there first.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from corpus import parser, read_table, write_table

from cleanup.data.characters import NOTHING
from cleanup.measure import fitting
from cleanup.measure.alignment import Pair
from cleanup.text.scripts import is_han

_SAME = {"着", "著"}
"""One word, which traditional script writes so or so."""


def counted(pages: list[Path]) -> Counter[Pair]:
    """(read, printed) → how often."""
    found: Counter[Pair] = Counter()
    for sample in fitting.samples(fitting.pairs(pages)):
        found.update(sample.truth.pairs)
    some = {pair: many for pair, many in found.items() if all(one and is_han(one) for one in pair)}
    return Counter({pair: many for pair, many in some.items() if {*pair} != _SAME})


def _order(item: tuple[str, float]) -> tuple[float, str]:
    """The oftenest first, then by character, none before all."""
    return -item[1], item[0].replace(NOTHING, "")


def main() -> None:
    """Count, add, write."""
    command = parser(__doc__, corpus=False)
    command.add_argument("pages", type=Path, nargs="+", help="folders of pages with their truth")
    args = command.parse_args()
    table: dict[str, Counter[str]] = {}
    for read, printed in read_table(args.out):
        pairs = (pair.rsplit(":", 1) for pair in printed.split(" "))
        table[read] = Counter({char: float(many) for char, many in pairs})  # type: ignore[misc]
    added = counted(args.pages)
    for (read, printed), many in added.items():
        table.setdefault(read, Counter())[printed] += many
    print(f"{sum(added.values()):g} misreadings of {len(added)} kinds added")
    rows = [
        (read, " ".join(f"{char}:{many:g}" for char, many in sorted(row.items(), key=_order)))
        for read, row in table.items()
    ]
    write_table(
        args.out,
        ("read", "printed"),
        sorted(rows),
        source="aligned OCR (tesseract 5.3, PP-OCRv4) of 399 typeset newspaper documents, bench/ocr-train of "
        "the project; Han characters of 72 typeset pages in traditional script (tesseract 5.3 chi_tra)",
        licence="CC0-1.0 (counts and weights only; no text of the sources)",
        used_by="what a character read may stand for",
        date=args.date,
    )


if __name__ == "__main__":
    main()
