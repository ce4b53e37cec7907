"""`ocrfix roster check FILE`, `ocrfix roster suggest ARCHIVE`: what a roster has wrong, and whom it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from cleanup.cli import config
from cleanup.cli.failure import Exit, Failure
from cleanup.data import roster as rosters
from cleanup.data.roster_check import columns, problems
from cleanup.engine import people

Lang = Annotated[Literal["zh", "en"] | None, typer.Option(help="Language [default: locale].")]
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
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Rosters.")], lang: Lang = None
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
    archive: Annotated[list[Path], typer.Argument(metavar="ARCHIVE...", help="Text files and folders.")],
    roster: Annotated[
        list[str] | None, typer.Option("--roster", metavar="FILE", help="People known already.")
    ] = None,
    least: Annotated[int, typer.Option("--least", min=1, help="Named at least so often.")] = 2,
    lang: Lang = None,
) -> int:
    """Print a roster (CSV) of people whom the text names with an office and the roster lacks."""
    pages: list[tuple[str, bytes]] = []
    for place in archive:
        inside = sorted(path for path in place.rglob("*") if path.suffix in (".txt", ".md"))
        for path in inside if place.is_dir() else [place]:
            try:
                pages.append((path.name, path.read_bytes()))
            except OSError as error:
                raise Failure(
                    Exit.INPUT,
                    f"{path} 无法读取：{error.strerror}。",
                    f"{path}: cannot be read: {error.strerror}.",
                ) from None
    print("name,title,count,first,last")
    for row in people.suggest(pages, rosters.load(roster or [], default=True)):
        if row.times >= least:
            print(f"{row.name},{row.title},{row.times},{row.first},{row.last}")
    return Exit.DONE
