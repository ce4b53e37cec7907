"""What people said of the fixes of a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cleanup.engine.identity import fix_id, pattern_id, place_id
from cleanup.model.fix import Applicability, Edit, Fix, Message, Span
from cleanup.model.journal import Decision, Verdict

EDIT = "review.edit"
"""The rule of a record that a person wrote."""


class Said(NamedTuple):
    """A person's word on a fix."""

    verdict: Verdict
    everywhere: bool
    """Said of the pattern, not of this place."""
    decision: Decision


class Verdicts:
    """Decisions, looked up by the content of fixes."""

    def __init__(self, source: str, decisions: Iterable[Decision]) -> None:
        self._source = source
        self._said = {decision.fix: decision for decision in decisions if decision.fix}
        self._places = {decision.place: decision for decision in self._said.values() if decision.place}
        self._patterns = any(key.startswith("p") for key in self._said)

    def __bool__(self) -> bool:
        return bool(self._said)

    def of(self, fix: Fix, place: Span) -> Said | None:
        """The word on `fix`, which stands at `place` of the source."""
        if decision := self._said.get(fix_id(self._source, place, fix)):
            return Said(decision.verdict, False, decision)
        if self._places and fix.edits:
            # Another rule would do the same here.
            same = self._places.get(place_id(self._source, place, fix))
            if same is not None:
                return Said("accepted" if same.verdict == "accepted" else "rejected", False, same)
        if self._patterns and fix.edits and (decision := self._said.get(pattern_id(fix))):
            return Said(decision.verdict, True, decision)
        return None


def written(text: str, fix: Fix, decision: Decision) -> Fix:
    """What a person put in place of `fix`, on `text`."""
    there = text[fix.span.start : fix.span.end]
    by = decision.who or "?"
    why = Message(f"由 {by} 改定", f"Edited by {by}")
    edit = Edit(fix.span, there, decision.text)
    return Fix(EDIT, (edit,), Applicability.SAFE, 1.0, why, fix.span, (fix.rule,))
