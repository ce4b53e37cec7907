"""Which of the proposed fixes are made: one general order, no rule is named."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence

from cleanup.data.protected import shipped
from cleanup.data.search import Found, occurrences
from cleanup.engine.sparing import is_another_text
from cleanup.engine.verdicts import EDIT, Said
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Edit, Fix, Span
from cleanup.model.hunks import clash
from cleanup.model.journal import Policy, Reason, Withheld
from cleanup.text import mentions
from cleanup.text.scripts import is_han, is_traditional
from cleanup.text.simplify import folded


def settle(
    document: Document,
    fixes: Iterable[Fix],
    policy: Policy,
    said: Callable[[Fix], Said | None],
    people: Sequence[Span] = (),
    written: Sequence[Span] = (),
) -> tuple[list[Fix], list[Withheld]]:
    """Fixes to make now, in order of position, and the others with their reasons.

    Safer, surer, longer and earlier fixes come first; a fix that clashes with one already chosen
    waits for the next look at the text. `people` are places of names that a roster confirms, in order: no
    character of them is replaced but by fixes about a person. What people said of a fix, `said`, goes before
    the policy, and what they wrote themselves, `written`, stays.
    """
    fixes = list(dict.fromkeys(fixes))
    guarded = occurrences(document.text, policy.protect)
    spoken_of = mentions.wrong_forms(document.text) if fixes else ()
    right = occurrences(document.text, shipped(is_traditional(document.text))) if fixes else ()
    admitted: list[Fix] = []
    asked: set[Fix] = set()
    withheld: list[Withheld] = []
    for fix in fixes:
        word = said(fix)
        reason = _reason(document, fix, policy, word, guarded, right, people, written)
        if reason is None and word is None and _is_spoken_of(document, fix, spoken_of):
            reason = "protected"
        if reason is None:
            admitted.append(fix)
            if word is not None or fix.rule == EDIT:
                asked.add(fix)
        else:
            withheld.append(Withheld(fix, reason))
    admitted.sort(
        key=lambda f: (f not in asked, -f.applicability, -f.confidence, -len(f.span), f.span.start, f.rule)
    )
    taken: list[tuple[int, int]] = []
    chosen: list[Fix] = []
    for fix in admitted:
        spans = [edit.span for edit in fix.edits]
        if any(_taken(taken, span) for span in spans):
            withheld.append(Withheld(fix, "overlap"))
            continue
        for span in spans:
            insort(taken, (span.start, span.end))
        chosen.append(fix)
    chosen.sort(key=lambda f: f.span)
    return chosen, withheld


def _reason(
    document: Document,
    fix: Fix,
    policy: Policy,
    said: Said | None,
    guarded: Sequence[Found],
    right: Sequence[Found],
    people: Sequence[Span],
    written: Sequence[Span],
) -> Reason | None:
    if fix.rule == EDIT:
        return None
    if said is not None and said.verdict != "accepted":
        return "rejected"
    if any(_meets(e.span, span) for e in fix.edits for span in written):
        return "protected"
    if said is not None and not said.everywhere:
        return None
    if is_another_text(document, fix):  # no word of it is changed: it is gone, or stands there too
        gone = any(
            fix.edits[0].before.count(word) > fix.edits[0].after.count(word) for word in policy.protect
        )
        admitted = policy.admits(fix.rule, fix.applicability, fix.confidence)
        return "protected" if gone else None if admitted else "policy"
    if any(_within(edit, guarded) for edit in fix.edits):
        return "protected"
    if said is not None:
        return None
    # What is safe leaves the meaning as it is; a roster knows better than a list of words.
    by_guess = fix.applicability < Applicability.SAFE and not fix.person
    if by_guess and any(_within(edit, right, part=True) for edit in fix.edits):
        return "protected"
    if not fix.person and any(_misspells(edit, people) for edit in fix.edits):
        return "protected"
    # A roster does not know better than the print: it may be somebody else.
    is_printed = any(_contradicts(edit, document.agreed) for edit in fix.edits)
    if fix.applicability < Applicability.SAFE and is_printed:
        return "protected"
    if not policy.admits(fix.rule, fix.applicability, fix.confidence):
        return "policy"
    return None


def _is_spoken_of(document: Document, fix: Fix, spoken_of: Sequence[Span]) -> bool:
    """Whether a guess would mend a word that the text quotes as wrong."""
    if fix.applicability == Applicability.SAFE or fix.rule == EDIT or is_another_text(document, fix):
        return False
    return any(clash(edit.span, span) for edit in fix.edits for span in spoken_of)


def _meets(one: Span, written: Span) -> bool:
    """Whether an edit would change what a person wrote, or add to it."""
    return clash(one, written) or (not len(one) and written.start <= one.start <= written.end)


def _misspells(edit: Edit, people: Sequence[Span]) -> bool:
    """Whether an edit replaces a character of a confirmed name by another, not just by its other script's."""
    if not (edit.after and edit.before and is_han(edit.before[0])) or folded(edit.before) == folded(
        edit.after
    ):
        return False
    at = bisect_right(people, edit.span.start, key=lambda span: span.start) - 1
    return any(clash(edit.span, span) for span in people[max(0, at) : at + 2])


def _contradicts(edit: Edit, agreed: Sequence[Span]) -> bool:
    """Whether an edit puts something else for letters that the picture of the page shows just so."""
    if not (edit.after.strip() or len(edit.before) == 1):
        return False
    at = bisect_right(agreed, edit.span.start, key=lambda span: span.start) - 1
    first = edit.span.start
    for span in agreed[max(0, at) : bisect_left(agreed, edit.span.end, key=lambda span: span.start)]:
        both = edit.before[max(span.start - first, 0) : max(span.end - first, 0)]
        if any(char.isalnum() for char in both):
            return True
    return False


def _within(edit: Edit, words: Sequence[Found], part: bool = False) -> bool:
    """Whether an edit would change one of disjoint words in order; `part`: not all of it."""
    start, end = edit.span.start, edit.span.end
    at = bisect_right(words, start, key=lambda word: word.start) - 1
    near = words[max(0, at) : bisect_right(words, end, key=lambda word: word.start)]
    return any(
        clash(edit.span, Span(word.start, word.end))
        and not (part and start <= word.start and word.end <= end)
        for word in near
    )


def _taken(taken: list[tuple[int, int]], span: Span) -> bool:
    at = bisect_left(taken, (span.start, span.end))
    near = taken[max(0, at - 1) : at + 1]
    return any(_touch(Span(*other), span) for other in near)


def _touch(one: Span, two: Span) -> bool:
    # An insertion beside another edit of the same step would leave their order open.
    if len(one) == 0 or len(two) == 0:
        return one.start <= two.end and two.start <= one.end
    return clash(one, two)
