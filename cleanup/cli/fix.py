"""`ocrfix FILE…`: the options; `repairs` does it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleanup.cli import options as shared
from cleanup.cli.choices import NONE, Choices, repairing
from cleanup.cli.repairs import repair_files


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
    return repair_files(inputs, output, stdout, diff, choices, lang, quiet, verbose)
