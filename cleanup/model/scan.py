"""The pictures that a text was read off, and where its words stand on them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cleanup.model import file_names
from cleanup.model.box import Box
from cleanup.model.fix import Message, Span

Witness = Literal["rapidocr", "tesseract", "both"]
"""Who reads a picture."""
Look = Literal["all", "doubtful"]
"""What is read of it: all, or only lines that are in doubt where an engine's file says where lines stand."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The picture of a page, and who read it."""

    file: str
    """As seen from the folder of the results."""
    frame: int = 0
    """Which page of the file, from 0."""
    sha256: str = ""
    """Of the file; empty where it could not be read."""
    width: int = 0
    """In pixels, turned as the file says it is to be looked at; 0 where it cannot be read, or is of another
    page: no place stands on it."""
    height: int = 0
    is_turned: bool = False
    """It stands on its head; places are on the picture turned upside down, as it is read."""
    recognisers: tuple[str, ...] = ()
    """Names with versions of those that read it; empty where none could."""
    look: Look = "all"
    """What was read of it."""
    notes: tuple[Message, ...] = ()
    """What a person should know: that it cannot be read, that only its first frame was."""
    unit: float = 1.0
    """Pixels for one unit of an engine's file with places, which may be a tenth of a millimetre."""

    def path(self, folder: Path) -> Path:
        """Where the file lies; `folder`: that of the results, which need not be there yet."""
        return file_names.found(Path(os.path.normpath(folder / self.file)))


@dataclass(frozen=True, slots=True, order=True)
class SeenAt:
    """Characters of the text that were found in one line of a picture."""

    span: Span
    """In the text; empty: between these characters the line stands that the text has lost."""
    scan: int
    """Index of the picture."""
    box: Box
