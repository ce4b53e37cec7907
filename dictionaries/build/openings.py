"""Build models/openings.tsv: with which words paragraphs begin and sentences end.

One row for each of the commonest one- and two-character strings, with three figures in bits:
paragraph (commoner at the start of a paragraph than at the start of a sentence inside one),
begin (commoner at the start of a paragraph than anywhere), finish (commoner before 。 than anywhere).
"""

from __future__ import annotations

import math
import re
from collections import Counter

from corpus import SOURCE, parser, read, write_table

PARTS = {
    "cctv_xwlb_2012_2026Q1": 12_000_000,
    "cpc_gov_reports": 12_000_000,
    "provincial_gov_reports_2026": 12_000_000,
    "fudan_politics_economy_law": 6_000_000,
}
"""Corpora whose lines are paragraphs, and how many characters of each are read."""
LEAST = 60
"""Occurrences below which a string is left out."""
WORDS = re.compile(r"[一-鿿]{1,2}")


def main() -> None:
    """Count and write."""
    args = parser(__doc__).parse_args()
    starts, inner, ends, anywhere = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for name, size in PARTS.items():
        for line in read(args.corpus, name)[:size].splitlines():
            if len(line) < 20 or line[-1] not in "。！？”":
                continue
            for length in (1, 2):
                starts[line[:length]] += 1
                for sentence in re.finditer(r"。(?=(..))", line):
                    inner[sentence.group(1)[:length]] += 1
                for sentence in re.finditer(r"(..)。", line):
                    ends[sentence.group(1)[-length:]] += 1
                for at in range(length, len(line) - length, 3):
                    anywhere[line[at : at + length]] += 1
    total = {id(count): sum(count.values()) / 2 for count in (starts, inner, ends, anywhere)}

    def bits(one: Counter[str], two: Counter[str], gram: str) -> str:
        smooth = 8.0
        first = one[gram] + smooth * two[gram] / max(1, total[id(two)]) * 50
        second = two[gram] + smooth
        value = math.log2((first + 0.5) / total[id(one)]) - math.log2((second + 0.5) / total[id(two)])
        return f"{max(-6.0, min(6.0, value)):.1f}"

    rows = [
        (gram, bits(starts, inner, gram), bits(starts, anywhere, gram), bits(ends, anywhere, gram))
        for gram in sorted(set(starts) | set(inner) | set(ends))
        if WORDS.fullmatch(gram) and max(starts[gram] * 4, inner[gram], ends[gram]) >= LEAST * len(gram)
    ]
    size = write_table(
        args.out,
        ("gram", "paragraph", "begin", "finish"),
        rows,
        source=SOURCE,
        used_by="finding where paragraphs begin in wrapped lines",
        date=args.date,
    )
    print(f"{size} strings")


if __name__ == "__main__":
    main()
