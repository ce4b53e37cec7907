"""Build names/characters.tsv and names/pairs.tsv: how likely characters and pairs are as given names.

Position counts come from names behind an office, before a quoted title and in bylines of the corpus, and from
the words that jieba's dictionary marks as person names; how often a character stands in given names at all
comes from ngender's table, which knows rare ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from corpus import parser, read, read_table, write_table
from given import AVOID, CORPORA, FOREIGN, NEVER, names

HARD = set("的了是在这们我他不也就都还说把被及等各到而该此些你她它吗吧呢啊两几每个者所")
TITLES = {
    "先生",
    "女士",
    "小姐",
    "太太",
    "同志",
    "夫人",
    "公公",
    "师傅",
    "老师",
    "大人",
    "大哥",
    "大爷",
    "姑娘",
    "员外",
    "管家",
    "皇帝",
    "太后",
    "皇后",
}
DICTIONARY_WEIGHT, SEEN_SHARE, FEMALE = 0.4, 0.4, 0.6
"""What a name of the dictionary counts beside one of the corpus; the share of position counts in the
probability; what a woman's name counts (fewer of them stand in the news)."""
LEAST_PER_MILLION, LEAST_PAIR = 0.3, 0.8
Names = dict[tuple[str, str], float]


def gather(folder: Path, dictionary: Path, surnames: list[list[str]], offices: set[str]) -> Names:
    """(surname, given name) → weight, junk left out."""
    common = [name for name, rank in surnames if int(rank) <= 400 and name not in AVOID]
    every = {name for name, _ in surnames}
    longest = "|".join(sorted(every, key=lambda name: (-len(name), name)))
    given = "([\u4e00-\u9fff]{1,2})"
    quoted = re.compile(
        rf"(?:^|[，。、；：\s\]］〕（(])({longest}){given}(?=[：:]《|著[：:《]|[，,]《)", re.M
    )
    byline = re.compile(rf"(?:作者|记者|通讯员|摄影|执笔)[：:\s]?({longest}){given}(?=[\s，、）)）])")
    found: Names = {}
    for corpus in CORPORA:
        text = read(folder, corpus)
        for full in names(text, common):
            surname, _, rest = full.partition("\t")
            found[surname, rest] = 1.0
        for pattern in (quoted, byline):
            for match in pattern.finditer(text):
                found[match[1], match[2]] = 1.0
    for line in dictionary.read_text("utf-8").splitlines():
        word, _, tag = line.split(" ")
        if tag in ("nr", "nrfg") and len(word) in (2, 3) and word[0] in every and word[:2] not in every:
            found.setdefault((word[0], word[1:]), DICTIONARY_WEIGHT)
    bearers: dict[str, set[str]] = defaultdict(set)
    for surname, rest in found:
        bearers[rest].add(surname)

    def is_junk(rest: str) -> bool:
        least = 3 if len(rest) == 2 else 8
        return (
            rest in offices | TITLES
            or set(rest) <= FOREIGN
            or bool(HARD & set(rest))
            or (bool(NEVER & set(rest)) and len(bearers[rest]) < least)
        )

    return {key: weight for key, weight in found.items() if not is_junk(key[1])}


def main() -> None:
    """Count and write both tables."""
    command = parser(__doc__)
    command.add_argument("--surnames", type=Path, required=True, help="names/surnames.tsv")
    command.add_argument("--offices", type=Path, required=True, help="offices/offices.tsv")
    command.add_argument("--dictionary", type=Path, required=True, help="jieba's dict.txt (MIT)")
    command.add_argument("--rates", type=Path, required=True, help="ngender's charfreq.csv (MIT)")
    command.add_argument("--pairs-out", type=Path, required=True, help="second file to write")
    args = command.parse_args()
    offices = {row[0] for row in read_table(args.offices)}
    found = gather(args.corpus, args.dictionary, read_table(args.surnames), offices)
    places: list[dict[str, float]] = [defaultdict(float) for _ in range(3)]
    pairs: dict[str, float] = defaultdict(float)
    for (_, rest), weight in found.items():
        if len(rest) == 2:
            pairs[rest] += weight
        for place, char in zip((0, 1) if len(rest) == 2 else (2,), rest, strict=True):
            places[place][char] += weight
    rates: dict[str, float] = {}
    for line in args.rates.read_text("utf-8").splitlines()[1:]:
        char, male, female = line.split(",")
        rates[char] = int(male) + FEMALE * int(female)
    total = sum(rates.values())
    sums = [sum(counts.values()) for counts in places]
    rows = []
    for char in set(rates) | set().union(*places):
        values = [
            1e6
            * (
                SEEN_SHARE * counts.get(char, 0.0) / size
                + (1 - SEEN_SHARE) * (rates.get(char, 0) + 0.5) / total
            )
            for counts, size in zip(places, sums, strict=True)
        ]
        if max(values) >= LEAST_PER_MILLION:
            rows.append((char, *(f"{value:.2f}" for value in values)))
    source = (
        f"position counts of {len(found)} names: behind an office, before a quoted title and in bylines of "
        "CCTV Xinwen Lianbo transcripts (text CCTV), People's Daily 1998 sentences (MSRA NER) and Fudan "
        "journal articles; words marked as names in jieba's dictionary (MIT)"
    )
    size = write_table(
        args.out,
        ("char", "first", "second", "single"),
        rows,
        source=f"{source}; rates of characters in given names from ngender (MIT)",
        licence="MIT (attribution: jieba, ngender)",
        used_by="how likely a run of characters is somebody's name; per million given names, by position",
        date=args.date,
    )
    both = write_table(
        args.pairs_out,
        ("given", "per_million"),
        ((pair, f"{1e6 * count / sums[0]:.0f}") for pair, count in pairs.items() if count >= LEAST_PAIR),
        source=source,
        licence="MIT (attribution: jieba)",
        used_by="given names of two characters that people bear",
        date=args.date,
    )
    print(len(found), "names;", size, "characters;", both, "pairs")


if __name__ == "__main__":
    main()
