"""The engine: rules look, one order settles, edits are applied and recorded, until nothing changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from cleanup.data.search import named
from cleanup.engine import waking
from cleanup.engine.carried import carry
from cleanup.engine.identity import fix_id
from cleanup.engine.settle import settle
from cleanup.engine.sparing import permits, spares
from cleanup.engine.verdicts import EDIT, Verdicts, written
from cleanup.engine.weigh import weighed
from cleanup.model.document import Document
from cleanup.model.fix import Fix, Span
from cleanup.model.hunks import Change, Hunk, LeftOf, compose
from cleanup.model.journal import Policy, Record, Status, Withheld
from cleanup.model.replay import substitute
from cleanup.plan import Pass
from cleanup.rules.contract import Tools
from cleanup.rules.rule import act_of, outlives

LOOKS = 400
"""How often passes may look at a text; one that still changes then is recorded as unconverged. Pages as
engines read them take 48 (ocr-dev, on an average), the worst known of spoilt ones 67 (bench/world/slow)."""


class Reparse(Protocol):
    def __call__(self, text: str) -> Document: ...


class Run(NamedTuple):
    """What a run made of a document."""

    document: Document
    records: list[Record]
    """In order of the source; ids may repeat."""
    lengths: list[int]
    """Of the text after each step."""
    hunks: list[Hunk]
    """Where the text differs from its source."""


@dataclass
class _State:
    """The run in progress."""

    document: Document
    hunks: list[Hunk] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    """Of the text after each step."""
    step: int = 0
    looks: int = 0
    """How often a pass has looked at it."""
    version: int = 0
    """Counts the texts; a pass that found nothing in this version need not look again."""
    ids: dict[Fix, str] = field(default_factory=dict)
    """Of what people wrote: the id of the fix that it stands for."""
    asleep: frozenset[str] = frozenset()
    """Names of the rules that would find nothing in the text."""
    seen: set[int] = field(default_factory=set)
    """Hashes of the texts that it was."""
    edited: set[tuple[str, int]] = field(default_factory=set)
    """(id, place in the source) of the fixes for which people wrote something else."""


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
    verdicts: Verdicts,
) -> Run:
    """Repair `source`.

    `reparse` builds the document of a changed text, as the input format would.
    """
    sleepers = waking.of(tuple(passes))
    state = _State(source, asleep=sleepers.asleep(source.text))
    looks = {found.name: _Look() for found in passes}
    while state.looks < LOOKS:
        before = state.version
        for found in passes:
            for _ in range(found.limit):
                if looks[found.name].version == state.version or state.looks == LOOKS:
                    break
                state.looks += 1
                chosen, looks[found.name] = _look(state, source, found, tools, policy, verdicts)
                if not chosen:
                    break
                if _leads_back(state, chosen):
                    looks[found.name].withheld += [Withheld(fix, "unconverged") for fix in chosen]
                    break
                _apply(state, source, found.name, chosen, reparse)
                state.asleep = sleepers.asleep(state.document.text)
        if state.version == before and state.looks < LOOKS:
            if not tools.weigh_again():
                break
            state.version += 1  # to other models the same text is a new one
    else:
        for found in passes:
            chosen, looks[found.name] = _look(state, source, found, tools, policy, verdicts)
            looks[found.name].withheld += [Withheld(fix, "unconverged") for fix in chosen]
    left_of = LeftOf(state.hunks)
    for found in passes:
        look = looks[found.name]
        for held in look.withheld:
            state.records.append(_open_record(state, source, found.name, held.fix, left_of, "withheld", held))
        for fix in dict.fromkeys(look.flags):
            word = verdicts.of(fix, left_of(fix.span)) if verdicts else None
            held_flag = Withheld(fix, "rejected") if word and word.verdict != "accepted" else None
            status: Status = "withheld" if held_flag else "flagged"
            state.records.append(_open_record(state, source, found.name, fix, left_of, status, held_flag))
    state.records += _outlived(state, source, passes, tools, verdicts)
    state.records.sort(key=lambda r: (r.span, r.status, -1 if r.step is None else r.step, r.rule, r.id))
    return Run(state.document, state.records, state.lengths, state.hunks)


def _outlived(
    state: _State, source: Document, passes: Sequence[Pass], tools: Tools, verdicts: Verdicts
) -> Iterator[Record]:
    """What rules whose flags outlive their place say of what was taken out of the source."""
    for found in passes:
        for rule in filter(outlives, found.rules):
            for fix in rule.find(source, tools):
                gone = next((hunk for hunk in state.hunks if _is_taken_out(hunk, fix.span)), None)
                if gone is None or not spares(source, fix):
                    continue
                word = verdicts.of(fix, fix.span) if verdicts else None
                held = Withheld(fix, "rejected") if word and word.verdict != "accepted" else None
                status: Status = "withheld" if held else "flagged"
                key = fix_id(source.text, fix.span, fix)
                left = Span(gone.right.start, gone.right.start)
                yield _record(key, source, found.name, fix, fix.span, status, held, None, left)


def _is_taken_out(hunk: Hunk, span: Span) -> bool:
    return not len(hunk.right) and hunk.left.start <= span.start and span.end <= hunk.left.end


def _leads_back(state: _State, chosen: list[Fix]) -> bool:
    """Whether fixes make a text that stood there before: what undoes one another would go on for ever."""
    changes = sorted((e.span.start, e.before, e.after) for fix in chosen for e in fix.edits)
    text = substitute(state.document.text, changes)
    state.seen.add(hash(state.document.text))
    return hash(text) in state.seen


def _apply(state: _State, source: Document, name: str, chosen: list[Fix], reparse: Reparse) -> None:
    left_of = LeftOf(state.hunks)
    changes: list[tuple[int, str, str, int]] = []
    for fix in chosen:
        index = len(state.records)
        place = left_of(fix.span)
        state.records.append(
            _record(
                _id(state, source, fix, place), source, name, fix, place, "applied", None, state.step, None
            )
        )
        if fix.rule == EDIT:
            state.edited.add((state.ids[fix], place.start))
        changes += [(e.span.start, e.before, e.after, index) for e in fix.edits]
    changes.sort()
    text = substitute(state.document.text, [row[:3] for row in changes])
    state.hunks = compose(
        state.hunks,
        [Change(Span(at, at + len(old)), len(new), index) for at, old, new, index in changes],
    )
    state.document = carry(reparse(text), source, state.hunks)
    state.lengths.append(len(text))
    state.step += 1
    state.version += 1


def _look(
    state: _State, source: Document, found: Pass, tools: Tools, policy: Policy, verdicts: Verdicts
) -> tuple[list[Fix], _Look]:
    """What a pass would change in the text as it is, and all else that it sees."""
    awake = (rule for rule in found.rules if rule.NAME not in state.asleep)
    document = state.document
    fixes = [
        fix
        for rule in awake
        for fix in rule.find(document, tools)
        if spares(document, fix) and permits(document, fix, act_of(rule), tools.blocks)
    ]
    left_of = LeftOf(state.hunks) if verdicts else None
    own: list[Fix] = []
    if left_of is not None:
        own = [made for fix in fixes if (made := _written(state, source, fix, left_of(fix.span), verdicts))]
    proposed = weighed(state.document.text, (fix for fix in fixes if not fix.is_flag), tools.profile)
    chosen, withheld = settle(
        state.document,
        [*own, *proposed],
        policy,
        lambda fix: verdicts.of(fix, left_of(fix.span)) if left_of and fix.rule != EDIT else None,
        [Span(start, end) for start, end, _ in named(state.document.text, tools.roster)] if fixes else (),
        [hunk.right for hunk in state.hunks if any(state.records[mark].rule == EDIT for mark in hunk.marks)]
        if state.edited
        else (),
    )
    return chosen, _Look(state.version, withheld, [fix for fix in fixes if fix.is_flag])


def _written(state: _State, source: Document, fix: Fix, place: Span, verdicts: Verdicts) -> Fix | None:
    """What a person wrote for this fix or flag, where it does not stand there yet."""
    word = verdicts.of(fix, place)
    if word is None or word.verdict != "edited":
        return None
    text, key = state.document.text, fix_id(source.text, place, fix)
    if (key, place.start) in state.edited or text[fix.span.start : fix.span.end] == word.decision.text:
        return None
    made = written(text, fix, word.decision)
    state.ids[made] = key
    return made


def _id(state: _State, source: Document, fix: Fix, place: Span) -> str:
    return state.ids[fix] if fix.rule == EDIT else fix_id(source.text, place, fix)


def _open_record(
    state: _State,
    source: Document,
    name: str,
    fix: Fix,
    left_of: LeftOf,
    status: Status,
    held: Withheld | None,
) -> Record:
    place = left_of(fix.span)
    key = _id(state, source, fix, place)
    return _record(key, source, name, fix, place, status, held, None, fix.span)


def _record(
    key: str,
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
        id=key,
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
        person=fix.person,
    )
