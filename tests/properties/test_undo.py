"""Replay, undo and any-subset undo, over made-up steps of edits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleanup.model.described import Structure
from cleanup.model.document import Envelope
from cleanup.model.fix import Edit, Message, Span
from cleanup.model.journal import Journal, Policy, Record, TextFile
from cleanup.model.replay import hunks, replay, replay_without, undo

WORDS = st.text(alphabet="天地玄黄宇宙", max_size=3)


def _record(index: int, step: int, edits: list[Edit]) -> Record:
    span = edits[0].span
    return Record(
        f"r{index}",
        "fix",
        "p",
        "p.r",
        "applied",
        None,
        "safe",
        1.0,
        Message("", ""),
        (),
        (),
        tuple(edits),
        step,
        span,
        1,
        1,
        None,
    )


@st.composite
def runs(draw: st.DrawFn) -> tuple[str, str, Journal]:
    """A source, the output and the journal of a few random steps."""
    source = text = draw(st.text(alphabet="甲乙丙丁\n", max_size=20))
    records: list[Record] = []
    for step in range(draw(st.integers(0, 4))):
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
        edits = [
            Edit(Span(a, b), text[a:b], draw(WORDS)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        if draw(st.booleans()) and cuts and len(cuts) % 2:
            edits.append(Edit(Span(cuts[-1], cuts[-1]), "", draw(WORDS)))
        groups: list[list[Edit]] = []
        for edit in edits:
            if groups and draw(st.booleans()):
                groups[-1].append(edit)
            else:
                groups.append([edit])
        records += [_record(len(records) + n, step, group) for n, group in enumerate(groups)]
        for edit in reversed(edits):
            text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    file = TextFile("", "", 0, Envelope())
    journal = Journal(1, "", file, file, (), Policy(), {}, Structure("text", 1, 1), tuple(records))
    return source, text, journal


@given(runs())
def test_replay_gives_the_output_and_undo_the_source(run: tuple[str, str, Journal]) -> None:
    source, output, journal = run
    assert replay(source, journal) == output
    assert undo(output, journal) == source


@given(runs(), st.data())
def test_any_subset_can_be_taken_back(run: tuple[str, str, Journal], data: st.DataObject) -> None:
    source, output, journal = run
    ids = [record.id for record in journal.records]
    chosen = data.draw(st.sets(st.sampled_from(ids)) if ids else st.just(set()))
    text, more = replay_without(source, journal, chosen)
    assert not set(more) & chosen
    if not chosen:
        assert text == output
    if len(chosen) + len(more) == len(ids):
        assert text == source
    # What is left is itself a run: the kept records' edits, in order, and nothing else.
    again, further = replay_without(source, journal, chosen | set(more))
    assert again == text
    assert not further


@given(runs())
def test_hunks_cover_every_difference(run: tuple[str, str, Journal]) -> None:
    source, output, journal = run
    left = right = 0
    for hunk in hunks(journal.records):
        assert source[left : hunk.left.start] == output[right : hunk.right.start]
        assert hunk.marks
        left, right = hunk.left.end, hunk.right.end
    assert source[left:] == output[right:]
