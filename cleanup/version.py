"""Which version this is: by the tags of git when it was built; and by its code, whatever it is called."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


def _built() -> str:
    try:
        from cleanup._version import VERSION as built  # written by the build (pyproject.toml)
    except ImportError:
        from importlib import metadata

        try:
            return metadata.version("ocrfix")
        except metadata.PackageNotFoundError:  # run from its folder, never installed
            return "0+unknown"
    return str(built)


VERSION = _built()
DECIDING = ("model", "text", "blocks", "geometry", "data", "score", "formats", "rules", "engine")
"""Rooms whose code decides what a text becomes; how it is asked for and shown decides nothing."""


@cache
def code() -> str:
    """SHA-256 of the code that decides what a text becomes: where it differs, archives are repaired anew."""
    package = Path(__file__).resolve().parent
    found = hashlib.sha256()
    files = [package / "plan.py", *(file for room in DECIDING for file in (package / room).rglob("*.py"))]
    for file in sorted(files):
        found.update(f"{file.relative_to(package).as_posix()}\n".encode())
        found.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()
