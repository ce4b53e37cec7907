"""What a run gives back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from cleanup.model import replay
from cleanup.model.described import Structure
from cleanup.model.journal import Journal, Record, Sighting


@dataclass(frozen=True)
class Result:
    """A repaired document with the journal of its repair."""

    original: str
    """The source as text, line ends as LF."""
    repaired: str
    journal: Journal

    def __str__(self) -> str:
        return self.repaired

    @property
    def edits(self) -> tuple[Record, ...]:
        """What was changed."""
        return self.journal.applied

    @property
    def suggestions(self) -> tuple[Record, ...]:
        """What waits for a person: proposed, and not made."""
        return tuple(record for record in self.journal.withheld if record.reason != "rejected")

    @property
    def flags(self) -> tuple[Record, ...]:
        """Places that a person must look at."""
        return self.journal.flags

    @property
    def people(self) -> tuple[Sighting, ...]:
        """People of the roster whom the text names."""
        return self.journal.people

    @property
    def structure(self) -> Structure:
        """What the text is made of: articles and their parts, jump lines, what the page's furniture says."""
        return self.journal.structure

    def to_records(self) -> list[dict[str, Any]]:
        """A row for each edit that was made or proposed and each flag, as pandas.DataFrame takes them.

        `start` and `end` are code points of the source (line ends counted as one), `line` and `page` count
        from 1; a fix of several edits has one row for each, with the same id.
        """
        rows = []
        for record in self.journal.records:
            shown = [(edit.before, edit.after) for edit in record.edits]
            if not shown and record.output is not None:
                shown = [(self.repaired[record.output.start : record.output.end], "")]
            for before, after in shown:
                rows.append(
                    {
                        "id": record.id,
                        "kind": record.kind,
                        "rule": record.rule,
                        "status": record.status,
                        "reason": record.reason or "",
                        "applicability": record.applicability,
                        "confidence": record.confidence,
                        "page": record.page,
                        "line": record.line,
                        "start": record.span.start,
                        "end": record.span.end,
                        "before": before,
                        "after": after,
                        "why": record.why.zh,
                        "why_en": record.why.en,
                    }
                )
        return rows

    def undo(self, ids: Collection[str] | None = None) -> str:
        """The original; or, given ids of journal records, the repaired text without those.

        Records that edit what a given one wrote go with it.
        """
        if ids is None:
            return replay.undo(self.repaired, self.journal)
        return replay.replay_without(self.original, self.journal, ids)[0]
