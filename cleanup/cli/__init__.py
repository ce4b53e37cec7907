"""The command line: one file per command; parse, call, print, exit code."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of the `ocrfix` command."""
    if sys.argv[1:] == ["--version"]:
        from cleanup.version import VERSION

        print(f"ocrfix {VERSION}")
        return
    from cleanup.cli.app import run

    sys.exit(run(sys.argv[1:]))
