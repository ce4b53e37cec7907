"""What people said of the fixes of a document."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cleanup.engine.identity import fix_id, pattern_id, place_id
from cleanup.model.fix import Applicability, Edit, Fix, Message, Span
from cleanup.model.journal import Decision, Verdict
from cleanup.text.once import Same

EDIT = "review.edit"
"""The rule of a record that a person wrote."""


class Said(NamedTuple):
    """A person's word on a fix."""

    verdict: Verdict
    everywhere: bool
    """Said of the pattern, not of this place."""
    decision: Decision


class Table(NamedTuple):
    """Decisions by what they speak of."""

    said: dict[str, Decision]
    """Id of a fix or a pattern → what holds."""
    places: dict[str, Decision]
    words: frozenset[str]
    """Words that stay everywhere."""
    spoken: dict[str, str]
    """Id → verdict and text; what a page's digest of decisions is made of."""
    accept: tuple[str, ...]
    """Ids given with the run itself: these have no time."""
    reject: tuple[str, ...]


def table(decisions: tuple[Decision, ...]) -> Table:
    """The table of these decisions; the pages of a run share them, and there may be 100,000 of them."""
    return _table(Same(decisions))


@lru_cache(maxsize=4)
def _table(same: Same[tuple[Decision, ...]]) -> Table:
    decisions = same.value
    # The numbers behind an id tell equal fixes of a page apart; what is said of one holds for all.
    said = {decision.fix.partition("-")[0]: decision for decision in decisions if decision.fix}
    places = {decision.place: decision for decision in said.values() if decision.place}
    words = frozenset(decision.text for decision in decisions if decision.verdict == "protected")
    spoken = {key: decision.verdict + decision.text for key, decision in said.items()}
    given = [decision for decision in decisions if decision.fix and not decision.when]
    accept, reject = (
        tuple(decision.fix for decision in given if decision.verdict == verdict)
        for verdict in ("accepted", "rejected")
    )
    return Table(said, places, words, spoken, accept, reject)


class Verdicts:
    """Decisions, looked up by the content of the fixes of one document."""

    def __init__(self, source: str, decisions: tuple[Decision, ...]) -> None:
        self._source = source
        found = table(decisions)
        self._said, self._places = found.said, found.places

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
        if fix.edits and (decision := self._said.get(pattern_id(fix))):
            return Said(decision.verdict, True, decision)
        return None


def written(text: str, fix: Fix, decision: Decision) -> Fix:
    """What a person put in place of `fix`, on `text`."""
    there = text[fix.span.start : fix.span.end]
    by = decision.who or "?"
    why = Message(f"由 {by} 改定", f"Edited by {by}")
    edit = Edit(fix.span, there, decision.text)
    return Fix(EDIT, (edit,), Applicability.SAFE, 1.0, why, fix.span, (fix.rule,))
