"""The command line: one file per command; parse, call, print, exit code."""

from __future__ import annotations

import io
import os
import sys

# A repair uses one core; numpy's own threads would only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Entry point of the `ocrfix` command."""
    if sys.argv[1:] == ["--version"]:
        from cleanup.version import VERSION

        print(f"ocrfix {VERSION}")
        return
    for stream in (sys.stdout, sys.stderr):
        # What a terminal's encoding lacks is spelt out: no message ends a run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from cleanup.cli.app import run

    sys.exit(run(sys.argv[1:]))
