"""Hunks: that further changes are merged as by the plain way of doing it, all in one sorted row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleanup.model.fix import Span
from cleanup.model.hunks import Change, Hunk, clash, compose

STEPS = st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=6))


def _changes(step: list[tuple[int, int, int]], marks: int) -> list[Change]:
    """Disjoint changes: (distance from the one before, characters replaced, characters written)."""
    found: list[Change] = []
    at = 0
    for gap, size, length in step:
        start = at + gap
        if found and clash(found[-1].span, Span(start, start + size)):
            start += 1
        found.append(Change(Span(start, start + size), length, marks + len(found)))
        at = start + size
    return found


def _plainly(hunks: list[Hunk], changes: list[Change]) -> list[Hunk]:
    items: list[tuple[Span, Hunk | Change]] = [(hunk.right, hunk) for hunk in hunks]
    items += [(change.span, change) for change in changes]
    items.sort(key=lambda item: item[0])
    groups: list[list[tuple[Span, Hunk | Change]]] = []
    for span, item in items:
        ends = max((one.end for one, _ in groups[-1]), default=0) if groups else 0
        if groups and clash(Span(groups[-1][0][0].start, ends), span):
            groups[-1].append((span, item))
        else:
            groups.append([(span, item)])
    out: list[Hunk] = []
    to_left = to_new = 0
    for group in groups:
        start, end = group[0][0].start, max(span.end for span, _ in group)
        left, new = start + to_left, start + to_new
        marks: list[int] = []
        for _, item in group:
            if isinstance(item, Hunk):
                to_left = item.left.end - item.right.end
                marks += item.marks
            else:
                to_new += item.length - len(item.span)
                marks.append(item.mark)
        out.append(Hunk(Span(left, end + to_left), Span(new, end + to_new), tuple(dict.fromkeys(marks))))
    return out


@given(STEPS)
def test_changes_are_merged_as_in_one_row(steps: list[list[tuple[int, int, int]]]) -> None:
    found: list[Hunk] = []
    wanted: list[Hunk] = []
    for number, step in enumerate(steps):
        changes = _changes(step, 100 * number)
        found, wanted = compose(found, changes), _plainly(wanted, changes)
        assert found == wanted
