"""What the build scripts share: reading the study corpus and writing tables.

The corpus is a folder of `*.txt.xz` files, UTF-8, one paragraph a line. It is not part of the project;
only counts taken from it are. Every table starts with the same five header lines.
"""

from __future__ import annotations

import argparse
import lzma
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

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


def parser(description: str | None, *, corpus: bool = True) -> argparse.ArgumentParser:
    """A command line with `--corpus`, `--out` and `--date`."""
    result = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    if corpus:
        result.add_argument("--corpus", type=Path, required=True, help="folder of the *.txt.xz files")
    result.add_argument("--out", type=Path, required=True, help="file to write")
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
