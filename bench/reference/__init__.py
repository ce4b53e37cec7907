"""The pages of docs/reference/ that are written from the code, and that for man: `python -m bench reference`.

Commands and options, settings, rules, the journal's and the structure's fields, exit codes, each in Chinese
and English. `tests/test_site.py` holds the files to what this gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from bench.reference.cells import cell
from bench.reference.commands import commands
from bench.reference.exits import exit_codes
from bench.reference.fields import schemas
from bench.reference.manual import manual
from bench.sets import ROOT
from cleanup.cli.config import TEMPLATE
from cleanup.cli.rules import short
from cleanup.data import precision
from cleanup.model.fix import Lang
from cleanup.plan import all_rules

LANGS: tuple[Lang, ...] = ("zh", "en")
MARK = "<!-- Below: written from the code by `python -m bench reference`; do not edit by hand. -->"
FOLDER = ROOT / "docs" / "reference"
MANUALS = ROOT / "docs" / "man"


def pages(folder: Path = FOLDER) -> dict[Path, str]:
    """Each page as it should be: what people wrote above the mark, and below it what the code says."""
    makers: dict[str, Callable[[Lang], Iterable[str]]] = {
        "commands": commands,
        "settings": settings,
        "rules": rules,
        "journal": schemas,
        "exit-codes": exit_codes,
    }
    found = {}
    for name, make in makers.items():
        for lang in LANGS:
            file = folder / f"{name}.{lang}.md"
            above = file.read_text("utf-8").partition(MARK)[0].rstrip()
            found[file] = "\n\n".join([above, MARK, *make(lang)]).rstrip() + "\n"
    return found | {MANUALS / f"ocrfix.{lang}.1": manual(lang) for lang in LANGS}


def write() -> None:
    """All of them."""
    for file, text in pages().items():
        file.write_text(text, "utf-8")


def settings(lang: Lang) -> Iterator[str]:
    """The file that `ocrfix init` writes; it speaks both languages."""
    yield f"```toml\n{TEMPLATE.strip()}\n```"


def rules(lang: Lang) -> Iterator[str]:
    """A table of rules for each family, with what was measured of each."""
    measured = precision.table()
    head = "| 规则 | 级别 | 实测 | 作用 |" if lang == "zh" else "| rule | safety | measured | what it does |"
    for family, found in groupby(all_rules(()), lambda rule: rule.NAME.partition(".")[0]):
        rows = [
            f"| `{rule.NAME}` | {rule.SAFETY.label} | {cell(short(measured.get(rule.NAME), lang))} "
            f"| {cell(rule.SUMMARY.text(lang))} |"
            for rule in found
        ]
        yield f"## {family}"
        yield "\n".join([head, "|---|---|---|---|", *rows])
