"""What an engine reads out of specks, rules and pictures, and hardly believes itself."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from cleanup.geometry.parts import Part
from cleanup.model.box import BoxedLine

_FEW = 3
"""Characters of such a line, at the most."""
_UNSURE = 0.2
"""How sure the engine is of it, at the most. Of 74 characters in 45 such lines on 135 pages that tesseract
read (bench.drawn, ../shared/bench/scans), 2 were on the page; from 0.2 to 0.35 it is one in five."""
_READ = 0.5
"""So sure it must be of most lines of the page: where it could read nothing, nothing sets specks apart."""


def specks(parts: Sequence[Part], lines: Sequence[BoxedLine]) -> list[Part]:
    """The parts that are no print; never one with a figure."""
    said = [sure for line in lines if (sure := line.sure) is not None]
    if not said or median(said) < _READ:
        return []
    found = []
    for part in parts:
        line = lines[part.line]
        text = "".join(line.text.split())
        if (
            len(text) <= _FEW
            and not any(map(str.isdigit, text))
            and line.sure is not None
            and line.sure < _UNSURE
        ):
            found.append(part)
    return found
