"""What the rest of an archive says against a fix: the text stands elsewhere exactly as it is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from cleanup.data.profile import Elsewhere
from cleanup.model.fix import Edit, Fix
from cleanup.text.scripts import is_han
from cleanup.text.windows import BEFORE, letters, windows

AGREES = 2.3
"""Log odds that each other file with the same words takes from a change of letters; the first does not count,
since it may be misread the same way, nor do those beyond MOST."""
MOST = 4
_LONGEST = 3
"""Letters: longer changes are about layout and repeats."""
_INSIDE = 2
"""Letters of the window on either side of the place, at least."""


def weighed(text: str, fixes: Iterable[Fix], elsewhere: Elsewhere | None) -> Iterator[Fix]:
    """The fixes; less sure where what they change is attested by other files."""
    if elsewhere is None:
        yield from fixes
        return
    attested: Attested | None = None
    for fix in fixes:
        if fix.edits and all(map(_swaps_letters, fix.edits)):
            attested = attested or Attested(text, elsewhere)
            files = min(MOST, min(attested.files(edit) for edit in fix.edits))
            if files > 1:
                odds = log(max(fix.confidence, 1e-6) / max(1 - fix.confidence, 1e-6)) - AGREES * (files - 1)
                said = f"= {files}{'+' if files == MOST else ''}"
                fix = replace(fix, confidence=1 / (1 + exp(-odds)), evidence=(*fix.evidence, said))
        yield fix


def _swaps_letters(edit: Edit) -> bool:
    """Whether a change is about a few Han letters, not about marks, spaces and lines."""
    both = edit.before + edit.after
    return max(len(edit.before), len(edit.after)) <= _LONGEST and all(map(is_han, both))


class Attested:
    """How many other files have the words of a text."""

    def __init__(self, text: str, elsewhere: Elsewhere) -> None:
        found = letters(text)
        self._places = found.places
        counts = elsewhere.count(windows(found.codes)) if len(found.codes) > BEFORE else _NOTHING
        # By letter: the largest count of the windows in which it stands well inside.
        self._counts = np.zeros(len(found.codes), dtype=np.int64)
        for at in range(_INSIDE, BEFORE + 1 - _INSIDE):
            part = self._counts[at : at + len(counts)]
            np.maximum(part, counts[: len(part)], out=part)

    def files(self, edit: Edit) -> int:
        """In how many other files what an edit changes stands as it is."""
        first = int(np.searchsorted(self._places, edit.span.start))
        behind = int(np.searchsorted(self._places, edit.span.end))
        if not edit.before:  # both letters beside a gap
            first, behind = first - 1, behind + 1
        part = self._counts[max(0, first) : behind]
        return int(part.min()) if len(part) else 0


_NOTHING: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
