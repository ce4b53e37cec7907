"""Build characters/forms.tsv: between which characters each form of a character stands that has several.

One row for each form, behind the character of the other script: how often it was seen, and what stands
before and after it, in simplified script, with counts. Simplified characters with several traditional forms
are counted from text in traditional script; 乾, which simplified script has beside 干, from simplified text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import is_han, parser, read, write_table
from opencc import OpenCC

SEVERAL = (
    "发干里斗历松后面尽采几只蒙托复制范舍向志云板征克须谷昆卷冲御辟钟获签丑咸郁余曲姜伙么脏胡欲岳朱当汇团系准沈合别"
    "出卜表借游"
)
"""Simplified characters whose traditional forms differ in meaning; by hand."""
TRADITIONAL = {"wiki_zh_trad_drcd": 2, "shu_traditional_script": 2, "classical_traditional_chtxt": 1}
SIMPLIFIED = ("wiki_zh_simplified_mrc", "fudan_general", "classical_simplified", "shu_late_qing_republican")
"""The corpora; an occurrence in modern traditional text counts twice."""
SHARE, LEAST, MOST, SLIPS = 0.003, 15, 600, 0.2
"""A form is kept from that share and count on; of its neighbours the commonest, from that share of the count
beside another form."""
BY_HAND, WEIGHT = "forms-hand.txt", 40
"""Words that the corpora lack, in traditional script, and how much one counts."""
HELD_OUT = 10
"""Every tenth paragraph is left out, to measure with."""
SOURCE = (
    "counted from Chinese Wikipedia (DRCD and CMRC extracts, CC BY-SA), fiction and scholarship in "
    "traditional script (shjwudp/shu, MIT), histories and novels to 1911 (oscarsun72/chtxt, public domain; "
    "NiuTrans/Classical-Modern, MIT), Fudan journal articles; OpenCC (Apache-2.0) for standard forms; a list "
    "of words by hand"
)


def lines(folder: Path, name: str, held_out: bool = False) -> Iterator[str]:
    """The paragraphs that are counted, or those held out."""
    for number, line in enumerate(read(folder, name).splitlines()):
        if (number % HELD_OUT == 0) == held_out:
            yield line


def main() -> None:
    """Count and write."""
    args = parser(__doc__).parse_args()
    standard, plain = OpenCC("tw2t"), OpenCC("t2s")
    total: dict[str, Counter[str]] = defaultdict(Counter)
    before: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    after: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    single: dict[str, str] = {}

    def fold(char: str) -> str:
        if char not in single:
            found = plain.convert(char)
            single[char] = found if len(found) == 1 else char
        return single[char]

    def count(line: str, folded: str, wanted: set[str], weight: int) -> None:
        for at, char in enumerate(folded):
            if char in wanted:
                form = line[at]
                total[char][form] += weight
                if at and is_han(folded[at - 1]):
                    before[char, form][folded[at - 1]] += weight
                if at + 1 < len(folded) and is_han(folded[at + 1]):
                    after[char, form][folded[at + 1]] += weight

    for name, weight in TRADITIONAL.items():
        for line in lines(args.corpus, name):
            usual = standard.convert(line)
            count(usual, "".join(map(fold, usual)), set(SEVERAL), weight)
    for word in Path(__file__).with_name(BY_HAND).read_text(encoding="utf-8").split():
        count(word, "".join(map(fold, word)), set(SEVERAL), WEIGHT)
    for name in SIMPLIFIED:
        for line in lines(args.corpus, name):
            if "乾" in line or "干" in line:
                count(line, "".join("乾" if char == "干" else char for char in line), {"乾"}, 1)
    rows = []
    for char, forms in total.items():
        least = max(LEAST, SHARE * forms.total())
        kept = [
            form for form, seen in forms.items() if seen >= least and (form != char or is_traditional(form))
        ]
        for form in kept if len(kept) > 1 else ():
            sides = (
                pairs(seen[char, form], [seen[char, other] for other in kept]) for seen in (before, after)
            )
            rows.append((char + form, str(forms[form]), *sides))
    size = write_table(
        args.out,
        ("forms", "count", "before", "after"),
        rows,
        source=SOURCE,
        used_by="which traditional form a simplified character stands for, and which 乾 is 干",
        date=args.date,
    )
    print(f"{size} forms")


def is_traditional(form: str) -> bool:
    """Whether traditional script has a character; typists leave simplified ones in such texts."""
    try:
        form.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def pairs(counts: Counter[str], every: Sequence[Counter[str]]) -> str:
    """The commonest neighbours, in the order of their characters; a few beside many of another form are
    slips of the typist or of a conversion."""
    usual = {char: seen for char, seen in counts.items() if seen >= SLIPS * max(form[char] for form in every)}
    kept = [(char, seen) for char, seen in Counter(usual).most_common(MOST) if seen > 1]
    return " ".join(f"{char}:{seen}" for char, seen in sorted(kept)) or "-"


if __name__ == "__main__":
    main()
