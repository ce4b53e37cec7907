"""Long texts: repaired part by part, with one journal, the same as ever."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_layout import PAGE

from cleanup import formats, repair
from cleanup.archive import outputs
from cleanup.archive.job import Job
from cleanup.engine import long as parts
from cleanup.engine.repair import Settings
from cleanup.model.packed import Packed
from cleanup.model.replay import replay
from cleanup.model.result import Result
from cleanup.reports import journal as journals
from cleanup.reports import outline
from cleanup.reports.html import render

QUICK = Settings(only=("layout", "characters"))
MOST_KEPT = 35
"""Bytes that a further character of a long text may take: records and parts as objects would take fifty."""
LONG = 6000
"""Here: real parts are fifty times as long."""


@pytest.fixture(scope="module", autouse=True)
def _short_parts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "LONG", LONG)
        patch.setattr(parts, "LEAST", LONG // 3)
        patch.setattr(parts, "MOST", LONG)
        patch.setattr(outline, "MOST", LONG)
        yield


def _book() -> str:
    towns = "东西南北中上下左右前后里外高低远近新旧大小"
    towns = towns[:8]
    pages = [
        PAGE.replace("临溪", one + two).replace("4日", f"{number % 28 + 1}日")
        + f"{one}{two}县的人都来了。\n\n"
        for number, (one, two) in enumerate((one, two) for one in towns for two in towns)
    ]
    return "\f".join(pages)


@pytest.fixture(scope="module")
def long(_short_parts: None) -> Result:
    return repair(_book(), name="book.txt", settings=QUICK)


def test_parts_make_up_the_text() -> None:
    for text in ("", "一", _book(), "字" * (2 * LONG + 7), "字\n" * LONG):
        spans = list(parts.cut(text))
        assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])]
        assert spans[-1].end == len(text)
        assert all(len(span) <= LONG for span in spans)
    assert len(list(parts.cut("字" * LONG))) == 1


def test_replay_undo_and_second_run(long: Result) -> None:
    assert len(list(parts.cut(long.original))) > 2
    assert replay(long.original, long.journal) == long.repaired
    assert long.undo() == long.original
    assert not repair(long.repaired, name="book.txt", settings=QUICK).journal.applied


def test_single_edits_are_taken_back_in_every_part(long: Result) -> None:
    records = long.journal.records
    some = [records[0], records[len(records) // 2], records[-1]]
    text = long.undo({record.id for record in some})
    assert len(text) != len(long.repaired)


def test_places_hold_in_the_whole(long: Result) -> None:
    source = long.original.replace("\f", "\n").split("\n")
    ids = set()
    for record in long.journal.records:
        ids.add(record.id)
        if record.status == "applied" and record.rule == "layout.furniture":
            assert record.edits[0].before.strip("\n\f") in source[record.line - 1]
            assert long.original.count("\f", 0, record.span.start) + 1 == record.page
    assert len(ids) == len(long.journal.records)
    structure = long.journal.structure
    heads = [region for region in structure.regions if region.kind == "headline"]
    assert all(long.repaired[r.output.start : r.output.end].endswith("石拱桥") for r in heads)
    assert all(source[r.line - 1].endswith("石拱桥") for r in heads)
    assert sorted({region.article for region in heads}) == [region.article for region in heads]
    assert structure.pages == long.original.count("\f") + 1


def test_journal_of_a_long_text(long: Result) -> None:
    records = long.journal.records
    assert isinstance(records, Packed)
    assert records[-1] == list(records)[-1]
    assert records[3:5] == tuple(list(records)[3:5])
    data = journals.encode(long.journal)
    again = journals.decode(data)
    assert again.records == tuple(records)
    assert again.structure == long.journal.structure
    assert replay(long.original, again) == long.repaired


def test_report_of_a_long_text_shows_its_beginning(long: Result) -> None:
    shown = outline.beginning(long)
    assert long.original.startswith(shown.original)
    assert long.repaired.startswith(shown.repaired.rstrip())
    assert outline.MOST <= len(shown.original) < outline.MOST + 2000
    page = render(long, "en")
    assert "only its beginning is shown" in page
    assert f"{len(shown.original):,}" in page


def test_memory_grows_by_little_more_than_the_text(long: Result) -> None:
    def peak(text: str) -> int:
        """Bytes at the most, from reading a text to the last byte of its outputs."""
        tracemalloc.start()
        try:
            result = repair(text, name="book.txt", settings=QUICK)
            for content in outputs.contents(result, "book.txt", Job(), Path()).values():
                for _ in [content] if isinstance(content, bytes) else content:
                    pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    outputs.contents(long, "book.txt", Job(), Path())  # what is loaded once is loaded
    # Both several parts long: less is within what Python has not collected yet.
    book = _book()[: 2 * LONG]
    short, longer = (peak("\f".join([book] * times)) for times in (3, 7))
    assert longer - short < MOST_KEPT * 4 * len(book)


def test_a_long_journal_that_is_cut_short_is_no_journal(long: Result) -> None:
    data = journals.encode(long.journal)
    for end in (len(data) - 4, len(data) // 2):
        with pytest.raises(journals.JournalError):
            journals.decode(data[:end])
