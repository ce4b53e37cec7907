"""What the build scripts share: reading the study corpus and writing tables.

The corpus is a folder of `*.txt.xz` files, UTF-8, one paragraph a line. It is not part of the project;
only counts taken from it are. Every table starts with the same five header lines.
"""

from __future__ import annotations

import argparse
import lzma
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WEIGHTS: Mapping[str, float] = {
    "cctv_xwlb_2012_2026Q1": 1.0,
    "cpc_gov_reports": 2.0,
    "provincial_gov_reports_2026": 2.0,
    "peoplesdaily1998_msra_ner": 3.0,
    "wiki_zh_simplified_mrc": 1.0,
    "fudan_general": 0.3,
    "fudan_politics_economy_law": 0.4,
    "laws_central": 0.3,
    "laws_local": 0.3,
}
"""How much one occurrence counts, by corpus: modern news before journals and statutes."""

TRADITIONAL = "wiki_zh_trad_drcd"
"""The one corpus in traditional script; counted apart from the others."""

SOURCE = (
    "counted from CCTV Xinwen Lianbo transcripts 2012-2026 (text CCTV), People's Daily 1998 sentences "
    "(MSRA NER), central and provincial government reports, central and local statutes, "
    "Fudan journal articles, Chinese Wikipedia (CMRC and DRCD extracts, CC BY-SA)"
)
LICENCE = "CC0-1.0 (counts only; no text of the sources)"
DATE = "2026-11-22"


def read(folder: Path, name: str) -> str:
    """The whole text of one corpus file."""
    with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read()


def simplified(folder: Path) -> Iterator[tuple[str, float, str]]:
    """Name, weight and text of each corpus file in simplified script."""
    for name, weight in WEIGHTS.items():
        yield name, weight, read(folder, name)


def is_han(char: str) -> bool:
    """Whether a character is a unified ideograph or 〇."""
    basic = "\u4e00" <= char <= "\u9fff" or char == "〇"
    return basic or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U0003ffff"


HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = Path(os.environ.get("OCRFIX_SHARED", ROOT.parent / "shared"))
IN_SHARED = {
    "corpus": "corpus",
    "bench": "bench",
    "pages": "bench/ocr-train",
    "pairs": "bench/ocr-train",
    "confusions": "bench/train.confusion.tsv",
    "fit": "bench/train.confusion.tsv",
    "check": "bench/dev.confusion.tsv",
    "maker": "bench/make_ocr_set.py",
    "chaizi": "data/chaizi-jt.txt",
    "ids": "data/cjkvi_ids.txt",
    "strokes": "data/faspell_char_meta_full__MuCGEC.txt",
    "divisions": "data/modood_pcas-code.json",
    "places": "data/thuocl_diming.txt",
    "official": "data/ecspell_gongwen_words.txt",
    "people": "data/news_person_names.tsv",
    "titles": "data/zhwiki.dict.yaml",
}
"""Option → where in --shared DIR its file or folder lies."""
OWN = {
    "common": "characters/common.tsv",
    "names": "names/characters.tsv",
    "surnames": "names/surnames.tsv",
    "offices": "offices/offices.tsv",
    "pairs-out": "names/pairs.tsv",
}
"""Option → table of this repository."""
BY_PACKAGE = {"dictionary": ("jieba", "dict.txt"), "rates": ("ngender", "charfreq.csv")}
"""Option → (package to install, its file)."""


class Parser(argparse.ArgumentParser):
    """A command line whose files are known: of the repository, of --shared DIR, of a package."""

    def add_argument(self, *names: Any, **how: Any) -> argparse.Action:
        """The same; an option whose place is known need not be given."""
        name = names[0].removeprefix("--")
        if how.get("required") and (name in IN_SHARED or name in OWN or name in BY_PACKAGE or name == "face"):
            how["required"] = False
            where = f"DIR/{IN_SHARED[name]}" if name in IN_SHARED else OWN.get(name, "")
            where = where or (
                f"of the package {BY_PACKAGE[name][0]}" if name in BY_PACKAGE else "this machine's"
            )
            how["help"] = f"{how.get('help', '')} [default: {where}]"
        return super().add_argument(*names, **how)

    def parse_args(self, *given: Any, **how: Any) -> Any:
        """The options, with the places of those that were not given; says what is not there."""
        found = super().parse_args(*given, **how)
        for action in self._actions:
            name = action.dest.replace("_", "-")
            if getattr(found, action.dest, None) not in (None, []):
                continue
            if name in IN_SHARED and action.default is None:
                place: Any = found.shared / IN_SHARED[name]
                self._there(place, f"give --{name}, or --shared DIR")
                setattr(found, action.dest, [place] if action.nargs == "+" else place)
            elif name in OWN and action.default is None:
                setattr(found, action.dest, ROOT / "dictionaries" / OWN[name])
            elif name in BY_PACKAGE:
                package, file = BY_PACKAGE[name]
                spec = find_spec(package)
                if spec is None or spec.origin is None:
                    self.error(f"give --{name}, or install {package} (pip install {package})")
                setattr(found, action.dest, Path(str(spec.origin)).with_name(file))
            elif name == "face":
                setattr(found, action.dest, faces())
        return found

    def _there(self, place: Path, advice: str) -> None:
        if not place.exists():
            self.error(f"{place} is not there: {advice}")


def faces() -> list[str]:
    """The faces that pages are typeset in, as far as this machine has them (packages: README.md)."""
    from bench import typeset

    return [f"{file}:{index}" for some in typeset.faces() for file, index in some]


def parser(description: str | None, *, corpus: bool = True) -> Parser:
    """A command line with `--corpus`, `--shared`, `--out` and `--date`.

    `--out` is by default the table that the description's first line names: "Build KIND/TABLE: …".
    """
    first = (description or "").splitlines()[0]
    result = Parser(description=first)
    result.add_argument("--shared", type=Path, default=SHARED, help="folder of study material")
    if corpus:
        result.add_argument("--corpus", type=Path, required=True, help="folder of the *.txt.xz files")
    made = re.match(r"(?:Build|Fit) ([a-z/_-]+\.(?:tsv|bin))", first)
    table = ROOT / "dictionaries" / made[1] if made else None
    result.add_argument("--out", type=Path, required=table is None, default=table, help="file to write")
    result.add_argument("--date", default=DATE, help="date for the header")
    return result


def write_table(
    out: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    source: str,
    used_by: str,
    date: str,
    licence: str = LICENCE,
) -> int:
    """Write a table with its header, sorted by the first column, and return the number of rows."""
    ordered = sorted((tuple(row) for row in rows), key=lambda row: row[0])
    keys = [row[0] for row in ordered]
    if len(set(keys)) != len(keys):
        doubled = sorted({key for key in keys if keys.count(key) > 1})
        raise SystemExit(f"{out}: the first column is not unique: {doubled[:10]}")
    head = [
        "# columns: " + "\t".join(columns),
        f"# source: {source}",
        f"# licence: {licence}",
        f"# date: {date}",
        f"# used by: {used_by}",
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = head + ["\t".join(row) for row in ordered]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(ordered)


def read_table(path: Path) -> list[list[str]]:
    """The rows of a table, without its header."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]
