"""Reading inputs and writing outputs: whole files or nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from cleanup.archive import store
from cleanup.cli.failure import from_trouble


def read_input(path: str) -> tuple[str, bytes]:
    """(name, bytes) of a file, or of standard input for "-"; raises Failure."""
    if path == "-":
        return "stdin.txt", sys.stdin.buffer.read()
    try:
        return Path(path).name, store.read(path)
    except store.Trouble as trouble:
        raise from_trouble(trouble) from None


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write all the files or, where one cannot be written, none; raises Failure."""
    try:
        store.write_all(contents)
    except store.Trouble as trouble:
        raise from_trouble(trouble) from None


def write_stdout(data: bytes) -> None:
    """Bytes to standard output, and nothing else."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
