"""Standard input and output beside files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cleanup.archive import store
from cleanup.formats import packing


def read_input(path: str) -> tuple[str, bytes]:
    """(name, bytes) of a file, or of standard input for "-"; raises Trouble.

    A folder of an engine's numbered pages (1.json, 2.json …) comes as a zip of them.
    """
    if path == "-":
        return "stdin.txt", sys.stdin.buffer.read()
    place = Path(path)
    if place.is_dir() and (pages := sorted(page for page in place.iterdir() if packing.is_page(page.name))):
        whole = packing.zipped([(page.name, store.read(str(page))) for page in pages])
        return f"{place.absolute().name}.zip", whole
    return place.name, store.read(path)


def write_stdout(data: bytes) -> None:
    """Bytes to standard output, and nothing else."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
