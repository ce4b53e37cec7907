"""Build models/formulas.bin: what official writing says the same way again and again, with counts by kind
and years.

Counts runs of eight characters in news, reports, papers and statutes (see cleanup/score/mining.py), and
adds formulas written by hand (formulas-hand.txt: forms of official writing since 2020 that the corpora
hardly have). Needs the tool installed; about ten minutes and 5 GB of memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import numpy as np
from corpus import parser, read

from cleanup.score.mining import Text, mine
from cleanup.text.wording import wording

KINDS = (
    "新闻联播 2012—2018", "新闻联播 2019—2026", "政府工作报告", "人民日报 1998", "期刊 1980—2010", "法律法规",
    "报刊文件 1925—1976", "手工",
)  # fmt: skip
"""As a report names them."""
CORPORA = (
    ("cctv_xwlb_2012_2026Q1", 0), ("cpc_gov_reports", 2), ("provincial_gov_reports_2026", 2),
    ("peoplesdaily1998_msra_ner", 3), ("fudan_politics_economy_law", 4), ("laws_central", 5),
    ("ccrd_1966_1976", 6), ("mao_works_1925_1957", 6),
)  # fmt: skip
"""With the kind of each; the second half of the first has a kind of its own."""
WEIGHTS = (1.0, 1.0, 3.0, 1.0, 0.5, 0.5, 0.5, 1.0)
"""How much a stretch of each kind counts where not all has room: reports are what is repaired most, and
few here."""
HAND, HAND_COUNT = 7, 60
"""Formulas by hand count as if they stood in so many stretches of text."""
SIZE = 12_000_000
SOURCE = (
    "counted from CCTV Xinwen Lianbo transcripts 2012-2026 (text CCTV), People's Daily 1998 sentences "
    "(MSRA NER), central and provincial government reports, central statutes, Fudan journal articles, papers "
    "and speeches of 1925-1976; runs that stand in many texts and their counts only; some written by hand. "
    "Licence of the counts: CC0-1.0"
)
_LINES = 20_000


def texts(corpus: Path, left_out: int = 0) -> Iterator[Text]:
    """The corpora as wordings; without the paragraphs that `kept_out` names."""
    for name, kind in CORPORA:
        lines = read(corpus, name).split("\n")
        lines = [line for line in lines if not (left_out and kept_out(line, left_out))]
        half = len(lines) // 2 if kind == 0 else len(lines)
        for part, of in ((lines[:half], kind), (lines[half:], kind + 1)):
            chunks = [part[at : at + _LINES] for at in range(0, len(part), _LINES)]
            if chunks:
                yield Text(of, np.concatenate([wording("\n".join(chunk) + "\n").codes for chunk in chunks]))
    hand = Path(__file__).with_name("formulas-hand.txt").read_text("utf-8")
    for _ in range(HAND_COUNT):
        yield Text(HAND, wording(hand).codes)


def kept_out(paragraph: str, one_in: int) -> bool:
    """Whether a paragraph is among those, one in so many, that the judge is fitted on."""
    return crc32(paragraph.encode()) % one_in == 0


def main() -> None:
    """Count and write."""
    args = parser(__doc__).parse_args()
    made = mine(list(texts(args.corpus)), KINDS, SIZE, SOURCE, WEIGHTS)
    args.out.write_bytes(made)
    print(f"{len(made)} bytes")


if __name__ == "__main__":
    main()
