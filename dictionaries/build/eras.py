"""Build models/eras.bin, eras-beside.bin, eras.judge.tsv: the model of other eras and genres, and its judge.

Passages of each file of the corpus are held out. Some of them are typeset, degraded and read by tesseract
and PP-OCR (DIR/bench/make_ocr_set.py), others stay right: on both, and on every third page of
DIR/bench/ocr-train, the judge is fitted. All the rest is counted, old files in full, news and statutes for
little, so that what is usual everywhere is known. Everything made on the way stays in --work. Pages hang on
the engines' versions, so another run gives another judge: the one shipped was fitted on the 159 pages
that were ready.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import copy

import beside
import made
from corpus import LICENCE, parser, read
from opencc import OpenCC

from cleanup.score.ngram import Ngrams

COUNTED = {
    "ccrd_1966_1976": 1.0, "cnd_museum": 1.0, "mao_works_1925_1957": 2.0, "xys_essays": 1.0,
    "shu_late_qing_republican": 1.0, "minguo_literature": 1.0, "shu_1940s_1990s_prose": 1.0,
    "shu_traditional_script": 1.0, "shu_swordsman_and_popular_history_novels": 1.0,
    "shu_classical_and_vernacular_novels": 1.0, "classical_simplified": 0.7,
    "classical_traditional_chtxt": 0.5, "classical_poetry_traditional": 0.3,
    "classical_poetry_chinese_poetry": 0.3, "classics_in_modern_chinese": 1.0,
    "modern_essays_lancopku": 2.0, "modern_poetry_sheepzh": 1.0, "criminal_judgments_lecardv2": 1.0,
    "lawrefbook_cases_rules": 2.0, "laws_local": 0.1, "laws_central": 0.1,
    "peoplesdaily1998_msra_ner": 2.0, "wiki_zh_simplified_mrc": 1.0, "cctv_xwlb_2012_2026Q1": 0.1,
    "fudan_general": 0.1,
}  # fmt: skip
"""How much one occurrence counts, by corpus (by hand)."""
TRADITIONAL = ("shu_traditional_script", "classical_traditional_chtxt", "classical_poetry_traditional")
HELD = (
    "ccrd_1966_1976", "cnd_museum", "mao_works_1925_1957", "xys_essays", "shu_late_qing_republican",
    "minguo_literature", "shu_1940s_1990s_prose", "shu_swordsman_and_popular_history_novels",
    "shu_classical_and_vernacular_novels", "classical_simplified", "classics_in_modern_chinese",
    "modern_essays_lancopku", "criminal_judgments_lecardv2", "lawrefbook_cases_rules", "laws_local",
)  # fmt: skip
"""Files of which passages are held out."""
PASSAGES, PAGES, RIGHT = 60, 12, 8
"""Of each file: passages held out, pages made of them, and how many stay right."""
LONGEST, TOLD_BY = 500, 60
"""Characters of a paragraph, at the most; by so many at its beginning it is known again."""
MEGABYTES = 39.9
SOURCE = (
    "counted from party papers 1966-1976, memoirs, Mao's works, essays, fiction and scholarship 1895-1949, "
    "novels, classical and vernacular texts, poetry, modern versions of classics, verse, judgments (sources "
    "and licences: corpus/README.md of the study material), and little of news, statutes and journals; "
    "counts only, no text"
)


def passages(lines: list[str], name: str) -> Iterator[tuple[str, list[str]]]:
    """(title, paragraphs) of passages of a corpus; always the same."""
    draw = Random("kt" + name)
    solid = [line for line in map(str.strip, lines) if line]
    for _ in range(PASSAGES):
        at, size, found = draw.randrange(len(solid) - 60), draw.randint(300, 1300), []
        for line in solid[at : at + 60]:
            found.append(line[:LONGEST])
            size -= len(found[-1])
            if size <= 0:
                break
        if len(found) > 1:
            title = made.title(draw) if draw.random() < 0.5 else found[0][:12].strip("，。：；、")
            yield title, found


def held_out(corpus: Path, work: Path) -> set[str]:
    """Write the passages, some as right pages; beginnings of all their paragraphs."""
    beginnings: set[str] = set()
    for name in HELD:
        found = list(passages(read(corpus, name).splitlines(), name))
        beginnings |= {line[:TOLD_BY] for _, part in found for line in part if len(line) >= 14}
        text = "\n\n".join("\n".join([title, *part]) for title, part in found[:-RIGHT])
        (work / f"{name}.articles.txt").write_text(text + "\n", encoding="utf-8")
        for number, (title, part) in enumerate(found[-RIGHT:]):
            for kind in ("ocr", "gt"):
                page = work / "right" / f"{name}{number}.{kind}.txt"
                page.write_text("\n".join([title, *part]) + "\n", encoding="utf-8")
    return beginnings


def count(corpus: Path, work: Path, without: set[str], out: Path) -> None:
    """The language model."""
    from cleanup.score.counting import Source, train

    convert = OpenCC("t2s").convert
    sources = []
    for name, weight in COUNTED.items():
        lines = (line for line in read(corpus, name).splitlines() if line.strip()[:TOLD_BY] not in without)
        file = work / f"{name}.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sources.append(Source(file, weight, convert if name in TRADITIONAL else None))
    out.write_bytes(train(sources, int(MEGABYTES * 1e6), SOURCE, memory=7_000_000_000))


def main() -> None:
    """Hold out, make pages, count, fit."""
    options = parser(__doc__)
    options.add_argument("--maker", type=Path, required=True, help="make_ocr_set.py")
    options.add_argument("--pages", type=Path, required=True, help="folder of newspaper pages with truth")
    options.add_argument("--work", type=Path, required=True, help="folder for what is made on the way")
    args = options.parse_args()
    (args.work / "right").mkdir(parents=True, exist_ok=True)
    (args.work / "news").mkdir(exist_ok=True)
    without = held_out(args.corpus, args.work)
    for name in HELD:
        subprocess.run(
            [sys.executable, args.maker, "build", "--articles", args.work / f"{name}.articles.txt", "--out",
             args.work / "made", "--name", name, "--n", str(PAGES), "--seed", "5"],
            check=True,
        )  # fmt: skip
    for truth in sorted(args.pages.glob("*.gt.txt"))[::3]:
        for page in (truth, truth.with_name(truth.name.replace(".gt.", ".ocr."))):
            copy(page, args.work / "news")
    count(args.corpus, args.work, without, args.out)
    folders = [*sorted((args.work / "made").glob("*/")), args.work / "right", args.work / "news"]
    near = args.out.with_name(f"{args.out.stem}-beside.bin")
    near.write_bytes(beside.table(Ngrams(args.out)))
    subprocess.run(
        ["ocrfix", "train", "judge", *folders, "--model", args.out, "-o", args.out.with_suffix(".judge.tsv"),
         "--source", f"pages made of the same corpora and of bench/ocr-train; {LICENCE}"],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
