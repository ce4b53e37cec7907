"""`ocrfix init`: a settings file with comments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleanup.archive.store import write_all
from cleanup.cli.config import NAME, TEMPLATE
from cleanup.cli.failure import Failure
from cleanup.model.errors import Exit


def command(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; default: here.")] = Path(),
) -> int:
    """Write ocrfix.toml with every setting explained."""
    place = folder / NAME
    if place.exists():
        raise Failure(
            Exit.OUTPUT,
            f"{place} 已存在；请编辑它，或先移走再运行 ocrfix init。",
            f"{place} is there already; edit it, or move it away and run ocrfix init again.",
        )
    write_all({place: TEMPLATE.encode("utf-8")})
    print(place)
    return 0
