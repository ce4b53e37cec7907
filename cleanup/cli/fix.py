"""`ocrfix FILE…`: clean text, report and journal beside the input."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleanup import witness
from cleanup.archive import outputs, store
from cleanup.cli import config, files
from cleanup.cli import options as shared
from cleanup.cli.choices import NONE, Choices, repairing
from cleanup.cli.choices import job as job_of
from cleanup.cli.choices import people as people_of
from cleanup.cli.failure import Failure, from_input_error
from cleanup.cli.say import say
from cleanup.engine import repair
from cleanup.formats.encoding import InputError, encode
from cleanup.model import file_names
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Lang, Message

if TYPE_CHECKING:
    from cleanup.archive.job import Job
    from cleanup.model.document import Document
    from cleanup.model.result import Result


@dataclass(frozen=True)
class _Options:
    """The command line as given."""

    choices: Choices
    output: Path | None
    stdout: bool
    diff: bool
    verbose: bool
    said: set[Message] = field(default_factory=set)
    """Of pictures: the same of many is said once."""


@repairing
def command(
    inputs: Annotated[list[str], typer.Argument(metavar="FILE...", help="Text files; - is standard input.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder for results; default: beside the input."),
    ] = None,
    stdout: shared.Stdout = False,
    diff: shared.Diff = False,
    choices: Choices = NONE,
    lang: shared.Language = None,
    quiet: shared.Quiet = False,
    verbose: shared.Verbose = False,
) -> int:
    """Repair FILEs: write FILE.clean.EXT, FILE.report.html and FILE.journal.json."""
    options = _Options(choices, output, stdout, diff, verbose)
    check_stdout(stdout, diff or verbose or output is not None)
    if inputs == ["-"] and output is None and not (diff or verbose):
        options = replace(options, stdout=True)
    done: list[tuple[Result, Path]] = []
    worst = Exit.DONE
    taken: dict[Path, str] = {}
    language: Lang = config.language(lang)
    for path in inputs:
        try:
            found = config.find(Path() if path == "-" else Path(path).parent)
            language = config.language(lang, found.config)
            result, report = _repair_one(path, options, found, taken, language)
            done.append((result, report))
            if options.diff or options.verbose:
                show(result, language)
        except OcrfixError as error:
            print(f"ocrfix: {error.text(language)}", file=sys.stderr)
            worst = worst or error.exit_code
    if done and not (options.stdout or quiet):
        summary(done, language)
    return worst


def _repair_one(
    path: str, options: _Options, found: config.Found, taken: dict[Path, str], lang: Lang
) -> tuple[Result, Path]:
    """The result of an input, and where its report stands."""
    name, data = files.read_input(path)
    job = job_of(options.choices, found, lang)
    people = people_of(job.roster, job.default_roster)
    folder = found.folder(options.output, Path(path).parent if path != "-" else Path())
    places = {part: folder / called for part, called in outputs.names(name).items()}
    if not options.stdout:
        for place in places.values():
            if other := taken.get(place):
                raise Failure(
                    Exit.USAGE,
                    f"{path}：结果 {place} 会覆盖 {other} 的结果；请分开运行并用 -o 另选目录。",
                    f"{path}: its result {place} would overwrite that of {other}; run each with its own -o.",
                )
            if path != "-":
                files.spare(path, place)
    try:
        document = repair.read(data, name, job.encoding)
        del data  # the bytes of a long text need not wait beside it
        document = look(document, Path(path), job, folder, lang, options.said)
        result = job.repairer(Path(), people).document(
            document, "" if path == "-" else file_names.readable(path)
        )
        if options.stdout:
            print_text(result, job)
        else:
            written = outputs.contents(result, name, job, folder)
            store.write_all({folder / called: content for called, content in written.items()})
    except InputError as error:
        raise from_input_error(path, error) from None
    taken.update(dict.fromkeys(places.values(), path))
    return result, places["report"]


def look(
    document: Document, source: Path, job: Job, folder: Path, lang: Lang, said: set[Message]
) -> Document:
    """The document with what stands on its pictures; what is wrong with these is told, and added to `said`,
    so that the same of many is told once."""
    document = witness.look(document, source, job.scan, job.witness, job.look, folder)
    for note in (note for scan in document.scans for note in scan.notes):
        if note not in said:
            say(lang, note.zh, note.en)
            said.add(note)
    return document


def check_stdout(stdout: bool, other: bool) -> None:
    """Raise Failure where the text is to go to standard output, and something else is asked for as well."""
    if stdout and other:
        raise Failure(
            Exit.USAGE,
            "--stdout 只输出文本，不能与 --diff、-v 或 -o 同用。",
            "--stdout writes the clean text and nothing else; use it without --diff, -v and -o.",
        )


def print_text(result: Result, job: Job) -> None:
    """Write the clean text, or the structure where that is asked for, to standard output."""
    from cleanup.reports import structure

    clean = encode(result.repaired, result.journal.output.envelope)
    files.write_stdout(structure.render(result, job.shape) if job.shape else clean)


def show(result: Result, lang: Lang) -> None:
    """Print every change."""
    from cleanup.reports import terminal

    for line in terminal.diff(result, lang, sys.stdout.isatty()):
        print(line)


def summary(done: list[tuple[Result, Path]], lang: Lang) -> None:
    """Print what became of the inputs, and where their reports stand."""
    from rich.console import Console

    from cleanup.reports import terminal

    # A pipe has no width; paths must come through it in one piece.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 400)
    console.print(
        terminal.summary([(result, file_names.shown(str(report))) for result, report in done], lang)
    )
