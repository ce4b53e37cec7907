"""Which form of the other script a character stands for between its neighbours: 發 in 发射, 髮 in 头发."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import NamedTuple

from cleanup.data.files import rows
from cleanup.text.once import once

TABLE = "characters/forms.tsv"
_SMALL, _KINDS = 0.5, 4000.0
"""What each neighbour counts that was never seen, and how many there may be."""


class _Form(NamedTuple):
    total: float
    before: Mapping[str, int]
    after: Mapping[str, int]


def _counts(cell: str) -> dict[str, int]:
    pairs = (pair.rsplit(":", 1) for pair in cell.split(" ")) if cell != "-" else ()
    return {char: int(seen) for char, seen in pairs}


@once
def _table() -> Mapping[str, Mapping[str, _Form]]:
    """Character → its forms with what stands beside them."""
    table: dict[str, dict[str, _Form]] = {}
    for forms, seen, before, after in rows(TABLE, 4):
        table.setdefault(forms[0], {})[forms[1:]] = _Form(float(seen), _counts(before), _counts(after))
    return table


def has_several(char: str) -> bool:
    """Whether the table tells forms of a character apart."""
    return char in _table()


@once
def likelihood(char: str, before: str, after: str, by_count: bool = True) -> Mapping[str, float]:
    """Form → log-likelihood between two characters of simplified script; by naive Bayes, "" tells nothing.

    `by_count`: how common the forms are counts too.
    """
    return {
        form: (log(known.total) if by_count else 0.0)
        + sum(
            log((seen.get(beside, 0) + _SMALL) / (known.total + _SMALL * _KINDS))
            for beside, seen in ((before, known.before), (after, known.after))
            if beside
        )
        for form, known in _table().get(char, {}).items()
    }


def beside(char: str, form: str, before: str, after: str) -> int:
    """How often a form was counted beside one of two characters: 髮 behind 头."""
    known = _table().get(char, {}).get(form)
    return max(known.before.get(before, 0), known.after.get(after, 0)) if known else 0
