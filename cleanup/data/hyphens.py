"""Parts of English compounds: which stand before and behind a hyphen of their own."""

from __future__ import annotations

from cleanup.data.files import rows
from cleanup.text.once import once

TABLE = "phrases/compounds.tsv"


@once
def parts(kind: str) -> frozenset[str]:
    """The parts of a kind: first, last, ending or prefix, as the table's head tells."""
    return frozenset(part for part, kinds in rows(TABLE, 2) if kind in kinds.split(" "))
