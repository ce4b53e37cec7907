"""Standard input and output beside files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cleanup.archive import store
from cleanup.cli.failure import Failure
from cleanup.formats import packing
from cleanup.model.errors import Exit
from cleanup.model.file_names import called


def read_input(path: str) -> tuple[str, bytes]:
    """(name made readable, bytes) of a file, or of standard input for "-"; raises Trouble.

    A folder of an engine's numbered pages (1.json, 2.json …) comes as a zip of them.
    """
    if path == "-":
        return "stdin.txt", sys.stdin.buffer.read()
    place = Path(path)
    if place.is_dir() and (pages := sorted(page for page in place.iterdir() if packing.is_page(page.name))):
        whole = packing.zipped([(page.name, store.read(str(page))) for page in pages])
        return called(f"{place.absolute().name}.zip"), whole
    return called(place.name), store.read(path)


def spare(path: str | Path, place: Path) -> None:
    """Raise Failure where the result `place` is the input `path` itself."""
    if place.exists() and place.samefile(path):
        raise Failure(
            Exit.OUTPUT,
            f"{path}：结果会覆盖输入文件本身；请用 -o 另选目录。",
            f"{path}: the result would overwrite the input itself; choose a folder with -o.",
        )


def write_stdout(data: bytes) -> None:
    """Bytes to standard output, and nothing else."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
