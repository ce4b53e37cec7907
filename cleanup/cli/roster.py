"""`ocrfix roster check FILE`, `ocrfix roster suggest ARCHIVE`: what a roster has wrong, and whom it lacks."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cleanup.archive import inputs
from cleanup.cli import config, files
from cleanup.cli import options as shared
from cleanup.cli.failure import Failure, from_input_error
from cleanup.cli.say import say
from cleanup.data import roster as rosters
from cleanup.data.roster_check import columns, problems
from cleanup.engine import people
from cleanup.engine.repair import Settings, day, read
from cleanup.formats.encoding import InputError
from cleanup.model.errors import Exit

app = typer.Typer(help="Check rosters; propose people for them.", no_args_is_help=True, rich_markup_mode=None)
_LABELS = {
    "zh": ("人", "处有误", "对一字之差的人名（形近的在前）", "个也是常用词的人名"),
    "en": (
        "people",
        "bad cells",
        "pairs one character apart (look-alikes first)",
        "names that are ordinary words as well",
    ),
}
_READ = {"zh": "读作", "en": "columns read:"}
_UNREAD = {"zh": "未读的列（列名不认识）：", "en": "columns not read, since their names are unknown:"}
SHOWN = 100
"""So many dangerous pairs and words are listed; the rest is counted."""


@app.command("check")
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Rosters.")],
    lang: shared.Language = None,
) -> int:
    """Explain every bad row of FILE and list names that are dangerous to repair by."""
    language = config.language(lang)
    roster = rosters.load(files)
    bad = 0
    for file in files:
        read = columns(Path(file))
        print(
            f"{file}: {_READ[language]} "
            + ", ".join(f"{one.header} = {one.field}" for one in read if one.field)
        )
        if unread := [one.header for one in read if not one.field]:
            print(f"{file}: {_UNREAD[language]} " + ", ".join(unread))
        for row in problems(Path(file)):
            bad += 1
            print(f"{file}:{row.line}: {row.column}: {row.message.text(language)}")
    pairs, words = people.dangers(roster)
    labels = _LABELS[language]
    print(f"{len(roster.people)} {labels[0]}, {bad} {labels[1]}")
    for label, found in ((labels[2], [f"{one} / {two}" for one, two in pairs]), (labels[3], words)):
        print(f"{len(found)} {label}")
        for line in found[:SHOWN]:
            print(f"  {line}")
        if len(found) > SHOWN:
            print(f"  … {len(found) - SHOWN}")
    return Exit.DATA if bad else Exit.DONE


@app.command("suggest")
def suggest(
    archive: Annotated[list[str], typer.Argument(metavar="ARCHIVE...", help="Text files, folders, globs.")],
    roster: shared.Rosters = None,
    least: Annotated[int, typer.Option("--least", min=1, help="Named at least so often.")] = 2,
    lang: shared.Language = None,
) -> int:
    """Print a roster (CSV) of people whom the text names with an office and the roster lacks."""
    language = config.language(lang)
    pages = _Pages(archive)
    table = csv.writer(sys.stdout, lineterminator="\n")
    known = rosters.load(roster or [], default=True)
    proposals = people.suggest(pages, known)
    table.writerow(("name", "title", "count", "first", "last"))
    table.writerows(row for row in proposals if row.times >= least)
    for failure in pages.failed:
        say(language, failure.message.zh, failure.message.en)
    return Exit.DONE if not pages.failed else Exit.SOME_FAILED if pages.read else Exit.INPUT


class _Pages:
    """The texts of an archive one after the other; those that cannot be read are left out and counted."""

    def __init__(self, archive: list[str]) -> None:
        self._archive = archive
        self.read = 0
        self.failed: list[Failure] = []

    def __iter__(self) -> Iterator[people.Page]:
        for found in inputs.find(self._archive, (), Path(os.devnull), ()):
            try:
                name, data = files.read_input(found.source)
                text = read(data, name).text
            except Failure as failure:
                self.failed.append(failure)
            except InputError as error:
                self.failed.append(from_input_error(found.path, error))
            else:
                self.read += 1
                yield people.Page(text, day(text, name, Settings(path=found.source)))
