"""How much of a repaired text its pictures bear out."""

from __future__ import annotations

from cleanup.engine.run import Run

BY_PICTURE = "scan."
"""How rules are called that put what a picture shows."""
ANEW = "scan.anew"
"""The one that puts all of it."""


def letters(done: Run) -> int:
    """How many letters of a repaired text a witness read just so, or gave."""
    document = done.document
    taken = (
        edit.after
        for record in done.records
        if record.status == "applied" and record.rule.startswith(BY_PICTURE)
        for edit in record.edits
    )
    return sum(_size(document.text[one.start : one.end]) for one in document.agreed) + sum(map(_size, taken))


def share(agreed: int, repaired: str) -> float:
    """The share that so many letters are of a repaired text."""
    return round(min(1.0, agreed / max(1, _size(repaired))), 4)


def _size(text: str) -> int:
    return sum(map(str.isalnum, text))
