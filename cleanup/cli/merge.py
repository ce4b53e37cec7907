"""`ocrfix merge A B…`: one clean text from several readings of the same pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cleanup.archive import outputs, store
from cleanup.cli import config, files
from cleanup.cli import options as shared
from cleanup.cli.choices import NONE, Choices, repairing
from cleanup.cli.choices import job as job_of
from cleanup.cli.choices import people as people_of
from cleanup.cli.failure import Failure, from_input_error
from cleanup.cli.repairs import check_stdout, look, print_text, show, summary
from cleanup.engine import readings, repair
from cleanup.formats.encoding import InputError
from cleanup.model import file_names
from cleanup.model.document import Document
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang


@repairing
def command(
    inputs: Annotated[
        list[Path],
        typer.Argument(metavar="A B...", help="Files of several engines, all of the same page or pages."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder for results; default: beside the first."),
    ] = None,
    stdout: shared.Stdout = False,
    diff: shared.Diff = False,
    choices: Choices = NONE,
    lang: shared.Language = None,
    quiet: shared.Quiet = False,
    verbose: shared.Verbose = False,
) -> int:
    """Merge several readings of the same pages: lost lines, and characters on which they differ.

    The first, or the one that has clearly more, is repaired with what the others have; every choice is in its
    journal with both readings.
    """
    if len(inputs) < 2:
        raise Failure(
            Exit.USAGE,
            "merge 需要同一页的两个或更多识别结果，例如：ocrfix merge 1.json 1.hocr -o 结果。",
            "merge needs two or more readings of the same page: ocrfix merge 1.json 1.hocr -o OUT.",
        )
    check_stdout(stdout, diff or verbose or output is not None)
    found = config.find(inputs[0].parent)
    language: Lang = config.language(lang, found.config)
    job = job_of(choices, found, language)
    people = people_of(job.roster, job.default_roster)
    documents = [_read(path, job.encoding) for path in inputs]
    at = readings.base_of(documents)
    name, place = documents[at].name, inputs[at]
    folder = found.folder(output, inputs[0].parent)
    merged = look(readings.merged(documents, at), place, job, folder, language, set())
    result = job.repairer(Path(), people).document(merged, file_names.readable(str(place)))
    try:
        if stdout:
            print_text(result, job)
            return Exit.DONE
        contents = outputs.contents(result, name, job, folder)
    except InputError as error:
        raise from_input_error(str(place), error) from None
    written = {folder / called: content for called, content in contents.items()}
    for target in written:
        for path in inputs:
            files.spare(path, target)
    store.write_all(written)
    if diff or verbose:
        show(result, language)
    if not quiet:
        summary([(result, folder / outputs.names(name)["report"])], language)
    return Exit.DONE


def _read(path: Path, encoding: str | None) -> Document:
    name, data = files.read_input(str(path))
    try:
        return replace(repair.read(data, name, encoding), name=name)
    except InputError as error:
        raise from_input_error(str(path), error) from None
