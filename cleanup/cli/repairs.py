"""What `ocrfix FILE…` does: clean text, report and journal beside each input."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cleanup.archive import outputs, store
from cleanup.cli import config, files
from cleanup.cli.choices import NONE, Choices
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


def repair_files(
    inputs: list[str],
    output: Path | None = None,
    stdout: bool = False,
    diff: bool = False,
    choices: Choices = NONE,
    lang: Lang | None = None,
    quiet: bool = False,
    verbose: bool = False,
) -> int:
    """Repair files as the command says; the exit code."""
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
    if not (job.scan or document.boxed):
        return document  # it names no picture
    from cleanup import witness

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
    from cleanup.reports import terminal

    shown = [(result, file_names.shown(str(report))) for result, report in done]
    for line in terminal.summary(shown, lang, _room(), _is_coloured()):
        print(line)


def _room() -> int:
    """The cells of a line of the terminal. A pipe has no width; paths must come through it in one piece."""
    if not sys.stdout.isatty():
        return 400
    with suppress(ValueError):
        return int(os.environ.get("COLUMNS", ""))
    with suppress(OSError):
        return os.get_terminal_size(sys.stdout.fileno()).columns
    return 80


def _is_coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
