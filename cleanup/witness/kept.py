"""Readings of pictures, kept in the folder of the results by the picture's digest: none is read twice."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleanup.model.box import BoxedPage
from cleanup.model.fix import Message
from cleanup.model.scan import Scan
from cleanup.text import cache

FOLDER = ".ocrfix-readings"
"""In the folder of the results."""


class Kept(NamedTuple):
    """What a recogniser read of a picture."""

    page: BoxedPage
    notes: tuple[Message, ...] = ()
    """What a person should know of the picture."""
    is_turned: bool = False
    """The picture stands on its head, and the page is as it is read."""


def load(folder: Path, scan: Scan, recogniser: str) -> Kept | None:
    """What a recogniser read of a picture, where it is kept."""
    try:
        return msgspec.json.decode(gzip.decompress(_place(folder, scan, recogniser).read_bytes()), type=Kept)
    except (OSError, EOFError, ValueError):  # not there, or cut short: it is read again
        return None


def save(folder: Path, scan: Scan, recogniser: str, kept: Kept) -> None:
    """Keep it; where nothing can be written it is read again another time."""
    data = gzip.compress(msgspec.json.encode(kept), 6, mtime=0)
    cache.keep(_place(folder, scan, recogniser), data, 0o644)


def _place(folder: Path, scan: Scan, recogniser: str) -> Path:
    by = hashlib.sha256(recogniser.encode()).hexdigest()[:8]
    return folder / FOLDER / f"{scan.sha256[:32]}-{scan.frame}-{by}.json.gz"
