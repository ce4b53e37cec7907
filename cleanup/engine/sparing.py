"""What no rule may do, whatever it proposes: touch what is no text, or part markup from what it marks."""

from __future__ import annotations

from collections.abc import Callable

from cleanup.blocks import Blocks
from cleanup.model.block import Act
from cleanup.model.document import Document, Mark
from cleanup.model.fix import Edit, Fix, Span
from cleanup.model.kept_bytes import KEPT
from cleanup.text import page_marks
from cleanup.text.patterns import re_pattern

_ENTITY = re_pattern(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")


def spares(document: Document, fix: Fix) -> bool:
    """Whether a fix leaves everything as it is that is no text; a flag, whether it speaks of text.

    Next to a byte that the encoding could not read nothing changes: with other neighbours it might read as
    something else.
    """
    if fix.is_flag:
        return not any(
            span.start <= fix.span.start and fix.span.end <= span.end
            for span in document.shut_in(fix.span.start, fix.span.end)
        )
    if document.envelope.broken and any(_meets_bytes(document, edit) for edit in fix.edits):
        return False
    if _moves(fix) or is_another_text(document, fix):
        return True
    return all(_spares(document, edit) for edit in fix.edits)


def is_another_text(document: Document, fix: Fix) -> bool:
    """Whether a fix puts what a picture shows for the whole text."""
    return bool(document.scans) and fix.span == Span(0, len(document.text)) and "\n" in document.text.strip()


def permits(document: Document, fix: Fix, act: Act, blocks: Callable[[Document], Blocks]) -> bool:
    """Whether the blocks that a fix lies in allow what its rule does."""
    if act == "correct" or fix.is_flag:
        return True
    told = blocks(document)
    return all(told.allows(act, document.lines[document.line_at(edit.span.start)]) for edit in fix.edits)


def _meets_bytes(document: Document, edit: Edit) -> bool:
    start, end = edit.span.start, edit.span.end
    return KEPT.search(document.text, max(0, start - 1), end + 1) is not None


def _moves(fix: Fix) -> bool:
    """Whether a fix only moves whole lines: what it takes out here stands there, letter by letter."""
    taken = "".join(edit.before for edit in fix.edits).split()
    return len(fix.edits) > 1 and taken == "".join(edit.after for edit in fix.edits).split()


def _spares(document: Document, edit: Edit) -> bool:
    start, end = edit.span.start, edit.span.end
    # A character written as an entity may become the character.
    if not document.is_opaque(start, end) or _ENTITY.fullmatch(edit.before):
        return True
    if not edit.after and page_marks.is_markup(edit.before.strip()):
        return True  # a comment or a picture that only marks a page
    if edit.after.strip() or document.shut_in(start, end):
        return False
    return all(_goes_whole(document, edit, mark) for mark in document.marks_in(start, end))


def _goes_whole(document: Document, edit: Edit, mark: Mark) -> bool:
    """Whether an edit that takes a mark takes the line too, or its beginning with the line end before."""
    first, last = document.line_at(mark.start), document.line_at(mark.end - 1)
    one, two = document.lines[first], document.lines[last]
    text, start, end = document.text, edit.span.start, edit.span.end
    if text[one.span.start : max(one.span.start, start)].strip():
        return False
    if first == last and mark.end <= one.content.start and start < one.span.start:
        return end >= mark.end
    return not text[min(end, two.span.end) : two.span.end].strip()
