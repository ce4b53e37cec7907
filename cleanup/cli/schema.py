"""`ocrfix schema journal|structure`: JSON Schemas of what the tool writes."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleanup.cli.files import write_stdout
from cleanup.reports import journal, structure


def command(
    what: Annotated[Literal["journal", "structure"], typer.Argument(help="Which file's schema.")],
) -> int:
    """Print the JSON Schema of the journal, or of what --format json writes."""
    write_stdout(journal.schema() if what == "journal" else structure.schema())
    return 0
