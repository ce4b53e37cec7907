"""`ocrfix schema journal`: JSON Schemas of what the tool writes."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleanup.cli.files import write_stdout
from cleanup.reports import journal


def command(
    what: Annotated[Literal["journal"], typer.Argument(help="Which file's schema.")],
) -> int:
    """Print the JSON Schema of the journal."""
    write_stdout(journal.schema())
    return 0
