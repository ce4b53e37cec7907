"""The engine: rules look, one order settles, edits are applied and recorded, until nothing changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from cleanup.engine.identity import fix_id
from cleanup.engine.settle import settle
from cleanup.engine.weigh import weighed
from cleanup.model.document import Document
from cleanup.model.fix import Fix, Span
from cleanup.model.hunks import Change, Hunk, LeftOf, compose
from cleanup.model.journal import Policy, Record, Status, Verdict, Withheld
from cleanup.model.replay import substitute
from cleanup.plan import Pass
from cleanup.rules.contract import Tools

ROUNDS = 40
"""How often all passes together may be repeated; a text that still changes is recorded as unconverged."""


class Reparse(Protocol):
    def __call__(self, text: str) -> Document: ...


class Run(NamedTuple):
    """What a run made of a document."""

    document: Document
    records: list[Record]
    """In order of the source; ids may repeat."""
    lengths: list[int]
    """Of the text after each step."""


@dataclass
class _State:
    """The run in progress."""

    document: Document
    hunks: list[Hunk] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    """Of the text after each step."""
    step: int = 0
    version: int = 0
    """Counts the texts; a pass that found nothing in this version need not look again."""


@dataclass
class _Look:
    """What a pass saw when it last looked."""

    version: int = -1
    withheld: list[Withheld] = field(default_factory=list)
    flags: list[Fix] = field(default_factory=list)


def run(
    source: Document,
    reparse: Reparse,
    passes: Sequence[Pass],
    tools: Tools,
    policy: Policy,
    verdicts: Mapping[str, Verdict],
) -> Run:
    """Repair `source`.

    `reparse` builds the document of a changed text, as the input format would.
    """
    state = _State(source)
    looks = {found.name: _Look() for found in passes}
    for _ in range(ROUNDS):
        before = state.version
        for found in passes:
            for _ in range(found.limit):
                if looks[found.name].version == state.version:
                    break
                chosen, looks[found.name] = _look(state, found, tools, policy, verdicts)
                if not chosen:
                    break
                _apply(state, source, found.name, chosen, reparse)
        if state.version == before:
            break
    else:
        for found in passes:
            chosen, looks[found.name] = _look(state, found, tools, policy, verdicts)
            looks[found.name].withheld += [Withheld(fix, "unconverged") for fix in chosen]
    left_of = LeftOf(state.hunks)
    for found in passes:
        look = looks[found.name]
        for held in look.withheld:
            state.records.append(_open_record(state, source, found.name, held.fix, left_of, "withheld", held))
        for fix in dict.fromkeys(look.flags):
            held_flag = (
                Withheld(fix, "rejected")
                if verdicts.get(fix_id(state.document.text, fix)) == "rejected"
                else None
            )
            status: Status = "withheld" if held_flag else "flagged"
            state.records.append(_open_record(state, source, found.name, fix, left_of, status, held_flag))
    state.records.sort(key=lambda r: (r.span, r.status, -1 if r.step is None else r.step, r.rule, r.id))
    return Run(state.document, state.records, state.lengths)


def _apply(state: _State, source: Document, name: str, chosen: list[Fix], reparse: Reparse) -> None:
    left_of = LeftOf(state.hunks)
    changes: list[tuple[int, str, str, int]] = []
    for fix in chosen:
        index = len(state.records)
        place = left_of(fix.span)
        state.records.append(
            _record(state.document, source, name, fix, place, "applied", None, state.step, None)
        )
        changes += [(e.span.start, e.before, e.after, index) for e in fix.edits]
    changes.sort()
    text = substitute(state.document.text, [row[:3] for row in changes])
    state.hunks = compose(
        state.hunks,
        [Change(Span(at, at + len(old)), len(new), index) for at, old, new, index in changes],
    )
    state.document = reparse(text)
    state.lengths.append(len(text))
    state.step += 1
    state.version += 1


def _look(
    state: _State, found: Pass, tools: Tools, policy: Policy, verdicts: Mapping[str, Verdict]
) -> tuple[list[Fix], _Look]:
    """What a pass would change in the text as it is, and all else that it sees."""
    fixes = [fix for rule in found.rules for fix in rule.find(state.document, tools)]
    edits = weighed(state.document.text, (fix for fix in fixes if not fix.is_flag), tools.profile)
    chosen, withheld = settle(state.document, edits, policy, verdicts, tools.roster.names)
    return chosen, _Look(state.version, withheld, [fix for fix in fixes if fix.is_flag])


def _open_record(
    state: _State,
    source: Document,
    name: str,
    fix: Fix,
    left_of: LeftOf,
    status: Status,
    held: Withheld | None,
) -> Record:
    return _record(state.document, source, name, fix, left_of(fix.span), status, held, None, fix.span)


def _record(
    document: Document,
    source: Document,
    name: str,
    fix: Fix,
    place: Span,
    status: Status,
    held: Withheld | None,
    step: int | None,
    output: Span | None,
) -> Record:
    return Record(
        id=fix_id(document.text, fix),
        kind="flag" if fix.is_flag else "fix",
        pass_=name,
        rule=fix.rule,
        status=status,
        reason=held.reason if held else None,
        applicability=fix.applicability.label,
        confidence=round(fix.confidence, 4),
        why=fix.why,
        evidence=fix.evidence,
        alternatives=fix.alternatives,
        edits=fix.edits,
        step=step,
        span=place,
        line=source.line_at(place.start) + 1,
        page=source.page_at(place.start),
        output=output,
    )
