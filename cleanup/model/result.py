"""What a run gives back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cleanup.model import replay
from cleanup.model.journal import Journal


@dataclass(frozen=True)
class Result:
    """A repaired document with the journal of its repair."""

    original: str
    """The source as text, line ends as LF."""
    repaired: str
    journal: Journal

    def undo(self, ids: Collection[str] | None = None) -> str:
        """The original; or, given ids of journal records, the repaired text without those.

        Records that edit what a given one wrote go with it.
        """
        if ids is None:
            return replay.undo(self.repaired, self.journal)
        return replay.replay_without(self.original, self.journal, ids)[0]
