"""source + journal = output; output − journal = source; and any subset of edits taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Edit
from cleanup.model.hunks import Change, Hunk, clash, compose, diverge
from cleanup.model.journal import Journal, Record


class JournalMismatch(OcrfixError, ValueError):
    """The text is not the one that the journal speaks of."""

    exit_code = Exit.JOURNAL


Step = list[tuple[Edit, int]]
"""Edits of one step in order of position, each with the index of its record."""


def steps(records: Sequence[Record]) -> list[Step]:
    """The applied edits, step by step; indexes point into `records`."""
    numbered = [
        (record.step, edit.span, edit, index)
        for index, record in enumerate(records)
        if record.step is not None
        for edit in record.edits
    ]
    numbered.sort(key=lambda row: row[:2])
    return [
        [(edit, index) for _, _, edit, index in rows] for _, rows in groupby(numbered, key=lambda row: row[0])
    ]


def substitute(text: str, edits: Sequence[tuple[int, str, str]]) -> str:
    """`text` with each (position, before, after) replaced; sorted, disjoint."""
    parts: list[str] = []
    last = 0
    for start, before, after in edits:
        end = start + len(before)
        if text[start:end] != before:
            found = text[start:end]
            raise JournalMismatch(
                f"第 {start + 1} 字处应为“{before}”，实为“{found}”：这不是日志所记的文本；请用当时的文件。",
                f"at character {start + 1} the journal has {before!r} and the text {found!r}: it is another "
                "text; use the file of that run.",
            )
        parts += (text[last:start], after)
        last = end
    parts.append(text[last:])
    return "".join(parts)


def replay(source: str, journal: Journal) -> str:
    """The output that the journal makes of `source`."""
    text = source
    for step in steps(journal.records):
        text = substitute(text, [(e.span.start, e.before, e.after) for e, _ in step])
    return text


def undo(output: str, journal: Journal) -> str:
    """The source that the journal made `output` of."""
    text = output
    for step in reversed(steps(journal.records)):
        shift = 0
        back: list[tuple[int, str, str]] = []
        for edit, _ in step:
            back.append((edit.span.start + shift, edit.after, edit.before))
            shift += len(edit.after) - len(edit.before)
        text = substitute(text, back)
    return text


def hunks(records: Sequence[Record]) -> list[Hunk]:
    """Where source (left) and output (right) differ; marks index into `records`."""
    found: list[Hunk] = []
    for step in steps(records):
        found = compose(found, [Change(e.span, len(e.after), index) for e, index in step])
    return found


def replay_without(source: str, journal: Journal, excluded: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The output without the records whose ids are `excluded`.

    Returns the text and the ids of further records that had to go as well, because they edit what
    an excluded one wrote.
    """
    records = journal.records
    dropped = {index for index, record in enumerate(records) if record.id in excluded}
    asked = frozenset(dropped)
    text = source
    apart: list[Hunk] = []  # journal's text (left) against the text without the excluded (right)
    for step in steps(records):
        at = 0
        for edit, index in step:
            while at < len(apart) and apart[at].left.end < edit.span.start:
                at += 1
            near = at
            while near < len(apart) and apart[near].left.start <= edit.span.end:
                if clash(apart[near].left, edit.span):
                    dropped.add(index)
                    break
                near += 1
        kept = [edit for edit, index in step if index not in dropped]
        gone = [edit for edit, index in step if index in dropped]
        apart, places = diverge(apart, _changes(kept), _changes(gone))
        moved = zip(places, kept, strict=True)
        text = substitute(text, [(place, edit.before, edit.after) for place, edit in moved])
    return text, tuple(records[index].id for index in sorted(dropped - asked))


def _changes(edits: Sequence[Edit]) -> list[Change]:
    return [Change(edit.span, len(edit.after)) for edit in edits]
