"""What the report shows of a long text at once, and the outline of its articles."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from cleanup.model.described import Region
from cleanup.model.replay import replay
from cleanup.model.result import Result

MOST = 300_000
"""Characters of the source that a report shows."""


class Entry(NamedTuple):
    """An article in the outline, or what stands outside of articles before the next one."""

    number: int
    """Of the article, from 1; 0: outside."""
    headline: str
    """Its printed lines with a space between; empty where there is none."""
    byline: str
    anchor: str
    """Id of the row in which it begins; empty where no row is."""
    paragraphs: int
    subheads: tuple[tuple[str, str], ...]
    """(words, anchor)."""
    marks: tuple[str, ...]
    """Jump lines, teasers' heads and the like, as they stand."""


def beginning(result: Result) -> Result:
    """The first part of a result whose source is too long to be shown; any other as it is."""
    source = result.original
    if len(source) <= MOST:
        return result
    end = source.find("\n", MOST) + 1 or len(source)
    kept = []
    for record in result.journal.records:
        if record.span.start >= end:
            break
        kept.append(record)
        if record.span.end > end:  # it goes on over the cut
            end = source.find("\n", record.span.end) + 1 or len(source)
    structure = result.journal.structure
    journal = replace(result.journal, records=tuple(kept))
    repaired = replay(source[:end], journal)
    regions = tuple(region for region in structure.regions if region.output.end <= len(repaired))
    shown = replace(journal, structure=replace(structure, regions=regions))
    return Result(source[:end], repaired, shown)


def anchors(result: Result) -> set[int]:
    """Lines of the source to which the outline points."""
    kinds = ("headline", "kicker", "subhead", "teaser")
    return {region.line for region in result.journal.structure.regions if region.kind in kinds}


def outline(result: Result, rows: dict[int, str]) -> list[Entry]:
    """The articles in order; `rows` has the id of the row for each line that is pointed to."""
    regions = result.journal.structure.regions
    return [_entry(result, list(group), rows) for _, group in groupby(regions, key=lambda r: r.article)]


def _entry(result: Result, regions: list[Region], rows: dict[int, str]) -> Entry:
    def words(region: Region) -> str:
        return " ".join(result.repaired[region.output.start : region.output.end].split())

    def of(*kinds: str) -> list[Region]:
        return [region for region in regions if region.kind in kinds]

    first = next((rows[r.line] for r in of("kicker", "headline", "teaser") if r.line in rows), "")
    heads = [region for region in of("teaser") if region.level]
    return Entry(
        regions[0].article,
        " ".join(map(words, of("headline"))),
        " ".join(map(words, of("byline"))),
        first,
        len(of("paragraph")),
        tuple((words(region), rows.get(region.line, "")) for region in of("subhead")),
        tuple(map(words, (*heads, *of("jump")))),
    )
