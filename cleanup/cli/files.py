"""Standard input and output beside files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cleanup.archive import store


def read_input(path: str) -> tuple[str, bytes]:
    """(name, bytes) of a file, or of standard input for "-"; raises Trouble."""
    if path == "-":
        return "stdin.txt", sys.stdin.buffer.read()
    return Path(path).name, store.read(path)


def write_stdout(data: bytes) -> None:
    """Bytes to standard output, and nothing else."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
