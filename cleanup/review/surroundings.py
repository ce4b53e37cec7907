"""What the index keeps of a record's surroundings."""

from __future__ import annotations

from cleanup.engine.identity import formula_of
from cleanup.model.fix import Span
from cleanup.model.journal import Record
from cleanup.model.result import Result

AROUND = 28
"""Characters of context on both sides."""


def shown_in(result: Result, record: Record) -> tuple[str, list[tuple[str, str]], str]:
    """What stands before a record, at it (kept "=", taken out "-", put in "+", passed over "…"), after it."""
    text, span = result.original, record.span
    if record.output is not None and not record.outlived:
        text, span = result.repaired, record.output
    shown: list[tuple[str, str]] = []
    if not record.edits:
        shown = [("=", _clip(text[span.start : span.end], 160))]
    elif record.output is not None:
        span = Span(record.edits[0].span.start, record.edits[-1].span.end)
    last = None
    for edit in record.edits:
        if last is not None and edit.span.start > last:
            gap = text[last : edit.span.start] if record.output is not None else ""
            shown.append(("=", gap) if 0 < len(gap) <= AROUND else ("…", ""))
        shown += [(mark, _clip(part, 120)) for mark, part in (("-", edit.before), ("+", edit.after)) if part]
        last = edit.span.end
    return text[max(0, span.start - AROUND) : span.start], shown, text[span.end : span.end + AROUND]


def pattern_shown(record: Record, before: str, after: str) -> tuple[str, str]:
    """What a pattern changes into what; of formulas with the formula around it."""
    if formula := formula_of(record):
        left, said, right = formula
        return left + before + right if record.edits else "", left + said + right
    return before, after


def valid(value: object) -> object:
    """Text without lone surrogates, which a source may hold and no database does."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _clip(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most // 2] + "……" + text[-most // 2 + 2 :]


def covers(left: str, before: str, right: str, word: str) -> bool:
    """Whether an edit of `before` would change an occurrence of `word`."""
    text = left + before + right
    start, end = len(left), len(left) + len(before)
    at = text.find(word)
    while at >= 0:
        if at < max(end, start + 1) and start < at + len(word) and (end > start or at < start):
            return True
        at = text.find(word, at + 1)
    return False
